"""One build at a time in a catalogue's `build/` folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]


class Busy(Exception):
    """Raised when another build is at work in the same catalogue."""


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the catalogue's lock; the system gives it back when the program ends, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Busy(str(folder)) from None
        yield
    finally:
        os.close(handle)
