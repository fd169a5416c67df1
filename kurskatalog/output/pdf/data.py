"""A printed document as data for the templates: parts as plain lists and maps, texts made ready, links resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kurskatalog.output.pdf.prepare import Place, Setting, prepare
from kurskatalog.output.pdf.tree import soften
from kurskatalog.view.parts import Link
from kurskatalog.view.prints.shapes import Bullets, FactBox, Heading, Listing, PrintView, Runs, TextBody, labels
from kurskatalog.view.prints.texts import anchors, shown_address, targets

HtmlOf = Callable[[str], str]


class Places:
    """What a document holds and what leads to it: names for places inside, addresses for everything else."""

    def __init__(self, view: PrintView, html: Mapping[str, str]) -> None:
        self.site = view.address + view.prefix
        self.chapters = labels(view)
        self.names: dict[tuple[str, str], str] = {}
        for part in view.parts:
            if isinstance(part, Heading) and part.path and part.anchor:
                label = self.chapters.setdefault(part.path, "start")
                self.names[part.path, part.anchor] = f"{label}-{part.anchor}"
        for body in view.bodies:
            label = self.chapters.setdefault(body.path, "start")
            for path, anchor in targets(html[body.file], body.path):
                if anchor and path in self.chapters:
                    self.names.setdefault((path, anchor), f"{self.chapters[path]}-{anchor}")
        known = {(body.path, anchor) for body in view.bodies for anchor in anchors(html[body.file])}
        known |= {(part.path, part.anchor) for part in view.parts if isinstance(part, Heading)}
        self.names = {place: label for place, label in self.names.items() if place in known}

    def find(self, path: str, anchor: str) -> Place:
        """The label of a place in this document, or an address on the net."""
        if path in self.chapters:
            return self.names.get((path, anchor), self.chapters[path]), ""
        way = f"{path}/" if path else ""
        return "", f"{self.site}{way}" + (f"#{anchor}" if anchor else "")


def document(
    view: PrintView,
    html_of: HtmlOf,
    pictures: Mapping[str, str],
    pages: Mapping[str, tuple[str, int]],
    qr: Callable[[str], list[str]],
) -> dict[str, Any]:
    """Everything that the templates show of one document.

    `pictures` are staged names by file, `pages` the volume (as an address from this document) and page where a path is printed.
    """
    html = {body.file: html_of(body.file) for body in view.bodies}
    places = Places(view, html)
    url = places.site + (f"{view.page}/" if view.page else "")
    rest = {
        key: _plain(getattr(view, key), places)
        for key in (
            *("lang", "kind", "label", "title", "summary", "authors", "licence", "version", "updated"),
            *("dates", "catalogue", "publisher", "contents"),
        )
    }
    return {
        **rest,
        "words": dict(view.words),
        "day": [int(part) for part in view.day.split("-")],
        "url": url,
        "shown": soften(shown_address(url)),
        "home": shown_address(view.address),
        "qr": qr(url),
        "parts": list(_parts(view, html, places, pictures, pages)),
    }


def _parts(
    view: PrintView,
    html: Mapping[str, str],
    places: Places,
    pictures: Mapping[str, str],
    pages: Mapping[str, tuple[str, int]],
) -> Iterable[dict[str, Any]]:
    """The parts; a text's answers and abbreviations follow it, and headings know their labels."""
    named, chapter, printed = {"start"}, "start", dict[str, str]()
    for part in view.parts:
        plain = _plain(part, places)
        if isinstance(part, Heading) and part.path and not part.anchor:
            chapter, printed = places.chapters[part.path], {}
        if isinstance(part, _WITH_ADDRESSES):
            _print_once(plain, chapter, printed)
        if isinstance(part, Heading):
            label = places.names.get((part.path, part.anchor)) if part.anchor else places.chapters.get(part.path)
            plain["label"] = label if part.path and label and label not in named else ""
            named.add(plain["label"])
        elif isinstance(part, Listing) and part.paged:
            plain["rows"] = [
                _paged(row, pages.get(link.path)) for row, (link, *_) in zip(plain["rows"], part.rows, strict=True)
            ]
        elif isinstance(part, TextBody):
            label = places.chapters[part.path]
            setting = Setting(
                label=label,
                page=part.path,
                depth=part.level,
                folder=part.file.rpartition("/")[0],
                pictures=pictures,
                find=places.find,
                printed=printed,
            )
            text = prepare(html[part.file], setting)
            plain |= {"file": part.file, "xml": text.body, "answers": text.answers}
            plain["short"] = [{"name": name, "long": long} for name, long in sorted(text.short.items())]
        yield plain


_WITH_ADDRESSES = (FactBox, Bullets, Runs)
"""Parts whose links have their addresses printed."""


def _print_once(plain: Any, chapter: str, printed: dict[str, str]) -> None:
    """An address is printed at the first link of a chapter that has it; `printed` has the names of those notes."""
    if isinstance(plain, list):
        for inner in plain:
            _print_once(inner, chapter, printed)
    elif isinstance(plain, dict):
        if plain.get("shown"):
            if name := printed.get(plain["url"]):
                plain["again"] = name
            else:
                plain["name"] = printed[plain["url"]] = f"{chapter}-url{len(printed)}"
        else:
            for inner in plain.values():
                _print_once(inner, chapter, printed)


def _paged(row: list[dict[str, Any]], place: tuple[str, int] | None) -> list[dict[str, Any]]:
    """A row that leads into another volume, with the page there."""
    if place is None:
        return row
    file, number = place
    first, *rest, last = row
    return [{**first, "to": "", "url": f"{file}#page={number}", "shown": ""}, *rest, {**last, "text": str(number)}]


def _plain(value: Any, places: Places) -> Any:
    """Frozen data as JSON knows it; a part says which kind it is, a link where it leads from here."""
    if isinstance(value, Link):
        label, url = places.find(value.path, value.anchor) if value.path else ("", value.url)
        shown = soften(shown_address(value.url)) if value.url and not value.path else ""
        if shown_address(value.url).replace(" ", "") == shown_address(value.said.text).replace(" ", ""):
            shown = ""
        said = _plain(value.said, places)
        return {**said, "to": label, "url": url, "shown": shown, "note": soften(value.note), "name": "", "again": ""}
    if hasattr(value, "_asdict"):
        fields = value._asdict()
        return {"type": type(value).__name__, **{key: _plain(inner, places) for key, inner in fields.items()}}
    if isinstance(value, (tuple, list)):
        return [_plain(inner, places) for inner in value]
    return soften(value) if isinstance(value, str) else value
