"""Make the list of word runs that the catalogue's own texts must not have: `python scripts/seed_runs.py <folder of texts>`.

Editors write in their own words. A test holds every text against the documents that they build on: no run of twelve words is
the same. The documents do not lie in the repository, so the test has the hashes of their runs (six bytes each, sorted), from
which nobody gets the texts back.
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

RUN = 12
"""Words in a row."""
BYTES = 6
"""Of each hash: among 30,000 runs, one in ten billion other runs looks like one of them."""
TARGET = Path(__file__).parent.parent / "tests" / "content" / "seed-runs.bin"

_WORD = re.compile(r"[^\W\d_]+")


def words_of(text: str) -> list[str]:
    """The words without numbers and signs, in lower case: a footnote's number or a line's end makes no difference."""
    return _WORD.findall(text.casefold())


def runs_of(text: str) -> Iterator[tuple[bytes, str]]:
    """(hash, words) of every run of words in a text."""
    words = words_of(text)
    for at in range(len(words) - RUN + 1):
        run = " ".join(words[at : at + RUN])
        yield hashlib.blake2b(run.encode(), digest_size=BYTES).digest(), run


def read_runs(path: Path = TARGET) -> frozenset[bytes]:
    """The hashes that `write_runs` wrote."""
    raw = path.read_bytes()
    return frozenset(raw[at : at + BYTES] for at in range(0, len(raw), BYTES))


def write_runs(folder: Path, path: Path = TARGET) -> int:
    """Write the hashes of all runs of the texts in a folder; gives their number."""
    hashes = {key for file in sorted(folder.glob("*.txt")) for key, _ in runs_of(file.read_text(encoding="utf-8"))}
    path.write_bytes(b"".join(sorted(hashes)))
    return len(hashes)


def main() -> int:
    """Exit code 0 when the list was written, 2 when no folder with texts was named."""
    folder = Path(sys.argv[1]) if len(sys.argv) == 2 else None
    if folder is None or not any(folder.glob("*.txt")):
        print("usage: python scripts/seed_runs.py <folder with .txt files>", file=sys.stderr)
        return 2
    print(f"{write_runs(folder)} runs of {RUN} words: {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
