"""The first screen of a course or module: what one will be able to do, level, how long, when, where, price, how to apply."""

from __future__ import annotations

from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Course, Module
from kurskatalog.view import dates
from kurskatalog.view.parts import Dated, Fact, Link, OutcomeKind, Said
from kurskatalog.view.teller import Teller

ABLE = 2
"""Outcomes on the first screen; all of them stand below."""


class Offer(NamedTuple):
    """Where one can apply, with the dates of the run that it is for."""

    url: str
    dated: Dated


class First(NamedTuple):
    """What the first screen shows. `offers` are runs that one can apply for, the next one first; `begin` leads on."""

    able: tuple[Said, ...]
    facts: tuple[Fact, ...]
    offers: tuple[Offer, ...]
    begin: Link
    admission: bool


def first_of_course(
    teller: Teller, course: Course, outcomes: tuple[OutcomeKind, ...], price: tuple[Link, ...]
) -> First:
    """The first screen of a course."""
    words, facts = teller.words, course.facts
    alone = teller.is_for_oneself(course)
    runs = dates.open_runs(facts, teller.today, teller.catalogue.settings.claims_valid_days)
    ask = teller.ask(course)
    where = (
        Link(Said(words("Read more at the provider")), "", ask.url)
        if ask.url
        else Link(Said(words("About the provider")), ask.path)
    )
    begin = (
        teller.module(course.modules[0][0])._replace(said=Said(words("Begin with the first module")))
        if alone
        else where
    )
    return First(
        _able(outcomes),
        (
            level(teller, facts.level),
            how_long(teller, facts.hours, facts.credits),
            Fact(words("Start"), (Link(Said(words("whenever you like"))),)) if alone else start(teller, course),
            Fact(words("Apply by"), (Link(Said(words("no application"))),))
            if alone
            else deadline(teller, course, words("Apply by")),
            _where(teller, course, alone),
            Fact(words("Price"), price),
        ),
        tuple(Offer(run.apply_url, teller.dated(run, course, "")) for run in runs if run.apply_url),
        begin,
        bool(facts.admission),
    )


def first_of_module(teller: Teller, module: Module, outcomes: tuple[OutcomeKind, ...]) -> First:
    """The first screen of a module: it is read here, by anybody, at any time."""
    words, facts = teller.words, module.facts

    def plain(text: str) -> tuple[Link, ...]:
        return (Link(Said(text)),)

    return First(
        _able(outcomes),
        (
            level(teller, facts.level),
            how_long(teller, facts.hours, facts.credits),
            Fact(words("Start"), plain(words("whenever you like"))),
            Fact(words("Apply by"), plain(words("no application"))),
            Fact(words("Where"), plain(words("here, on this page"))),
            Fact(words("Price"), plain(words("free of charge"))),
        ),
        (),
        Link(Said(words("Begin to read"))),
        False,
    )


def _able(outcomes: tuple[OutcomeKind, ...]) -> tuple[Said, ...]:
    """What one can do afterwards: skills first, then the other kinds."""
    order = sorted(outcomes, key=lambda kind: kind.code != "skills")
    return tuple(said for kind in order for said in kind.entries)[:ABLE]


def level(teller: Teller, code: str | None) -> Fact:
    """The level with its name; in short for what is outside the framework."""
    if code == "none":
        return Fact(teller.words("Level"), (Link(Said(teller.words("without a level")), f"{addresses.LEVEL}/none"),))
    return Fact(teller.words("Level"), teller.terms("levels", (code,), addresses.LEVEL) if code else ())


def how_long(teller: Teller, hours: float | None, credits: float | None) -> Fact:
    """Hours of work and studiepoeng."""
    words = teller.words
    parts = [words.hours(teller.number(hours))] if hours is not None else []
    parts += [words("{number} studiepoeng").format(number=teller.number(credits))] if credits else []
    return Fact(words("How long"), (Link(Said(", ".join(parts))),) if parts else ())


def start(teller: Teller, course: Course) -> Fact:
    """When one can begin: the days or terms of the runs to come, those first that one can still apply for."""
    valid = teller.catalogue.settings.claims_valid_days
    coming = [
        run for run in teller.in_order(course) if (run.start or run.term) and not dates.has_begun(run, teller.today)
    ]
    coming.sort(key=lambda run: dates.state_of(run, course.facts, teller.today, valid) == "closed")
    texts = [teller.words.day(run.start) if run.start else teller.run_title(run) for run in coming]
    dated = tuple(teller.dated(run, course, text) for run, text in zip(coming, texts, strict=True))
    return _picked(teller, teller.words("Start"), "start", dated)


def deadline(teller: Teller, course: Course, label: str) -> Fact:
    """The days by which one must apply, the next one first."""
    runs = dates.open_runs(course.facts, teller.today, teller.catalogue.settings.claims_valid_days)
    dated = tuple(teller.dated(run, course, teller.words.day(run.apply_by)) for run in runs if run.apply_by)
    return _picked(teller, label, "deadline", dated)


def _picked(teller: Teller, label: str, pick: str, dated: tuple[Dated, ...]) -> Fact:
    """A fact whose first value holds on the build's day; other outputs than the site show that one."""
    note = teller.words("not confirmed") if dated and dated[0].unconfirmed else ""
    return Fact(label, (Link(Said(dated[0].text), note=note),) if dated else (), pick=pick, dated=dated)


def _where(teller: Teller, course: Course, alone: bool) -> Fact:
    words = teller.words
    if alone:
        return Fact(words("Where"), (Link(Said(words("here on the site"))),))
    runs = teller.in_order(course)
    ahead = [run for run in runs if not dates.has_begun(run, teller.today)] or runs
    forms = dict.fromkeys(teller.label("forms", run.form).text for run in ahead if run.form)
    places = dict.fromkeys(place.name for run in ahead for place in run.places)
    return Fact(words("Where"), tuple(Link(Said(text)) for text in (*forms, *places)))
