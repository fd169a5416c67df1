"""What a reader gets from a finished site: addresses, titles, texts and where links lead; and how two sites differ."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
FETCHED = frozenset(("stylesheet", "icon", "preload", "modulepreload", "manifest"))
CONTENT = "innhold"
"""The id of the element that holds a page's own content; the theme's skip link leads to it."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page: title, text with white space made plain, addresses that its content links to, from the site's top.

    `lost` are the style sheets, scripts, icons and pictures of the site that it asks for and the site does not have.
    """

    title: str
    text: str
    links: tuple[str, ...]
    lost: tuple[str, ...]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title: list[str] = []
        self.text: list[str] = []
        self.links: list[str] = []
        self.files: list[str] = []
        self.redirects = False
        self._open: list[str] = []
        self._content = 0
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.redirects = self.redirects or given.get("http-equiv") == "refresh"
        if self._content and tag == "a" and given.get("href"):
            self.links.append(given["href"] or "")
        if tag == "link" and given.get("rel") in FETCHED:
            self.files.append(given.get("href") or "")
        elif tag in ("img", "script") and given.get("src"):
            self.files.append(given["src"] or "")
        if tag in VOID:
            return
        self._open.append(tag)
        if not self._content and given.get("id") == CONTENT:
            self._content = len(self._open)
        if tag in ("script", "style"):
            self._quiet = len(self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        if len(self._open) < self._content:
            self._content = 0
        if len(self._open) < self._quiet:
            self._quiet = 0
        self.text.append(" ")

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "head" in self._open:
            self.title.append(data)
        elif self._content and not self._quiet:
            self.text.append(data)


def read_pages(site: Path) -> dict[str, PageRead]:
    """Every page of a site by its address; redirects are left out."""
    pages = {}
    for path in sorted(site.rglob("*.html")):
        reader = _Reader()
        reader.feed(path.read_text(encoding="utf-8"))
        if reader.redirects:
            continue
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        folder = posixpath.dirname(f"/{address}")
        links = tuple(_resolve(folder, link) for link in reader.links)
        files = sorted({_resolve(folder, file) for file in reader.files})
        lost = tuple(file for file in files if file.startswith("/") and not (site / file.lstrip("/")).is_file())
        pages[address] = PageRead(_plain(reader.title), _plain(reader.text), links, lost)
    return pages


def _resolve(folder: str, link: str) -> str:
    way, mark, anchor = link.partition("#")
    if not way or ":" in way.partition("/")[0] or way.startswith("//"):
        return link
    whole = posixpath.normpath(posixpath.join(folder, way))
    return whole + ("/" if way.endswith("/") and whole != "/" else "") + mark + anchor


def _plain(parts: list[str]) -> str:
    return " ".join("".join(parts).split())


@dataclass(slots=True)
class Difference:
    """How a site differs from another: pages that it lacks or has more, and pages with another title, text or link."""

    missing: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def kinds(self) -> Iterator[tuple[str, list[str]]]:
        """(name, examples) of each kind."""
        yield "pages missing", self.missing
        yield "pages more", self.more
        yield "titles", self.titles
        yield "texts", self.texts
        yield "links", self.links


def compare(ours: Mapping[str, PageRead], theirs: Mapping[str, PageRead]) -> Difference:
    """What differs in `theirs`, with the first place of each difference."""
    found = Difference(missing=sorted(ours.keys() - theirs.keys()), more=sorted(theirs.keys() - ours.keys()))
    for address in sorted(ours.keys() & theirs.keys()):
        one, other = ours[address], theirs[address]
        if one.title != other.title:
            found.titles.append(f"{address}: {one.title!r} / {other.title!r}")
        if one.text != other.text:
            found.texts.append(f"{address}: {_first_difference(one.text.split(), other.text.split())}")
        if one.links != other.links:
            found.links.append(f"{address}: {_first_difference(one.links, other.links)}")
    return found


def _first_difference(one: list[str] | tuple[str, ...], other: list[str] | tuple[str, ...]) -> str:
    pairs = enumerate(zip(one, other, strict=False))
    at = next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))
    return f"{' '.join(one[at : at + 5])!r} / {' '.join(other[at : at + 5])!r}"
