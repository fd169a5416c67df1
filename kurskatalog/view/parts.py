"""The small parts that pages are made of: a text with its true language, a link, a fact, a row of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from kurskatalog.view.dates import State


class Said(NamedTuple):
    """A text as this reader gets it; `lang` is its true language where that is not the page's, else empty."""

    text: str
    lang: str = ""


class Link(NamedTuple):
    """A link to a page of the catalogue (`path` without slashes, and a place on it) or, with `url`, out of it."""

    said: Said
    path: str = ""
    url: str = ""
    note: str = ""
    anchor: str = ""


class Moment(NamedTuple):
    """A day for machines and for people."""

    iso: str
    text: str


class Dated(NamedTuple):
    """A text that holds for some days, with the dates of its run (ISO, empty when unknown): the browser tells if it still does.

    `unconfirmed` is how it stands on the build's day.
    """

    text: str
    start: str = ""
    end: str = ""
    apply_by: str = ""
    term: str = ""
    verified: str = ""
    unconfirmed: bool = False


class Fact(NamedTuple):
    """A line of a fact box. No values means unknown, and is shown as such.

    With `pick` ("start" or "deadline"), the first of `dated` that has not passed on the day of reading is shown.
    `marks` names the vocabulary whose codes the values carry as marks.
    """

    label: str
    values: tuple[Link, ...] = ()
    note: str = ""
    pick: str = ""
    dated: tuple[Dated, ...] = ()
    marks: str = ""


class Row(NamedTuple):
    """A course or module in a list. Empty means unknown. `deadlines` are those that have not passed, the first one first."""

    said: Said
    path: str
    provider: Said
    provider_path: str
    level: str
    credits: str
    hours: str
    form: str
    deadline: Moment | None
    summary: Said
    sort: tuple[str, str]
    deadlines: tuple[Dated, ...] = ()


class Older(NamedTuple):
    """A translation whose original has been changed since: both days, and the way to the original from the page."""

    then: str
    day: str
    language: str
    way: str


class OutcomeKind(NamedTuple):
    """The outcomes of one of NKR's three kinds."""

    code: str
    label: str
    entries: tuple[Said, ...]


class RunView(NamedTuple):
    """A run as it stands on the build's day; the dates go along, so that a browser can tell its own day's state."""

    id: str
    title: str
    term: str
    state: State
    begun: bool
    start: Moment | None
    end: Moment | None
    apply_by: Moment | None
    form: str
    gatherings: str
    places: tuple[str, ...]
    apply_url: str
    verified: Moment | None
    unconfirmed: bool
    source_url: str


class Step(NamedTuple):
    """A module's place in a course: number, neighbours."""

    course: Link
    number: int
    total: int
    before: Link | None
    after: Link | None


class Count(NamedTuple):
    """A way into the catalogue with how much lies behind it."""

    link: Link
    courses: int
    modules: int
    note: str = ""


Texts = Mapping[str, str]


def moment(day: dt.date | None, text: str) -> Moment | None:
    """A Moment, or None for no day."""
    return Moment(day.isoformat(), text) if day else None
