"""The new site beside the old one: what did not change is linked from the old, what did comes from the engine; then they change places."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from kurskatalog.files import link_or_copy

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
    """The build that the finished site is of; empty when there is none."""
    try:
        return (out / MARK).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


class Tree:
    """A folder that becomes the site. Directories are made once."""

    def __init__(self, top: Path) -> None:
        self.top = str(top)
        shutil.rmtree(top, ignore_errors=True)
        top.mkdir(parents=True)
        self._made = {self.top}

    def _parent(self, target: str) -> None:
        parent = os.path.dirname(target)  # noqa: PTH120 - thousands of times
        if parent not in self._made:
            os.makedirs(parent, exist_ok=True)  # noqa: PTH103
            self._made.add(parent)

    def link(self, source: str, name: str) -> None:
        """Take over a file from the old site."""
        target = f"{self.top}/{name}"
        self._parent(target)
        link_or_copy(source, target)

    def take(self, source: str, name: str) -> None:
        """Move a file in."""
        target = f"{self.top}/{name}"
        self._parent(target)
        os.replace(source, target)  # noqa: PTH105

    def copy(self, source: Path, name: str) -> None:
        """Copy a file in."""
        target = f"{self.top}/{name}"
        self._parent(target)
        shutil.copyfile(source, target)

    def write(self, name: str, text: str) -> None:
        """Write a file."""
        target = f"{self.top}/{name}"
        self._parent(target)
        with open(target, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write(text)

    def exists(self, name: str) -> bool:
        """Whether the tree has the file."""
        return os.path.isfile(f"{self.top}/{name}")  # noqa: PTH113

    def read(self, name: str) -> str:
        """A file's text."""
        with open(f"{self.top}/{name}", encoding="utf-8") as file:  # noqa: PTH123
            return file.read()


def files_below(top: Path) -> Iterator[str]:
    """Every file below a folder, by its path from there, sorted."""
    for folder, folders, names in os.walk(top):
        folders.sort()
        for name in sorted(names):
            yield os.path.relpath(os.path.join(folder, name), top)  # noqa: PTH118


def sitemap(address: str, pages: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """sitemap.xml: every page with its versions in other languages; no dates, since the same input gives the same bytes."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for path, versions in pages:
        alternates = "".join(
            f'<xhtml:link rel="alternate" hreflang="{escape(lang)}" href="{escape(address + where)}"/>' for lang, where in versions.items()
        )
        lines.append(f"<url><loc>{escape(address + path)}</loc>{alternates}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def redirect_page(target: str, lang: str, text: str) -> str:
    """A page that leads on to the new address, also without script."""
    to = escape(target)
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n<title>{escape(text)}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={to}">\n<link rel="canonical" href="{to}">\n<meta name="robots" content="noindex">\n'
        f'</head>\n<body>\n<p><a href="{to}">{escape(text)}</a></p>\n</body>\n</html>\n'
    )
