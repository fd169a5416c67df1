"""The site's pages as parts of a printed document: a module, a course, a run."""

from __future__ import annotations

from collections.abc import Iterator

from kurskatalog.model.records import TextSource
from kurskatalog.view.course import CourseData
from kurskatalog.view.module import ModuleData
from kurskatalog.view.others import PlanData
from kurskatalog.view.pages import Page
from kurskatalog.view.parts import Fact, Link, RunView, Said
from kurskatalog.view.prints.shapes import (
    Bullets,
    FactBox,
    Heading,
    Outcomes,
    Paragraph,
    Part,
    PrintedRun,
    Runs,
    Step,
    Steps,
    TextBody,
)
from kurskatalog.words import Words


def state_words(words: Words) -> dict[str, str]:
    """A run's state in words."""
    return {
        "open": words("Open for applications"),
        "closing": words("Closing soon"),
        "closed": words("Applications closed"),
        "running": words("Running now"),
        "over": words("Over"),
        "unknown": words("Dates not known"),
        "begun": words("The start has passed; the end is not known"),
    }


def module_parts(page: Page, words: Words, level: int, *, text: bool = True) -> Iterator[Part]:
    """A module: its sections have headings of `level`; without `text` it is a description."""
    data: ModuleData = page.data
    if data.fallback and text:
        told = words("This text is not translated yet. You are reading it in {language}.")
        yield Paragraph(Said(told.format(language=words.language(data.fallback))), "notice")
    yield FactBox(data.facts)
    if data.outcomes:
        yield Heading(level, Said(words("Learning outcomes")), page.path, "laeringsutbytte")
        yield Outcomes(level + 1, data.outcomes)
    if text:
        yield TextBody(page.body, page.path, level, data.fallback, page.pictures)
    if data.sources:
        yield Heading(level, Said(words("Sources")), page.path, "kilder")
        yield Bullets(tuple(_source(s) for s in data.sources), data.sources_lang)
    if text:
        for step in data.steps:
            place = words("Module {number} of {total} in the course").format(number=step.number, total=step.total)
            yield Bullets((Link(step.course.said, step.course.path, note=place),))
    yield Heading(level, Said(words("About the module")), page.path, "om-modulen")
    yield FactBox(data.more)


def _source(source: TextSource) -> Link:
    """A source of a text in one line: title, publisher, year, page."""
    line = ". ".join(part for part in (source.title, source.publisher) if part)
    line += f" ({source.year})" if source.year else ""
    line += f", {source.page}" if source.page else ""
    return Link(Said(line), url=source.url or "")


def course_parts(page: Page, words: Words, level: int) -> Iterator[Part]:
    """A course: facts, outcomes, modules, runs with their states, and where it is known from."""
    data: CourseData = page.data
    yield FactBox(data.facts)
    if data.homepage:
        yield Bullets((Link(Said(words("The course's own page")), url=data.homepage),))
    if data.outcomes:
        yield Heading(level, Said(words("Learning outcomes")), page.path, "laeringsutbytte")
        yield Outcomes(level + 1, data.outcomes)
    if data.modules:
        yield Heading(level, Said(words("Modules")), page.path, "moduler")
        yield Steps(
            tuple(
                Step(
                    Link(use.row.said, use.row.path),
                    _takes(words, use.row.hours, use.row.credits, words("optional") if use.optional else ""),
                    use.row.summary,
                )
                for use in data.modules
            )
        )
    yield Heading(level, Said(words("When and where")), page.path, "gjennomforinger")
    yield from _runs(data, words, level + 1)
    for anchor, heading, said in data.texts:
        yield Heading(level, Said(heading), page.path, anchor)
        yield Paragraph(said)
    yield Heading(level, Said(words("Source")), page.path, "kilde")
    if data.source_url:
        day = words("seen {day}").format(day=data.source_day) if data.source_day else words("the day is not noted")
        yield Bullets((Link(Said(words("Where these facts were found")), url=data.source_url, note=day),))
        if data.source_note.text:
            yield Paragraph(data.source_note)
    else:
        yield Paragraph(Said(words("The facts are written by the provider itself.")))


def _takes(words: Words, hours: str, credit: str, more: str = "") -> str:
    parts = [words("{number} hours").format(number=hours)] if hours else []
    parts += [words("{number} studiepoeng").format(number=credit)] if credit else []
    return ", ".join([*parts, more] if more else parts)


def _runs(data: CourseData, words: Words, level: int) -> Iterator[Part]:
    if data.coming:
        yield Runs(level, tuple(_run(run, data.today, words) for run in data.coming))
    elif data.past:
        yield Paragraph(Said(words("No coming start is known. Ask the provider.")), "notice")
    elif data.modules and not data.source_url:
        told = words("You can begin whenever you like: the modules are open, and you study on your own.")
        yield Paragraph(Said(told), "notice")
    else:
        yield Paragraph(Said(words("No start is known. Ask the provider.")), "notice")
    if data.past:
        yield Heading(level, Said(words("Earlier starts")))
        yield Runs(level + 1, tuple(_run(run, data.today, words) for run in data.past))


def _run(run: RunView, today: str, words: Words) -> PrintedRun:
    state = state_words(words)["begun" if run.begun and run.state == "unknown" else run.state]
    said = f"{state} {words('as of {day}').format(day=today)}"
    warning = ""
    if run.unconfirmed and not run.begun and run.verified:
        told = words("Not confirmed since {day}: ask the provider before you plan.")
        warning = told.format(day=run.verified.text)
    days = ((words("Apply by"), run.apply_by), (words("Start"), run.start), (words("End"), run.end))
    facts = [Fact(label, (Link(Said(day.text)),)) for label, day in days if day]
    facts.append(Fact(words("Form of study"), (Link(Said(run.form)),) if run.form else ()))
    if run.gatherings:
        facts.append(Fact(words("Gatherings"), (Link(Said(run.gatherings)),)))
    facts.append(Fact(words("Place"), (Link(Said(", ".join(run.places))),) if run.places else ()))
    if run.apply_url and run.state in ("open", "closing"):
        facts.append(Fact(words("Apply at the provider"), (Link(Said(run.apply_url), url=run.apply_url),)))
    return PrintedRun(run, said, warning, tuple(facts))


def plan_parts(page: Page, words: Words) -> Iterator[Part]:
    """A plan: whom it is for, and its steps with why."""
    data: PlanData = page.data
    facts = [Fact(words("For the role"), (Link(data.role),))]
    if data.hours:
        facts.append(Fact(words("Workload"), (Link(Said(words("{number} hours").format(number=data.hours))),)))
    yield FactBox(tuple(facts))
    yield Heading(1, Said(words("The steps of the plan")))
    yield Steps(
        tuple(
            Step(
                step.link,
                _takes(words, step.hours, "", words("for everybody") if step.general else words("for this role")),
                step.reason,
            )
            for step in data.steps
        )
    )
