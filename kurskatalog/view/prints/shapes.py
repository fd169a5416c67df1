"""The parts that printed documents are made of: plain frozen data, in the order in which they are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kurskatalog.view.parts import Fact, Link, OutcomeKind, RunView, Said


class Heading(NamedTuple):
    """A heading of a level from 1; `path` and `anchor` are what leads to it on the site (both may be empty).

    `opens` a chapter on a page of its own; `kind` stands above a chapter's title.
    """

    level: int
    said: Said
    path: str = ""
    anchor: str = ""
    opens: bool = False
    kind: str = ""


class Paragraph(NamedTuple):
    """Words; `tone` is `plain`, `lead` (larger, under a title) or `notice` (set apart)."""

    said: Said
    tone: str = "plain"


class FactBox(NamedTuple):
    """Labels and values."""

    facts: tuple[Fact, ...]


class Outcomes(NamedTuple):
    """What one can do afterwards; each kind has a heading of `level`."""

    level: int
    kinds: tuple[OutcomeKind, ...]


class TextBody(NamedTuple):
    """A contributed text: its file, the address of its page, the level of its largest headings, its language if another."""

    file: str
    path: str
    level: int
    lang: str
    pictures: tuple[str, ...]

    @property
    def picture_files(self) -> tuple[str, ...]:
        """Its pictures by their paths in the catalogue."""
        folder = self.file.rpartition("/")[0]
        return tuple(f"{folder}/{name}" for name in self.pictures)


class Steps(NamedTuple):
    """Modules or courses in order; `first` is the number of the first one."""

    steps: tuple[Step, ...]
    first: int = 1


class Step(NamedTuple):
    """One of them: link, what it takes (`2 timer, valgfri`), why or what, and what it builds on."""

    link: Link
    takes: str
    said: Said
    note: str = ""


class Runs(NamedTuple):
    """When and where; each run has a heading of `level`. `state` is in words, with its day."""

    level: int
    runs: tuple[PrintedRun, ...]


class PrintedRun(NamedTuple):
    """A run, its state in words, its warning if any, and its facts."""

    run: RunView
    state: str
    warning: str
    facts: tuple[Fact, ...]


class Listing(NamedTuple):
    """A table of courses or modules: a heading for each column, rows of values; the first value is a link.

    The last column of one that is `paged` is the page in the volume where the first one's path is printed.
    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]
    paged: bool = False


class Bullets(NamedTuple):
    """A list of links, in a language if another."""

    links: tuple[Link, ...]
    lang: str = ""


Part = Heading | Paragraph | FactBox | Outcomes | TextBody | Steps | Runs | Listing | Bullets


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintView:
    """One printed document in one language.

    `path` is its place below `pdf/` without ending, `page` the address of the page that it prints, both without language;
    `prefix` is the language's folder. `day` (ISO) goes into the file; `dates` says for which day its dates hold, empty when
    it has none. `files` are the sources that it is made of, for messages; `volumes` the names of documents to whose pages it
    leads, which must be printed before it. `kind` is one of module, course, provider, plan, level,
    catalogue, texts, volume.
    """

    path: str
    page: str
    lang: str
    prefix: str
    kind: str
    label: str
    title: Said
    summary: Said
    authors: tuple[str, ...]
    licence: str
    version: str
    updated: str
    day: str
    dates: str
    catalogue: str
    publisher: str
    address: str
    words: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    files: tuple[str, ...]
    volumes: tuple[str, ...] = ()
    contents: int = 2

    @property
    def name(self) -> str:
        """Its file in the site, without ending: `nn/pdf/moduler/a/b`."""
        return f"{self.prefix}pdf/{self.path}"

    @property
    def bodies(self) -> tuple[TextBody, ...]:
        """The contributed texts in it."""
        return tuple(part for part in self.parts if isinstance(part, TextBody))


def labels(view: PrintView) -> dict[str, str]:
    """Address of each page that has a place in the document -> the name of that place; the document's own is `start`."""
    names = {view.page: "start"}
    for part in view.parts:
        if isinstance(part, Heading) and part.path and not part.anchor:
            names.setdefault(part.path, f"c{len(names)}")
    return names
