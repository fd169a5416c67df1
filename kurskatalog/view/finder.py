"""What the finder shows of every record, by what it filters courses, and the words by which each is found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Catalogue, Course
from kurskatalog.view import dates
from kurskatalog.view.finder_words import finder_words
from kurskatalog.view.parts import Row, Said
from kurskatalog.view.teller import Teller

CODES = ("level", "theme", "county", "form", "language", "maturity", "dimension")
"""What courses are filtered by that comes from lists of codes."""
_LISTS = {
    "level": "levels",
    "theme": "themes",
    "county": "counties",
    "form": "forms",
    "maturity": "maturity",
    "dimension": "dimensions",
}


class FinderRun(NamedTuple):
    """The dates of a run and the day on which somebody saw them."""

    apply_by: dt.date | None
    start: dt.date | None
    end: dt.date | None
    verified: dt.date | None
    term: str


class FinderCourse(NamedTuple):
    """What a course is filtered, sorted and shown by.

    `codes` by the names in CODES; `price` in kroner; `alone` when it is read by oneself at any time.
    """

    path: str
    title: Said
    provider: str
    credits: float | None
    hours: int | None
    price: int | None
    codes: Mapping[str, tuple[str, ...]]
    places: tuple[str, ...]
    runs: tuple[FinderRun, ...]
    alone: bool


class Entry(NamedTuple):
    """What a result of a search shows, of whatever kind."""

    path: str
    kind: str
    title: Said
    summary: Said
    provider: str = ""
    level: str = ""
    credits: str = ""
    hours: str = ""
    form: str = ""
    places: str = ""
    price: str = ""
    languages: str = ""
    themes: str = ""
    alone: bool = False
    runs: tuple[FinderRun, ...] = ()


class FinderView(NamedTuple):
    """The finder of one language. `labels` has the names of codes by kind; providers are named too."""

    lang: str
    prefix: str
    courses: tuple[FinderCourse, ...]
    entries: tuple[Entry, ...]
    labels: Mapping[str, Mapping[str, str]]
    words: Mapping[str, str]
    valid_days: int


def build_finder(catalogue: Catalogue, lang: str, today: dt.date) -> FinderView:
    """The finder's data in `lang`. `today` only decides which runs are history for good."""
    teller = Teller(catalogue, lang, today)
    courses = tuple(_course(teller, course) for course in catalogue.courses.values())
    used: dict[str, dict[str, None]] = {kind: {} for kind in CODES}
    for course in courses:
        for kind, codes in course.codes.items():
            used[kind].update(dict.fromkeys(codes))
    labels = {
        kind: {code: _label(teller, kind, code) for code in _in_order(catalogue, kind, used[kind])} for kind in CODES
    }
    providers = dict.fromkeys(course.provider for course in courses)
    labels["provider"] = {ident: teller.provider(ident).said.text for ident in providers}
    prefix = "" if lang == catalogue.settings.default_language else f"{lang}/"
    days = catalogue.settings.claims_valid_days
    texts = {**finder_words(teller.words), "valid_days": str(days)}
    return FinderView(lang, prefix, courses, tuple(_entries(teller)), labels, texts, days)


def _in_order(catalogue: Catalogue, kind: str, codes: Mapping[str, None]) -> list[str]:
    """Codes in the order of their list; languages by their codes."""
    found = catalogue.vocabularies.get(_LISTS.get(kind, ""))
    return [code for code in found.terms if code in codes] if found else sorted(codes)


def _label(teller: Teller, kind: str, code: str) -> str:
    return teller.label(_LISTS[kind], code).text if kind in _LISTS else teller.words.language(code)


def _course(teller: Teller, course: Course) -> FinderCourse:
    facts = course.facts
    modules = [teller.catalogue.modules[ident].facts for ident, _ in course.modules]
    places = [place for run in facts.runs for place in run.places]
    alone = teller.is_for_oneself(course)
    codes = {
        "level": (facts.level,) if facts.level else (),
        "theme": facts.themes,
        "county": tuple(dict.fromkeys(place.county for place in places if place.county)),
        "form": ("selvstudium",) if alone else tuple(dict.fromkeys(run.form for run in facts.runs if run.form)),
        "language": facts.language,
        "maturity": tuple(dict.fromkeys(m.maturity for m in modules if m.maturity)),
        "dimension": tuple(dict.fromkeys(d for m in modules for d in m.dimension)),
    }
    return FinderCourse(
        addresses.course(course.id),
        teller.say(facts.title),
        course.provider,
        facts.credits,
        facts.hours,
        facts.price.nok if facts.price else None,
        codes,
        tuple(dict.fromkeys(place.name for place in places)),
        _runs(teller, course),
        alone,
    )


def _runs(teller: Teller, course: Course) -> tuple[FinderRun, ...]:
    """Runs in order of time. One that is over stays over, so that of many the last alone is kept."""
    ordered = sorted(course.facts.runs, key=lambda run: (dates.sort_day(run), run.id))
    runs = [
        FinderRun(run.apply_by, run.start, run.end, dates.verified_on(run, course.facts), run.term or "")
        for run in ordered
    ]
    past = [run for run in runs if run.end and run.end < teller.today]
    return tuple(run for run in runs if run not in past or run is past[-1])


def _entries(teller: Teller) -> Iterator[Entry]:
    """Every page that can be found, in the order of the numbers that the index gives them."""
    catalogue, words = teller.catalogue, teller.words
    for course in catalogue.courses.values():
        row, facts = teller.courses[course.id], course.facts
        languages = ", ".join(words.language(code) for code in facts.language)
        places = ", ".join(dict.fromkeys(place.name for run in facts.runs for place in run.places))
        themes = ", ".join(link.said.text for link in teller.terms("themes", facts.themes))
        price = "" if facts.price is None or facts.price.nok is None else str(facts.price.nok)
        alone = teller.is_for_oneself(course)
        yield _row("course", row)._replace(
            places=places,
            price=price,
            languages=languages,
            themes=themes,
            alone=alone,
            runs=_runs(teller, course),
        )
    for ident, module in catalogue.modules.items():
        themes = ", ".join(link.said.text for link in teller.terms("themes", module.facts.themes))
        yield _row("module", teller.modules[ident])._replace(themes=themes, price="0")
    for ident, plan in catalogue.plans.items():
        path = f"{addresses.PLAN}/{ident}"
        yield Entry(path, "plan", teller.say(plan.facts.title), teller.say(plan.facts.summary))
    for ident, provider in catalogue.providers.items():
        link = teller.provider(ident)
        places = ", ".join(dict.fromkeys(place.name for place in provider.facts.places))
        entry = Entry(link.path, "provider", link.said, teller.say(provider.facts.summary))
        yield entry._replace(places=places)
    for ident, page in catalogue.pages.items():
        if ident != "index":
            lang = words.true_language(dict.fromkeys(page.texts, ""))
            front = page.texts[lang][0]
            yield Entry(ident, "page", teller.plain(front.title, lang), teller.plain(front.summary, lang))


def _row(kind: str, row: Row) -> Entry:
    entry = Entry(row.path, kind, row.said, row.summary)
    return entry._replace(
        provider=row.provider.text, level=row.level, credits=row.credits, hours=row.hours, form=row.form
    )
