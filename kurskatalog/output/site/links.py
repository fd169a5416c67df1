"""The last check, on what readers get: every link, picture, script and style of finished pages leads to something."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen on some pages: links that lead nowhere, links to places on other pages, and the pages' own places.

    `asked` has the page, the link as it stands there, and the file and anchor that it leads to. `anchors` are of each page by its
    file, as far as they are written in the usual way.
    """

    broken: list[Broken]
    asked: list[tuple[str, str, str, str]]
    anchors: dict[str, set[str]]


def look_at(pages: Iterable[tuple[str, str]], exists: Callable[[str], bool]) -> Looked:
    """Look at every link of the pages: (file in the site, HTML). `exists` says whether the site has a file."""
    looked = Looked([], [], {})
    known: dict[str, bool] = {}
    sound: dict[str, set[str]] = {}  # way to the root -> links by that way that lead somewhere, from whatever page
    for name, html in pages:
        if match := FETCHED.search(">".join(_MAY_FETCH.findall(html))):
            looked.broken.append(Broken(name, match[0]))
        folder = posixpath.dirname(name)
        up = "../" * name.count("/")
        seen = sound.setdefault(up, set())
        own = looked.anchors[name] = set(_ID.findall(html))
        for target in set(_links(html)) - seen:
            way, _, anchor = target.partition("#")
            if "?" in way:
                way = way.partition("?")[0]
            file = _file(folder, up, unquote(way) if "%" in way else way) if way else name
            if file not in known:
                known[file] = exists(file)
            if not known[file]:
                looked.broken.append(Broken(name, target))
            elif not anchor or not file.endswith(".html"):
                if _is_from_root(up, way):
                    seen.add(target)
            elif file != name:
                looked.asked.append((name, target, file, unquote(anchor)))
            elif not (
                anchor in own or unquote(anchor) in own or anchor == "top" or unquote(anchor) in anchors_of(html)
            ):
                looked.broken.append(Broken(name, target))
    return looked


def settle(all_looked: Sequence[Looked], read: Callable[[str], str]) -> Iterator[Broken]:
    """All links that lead nowhere; `read` gives the HTML of a page that was not looked at, or has anchors in an unusual way."""
    anchors = {name: own for looked in all_looked for name, own in looked.anchors.items()}
    others: dict[str, set[str]] = {}
    for looked in all_looked:
        yield from looked.broken
        for name, target, file, anchor in looked.asked:
            if anchor == "top" or anchor in anchors.get(file, ()):
                continue
            if file not in others:
                others[file] = anchors_of(read(file))
            if anchor not in others[file]:
                yield Broken(name, target)


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
