"""The pages that only a preview has: its front page, and a box with problems in place of a page that cannot be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kurskatalog.check.partial import EVERY
from kurskatalog.model import addresses
from kurskatalog.problems import Message, Problem
from kurskatalog.proposal.pages import Touched
from kurskatalog.proposal.sides import Sides
from kurskatalog.report import as_dict
from kurskatalog.view import Page
from kurskatalog.words import Words

FRONT = "forhandsvisning"
"""The path of a preview's front page."""

MOST = 300
"""Problems and pages that the front page lists."""

_FOLDERS = {
    "course": addresses.COURSE,
    "module": addresses.MODULE,
    "provider": addresses.PROVIDER,
    "plan": addresses.PLAN,
}
_STATES = {True: Message("new"), False: Message("changed")}


class Row(NamedTuple):
    """A problem, ready to be shown."""

    place: str
    severity: str
    code: str
    message: str
    hint: str


class Entry(NamedTuple):
    """A page in the list; `way` leads from the site's root to it."""

    way: str
    title: str
    state: str


class BoxData(NamedTuple):
    """What `problems.md.j2` shows."""

    problems: tuple[Row, ...]


class FrontData(NamedTuple):
    """What `preview.md.j2` shows."""

    problems: tuple[Row, ...]
    pages: tuple[Entry, ...]
    gone: tuple[str, ...]


def boxes(one: Touched, sides: Sides) -> dict[str, Page]:
    """Path -> the box that stands in place of a page, for every page of one language that has no sound file."""
    words = Words(one.site.lang)
    pages = {page.path: page for page in one.site.pages}
    found = {}
    for (kind, ident, lang), problems in sides.after.partial.broken.items():
        path = path_of(kind, ident)
        page = pages.get(path) if path is not None else None
        if page is None or lang not in (EVERY, one.site.lang, page.true_lang):
            continue
        data = BoxData(tuple(_rows(problems, words)))
        found[page.path] = replace(
            page, template="problems.md.j2", data=data, body="", body_key="", pictures=(), toc=()
        )
    return found


def path_of(kind: str, ident: str) -> str | None:
    """The path of a record's page; None for a kind that has no pages."""
    if kind == "page":
        return addresses.page(ident)
    return f"{_FOLDERS[kind]}/{ident}" if kind in _FOLDERS else None


def front_page(shown: Sequence[tuple[Touched, Iterable[Page]]], problems: Sequence[Problem]) -> Page:
    """The front page, in the catalogue's first language: errors, then the pages that are different in every language."""
    first = shown[0][0].site
    words = Words(first.lang)
    pages = tuple(
        Entry(
            one.site.prefix + (f"{page.path}/" if page.path else ""),
            page.title,
            words.say(_STATES[page.path in one.new]),
        )
        for one, found in shown
        for page in found
    )
    errors = [problem for problem in problems if problem.severity == "error"]
    gone = tuple(f"{one.site.prefix}{path}/" for one, _ in shown for path in one.gone)
    return Page(
        path=FRONT,
        lang=first.lang,
        template="preview.md.j2",
        title=words("Preview"),
        description=words("What the proposal makes different. Links to other pages lead to the published site."),
        menu="",
        data=FrontData(tuple(_rows(errors[:MOST], words)), pages[:MOST], gone[:MOST]),
        robots="noindex",
    )


def _rows(problems: Iterable[Problem], words: Words) -> Iterator[Row]:
    for problem in problems:
        data = as_dict(problem, words)
        severity = words.say(Message(str(data["severity"])))
        place = f"{data['file']}:{data['line']}" if data["line"] else str(data["file"])
        yield Row(place, severity, problem.code, str(data["message"]), str(data["hint"]))
