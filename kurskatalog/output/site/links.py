"""The last check, on what readers get: every link, picture, script and style of finished pages leads to something."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

_LINK = re.compile(
    r"""<(?:a|img|link|script|source|use|form|iframe)\b[^>]*?\s(?:href|src|action)=(?:"([^"]*)"|'([^']*)'|([^\s>]+))"""
)
_ANCHOR = re.compile(r"""<[a-zA-Z][^>]*?\sid=(?:"([^"]+)"|'([^']+)'|([^\s>]+))""")
_OUT = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)

FETCHED = re.compile(
    r"""<(?:script|img|source|iframe|video|audio|embed|link\b(?=[^>]*\brel=["']?(?:stylesheet|icon|preload|modulepreload|preconnect|dns-prefetch|manifest)))"""
    r"""\b[^>]*?\s(?:(?:src|href|poster)=["']?|srcset=["'][^"']*?)(https?:|//)[^"'\s>]*""",
    re.IGNORECASE,
)
"""What a browser would fetch from elsewhere as soon as the page opens."""

_MAY_FETCH = re.compile(r"<(?:[sS][cCoO]|[iI][mMfF]|[vV][iI]|[aA][uU]|[eE][mM]|[lL][iI][nN])[^>]*")
"""The beginnings of the elements that `FETCHED` knows: few of a page's tags, found in half the time."""

_ID = re.compile(r' id="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Broken:
    """A link on a finished page that leads nowhere."""

    page: str
    target: str


def find_broken(
    pages: Iterable[tuple[str, str]], exists: Callable[[str], bool], read: Callable[[str], str]
) -> Iterator[Broken]:
    """The links that lead nowhere.

    `pages` gives (file in the site, HTML), `exists` says whether the site has a file, `read` gives a page's HTML for its anchors.
    """
    known: dict[str, bool] = {}
    others: dict[str, _Anchors] = {}
    sound: dict[str, set[str]] = {}  # way to the root -> links by that way that lead somewhere, from whatever page
    for name, html in pages:
        if match := FETCHED.search(">".join(_MAY_FETCH.findall(html))):
            yield Broken(name, match[0])
        folder = posixpath.dirname(name)
        up = "../" * name.count("/")
        seen = sound.setdefault(up, set())
        own = _Anchors(html)
        for target in set(_links(html)) - seen:
            way, _, anchor = target.partition("#")
            if "?" in way:
                way = way.partition("?")[0]
            file = _file(folder, up, unquote(way) if "%" in way else way) if way else name
            if file not in known:
                known[file] = exists(file)
            if not known[file]:
                yield Broken(name, target)
            elif not anchor or not file.endswith(".html"):
                if _is_from_root(up, way):
                    seen.add(target)
            else:
                if file != name and file not in others:
                    others[file] = _Anchors(read(file))
                if unquote(anchor) not in (own if file == name else others[file]):
                    yield Broken(name, target)


class _Anchors:
    """The anchors of a page, looked for when somebody asks; nearly all are written in one way."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.plain: set[str] | None = None

    def __contains__(self, anchor: str) -> bool:
        if self.plain is None:
            self.plain = set(_ID.findall(self.html))
        return anchor in self.plain or anchor == "top" or anchor in anchors_of(self.html)


def anchors_of(html: str) -> set[str]:
    """Every id of a page."""
    return {unescape(a or b or c) for a, b, c in _ANCHOR.findall(html)}


def _links(html: str) -> Iterator[str]:
    for a, b, c in _LINK.findall(html):
        target = a or b or c
        if "&" in target:
            target = unescape(target)
        if target and not _OUT.match(target):
            yield target


def _is_from_root(up: str, way: str) -> bool:
    """Whether a link leads up to the root and from there down: then it leads to the same file from all pages of its depth."""
    return bool(up) and way.startswith(up) and "./" not in way[len(up) :]


def _file(folder: str, up: str, way: str) -> str:
    """The file that a link on a page in `folder` leads to; `up` is the way from there to the root."""
    if _is_from_root(up, way):  # most links of a page
        rest = way[len(up) :]
        return f"{rest}index.html" if rest.endswith("/") or not rest else rest
    path = posixpath.normpath(posixpath.join("/", folder, way)).lstrip("/")  # a browser stops at the root
    if way.endswith(("/", "/.", "..")) or way in (".", "..") or not path:
        return posixpath.join(path, "index.html")
    return path
