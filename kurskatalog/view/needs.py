"""`/behov/`: every competence need with what meets it, openly what meets none, and needs against offers by theme and level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Need
from kurskatalog.model.records import NeedSource
from kurskatalog.view.gaps import Cell, State, build_matrix, is_met
from kurskatalog.view.pages import Page, Toc
from kurskatalog.view.parts import Link, Said
from kurskatalog.view.teller import Teller
from kurskatalog.words import sort_key


class Place(NamedTuple):
    """A cell of the matrix in words."""

    needs: str
    offers: str
    state: State


class MatrixRow(NamedTuple):
    """A theme: its cells in the order of the columns, and all of it."""

    theme: Link
    cells: tuple[Place, ...]
    all: Place
    unmet: str


class MatrixView(NamedTuple):
    """The table of themes by levels."""

    columns: tuple[Link, ...]
    rows: tuple[MatrixRow, ...]


class NeedView(NamedTuple):
    """A need and what meets it."""

    anchor: str
    said: Said
    statement: Said
    where: str
    audience: Said
    themes: tuple[Link, ...]
    levels: tuple[Link, ...]
    counties: tuple[Link, ...]
    modules: tuple[Link, ...]
    courses: tuple[Link, ...]


class NeedGroup(NamedTuple):
    """The needs that one document states."""

    anchor: str
    title: str
    publisher: str
    year: str
    url: str
    needs: tuple[NeedView, ...]


class NeedsData(NamedTuple):
    """What `needs.md.j2` shows."""

    intro: str
    total: int
    met: int
    unmet: tuple[Link, ...]
    matrix: MatrixView
    groups: tuple[NeedGroup, ...]
    default_lang: str
    up: str


Document = tuple[str, str, str]


def build_needs(teller: Teller) -> Page | None:
    """The page, where there are needs."""
    needs = teller.catalogue.needs
    if not needs:
        return None
    words = teller.words
    intro = words("What working life asks for, with its source, and what this catalogue has to answer it.")
    unmet = [teller.need(ident) for ident, need in needs.items() if not is_met(need)]
    data = NeedsData(
        intro,
        len(needs),
        sum(is_met(need) for need in needs.values()),
        tuple(sorted(unmet, key=lambda link: sort_key(link.said.text))),
        _matrix(teller),
        _groups(teller, needs),
        "" if teller.lang == teller.default else teller.default,
        "" if teller.lang == teller.default else "../",
    )
    toc = [Toc(2, "oversikt", words("Needs and offers by theme and level"))]
    if unmet:
        toc.append(Toc(2, "uten-svar", words("Needs that nothing here meets")))
    toc += [Toc(2, group.anchor, group.title) for group in data.groups]
    return Page(
        path=addresses.NEED,
        lang=teller.lang,
        template="needs.md.j2",
        title=words("Competence needs"),
        description=intro,
        menu=addresses.NEED,
        data=data,
        toc=tuple(toc),
    )


def _groups(teller: Teller, needs: Mapping[str, Need]) -> tuple[NeedGroup, ...]:
    """Needs by the document that states them; documents by publisher and title, needs in Norwegian order."""
    documents: dict[Document, list[Need]] = {}
    for need in needs.values():
        source = need.facts.source
        documents.setdefault((source.publisher, source.title, source.year or ""), []).append(need)
    order = sorted(documents.items(), key=lambda item: tuple(sort_key(part) for part in item[0]))
    return tuple(
        NeedGroup(
            f"kilde-{number}",
            title,
            publisher,
            year,
            next((n.facts.source.url for n in stated if n.facts.source.url), ""),
            tuple(sorted((_need(teller, need) for need in stated), key=lambda n: (sort_key(n.said.text), n.anchor))),
        )
        for number, ((publisher, title, year), stated) in enumerate(order, 1)
    )


def _need(teller: Teller, need: Need) -> NeedView:
    facts = need.facts
    return NeedView(
        addresses.need_anchor(need.id),
        teller.say(facts.title),
        teller.say(facts.statement),
        _where(teller, facts.source),
        teller.say(facts.audience),
        teller.terms("themes", facts.themes, addresses.THEME),
        teller.terms("levels", facts.levels, addresses.LEVEL),
        teller.terms("counties", facts.counties, addresses.COUNTY),
        tuple(teller.module(ident) for ident in facts.modules),
        tuple(teller.course(ident) for ident in facts.courses),
    )


def _where(teller: Teller, source: NeedSource) -> str:
    """The page and the section, as the author named them."""
    page = teller.words("page {page}").format(page=source.page) if source.page else ""
    return ", ".join(part for part in (source.section, page) if part)


def _matrix(teller: Teller) -> MatrixView:
    words, matrix = teller.words, build_matrix(teller.catalogue)
    columns = tuple(
        Link(Said(teller.level(code)), f"{addresses.LEVEL}/{code}") if code else Link(Said(words("level not given")))
        for code in matrix.levels
    )
    rows = [
        MatrixRow(
            Link(teller.label("themes", theme), f"{addresses.THEME}/{theme}"),
            tuple(_place(teller, matrix.cells[theme, level]) for level in matrix.levels),
            _place(teller, matrix.totals[theme]),
            teller.number(matrix.totals[theme].unmet or None),
        )
        for theme in matrix.themes
    ]
    return MatrixView(columns, tuple(sorted(rows, key=lambda row: sort_key(row.theme.said.text))))


def _place(teller: Teller, cell: Cell) -> Place:
    words, offers = teller.words, cell.courses + cell.modules
    return Place(
        words("1 need") if cell.needs == 1 else words("{number} needs").format(number=cell.needs),
        words("1 offer") if offers == 1 else words("{number} offers").format(number=offers),
        cell.state,
    )
