"""A course's page: fact box, outcomes, modules in order, runs, and where the facts come from."""

from __future__ import annotations

from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Course
from kurskatalog.view.first import First, deadline, first_of_course, level, start
from kurskatalog.view.pages import Page, Toc
from kurskatalog.view.parts import Fact, Link, Moment, OutcomeKind, Row, RunView, Said
from kurskatalog.view.pictures import Paths, TimeLine, module_paths, time_line
from kurskatalog.view.teller import Teller


class ModuleInCourse(NamedTuple):
    """A module in a course's list."""

    row: Row
    number: int
    optional: bool
    after: tuple[int, ...]


class CourseData(NamedTuple):
    """What `course.md.j2` shows."""

    said: Said
    summary: Said
    provider: Link
    first: First
    facts: tuple[Fact, ...]
    more: tuple[Fact, ...]
    times: TimeLine | None
    paths: Paths | None
    outcomes: tuple[OutcomeKind, ...]
    modules: tuple[ModuleInCourse, ...]
    coming: tuple[RunView, ...]
    past: tuple[RunView, ...]
    texts: tuple[tuple[str, str, Said], ...]
    needs: tuple[Link, ...]
    homepage: str
    source_url: str
    source_note: Said
    source_day: Moment | None
    source_old: bool
    today: str
    ask: Link
    alone: bool


def build_course(teller: Teller, course: Course) -> Page:
    """The page of one course."""
    facts = course.facts
    said, summary = teller.say(facts.title), teller.say(facts.summary)
    runs = teller.runs(course)
    source = facts.source
    words = teller.words
    box = _facts(teller, course, runs)
    outcomes = teller.outcomes(
        {k: tuple(teller.say(t) for t in getattr(facts.outcomes, k)) for k in ("knowledge", "skills", "competence")}
    )
    data = CourseData(
        said=said,
        summary=summary,
        provider=teller.provider(course.provider),
        first=first_of_course(teller, course, outcomes, _price(teller, course)),
        facts=box,
        more=_more(teller, box),
        times=time_line(teller, course),
        paths=module_paths(teller, course),
        outcomes=outcomes,
        modules=tuple(
            ModuleInCourse(teller.modules[ident], number, optional, _after(teller, course, ident))
            for number, (ident, optional) in enumerate(course.modules, 1)
        ),
        coming=tuple(r for r in runs if not r.begun),
        past=tuple(r for r in reversed(runs) if r.begun),
        texts=_texts(teller, course),
        needs=teller.needs_met("course", course.id),
        homepage=facts.homepage or "",
        source_url=(source.url or "") if source else "",
        source_note=teller.say(source.note) if source else Said(""),
        source_day=teller.day(source.verified_on) if source else None,
        source_old=teller.is_old(source.verified_on if source else None),
        today=words.day(teller.today),
        ask=teller.ask(course),
        alone=teller.is_for_oneself(course),
    )
    return Page(
        path=addresses.course(course.id),
        lang=teller.lang,
        template="course.md.j2",
        title=said.text,
        description=summary.text,
        menu=addresses.COURSE,
        data=data,
        source=course.file,
        toc=_toc(teller, data),
        crumbs=(Link(Said(words("Courses")), addresses.COURSE), data.provider),
    )


def _facts(teller: Teller, course: Course, runs: tuple[RunView, ...]) -> tuple[Fact, ...]:
    words, facts = teller.words, course.facts
    ahead = [r for r in runs if not r.begun] or list(runs)
    forms = tuple(dict.fromkeys(r.form for r in ahead if r.form))
    places = tuple(dict.fromkeys(p for r in ahead for p in r.places))
    price = _price(teller, course)
    alone = teller.is_for_oneself(course)
    return (
        Fact(words("Provider"), (teller.provider(course.provider),)),
        level(teller, facts.level),
        Fact(
            words("Credits"),
            _plain(teller.number(facts.credits)) if facts.credits else (),
            "" if facts.credits or facts.source else words("none"),
        ),
        Fact(
            words("Workload"),
            _plain(words.hours(teller.number(facts.hours))) if facts.hours is not None else (),
        ),
        Fact(words("Form of study"), _plain(teller.courses[course.id].form) if alone else _plain(*forms)),
        Fact(words("Place"), _plain(*places), words("anywhere") if alone else ""),
        Fact(words("Start"), _plain(words("whenever you like"))) if alone else start(teller, course),
        Fact(words("Next deadline"), (), words("none")) if alone else deadline(teller, course, words("Next deadline")),
        Fact(words("Price"), price),
        Fact(words("Language of teaching"), _plain(*(teller.words.language(code) for code in facts.language))),
        Fact(words("Themes"), teller.terms("themes", facts.themes, addresses.THEME)),
        Fact(words("Assessment"), teller.terms("assessment", facts.assessment)),
        *((Fact(words("Award"), (Link(teller.label("award", facts.award)),)),) if facts.award else ()),
        *((Fact(words("Partners"), tuple(Link(teller.say(p)) for p in facts.partners)),) if facts.partners else ()),
    )


def _after(teller: Teller, course: Course, ident: str) -> tuple[int, ...]:
    """The numbers of the course's modules that this one builds on."""
    needs = teller.catalogue.modules[ident].facts.prerequisites
    return tuple(number for number, (other, _) in enumerate(course.modules, 1) if other in needs)


def _more(teller: Teller, box: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts that the first screen does not have."""
    words = teller.words
    there = ("Level", "Credits", "Workload", "Form of study", "Start", "Next deadline", "Price")
    return tuple(fact for fact in box if fact.label not in {words(label) for label in there})


def _plain(*values: str) -> tuple[Link, ...]:
    return tuple(Link(Said(value)) for value in values)


def _price(teller: Teller, course: Course) -> tuple[Link, ...]:
    price = course.facts.price
    if price is None:
        return ()
    parts: list[Link] = []
    if price.nok is not None:
        amount = f"{price.nok:,}".replace(",", "\u00a0")
        parts.append(Link(Said(teller.words("free of charge") if price.nok == 0 else f"{amount} kr")))
    if price.note:
        parts.append(Link(teller.say(price.note)))
    return tuple(parts)


def _texts(teller: Teller, course: Course) -> tuple[tuple[str, str, Said], ...]:
    """(anchor, heading, text) of the longer facts that are given."""
    facts, words = course.facts, teller.words
    sections = (
        ("malgruppe", words("Who it is for"), facts.audience),
        ("opptak", words("Admission"), facts.admission),
        ("kvalitet", words("Quality assurance"), facts.quality),
        ("finansiering", words("Funding"), facts.funding),
    )
    return tuple((anchor, heading, teller.say(text)) for anchor, heading, text in sections if text)


def _toc(teller: Teller, data: CourseData) -> tuple[Toc, ...]:
    words = teller.words
    entries = []
    if data.outcomes:
        entries.append(("laeringsutbytte", words("Learning outcomes")))
    if data.modules:
        entries.append(("moduler", words("Modules")))
    entries.append(("gjennomforinger", words("When and where")))
    entries += [(anchor, heading) for anchor, heading, _ in data.texts]
    if data.needs:
        entries.append(("behov", words("Answers to these needs")))
    entries.append(("fakta", words("More facts")))
    entries.append(("kilde", words("Source")))
    return tuple(Toc(2, anchor, title) for anchor, title in entries)
