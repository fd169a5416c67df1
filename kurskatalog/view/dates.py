"""A run's state on a given day, and the dates that lists show."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from kurskatalog.model.records import CourseFile, RunFile

State = Literal["open", "closing", "closed", "running", "over", "unknown"]

CLOSING_DAYS = 14


def verified_on(run: RunFile, course: CourseFile) -> dt.date | None:
    """The day on which somebody saw the run's dates."""
    if run.verified_on:
        return run.verified_on
    source = run.source or course.source
    return source.verified_on if source else None


def is_unconfirmed(run: RunFile, course: CourseFile, today: dt.date, valid_days: int) -> bool:
    """Whether the claim is older than its validity (a claim with no day has no age)."""
    seen = verified_on(run, course)
    return seen is not None and (today - seen).days > valid_days


def state_of(run: RunFile, course: CourseFile, today: dt.date, valid_days: int) -> State:
    """The state of a run on a day.

    *open*: apply_by not passed · *closing*: 14 days or less left · *closed*: passed, not started · *running*: between start and
    end · *over*: end passed · *unknown*: no dates that tell, or a claim older than its validity about a time that has not passed.
    """
    if run.end and run.end < today:
        return "over"
    if is_unconfirmed(run, course, today, valid_days):
        return "unknown"
    if run.apply_by and run.apply_by >= today:
        return "closing" if (run.apply_by - today).days <= CLOSING_DAYS else "open"
    if run.start and run.start <= today:
        return "running" if run.end else "unknown"
    if run.apply_by and run.apply_by < today:
        return "closed"
    return "unknown"


def has_begun(run: RunFile, today: dt.date) -> bool:
    """Whether the run's start, or the whole of its term, has passed: it is history for somebody who wants to begin."""
    if run.start:
        return run.start < today
    if run.end:
        return run.end < today
    if run.term:
        return term_end(run.term) < today
    return False


def term_end(term: str) -> dt.date:
    """The last day of a term: 31 July for spring (`var`), 31 December for autumn (`host`)."""
    year, _, season = term.partition("-")
    return dt.date(int(year), 7, 31) if season == "var" else dt.date(int(year), 12, 31)


def term_begin(term: str) -> dt.date:
    """The first day of a term: 1 January or 1 August."""
    year, _, season = term.partition("-")
    return dt.date(int(year), 1 if season == "var" else 8, 1)


def sort_day(run: RunFile) -> dt.date:
    """The day by which runs are put in order; those without one come last."""
    day = run.start or run.apply_by or run.end
    if day is None and run.term:
        day = term_begin(run.term)
    return day or dt.date.max


def open_runs(course: CourseFile, today: dt.date, valid_days: int) -> list[RunFile]:
    """The runs with a confirmed deadline, today or later; the first to close comes first."""
    found = [
        run
        for run in course.runs
        if run.apply_by and run.apply_by >= today and not is_unconfirmed(run, course, today, valid_days)
    ]
    return sorted(found, key=lambda run: (run.apply_by or today, run.id))


def next_deadline(course: CourseFile, today: dt.date, valid_days: int) -> dt.date | None:
    """The first day, today or later, by which one must apply; None when none is known and confirmed."""
    return next((run.apply_by for run in open_runs(course, today, valid_days)), None)
