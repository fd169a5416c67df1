"""A course's page: fact box, outcomes, modules in order, runs, and where the facts come from."""

from __future__ import annotations

from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Course
from kurskatalog.view import dates
from kurskatalog.view.pages import Page, Toc
from kurskatalog.view.parts import Fact, Link, Moment, OutcomeKind, Row, RunView, Said
from kurskatalog.view.teller import Teller


class ModuleInCourse(NamedTuple):
    """A module in a course's list."""

    row: Row
    number: int
    optional: bool


class CourseData(NamedTuple):
    """What `course.md.j2` shows."""

    said: Said
    summary: Said
    provider: Link
    facts: tuple[Fact, ...]
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
    data = CourseData(
        said=said,
        summary=summary,
        provider=teller.provider(course.provider),
        facts=_facts(teller, course, runs),
        outcomes=teller.outcomes(
            {k: tuple(teller.say(t) for t in getattr(facts.outcomes, k)) for k in ("knowledge", "skills", "competence")}
        ),
        modules=tuple(
            ModuleInCourse(teller.modules[ident], number, optional)
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
        Fact(words("Level"), teller.terms("levels", (facts.level,), addresses.LEVEL) if facts.level else ()),
        Fact(
            words("Credits"),
            _plain(words("{number} studiepoeng").format(number=teller.number(facts.credits))) if facts.credits else (),
            "" if facts.credits or facts.source else words("none"),
        ),
        Fact(
            words("Workload"),
            _plain(words("{number} hours").format(number=teller.number(facts.hours)))
            if facts.hours is not None
            else (),
        ),
        Fact(words("Form of study"), _plain(teller.courses[course.id].form) if alone else _plain(*forms)),
        Fact(words("Place"), _plain(*places), words("anywhere") if alone else ""),
        Fact(words("Start"), _plain(words("whenever you like"))) if alone else _start(teller, course),
        Fact(words("Next deadline"), (), words("none")) if alone else _deadline(teller, course),
        Fact(words("Price"), price),
        Fact(words("Language of teaching"), _plain(*(teller.words.language(code) for code in facts.language))),
        Fact(words("Themes"), teller.terms("themes", facts.themes, addresses.THEME)),
        Fact(words("Assessment"), teller.terms("assessment", facts.assessment)),
        *((Fact(words("Award"), (Link(teller.label("award", facts.award)),)),) if facts.award else ()),
        *((Fact(words("Partners"), tuple(Link(teller.say(p)) for p in facts.partners)),) if facts.partners else ()),
    )


def _plain(*values: str) -> tuple[Link, ...]:
    return tuple(Link(Said(value)) for value in values)


def _start(teller: Teller, course: Course) -> Fact:
    """When one can begin: the days or terms of the runs to come, those first that one can still apply for."""
    valid = teller.catalogue.settings.claims_valid_days
    coming = [
        run for run in teller.in_order(course) if (run.start or run.term) and not dates.has_begun(run, teller.today)
    ]
    coming.sort(key=lambda run: dates.state_of(run, course.facts, teller.today, valid) == "closed")
    texts = [teller.words.day(run.start) if run.start else teller.run_title(run) for run in coming]
    dated = tuple(teller.dated(run, course, text) for run, text in zip(coming, texts, strict=True))
    return Fact(teller.words("Start"), pick="start", dated=dated)


def _deadline(teller: Teller, course: Course) -> Fact:
    """The days by which one must apply, the next one first."""
    runs = dates.open_runs(course.facts, teller.today, teller.catalogue.settings.claims_valid_days)
    dated = tuple(teller.dated(run, course, teller.words.day(run.apply_by)) for run in runs if run.apply_by)
    return Fact(teller.words("Next deadline"), pick="deadline", dated=dated)


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
    entries = [("fakta", words("Facts"))]
    if data.outcomes:
        entries.append(("laeringsutbytte", words("Learning outcomes")))
    if data.modules:
        entries.append(("moduler", words("Modules")))
    entries.append(("gjennomforinger", words("When and where")))
    entries += [(anchor, heading) for anchor, heading, _ in data.texts]
    if data.needs:
        entries.append(("behov", words("Answers to these needs")))
    entries.append(("kilde", words("Source")))
    return tuple(Toc(2, anchor, title) for anchor, title in entries)
