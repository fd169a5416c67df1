"""Unpack what a proposal's own run handed over: plain files of few kinds, below one folder, within limits; or nothing at all."""

from __future__ import annotations

import os
import re
import shutil
import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path

from kurskatalog.problems import Message

KINDS = frozenset(["html", "css", "js", "json", "txt", "svg", "png", "jpg", "jpeg", "webp", "woff2", "xml", "pdf"])
"""Endings of names that a report and a preview consist of."""

_PART = re.compile(r"(?!\.\.?\Z)[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\Z")
_CHUNK = 1 << 16


class NotTrusted(Exception):
    """Raised when what was handed over is not what it should be; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much an archive may hold: files, bytes of all and of each, and times its own size."""

    files: int = 5_000
    total: int = 200_000_000
    each: int = 20_000_000
    ratio: int = 200


def unpack(archive: Path, folder: Path, limits: Limits | None = None) -> int:
    """Unpack a zip archive into a new folder; the number of files. Raises NotTrusted, and then leaves nothing behind.

    Sizes are counted while reading, whatever the archive says of itself.
    """
    limits = limits or Limits()
    if folder.exists() or folder.is_symlink():
        raise NotTrusted(Message("{path} is there already; unpack into a new folder", path=str(folder)))
    try:
        with zipfile.ZipFile(archive) as whole:
            entries = [entry for entry in whole.infolist() if not _is_folder(entry)]
            _look_at(entries, limits)
            folder.mkdir(parents=True)
            allowed = min(limits.total, max(1_000_000, limits.ratio * archive.stat().st_size))
            for entry in entries:
                allowed -= _write(whole, entry, folder, min(allowed, limits.each))
    except NotTrusted:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except (OSError, ValueError, EOFError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise NotTrusted(Message("the archive cannot be read: {why}", why=type(error).__name__)) from error
    except Exception as error:  # zlib.error, lzma.LZMAError: the decompressors have no common kind
        shutil.rmtree(folder, ignore_errors=True)
        if type(error).__module__ not in ("zlib", "_lzma", "lzma"):
            raise
        raise NotTrusted(Message("the archive cannot be read: {why}", why=type(error).__name__)) from error
    return len(entries)


def place_preview(preview: Path, checkout: Path, number: int) -> None:
    """Have the files of an unpacked preview at `checkout`/<number>, and nothing else there; no link is followed.

    A folder without a preview (the proposal is too broken) takes the old one away.
    """
    target = checkout / str(number)
    if target.is_symlink() or checkout.is_symlink() or not checkout.is_dir():
        raise NotTrusted(Message("{path} is not a folder", path=str(target)))
    shutil.rmtree(target, ignore_errors=True)
    (checkout / "robots.txt").write_text("User-agent: *\nDisallow: /\n", encoding="utf-8")
    for folder, _, names in os.walk(preview):
        for name in names:
            source = Path(folder, name)
            way = source.relative_to(preview)
            if source.is_symlink() or not source.is_file() or not _is_good(way.as_posix()):
                raise NotTrusted(Message("'{name}' in the archive is not a plain file", name=_shown(str(way))))
            place = target / way
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.filename.endswith("/") and entry.file_size == 0 and _is_good("x/" + entry.filename + "x.txt")


def _look_at(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Names, kinds and number of entries, before anything is written."""
    if len(entries) > limits.files:
        raise NotTrusted(Message("the archive holds more than {number} files", number=limits.files))
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG) or entry.flag_bits & 1:
            raise NotTrusted(Message("'{name}' in the archive is not a plain file", name=_shown(name)))
        if not _is_good(name) or entry.orig_filename != name:
            raise NotTrusted(Message("'{name}' in the archive is a name that is not allowed", name=_shown(name)))
        if name.casefold() in seen:
            raise NotTrusted(Message("'{name}' is in the archive twice", name=_shown(name)))
        seen.add(name.casefold())
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotTrusted(Message("the archive cannot be read: {why}", why=str(entry.compress_type)))


def _is_good(name: str) -> bool:
    parts = name.split("/")
    if len(parts) > 12 or parts[-1].rpartition(".")[2].lower() not in KINDS or "." not in parts[-1]:
        return False
    return all(_PART.match(part) for part in parts)


def _write(whole: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path, allowed: int) -> int:
    """One file, never over another and never through a link; the bytes that were written."""
    target = folder / entry.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o644)
    written = 0
    with whole.open(entry) as source, os.fdopen(handle, "wb") as file:
        while chunk := source.read(_CHUNK):
            written += len(chunk)
            if written > allowed:
                raise NotTrusted(Message("the archive is too large once it is unpacked"))
            file.write(chunk)
    return written


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name[:80])
