"""Needs against offers, in no language yet: what meets each need, and how many of both there are by theme and level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from kurskatalog.model.catalogue import Catalogue, Need

State = Literal["gap", "both", "offers", "empty"]


class Cell(NamedTuple):
    """What there is of one theme at one level; `unmet` of the needs have nothing that meets them.

    *gap*: needs and nothing offered · *both*: needs and offers · *offers*: offers that no need asks for · *empty*: neither. Needs
    that name no level can be met at any, so they are held against all offers of the theme.
    """

    needs: int
    unmet: int
    courses: int
    modules: int
    state: State


class Matrix(NamedTuple):
    """Themes by levels; `None` is a level that is not given. Only themes and levels that something has."""

    themes: tuple[str, ...]
    levels: tuple[str | None, ...]
    cells: Mapping[tuple[str, str | None], Cell]
    totals: Mapping[str, Cell]
    """By theme; a need or an offer counts once, at however many levels it stands."""


Place = tuple[str, str | None]


def is_met(need: Need) -> bool:
    """Whether any module or course of the catalogue meets the need."""
    return bool(need.facts.modules or need.facts.courses)


def answers(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """`module:<id>` or `course:<id>` -> ids of the needs that it meets, sorted."""
    found: dict[str, list[str]] = {}
    for ident, need in sorted(catalogue.needs.items()):
        for kind, names in (("module", need.facts.modules), ("course", need.facts.courses)):
            for name in names:
                found.setdefault(f"{kind}:{name}", []).append(ident)
    return {name: tuple(idents) for name, idents in found.items()}


def build_matrix(catalogue: Catalogue) -> Matrix:
    """Count needs and offers by theme and level, in the order of the lists of terms."""
    by_place: dict[str, Counter[Place]] = {kind: Counter() for kind in ("needs", "unmet", "courses", "modules")}
    by_theme: dict[str, Counter[str]] = {kind: Counter() for kind in by_place}
    for kind, themes, levels in _things(catalogue):
        for theme in themes:
            by_theme[kind][theme] += 1
            for level in levels:
                by_place[kind][theme, level] += 1
    used = {place for counter in by_place.values() for place in counter}
    themes = tuple(code for code in _terms(catalogue, "themes") if any(code == theme for theme, _ in used))
    given = tuple(code for code in _terms(catalogue, "levels") if any(code == level for _, level in used))
    levels = (*given, None) if any(level is None for _, level in used) else given
    totals = {theme: _cell(*(counter[theme] for counter in by_theme.values())) for theme in themes}
    cells = {}
    for theme in themes:
        for level in levels:
            counts = [counter[theme, level] for counter in by_place.values()]
            cell = _cell(*counts)
            if level is None and cell.state == "gap" and totals[theme].state == "both":
                cell = cell._replace(state="both")
            cells[theme, level] = cell
    return Matrix(themes, levels, cells, totals)


def _things(catalogue: Catalogue) -> Iterator[tuple[str, tuple[str, ...], tuple[str | None, ...]]]:
    """(kind of count, themes, levels) of every need and offer."""
    for need in catalogue.needs.values():
        levels = need.facts.levels or (None,)
        yield "needs", need.facts.themes, levels
        if not is_met(need):
            yield "unmet", need.facts.themes, levels
    for course in catalogue.courses.values():
        yield "courses", course.facts.themes, (course.facts.level,)
    for module in catalogue.modules.values():
        yield "modules", module.facts.themes, (module.facts.level,)


def _cell(needs: int, unmet: int, courses: int, modules: int) -> Cell:
    state: State = "both"
    if not courses + modules:
        state = "gap" if needs else "empty"
    elif not needs:
        state = "offers"
    return Cell(needs, unmet, courses, modules, state)


def _terms(catalogue: Catalogue, vocabulary: str) -> tuple[str, ...]:
    found = catalogue.vocabularies.get(vocabulary)
    return tuple(found.terms) if found else ()
