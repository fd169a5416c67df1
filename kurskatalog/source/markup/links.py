"""Where a link in a text leads: to another page of the catalogue, to a picture beside it, or out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from markdown_it.common.normalize_url import normalizeLinkText

from kurskatalog.model import addresses

Kind = Literal["module", "course", "page", "provider", "plan", "anchor", "out", "picture", "lost"]

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_MODULE_FILE = re.compile(r"((?:\.\./){1,2})((?:[a-z0-9-]+/)?[a-z0-9-]+)/module(?:\.[a-z]{2,3})?\.md\Z")
_PAGE_FILE = re.compile(r"(?:\./)?([a-z0-9-]+)(?:\.[a-z]{2,3})?\.md\Z")
_OURS: dict[str, Kind] = {"modul": "module", "kurs": "course", "side": "page", "tilbyder": "provider", "plan": "plan"}


@dataclass(frozen=True, slots=True)
class Link:
    """`kind` says what it leads to, `target` the id there, `anchor` what follows `#`, `url` what stands in the page."""

    kind: Kind
    target: str
    anchor: str
    url: str


def scheme(address: str) -> str | None:
    """The scheme as a browser reads it: case, blanks and control characters do not hide it."""
    match = _SCHEME.match(re.sub(r"[\x00-\x20]", "", address))
    return match[1].lower() if match else None


def shown(address: str) -> str:
    """An address as Markdown shows it where it stands in angles: coded signs decoded, in its host too."""
    return normalizeLinkText(address)


def resolve(address: str, page: str) -> Link:
    """The link behind `address` in the text of the page at `page` (`moduler/a/b`, `om`, or empty for the home page)."""
    address = address.strip()
    way, _, anchor = address.partition("#")
    base = addresses.base(page)
    if not way:
        return Link("anchor", "", anchor, address)
    name, _, rest = way.partition(":")
    if rest and name in _OURS:
        return _ours(_OURS[name], rest.strip("/"), anchor, base)
    if scheme(address):
        return Link("out", "", "", address)
    if way.startswith("//"):
        return Link("lost", way, anchor, address)
    if page.startswith(f"{addresses.MODULE}/") and (match := _MODULE_FILE.match(way)):
        target = match[2]
        if match[1] == "../":
            target = f"{page.split('/')[1]}/{target}" if "/" not in target else ""
        elif "/" not in target:
            target = ""
        if target:
            return _ours("module", target, anchor, base)
    elif "/" not in page and (match := _PAGE_FILE.match(way)):
        return _ours("page", match[1], anchor, base)
    return Link("lost", way, anchor, address)


def _ours(kind: Kind, target: str, anchor: str, base: str) -> Link:
    paths: dict[Kind, Callable[[str], str]] = {
        "module": addresses.module,
        "course": addresses.course,
        "page": addresses.page,
        "provider": addresses.provider,
        "plan": lambda ident: f"{addresses.PLAN}/{ident}",
    }
    path = paths[kind](target)
    url = f"{base}{path}/" if path else base
    return Link(kind, target, anchor, url + (f"#{anchor}" if anchor else ""))
