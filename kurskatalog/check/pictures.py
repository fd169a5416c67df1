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


def check_picture(raw: bytes, name: str) -> list[Problem]:
    """Problems of a picture file (K409, K410, K411); `raw` may be cut one byte behind the size limit."""
    kind = name.rpartition(".")[2].lower()
    if len(raw) > allowed.MAX_PICTURE_BYTES:
        return [
            Problem(
                Place(name), "K409", Message("the picture is larger than {limit} KB", limit=allowed.MAX_PICTURE_BYTES // 1024),
                Message("make it smaller: 1600 pixels wide is enough, and WebP is smaller than PNG"),
            )
        ]
    if kind == "svg":
        return list(_svg(raw, name))
    if not raw.startswith(_MAGIC[kind]):
        return [
            Problem(
                Place(name), "K410", Message("the file is called .{kind}, but it is not such a picture", kind=kind),
                Message("save the picture again from a picture program"),
            )
        ]
    return []


def _svg(raw: bytes, name: str) -> Iterator[Problem]:
    """Expat reads without following anything; a document type is refused, so no entity can grow or fetch."""
    found: list[Problem] = []
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    style = [False]

    def bad(what: str) -> None:
        found.append(
            Problem(
                Place(name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1), "K411",
                Message("the drawing holds {what}, which could run or fetch something", what=what),
                Message("export it as a plain SVG, without scripts, links and embedded pictures"),
            )
        )

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(" ")[2]
        namespace = tag.rpartition(" ")[0]
        style[0] = local == "style"
        if namespace in ("", allowed.SVG_NAMESPACE):
            if local not in allowed.SVG_ELEMENTS:
                bad(f"<{local}>")
        elif not namespace.startswith(allowed.SVG_EDITOR_NAMESPACES):
            bad(f"<{local}>")
        for key, value in attributes.items():
            short = key.rpartition(" ")[2]
            if (
                allowed.SVG_EVIL_ATTRIBUTE.match(short)
                or (short in ("href", "src") and not value.startswith("#"))
                or allowed.SVG_EVIL_STYLE.search(value)
            ):
                bad(f"{short}=\"{value[:40]}\"")

    def text(data: str) -> None:
        if style[0] and allowed.SVG_EVIL_STYLE.search(data):
            bad("<style>")

    def end(tag: str) -> None:
        style[0] = False

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = lambda *_: bad("<!DOCTYPE>")
    parser.ProcessingInstructionHandler = lambda target, data: bad(f"<?{target}>")
    try:
        parser.Parse(raw, True)
    except (xml.parsers.expat.ExpatError, ValueError, LookupError) as error:
        yield Problem(
            Place(name, getattr(error, "lineno", 0), getattr(error, "offset", -1) + 1), "K410",
            Message("the SVG file cannot be read"), Message("export it again from a drawing program"),
        )
    yield from found[:5]
