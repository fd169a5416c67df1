"""One picture: kind, size, and for SVG that it is a drawing and nothing else."""

from __future__ import annotations

import xml.parsers.expat
from collections.abc import Iterator

from kurskatalog.check import allowed
from kurskatalog.problems import Message, Place, Problem

_MAGIC: dict[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "webp": (b"RIFF",),
}
_MOST = 5  # problems of one drawing


def check_picture(raw: bytes, name: str) -> list[Problem]:
    """Problems of a picture file (K409, K410, K411); `raw` may be cut one byte behind the size limit."""
    kind = name.rpartition(".")[2].lower()
    if len(raw) > allowed.MAX_PICTURE_BYTES:
        return [
            Problem(
                Place(name),
                "K409",
                Message("the picture is larger than {limit} KB", limit=allowed.MAX_PICTURE_BYTES // 1024),
                Message("make it smaller: 1600 pixels wide is enough, and WebP is smaller than PNG"),
            )
        ]
    if kind == "svg":
        return list(_svg(raw, name))
    if not raw.startswith(_MAGIC[kind]) or (kind == "webp" and raw[8:12] != b"WEBP"):
        return [
            Problem(
                Place(name),
                "K410",
                Message("the file is called .{kind}, but it is not such a picture", kind=kind),
                Message("save the picture again from a picture program"),
            )
        ]
    return []


def _svg(raw: bytes, name: str) -> Iterator[Problem]:
    """Expat reads without following anything; a document type is refused, so no entity can grow or fetch."""
    drawing = _Drawing(name)
    try:
        drawing.parser.Parse(raw, True)
    except (xml.parsers.expat.ExpatError, ValueError, LookupError) as error:
        place = Place(name, getattr(error, "lineno", 0), getattr(error, "offset", -1) + 1)
        yield Problem(
            place, "K410", Message("the SVG file cannot be read"), Message("export it again from a drawing program")
        )
    yield from drawing.found[:_MOST]


class _Drawing:
    """The parser's handlers, and what they found."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Problem] = []
        self.style: list[str] | None = None
        self.style_at = Place(name)
        self.is_first = True
        self.parser = parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartDoctypeDeclHandler = self.document_type
        parser.ProcessingInstructionHandler = self.instruction

    def here(self) -> Place:
        return Place(self.name, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def bad(self, what: str, place: Place | None = None) -> None:
        message = Message("the drawing holds {what}, which could run or fetch something", what=what)
        hint = Message("export it as a plain SVG, without scripts, links and embedded pictures")
        self.found.append(Problem(place or self.here(), "K411", message, hint))

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, local = tag.rpartition(" ")
        if self.is_first and local != "svg":
            message = Message("the file is called .{kind}, but it is not such a picture", kind="svg")
            self.found.append(
                Problem(self.here(), "K410", message, Message("save the picture again from a picture program"))
            )
        self.is_first = False
        self.style = [] if local.lower() == "style" else None
        self.style_at = self.here()
        known = local in allowed.SVG_ELEMENTS if namespace in ("", allowed.SVG_NAMESPACE) else _is_editors(namespace)
        if not known:
            self.bad(f"<{local}>")
        for key, value in attributes.items():
            owner, _, short = key.rpartition(" ")
            if not _is_editors(owner) and _is_evil(short, value):
                self.bad(f'{short}="{value[:40]}"')

    def text(self, data: str) -> None:
        if self.style is not None:
            self.style.append(data)

    def end(self, _: str) -> None:
        if self.style is not None and allowed.SVG_EVIL_STYLE.search("".join(self.style)):
            self.bad("<style>", self.style_at)
        self.style = None

    def document_type(self, *_: object) -> None:
        self.bad("<!DOCTYPE>")

    def instruction(self, target: str, _: str) -> None:
        self.bad(f"<?{target}>")


def _is_editors(namespace: str) -> bool:
    return namespace.startswith(allowed.SVG_EDITOR_NAMESPACES)


def _is_evil(key: str, value: str) -> bool:
    if allowed.SVG_EVIL_ATTRIBUTE.match(key) or (key in ("href", "src") and not value.strip().startswith("#")):
        return True
    pattern = allowed.SVG_EVIL_STYLE if key == "style" else allowed.SVG_EVIL_VALUE
    return pattern.search(value) is not None
