"""One file -> its data, its checked text and its problems; depends on nothing but that file's bytes and path."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from kurskatalog.check.allowed import MAX_PICTURE_BYTES, PICTURES
from kurskatalog.check.markup import check_markup
from kurskatalog.check.pictures import check_picture
from kurskatalog.check.silence import read_ignores
from kurskatalog.check.unfinished import left_to_write
from kurskatalog.model import addresses
from kurskatalog.problems import Message, Place, Problem
from kurskatalog.source.ignores import in_text, in_yaml
from kurskatalog.source.markdown import FRONT_LINE, split
from kurskatalog.source.markup.render import render
from kurskatalog.source.text import Unreadable, decode, hidden_characters
from kurskatalog.source.yaml import Data, read_yaml

FileKind = Literal[
    "settings", "provider", "course", "module", "page", "plan", "need", "vocabulary", "synonyms", "picture"
]

READ_AT_MOST = MAX_PICTURE_BYTES + 1


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file and what it is: `owner` is its id (`<provider>/<module>` of a text or picture), `lang` of a text."""

    name: str
    kind: FileKind
    owner: str
    lang: str = ""


@dataclass(slots=True)
class FileResult:
    """What one file says. Everything but `html` is plain JSON data, so that it can be kept for the next run."""

    data: Data | None = None
    problems: list[Problem] = field(default_factory=list)
    html: str = ""
    key: str = ""
    facts: str = ""
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    links: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    pictures: list[tuple[str, int, int]] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    words: int = 0
    html_key: str = ""


def page_path(file: SourceFile) -> str:
    """The address of the page that a text becomes."""
    return addresses.module(file.owner) if file.kind == "module" else addresses.page(file.owner)


def check_file(file: SourceFile, raw: bytes) -> FileResult:
    """Read and check one file by itself. Never raises for what a contributor wrote."""
    if file.kind == "picture":
        return FileResult(data="", problems=check_picture(raw, file.name))
    try:
        text = decode(raw, file.name)
    except Unreadable as error:
        return FileResult(problems=[error.problem])
    if file.kind in ("module", "page"):
        return _check_text(file, text)
    data, problems = read_yaml(text, file.name)
    unfinished = left_to_write(text, file.name)
    return FileResult(data=data, problems=[*problems, *unfinished, *read_ignores(in_yaml(text), file.name)])


def _check_text(file: SourceFile, text: str) -> FileResult:
    if problems := hidden_characters(text, file.name, "K408"):
        return FileResult(problems=problems)
    parts, problems = split(text, file.name)
    if parts.front is None and parts.body.startswith("---"):
        return FileResult(problems=problems)  # facts without an end: nobody knows where the text begins
    try:
        draft = render(parts.body, parts.body_line, file.lang)
        checked = check_markup(draft, file.name, page_path(file), parts.body, parts.body_line)
    except RecursionError:
        deep = Problem(
            Place(file.name),
            "K116",
            Message("lists and quotes are nested deeper than a page can show"),
            Message("use fewer levels"),
        )
        return FileResult(parts.front, [*problems, deep])
    ignores = [
        *in_yaml(parts.front_text, FRONT_LINE),
        *in_text(parts.body, parts.body_line, draft.xhtml),
    ]
    return FileResult(
        data=parts.front,
        problems=[
            *problems,
            *left_to_write(parts.front_text, file.name, FRONT_LINE),
            *checked.problems,
            *read_ignores(ignores, file.name),
        ],
        html=checked.xhtml,
        headings=[(max(h.level, 2), h.anchor, h.title) for h in draft.headings],
        links=[
            (link.kind, link.target, link.anchor, line, column)
            for link, line, column in checked.links
            if link.kind != "out"
        ],
        pictures=checked.pictures,
        anchors=sorted(checked.anchors),
        words=checked.words,
    )


def is_picture(name: str) -> bool:
    """Whether the file's ending is one of a picture that a module may hold."""
    return name.rpartition(".")[2].lower() in PICTURES


def to_json(result: FileResult) -> dict[str, Any]:
    """The part of a result that is kept as JSON."""
    return {
        "data": result.data,
        "problems": [
            [
                p.place.line,
                p.place.column,
                p.code,
                p.message.text,
                p.message.values,
                *([p.hint.text, p.hint.values] if p.hint else []),
            ]
            for p in result.problems
        ],
        "headings": result.headings,
        "links": result.links,
        "pictures": result.pictures,
        "anchors": result.anchors,
        "words": result.words,
    }


def from_json(kept: dict[str, Any], name: str, key: str) -> FileResult:
    """The inverse of `to_json`."""
    problems = [
        Problem(Place(name, line, column), code, Message(text, **values), Message(hint[0], **hint[1]) if hint else None)
        for line, column, code, text, values, *hint in kept["problems"]
    ]
    return FileResult(
        kept["data"],
        problems,
        "",
        key,
        "",
        kept["headings"],
        kept["links"],
        kept["pictures"],
        kept["anchors"],
        kept["words"],
    )
