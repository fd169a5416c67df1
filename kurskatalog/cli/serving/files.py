"""An address -> a file of the finished site. No listing, no way out of the site's folder, no link followed."""

from __future__ import annotations

import json
import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

# The types of everything that a site of ours can hold; the machine's own lists differ from one to the next.
TYPES = {
    "atom": "application/atom+xml",
    "css": "text/css",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "gif": "image/gif",
    "gz": "application/gzip",
    "html": "text/html",
    "ico": "image/x-icon",
    "ics": "text/calendar",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "map": "application/json",
    "md": "text/markdown",
    "mjs": "text/javascript",
    "pdf": "application/pdf",
    "png": "image/png",
    "rss": "application/rss+xml",
    "svg": "image/svg+xml",
    "ttf": "font/ttf",
    "ttl": "text/turtle",
    "txt": "text/plain",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "zip": "application/zip",
}
_TRIES, _PAUSE = 5, 0.02  # while a build puts the new site where the old one was
_PLAIN_DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_NO_LINK = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Found:
    """An open file of the site, its size in bytes and its type; no file when a folder's address lacks its slash."""

    file: BinaryIO | None
    size: int = 0
    type: str = ""


def content_type(name: str) -> str:
    """The type of a file by its ending, with the encoding where it is text."""
    plain = TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    is_text = plain.startswith("text/") or plain.endswith(("json", "xml", "yaml"))
    return f"{plain}; charset=utf-8" if is_text else plain


def names_in(target: str) -> tuple[list[str], bool] | None:
    """The names in a request's address, and whether it ends with a slash; None where nothing of a site can lie."""
    try:
        path = urlsplit(target).path if "://" in target[:10] else target.partition("?")[0].partition("#")[0]
        text = unquote(path, errors="strict")
    except ValueError:
        return None
    first, *names = text.split("/")
    if first or not names:
        return None
    is_folder = names[-1] == ""
    if is_folder:
        names.pop()
    for name in names:
        if not name.isprintable() or not name or "\\" in name or (name.startswith(".") and name != ".well-known"):
            return None
    return names, is_folder


class SiteFiles:
    """The finished site at `top`, which a build may exchange for a new one at any time.

    `settings` are the engine's. Where the public site has a path on its host, addresses may begin with that path.
    """

    def __init__(self, top: Path, settings: Path) -> None:
        self.top = str(top)
        self.settings = settings

    @property
    def path(self) -> str:
        """The path of the public address: `/katalog/` for `https://host/katalog/`; `/` where there is none."""
        try:
            data = json.loads(self.settings.read_text(encoding="utf-8"))
            names = urlsplit(str(data["site_url"])).path.strip("/")
        except (OSError, ValueError, KeyError, TypeError):
            return "/"
        return f"/{names}/" if names else "/"

    def exists(self) -> bool:
        """Whether there is a site at all."""
        found = self.find([], is_folder=True)
        if found and found.file:
            found.file.close()
        return found is not None

    def find(self, names: list[str], *, is_folder: bool) -> Found | None:
        """The file at an address; a folder's is its index.html. None when there is none."""
        base = self.path.split("/")[1:-1]
        if base and names[: len(base)] == base:
            names = names[len(base) :]
        for _ in range(_TRIES):
            before = self._identity()
            found = self._look(names, is_folder=is_folder)
            if found or (before is not None and self._identity() == before):
                return found
            time.sleep(_PAUSE)
        return None

    def _identity(self) -> tuple[int, int] | None:
        try:
            state = os.stat(self.top)  # noqa: PTH116
        except OSError:
            return None
        return state.st_dev, state.st_ino

    def _look(self, names: list[str], *, is_folder: bool) -> Found | None:
        handle = self._open([*names, "index.html"] if is_folder else names)
        if handle is None:
            return None
        state = os.fstat(handle)
        if stat.S_ISREG(state.st_mode):
            name = names[-1] if names and not is_folder else "index.html"
            return Found(os.fdopen(handle, "rb"), state.st_size, content_type(name))
        os.close(handle)
        if is_folder or not stat.S_ISDIR(state.st_mode):
            return None
        index = self._look(names, is_folder=True)
        if index and index.file:
            index.file.close()
        return Found(None) if index else None

    def _open(self, names: list[str]) -> int | None:
        """A handle, reached name by name from the site's folder without following a link."""
        try:
            handle = os.open(self.top, _PLAIN_DIRECTORY)
            for name in names:
                above = handle
                try:
                    handle = os.open(name, _NO_LINK, dir_fd=above)
                finally:
                    os.close(above)
        except OSError:
            return None
        return handle
