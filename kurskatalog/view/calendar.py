"""`/kalender/`: the deadlines and starts to come, month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Course
from kurskatalog.view import dates
from kurskatalog.view.pages import Page, Toc
from kurskatalog.view.parts import Dated, Link, Moment
from kurskatalog.view.teller import Teller

MOST = 400
"""Days that one page can show; a larger catalogue shows the nearest and leads to the finder for the rest."""


class Event(NamedTuple):
    """A deadline or a start. `day` is None where only the term is known."""

    kind: str
    day: Moment | None
    dated: Dated
    course: Link
    provider: Link
    form: str
    places: tuple[str, ...]
    verified: str


class Period(NamedTuple):
    """A month, or a term of starts whose day is not known yet. `last` is its last day (ISO)."""

    anchor: str
    title: str
    last: str
    events: tuple[Event, ...]


class CalendarData(NamedTuple):
    """What `calendar.md.j2` shows. `more` is the number of events that are left out."""

    title: str
    intro: str
    periods: tuple[Period, ...]
    as_of: str
    more: int


def build_calendar(teller: Teller) -> Page:
    """The page; empty periods are left out."""
    words = teller.words
    found = sorted(_events(teller), key=lambda pair: (pair[0], pair[1].kind, pair[1].course.path))
    months = [
        Period(
            f"{key[0]}-{key[1]:02}",
            words.month(dt.date(*key, 1)),
            _month_end(*key).isoformat(),
            tuple(event for _, event in pairs),
        )
        for key, pairs in groupby(found[:MOST], lambda pair: (pair[0].year, pair[0].month))
    ]
    periods = (*months, *_terms(teller))
    title, intro = words("Calendar"), words("Deadlines and starts to come, month by month.")
    data = CalendarData(title, intro, periods, words.day(teller.today), max(0, len(found) - MOST))
    return Page(
        path=addresses.CALENDAR,
        lang=teller.lang,
        template="calendar.md.j2",
        title=title,
        description=intro,
        menu=addresses.CALENDAR,
        data=data,
        toc=tuple(Toc(2, period.anchor, period.title) for period in periods),
    )


def _events(teller: Teller) -> Iterator[tuple[dt.date, Event]]:
    for course in teller.catalogue.courses.values():
        for run in course.facts.runs:
            for kind, day in (("deadline", run.apply_by), ("start", run.start)):
                if day and day >= teller.today:
                    yield day, _event(teller, course, kind, day, run.id)


def _event(teller: Teller, course: Course, kind: str, day: dt.date | None, run_id: str) -> Event:
    run = next(run for run in course.facts.runs if run.id == run_id)
    verified = dates.verified_on(run, course.facts)
    return Event(
        kind,
        teller.day(day),
        teller.dated(run, course, ""),
        teller.course(course.id),
        teller.provider(course.provider),
        teller.label("forms", run.form).text if run.form else "",
        tuple(dict.fromkeys(place.name for place in run.places)),
        teller.words.day(verified) if verified else "",
    )


def _terms(teller: Teller) -> Iterator[Period]:
    """Starts of which only the term is known, and the term is not over."""
    found: dict[str, list[Event]] = {}
    for course in teller.catalogue.courses.values():
        for run in course.facts.runs:
            if run.term and not run.start and dates.term_end(run.term) >= teller.today:
                found.setdefault(run.term, []).append(_event(teller, course, "start", None, run.id))
    for term in sorted(found, key=dates.term_end):
        events = sorted(found[term], key=lambda event: event.course.path)[:MOST]
        title = teller.words("{term}, day not known").format(term=teller.term(term))
        yield Period(term, title, dates.term_end(term).isoformat(), tuple(events))


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
