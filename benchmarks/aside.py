"""Old trees are put aside while times are taken, and deleted afterwards.

ext4 does not give a deleted file's inode away for a minute, and looks at every such inode again for each new file: a build
that begins just after the old one's ten thousand files were deleted takes up to two seconds longer than in a new clone.
"""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path


def put_aside(tree: Path, aside: Path) -> None:
    """Move a tree away, if it is there, into the folder `aside` of the same file system."""
    if not tree.exists():
        return
    aside.mkdir(parents=True, exist_ok=True)
    tree.rename(next(place for n in count() if not (place := aside / str(n)).exists()))


def delete(aside: Path) -> None:
    """Take away everything that was put aside."""
    shutil.rmtree(aside, ignore_errors=True)
