"""Trees of finished files: the site, and a spare one beside it that is brought up to date and then changes places with it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from html import escape
from pathlib import Path

from kurskatalog.files import link_or_copy, move

MARK = ".kurskatalog"
"""A small file in the finished site that names the build; it also proves that the folder is ours to replace."""


class NotOurs(Exception):
    """Raised when the output folder holds something that this program did not make."""


def may_replace(out: Path) -> bool:
    """Whether the folder is missing, empty, or a site made by this program."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        return False
    return not out.exists() or (out / MARK).is_file() or not any(out.iterdir())


def read_mark(out: Path) -> str:
    """The build that a tree is of; empty when there is none, or when the tree was left half done."""
    try:
        return (out / MARK).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


class Tree:
    """A folder on its way to become the site. It has no mark until `finish`."""

    def __init__(self, top: Path) -> None:
        self.top = str(top)
        top.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            (top / MARK).unlink()
        self._made = {self.top}

    def _place(self, name: str) -> str:
        target = f"{self.top}/{name}"
        parent = target.rpartition("/")[0]
        if parent not in self._made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103 - thousands of times
            self._made.add(parent)
        return target

    def link(self, source: str, name: str) -> None:
        """Take over a file from another tree under a second name."""
        target = self._place(name)
        with suppress(FileNotFoundError):
            os.unlink(target)  # noqa: PTH108
        link_or_copy(source, target)

    def take(self, source: str, name: str) -> None:
        """Move a file in."""
        move(source, self._place(name))

    @staticmethod
    def merge(source: str, target: str) -> None:
        """Move everything below `source` in: whole folders where the target has none of that name, file by file elsewhere."""
        with os.scandir(source) as entries:
            for entry in entries:
                goal = f"{target}/{entry.name}"
                if entry.is_dir(follow_symlinks=False) and os.path.isdir(goal):  # noqa: PTH112
                    Tree.merge(entry.path, goal)
                else:
                    move(entry.path, goal)

    def write(self, name: str, raw: bytes) -> None:
        """Write a new file; one of that name may be linked into another tree, so it is never written over."""
        target = self._place(name)
        with suppress(FileNotFoundError):
            os.unlink(target)  # noqa: PTH108
        with open(target, "wb") as file:  # noqa: PTH123
            file.write(raw)

    def remove(self, name: str) -> None:
        """Take a file away, and the folders that are empty then."""
        target = f"{self.top}/{name}"
        with suppress(FileNotFoundError):
            os.unlink(target)  # noqa: PTH108
        folder = target.rpartition("/")[0]
        while folder != self.top:
            try:
                os.rmdir(folder)  # noqa: PTH106
            except OSError:
                break
            self._made.discard(folder)
            folder = folder.rpartition("/")[0]

    def exists(self, name: str) -> bool:
        """Whether the tree has the file."""
        return os.path.isfile(f"{self.top}/{name}")  # noqa: PTH113

    def read(self, name: str) -> str:
        """A file's text."""
        with open(f"{self.top}/{name}", "rb") as file:  # noqa: PTH123 - thousands of times
            return file.read().decode()

    def finish(self, ident: str) -> None:
        """Mark the tree as whole."""
        self.write(MARK, f"{ident}\n".encode())


def empty(top: Path) -> None:
    """Take a tree away, whatever is in it."""
    shutil.rmtree(top, ignore_errors=True)


def sizes_below(top: str, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Every file below a folder, by its path from there, with its size in bytes. Links are not followed."""
    with os.scandir(top) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from sizes_below(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name, entry.stat(follow_symlinks=False).st_size


def remove_empty_folders(top: Path) -> None:
    """Take away the folders below `top` that hold nothing, and `top` itself when it does."""
    for folder, _, _ in os.walk(top, topdown=False):
        with suppress(OSError):
            os.rmdir(folder)  # noqa: PTH106


def files_below(top: Path) -> Iterator[str]:
    """Every file below a folder, by its path from there, sorted."""
    yield from sorted(name for name, _ in sizes_below(str(top))) if top.is_dir() else ()


def sitemap(address: str, pages: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """sitemap.xml: every page with its versions in other languages; no dates, since the same input gives the same bytes."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for path, versions in pages:
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{escape(lang)}" href="{escape(address + where)}"/>'
            for lang, where in versions.items()
        )
        lines.append(f"<url><loc>{escape(address + path)}</loc>{alternates}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def redirect_page(target: str, address: str, lang: str, text: str) -> str:
    """A page that leads on, also without script: `target` is the way from here, `address` the whole new address."""
    to = escape(target)
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n<title>{escape(text)}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n<link rel="canonical" href="{escape(address)}">\n'
        f'<meta name="robots" content="noindex">\n'
        f'</head>\n<body>\n<p><a href="{to}">{escape(text)}</a></p>\n</body>\n</html>\n'
    )
