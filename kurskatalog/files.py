"""Files on disk: hashes, writing that is whole or not at all, and swapping one folder for another in one step."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # the same number as macOS' RENAME_SWAP


def digest(*parts: str | bytes) -> str:
    """A short content hash (BLAKE2b, 20 bytes) of all parts in order."""
    h = hashlib.blake2b(digest_size=20)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        h.update(len(raw).to_bytes(8, "little"))
        h.update(raw)
    return h.hexdigest()


def digest_tree(*tops: Path) -> str:
    """A hash of every file below the folders (or of the files), names included."""
    parts: list[str | bytes] = []
    for top in tops:
        for name, place in _files_of(str(top), top.name) if top.is_dir() else [(top.name, str(top))]:
            parts += [name, _bytes_of(place)]
    return digest(*parts)


def _files_of(folder: str, name: str) -> Iterator[tuple[str, str]]:
    """Every file below a folder but compiled programs: name from above the folder, place. Every build looks at hundreds."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    yield from _files_of(entry.path, f"{name}/{entry.name}")
            elif entry.is_file():
                yield f"{name}/{entry.name}", entry.path


def _bytes_of(place: str) -> bytes:
    try:
        with open(place, "rb", buffering=0) as file:  # noqa: PTH123 - hundreds of times in every build
            return file.read()
    except FileNotFoundError:
        return b"-"


def write_atomic(path: Path, text: str | bytes) -> None:
    """Write a file so that a reader sees the old or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = text.encode() if isinstance(text, str) else text
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        Path(name).chmod(0o644)
        os.replace(name, path)  # noqa: PTH105 speed
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def exchange(new: Path, old: Path) -> None:
    """Put the folder `new` where `old` is, and what was there where `new` was, in one step where the system can do so.

    Linux has `renameat2(RENAME_EXCHANGE)`, macOS `renamex_np(RENAME_SWAP)`. Elsewhere two renames are used; between them
    `old` is missing for a moment, and `recover` brings it back if the program dies just then.
    """
    if not old.exists():
        os.rename(new, old)  # noqa: PTH104 speed
        return
    if _exchange_in_one_step(new, old):
        return
    aside = _aside(old)
    shutil.rmtree(aside, ignore_errors=True)
    os.rename(old, aside)  # noqa: PTH104 speed
    os.rename(new, old)  # noqa: PTH104 speed
    os.rename(aside, new)  # noqa: PTH104 speed


def recover(out: Path) -> None:
    """Bring back the folder that a dead program had moved aside (see `exchange`)."""
    aside = _aside(out)
    if aside.exists() and not out.exists():
        os.rename(aside, out)  # noqa: PTH104 speed


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.old")


def _exchange_in_one_step(a: Path, b: Path) -> bool:
    import ctypes  # only when a site is swapped

    if sys.platform == "win32":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    raw_a, raw_b = os.fsencode(a), os.fsencode(b)
    if sys.platform.startswith("linux") and hasattr(libc, "renameat2"):
        failed = libc.renameat2(_AT_FDCWD, raw_a, _AT_FDCWD, raw_b, _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(raw_a, raw_b, _RENAME_EXCHANGE)
    else:
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):  # the file system cannot
        return False
    raise OSError(code, os.strerror(code), str(b))


def move(source: str, target: str) -> None:
    """Give a file or folder another name; on another file system, copy it there under a new inode."""
    try:
        os.replace(source, target)  # noqa: PTH105
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        Path(target).unlink(missing_ok=True)
        shutil.move(source, target)


def link_or_copy(source: str, target: str) -> None:
    """A second name for the same file; a copy where the file system has no hard links."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.EACCES):
            raise
        shutil.copyfile(source, target)
