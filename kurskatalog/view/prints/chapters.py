"""The site's pages as parts of a printed document: a module, a course, a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kurskatalog.model.records import TextSource
from kurskatalog.view.course import CourseData
from kurskatalog.view.module import ModuleData
from kurskatalog.view.pages import Page
from kurskatalog.view.parts import Fact, Link, RunView, Said
from kurskatalog.view.plan import PlanData, PlanStep
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
from kurskatalog.view.states import state_words
from kurskatalog.words import Words


def module_parts(page: Page, words: Words, level: int, *, text: bool = True) -> Iterator[Part]:
    """A module: its sections have headings of `level`; without `text` it is a description."""
    data: ModuleData = page.data
    if data.fallback and text:
        told = words("This text is not translated yet. You are reading it in {language}.")
        yield Paragraph(Said(told.format(language=words.language(data.fallback))), "notice")
    if data.older and text:
        told = words("The original in {language} was changed on {day}. This is a translation of the version of {then}.")
        older = data.older
        said = told.format(language=words.language(older.language), day=older.day, then=older.then)
        yield Paragraph(Said(said), "notice")
    yield FactBox(settled(data.facts, words))
    if data.outcomes:
        yield Heading(level, Said(words("Learning outcomes")), page.path, "laeringsutbytte")
        yield Outcomes(level + 1, data.outcomes)
    if text:
        yield TextBody(page.body, page.path, level, data.fallback, page.pictures)
    if data.sources:
        yield Heading(level, Said(words("Sources")), page.path, "kilder")
        yield Bullets(tuple(_source(s) for s in data.sources), data.sources_lang)
    yield Heading(level, Said(words("About the module")), page.path, "om-modulen")
    courses = _courses(data, words) if text else ()
    yield FactBox((*courses, *settled(data.more, words)))


def _courses(data: ModuleData, words: Words) -> tuple[Fact, ...]:
    """Which place the module has in its courses; paper needs no ways to the neighbours."""
    told = words("Module {number} of {total} in the course")
    values = tuple(step.course._replace(note=told.format(number=step.number, total=step.total)) for step in data.steps)
    return (Fact(words("Courses") if len(values) > 1 else words("Course"), values),) if values else ()


def settled(facts: Iterable[Fact], words: Words) -> tuple[Fact, ...]:
    """Facts as they stand on the document's day: of several dates the first that holds."""
    return tuple(_settled(fact, words) for fact in facts)


def _settled(fact: Fact, words: Words) -> Fact:
    if not fact.pick:
        return fact
    held = fact.dated[:1]
    values = tuple(Link(Said(one.text), note=words("not confirmed") if one.unconfirmed else "") for one in held)
    return Fact(fact.label, values)


def _source(source: TextSource) -> Link:
    """A source of a text in one line: title, publisher, year, page."""
    line = ". ".join(part for part in (source.title, source.publisher) if part)
    line += f" ({source.year})" if source.year else ""
    line += f", {source.page}" if source.page else ""
    return Link(Said(line), url=source.url or "")


def course_parts(page: Page, words: Words, level: int) -> Iterator[Part]:
    """A course: facts, outcomes, modules, runs with their states, and where it is known from."""
    data: CourseData = page.data
    yield FactBox(settled(data.facts, words))
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
                    words("Builds on module {numbers}").format(numbers=", ".join(map(str, use.after)))
                    if use.after
                    else "",
                )
                for use in data.modules
            )
        )
    yield Heading(level, Said(words("When and where")), page.path, "gjennomforinger")
    yield from _runs(data, words, level + 1)
    for anchor, heading, said in data.texts:
        yield Heading(level, Said(heading), page.path, anchor)
        yield Paragraph(said)
    if data.needs:
        yield Heading(level, Said(words("Answers to these needs")), page.path, "behov")
        yield Bullets(data.needs)
    yield Heading(level, Said(words("Source")), page.path, "kilde")
    if data.source_url:
        seen = data.source_day
        day = words("seen {day}").format(day=seen.text) if seen else words("the day is not noted")
        yield Bullets((Link(Said(words("Where these facts were found")), url=data.source_url, note=day),))
        if data.source_note.text:
            yield Paragraph(data.source_note)
        if seen and data.source_old:
            told = words("Not confirmed since {day}: ask the provider before you plan.")
            yield Paragraph(Said(told.format(day=seen.text)), "notice")
    else:
        yield Paragraph(Said(words("The facts are written by the provider itself.")))


def _takes(words: Words, hours: str, credit: str, more: str = "") -> str:
    parts = [words.hours(hours)] if hours else []
    parts += [words("{number} studiepoeng").format(number=credit)] if credit else []
    return ", ".join([*parts, more] if more else parts)


def _runs(data: CourseData, words: Words, level: int) -> Iterator[Part]:
    if data.alone:
        told = words("You can begin whenever you like: the modules are open, and you study on your own.")
        yield Paragraph(Said(told), "notice")
        return
    if data.coming:
        yield Runs(level, tuple(_run(run, data.today, words) for run in data.coming))
    else:
        yield Paragraph(Said(words("No coming start is known.")), "notice")
        asked = words("Ask {provider}").format(provider=data.ask.said.text)
        yield Bullets((data.ask._replace(said=Said(asked)),))
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
    """A plan: whom it is for, what it takes, and its steps with why."""
    data: PlanData = page.data
    total = data.sum
    without = words("without the steps that give none ({number})").format(number=total.unknown)
    hours = (Link(Said(total.hours), note=without if total.unknown else ""),) if total.hours else ()
    points = (Link(Said(total.credits)),) if total.credits else ()
    yield FactBox(
        (
            Fact(words("Role"), (Link(data.role),)),
            Fact(words("Hours in all"), hours),
            Fact(words("Studiepoeng in all"), points, words("none")),
            Fact(words("Themes"), data.themes),
        )
    )
    for part in data.parts:
        yield Heading(1, Said(part.heading), page.path, part.anchor)
        yield Paragraph(Said(part.intro))
        yield Steps(tuple(_plan_step(step, words) for step in part.steps), part.steps[0].number)


def _plan_step(step: PlanStep, words: Words) -> Step:
    kind = words("course") if step.course else words("module")
    takes = ", ".join(
        filter(None, (kind, _takes(words, step.hours, step.credits), step.provider.text if step.course else ""))
    )
    return Step(step.link, takes, step.reason)
