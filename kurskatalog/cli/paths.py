"""Files and folders that a person names on the command line -> paths from the catalogue's root."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from kurskatalog.cli.parser import WrongUsage
from kurskatalog.problems import Message


def from_root(paths: Sequence[str], root: Path) -> list[str]:
    """Each path as it is named in problems; given from here or from the root. Raises WrongUsage when there is none."""
    wanted = []
    for path in paths:
        whole = Path(os.path.abspath(path))  # noqa: PTH100 - '..' is taken out, links are not followed
        if not whole.is_relative_to(root):
            whole = Path(os.path.normpath(root / path))
        if not whole.exists():
            raise WrongUsage(Message("{path}: there is no such file or folder", path=path))
        if not whole.is_relative_to(root):
            raise WrongUsage(Message("{path} is not in the catalogue {root}", path=path, root=str(root)))
        wanted.append(whole.relative_to(root).as_posix())
    return wanted


def is_among(name: str, wanted: Sequence[str]) -> bool:
    """Whether a file is one of these, or in one of these folders; any file is when none is named."""
    return not wanted or any(w in (".", name) or name.startswith(f"{w}/") for w in wanted)
