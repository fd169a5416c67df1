"""Pages that are ways in: all courses, all modules, providers, levels, themes and counties, each with counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.view.pages import Page
from kurskatalog.view.parts import Count, Fact, Link, Row, Said
from kurskatalog.view.pictures import Tile, county_map
from kurskatalog.view.teller import Teller
from kurskatalog.words import sort_key

LONG_LIST = 200
"""Rows above which a list of everything gives way to a list of ways in."""


class ListData(NamedTuple):
    """What `list.md.j2` shows: an introduction, courses, modules, and ways further in."""

    said: Said
    intro: str
    note: Said
    courses: tuple[Row, ...]
    modules: tuple[Row, ...]
    counts: tuple[Count, ...]
    facts: tuple[Fact, ...]
    homepage: str
    show_provider: bool
    empty: str
    as_of: str = ""
    tiles: tuple[Tile, ...] = ()


class Index(NamedTuple):
    """Which courses and modules lie behind each provider, level, theme and county."""

    courses: Mapping[str, Mapping[str, tuple[str, ...]]]
    modules: Mapping[str, Mapping[str, tuple[str, ...]]]
    providers_in: Mapping[str, tuple[str, ...]]


def build_index(teller: Teller) -> Index:
    """Sort every course and module into its drawers; within a drawer in Norwegian order of titles."""
    courses: dict[str, dict[str, list[str]]] = {k: {} for k in ("provider", "level", "theme", "county")}
    modules: dict[str, dict[str, list[str]]] = {k: {} for k in ("provider", "level", "theme")}
    for ident in teller.courses:
        course = teller.catalogue.courses[ident]
        courses["provider"].setdefault(course.provider, []).append(ident)
        if course.facts.level:
            courses["level"].setdefault(course.facts.level, []).append(ident)
        for theme in course.facts.themes:
            courses["theme"].setdefault(theme, []).append(ident)
        for county in dict.fromkeys(p.county for run in course.facts.runs for p in run.places if p.county):
            courses["county"].setdefault(county, []).append(ident)
    for ident in teller.modules:
        module = teller.catalogue.modules[ident]
        modules["provider"].setdefault(module.provider, []).append(ident)
        if module.facts.level:
            modules["level"].setdefault(module.facts.level, []).append(ident)
        for theme in module.facts.themes:
            modules["theme"].setdefault(theme, []).append(ident)
    providers: dict[str, list[str]] = {}
    for ident, provider in teller.catalogue.providers.items():
        for county in dict.fromkeys(p.county for p in provider.facts.places if p.county):
            providers.setdefault(county, []).append(ident)
    return Index(
        {k: {i: tuple(v) for i, v in d.items()} for k, d in courses.items()},
        {k: {i: tuple(v) for i, v in d.items()} for k, d in modules.items()},
        {k: tuple(v) for k, v in providers.items()},
    )


def list_page(
    teller: Teller, path: str, menu: str, title: Said, description: str, data: ListData, crumbs: Sequence[Link] = ()
) -> Page:
    """A page of rows or ways in."""
    if any(row.deadlines for row in data.courses):
        data = data._replace(as_of=teller.words.day(teller.today))
    return Page(
        path=path,
        lang=teller.lang,
        template="list.md.j2",
        title=title.text,
        description=description,
        menu=menu,
        data=data,
        crumbs=tuple(crumbs),
    )


def build_overviews(teller: Teller, index: Index) -> Iterator[Page]:
    """`/kurs/`, `/moduler/`, `/tilbydere/`, `/nivaa/`, `/tema/`, `/fylke/`."""
    words = teller.words
    providers = sorted(teller.catalogue.providers, key=lambda i: sort_key(teller.provider(i).said.text))
    by_provider = tuple(
        Count(
            teller.provider(i),
            len(index.courses["provider"].get(i, ())),
            len(index.modules["provider"].get(i, ())),
            teller.label("provider-types", teller.catalogue.providers[i].facts.type).text,
        )
        for i in providers
    )
    courses, modules = tuple(teller.courses.values()), tuple(teller.modules.values())
    plain: list[tuple[str, str, str, tuple[Row, ...], tuple[Row, ...], tuple[Count, ...]]] = [
        (
            addresses.COURSE,
            words("Courses"),
            words("All courses of the catalogue, in alphabetical order."),
            courses,
            (),
            (),
        ),
        (
            addresses.MODULE,
            words("Modules"),
            words("Open learning modules that you can read here, free of charge."),
            (),
            modules,
            (),
        ),
        (
            addresses.PROVIDER,
            words("Providers"),
            words("Those who give the courses and publish the modules."),
            (),
            (),
            by_provider,
        ),
    ]
    for folder, title, vocabulary, kind, intro in _drawers(teller):
        plain.append((folder, title, intro, (), (), _counts(teller, index, folder, vocabulary, kind)))
    for path, title, intro, rows, module_rows, counts in plain:
        if len(rows) > LONG_LIST or len(module_rows) > LONG_LIST:
            intro = words("There are so many that they are listed by provider.")
            rows, module_rows, counts = (), (), by_provider
        data = ListData(
            Said(title), intro, Said(""), rows, module_rows, counts, (), "", True, words("There is nothing here yet.")
        )
        if path == addresses.COUNTY:
            data = data._replace(tiles=county_map(counts))
        yield list_page(teller, path, path, Said(title), intro, data)


def _drawers(teller: Teller) -> tuple[tuple[str, str, str, str, str], ...]:
    words = teller.words
    return (
        (
            addresses.LEVEL,
            words("Levels"),
            "levels",
            "level",
            words("Levels of the Norwegian qualifications framework (NKR). A higher number asks more of you."),
        ),
        (addresses.THEME, words("Themes"), "themes", "theme", words("What the courses and modules are about.")),
        (
            addresses.COUNTY,
            words("Counties"),
            "counties",
            "county",
            words("Where the courses gather their participants. Many courses are online and can be taken anywhere."),
        ),
    )


def _counts(teller: Teller, index: Index, folder: str, vocabulary: str, kind: str) -> tuple[Count, ...]:
    terms = teller.catalogue.vocabularies[vocabulary].terms if vocabulary in teller.catalogue.vocabularies else {}
    counts = [
        Count(
            Link(teller.label(vocabulary, code), f"{folder}/{code}"),
            len(index.courses[kind].get(code, ())),
            len(index.modules.get(kind, {}).get(code, ())),
            teller.say(term.note).text,
        )
        for code, term in terms.items()
    ]
    return tuple(counts if kind == "level" else sorted(counts, key=lambda c: sort_key(c.link.said.text)))


def build_term_pages(teller: Teller, index: Index) -> Iterator[Page]:
    """`/nivaa/<level>/`, `/tema/<theme>/`, `/fylke/<county>/`: every term has a page, an empty one says so."""
    words = teller.words
    for folder, title, vocabulary, kind, _ in _drawers(teller):
        found = teller.catalogue.vocabularies.get(vocabulary)
        for code, term in found.terms.items() if found else ():
            said = teller.label(vocabulary, code)
            courses = tuple(teller.courses[i] for i in index.courses[kind].get(code, ()))
            modules = tuple(teller.modules[i] for i in index.modules.get(kind, {}).get(code, ()))
            providers = tuple(
                Count(
                    teller.provider(i),
                    len(index.courses["provider"].get(i, ())),
                    len(index.modules["provider"].get(i, ())),
                )
                for i in sorted(
                    index.providers_in.get(code, ()) if kind == "county" else (),
                    key=lambda i: sort_key(teller.provider(i).said.text),
                )
            )
            intro = _how_many(teller, courses, modules)
            data = ListData(
                said,
                intro,
                teller.say(term.note),
                courses,
                modules,
                providers,
                (),
                "",
                True,
                words("There are no courses or modules here yet."),
            )
            yield list_page(
                teller, f"{folder}/{code}", folder, said, f"{said.text}. {intro}", data, (Link(Said(title), folder),)
            )


def build_provider_pages(teller: Teller, index: Index) -> Iterator[Page]:
    """`/tilbydere/<provider>/`."""
    words = teller.words
    for ident, provider in teller.catalogue.providers.items():
        facts = provider.facts
        said = teller.say(facts.name)
        courses = tuple(teller.courses[i] for i in index.courses["provider"].get(ident, ()))
        modules = tuple(teller.modules[i] for i in index.modules["provider"].get(ident, ()))
        box = [Fact(words("Kind of provider"), (Link(teller.label("provider-types", facts.type)),))]
        if facts.places:
            box.append(Fact(words("Places"), tuple(_place(teller, p.name, p.county) for p in facts.places)))
        if facts.organisation_number:
            box.append(Fact(words("Organisation number"), (Link(Said(facts.organisation_number)),)))
        data = ListData(
            said,
            _how_many(teller, courses, modules),
            teller.say(facts.summary),
            courses,
            modules,
            (),
            tuple(box),
            facts.homepage or "",
            False,
            words("There are no courses or modules here yet."),
        )
        page = list_page(
            teller,
            addresses.provider(ident),
            addresses.PROVIDER,
            said,
            teller.say(facts.summary).text or said.text,
            data,
            (Link(Said(words("Providers")), addresses.PROVIDER),),
        )
        yield _with_source(page, provider.file)


def _with_source(page: Page, file: str) -> Page:
    from dataclasses import replace

    return replace(page, source=file)


def _place(teller: Teller, name: str, county: str | None) -> Link:
    label = teller.label("counties", county).text if county else ""
    return Link(Said(name), f"{addresses.COUNTY}/{county}" if county else "", note=label if label != name else "")


def _how_many(teller: Teller, courses: Iterable[Row], modules: Iterable[Row]) -> str:
    words, c, m = teller.words, len(tuple(courses)), len(tuple(modules))
    parts = [words("1 course") if c == 1 else words("{number} courses").format(number=c)]
    if m:
        parts.append(words("1 module") if m == 1 else words("{number} modules").format(number=m))
    return words(" and ").join(parts) + "."
