"""The home page, hand-written pages, and the page of the build's facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.view.pages import Page, Toc
from kurskatalog.view.parts import Count, Fact, Link, Older, Row, Said
from kurskatalog.view.pictures import Tile
from kurskatalog.view.teller import Teller

SHOWN_OPEN = 8
"""Courses of open modules that the home page shows."""
SOON, SHOWN_SOON = 15, 5
"""Courses with the next deadlines that the home page holds, and how many of them it shows at a time."""


class TextData(NamedTuple):
    """What `page.md.j2` shows, besides the text itself."""

    said: Said
    summary: Said
    updated: str
    fallback: str
    older: Older | None


class HomeData(NamedTuple):
    """What `home.md.j2` shows."""

    title: str
    intro: Said
    levels: tuple[Count, ...]
    themes: tuple[Count, ...]
    counties: tuple[Count, ...]
    tiles: tuple[Tile, ...]
    times: tuple[Count, ...]
    courses: int
    modules: int
    providers: int
    soon: tuple[Row, ...]
    shown: int
    as_of: str
    open_courses: tuple[Row, ...]
    fallback: str
    older: Older | None


class FactsData(NamedTuple):
    """What `facts.md.j2` shows."""

    facts: tuple[Fact, ...]
    intro: str


def build_home(teller: Teller, overviews: dict[str, Page], times: dict[str, Page]) -> Page:
    """The home page: its own introduction, then the ways in; `overviews` and `times` have their counts."""
    page = teller.catalogue.pages.get("index")
    lang = teller.words.true_language(dict.fromkeys(page.texts, "")) if page else ""
    front, body = page.texts[lang] if page else (None, None)
    settings = teller.catalogue.settings

    def filled(path: str) -> tuple[Count, ...]:
        return tuple(c for c in overviews[path].data.counts if c.courses or c.modules)

    soon = sorted((r for r in teller.courses.values() if r.deadline), key=lambda r: (r.deadline or ("",))[0])[:SOON]
    mine = tuple(teller.courses[i] for i in teller.courses if teller.catalogue.courses[i].modules)[:SHOWN_OPEN]
    title = teller.say(settings.title).text
    data = HomeData(
        title,
        teller.plain(front.summary, lang) if front else teller.say(settings.description),
        filled(addresses.LEVEL),
        filled(addresses.THEME),
        filled(addresses.COUNTY),
        overviews[addresses.COUNTY].data.tiles,
        times[addresses.TIME].data.counts,
        len(teller.courses),
        len(teller.modules),
        len(teller.catalogue.providers),
        tuple(soon),
        SHOWN_SOON,
        teller.words.day(teller.today) if soon else "",
        mine,
        lang if lang and lang != teller.lang else "",
        teller.older(front, page.texts[teller.default][0], "") if page and front else None,
    )
    return Page(
        path="",
        lang=teller.lang,
        template="home.md.j2",
        title=title,
        description=data.intro.text,
        menu="",
        data=data,
        body=body.file if body else "",
        body_key=body.key if body else "",
        true_lang=data.fallback,
        source=body.file if body else "",
        alternates=tuple(page.texts) if page else (),
        pictures=body.pictures if body else (),
    )


def build_texts(teller: Teller) -> Iterator[Page]:
    """Hand-written pages but the home page."""
    for ident, page in teller.catalogue.pages.items():
        if ident == "index":
            continue
        lang = teller.words.true_language(dict.fromkeys(page.texts, ""))
        front, body = page.texts[lang]
        fallback = lang if lang != teller.lang else ""
        data = TextData(
            teller.plain(front.title, lang),
            teller.plain(front.summary, lang),
            teller.words.day(front.updated) if front.updated else "",
            fallback,
            teller.older(front, page.texts[teller.default][0], addresses.page(ident)),
        )
        yield Page(
            path=addresses.page(ident),
            lang=teller.lang,
            template="page.md.j2",
            title=front.title,
            description=front.summary,
            menu=ident,
            data=data,
            body=body.file,
            body_key=body.key,
            pictures=body.pictures,
            true_lang=fallback,
            source=body.file,
            alternates=tuple(page.texts),
            toc=tuple(Toc(level, a, t) for level, a, t in body.headings if level <= 3),
        )


def build_facts(teller: Teller, version: str) -> Page:
    """`/status/`: what this build holds, of which day, by which program."""
    words, catalogue = teller.words, teller.catalogue
    texts = [lang for module in catalogue.modules.values() for lang in module.texts]

    def number(value: int) -> tuple[Link, ...]:
        return (Link(Said(str(value))),)

    runs = [run for course in catalogue.courses.values() for run in teller.runs(course)]
    facts = (
        Fact(words("Day"), (Link(Said(words.day(teller.today))),)),
        Fact(words("Program"), (Link(Said(f"kurskatalog {version}")),)),
        Fact(words("Providers"), number(len(catalogue.providers))),
        Fact(words("Courses"), number(len(catalogue.courses))),
        Fact(words("Runs"), number(len(runs))),
        Fact(words("Runs to come"), number(sum(not r.begun and r.state != "unknown" for r in runs))),
        Fact(words("Runs that have begun or are over"), number(sum(r.begun for r in runs))),
        Fact(words("Runs with no known dates"), number(sum(not r.begun and r.state == "unknown" for r in runs))),
        Fact(words("Modules"), number(len(catalogue.modules))),
        *(
            Fact(words("Module texts in {language}").format(language=words.language(lang)), number(texts.count(lang)))
            for lang in catalogue.settings.languages
        ),
        Fact(words("Plans"), number(len(catalogue.plans))),
        Fact(words("Competence needs"), number(len(catalogue.needs))),
        Fact(words("Licence of the content"), (Link(Said(catalogue.settings.licence)),)),
    )
    intro = words("What this site holds, and the day for which its dates were worked out.")
    return Page(
        path="status",
        lang=teller.lang,
        template="facts.md.j2",
        title=words("About this build"),
        description=intro,
        menu="status",
        data=FactsData(facts, intro),
    )
