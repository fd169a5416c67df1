"""A competence plan's page: its steps for everybody and for the role, with hours and credits in all; and the list of plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Plan
from kurskatalog.model.records import CourseFile, ModuleFile, StepFile
from kurskatalog.view.pages import Page
from kurskatalog.view.parts import Link, Said
from kurskatalog.view.teller import Teller
from kurskatalog.words import sort_key


class PlanStep(NamedTuple):
    """A step of a plan: its place in the whole order, what it is, and why it is there. Empty means unknown or none."""

    number: int
    link: Link
    course: bool
    provider: Said
    hours: str
    credits: str
    reason: Said


class Sum(NamedTuple):
    """What steps add up to: hours and credits for people, and how many of the `steps` give no hours."""

    steps: int
    hours: str
    credits: str
    unknown: int


class PlanPart(NamedTuple):
    """The steps for everybody, or those for the role, in the plan's order."""

    anchor: str
    heading: str
    intro: str
    steps: tuple[PlanStep, ...]
    sum: Sum


class PlanData(NamedTuple):
    """What `plan.md.j2` shows."""

    said: Said
    role: Said
    summary: Said
    themes: tuple[Link, ...]
    parts: tuple[PlanPart, ...]
    sum: Sum


class PlanEntry(NamedTuple):
    """A plan in the list of plans."""

    link: Link
    role: Said
    sum: Sum


def build_plans(teller: Teller) -> Iterator[Page]:
    """`/planer/` and `/planer/<plan>/`, where there are plans."""
    if not teller.catalogue.plans:
        return
    words = teller.words
    entries = []
    for plan in teller.catalogue.plans.values():
        page = _build_plan(teller, plan)
        entries.append(PlanEntry(Link(page.data.said, page.path), page.data.role, page.data.sum))
        yield page
    yield Page(
        path=addresses.PLAN,
        lang=teller.lang,
        template="plans.md.j2",
        title=words("Plans"),
        description=words("Competence plans for roles at work: what to learn, in which order and why."),
        menu=addresses.PLAN,
        data=tuple(sorted(entries, key=lambda entry: (sort_key(entry.link.said.text), entry.link.path))),
    )


def _build_plan(teller: Teller, plan: Plan) -> Page:
    words, facts = teller.words, plan.facts
    said, summary = teller.say(facts.title), teller.say(facts.summary)
    numbered = list(enumerate(facts.steps, 1))
    kinds = (
        ("general", "for-alle", words("For everybody"), words("What all who work need, whatever their role.")),
        ("role", "for-rollen", words("For the role"), words("What this role needs besides.")),
    )
    parts = tuple(
        PlanPart(
            anchor, heading, intro, tuple(_step(teller, n, s) for n, s in steps), _sum(teller, [s for _, s in steps])
        )
        for kind, anchor, heading, intro in kinds
        if (steps := [(number, step) for number, step in numbered if step.kind == kind])
    )
    return Page(
        path=f"{addresses.PLAN}/{plan.id}",
        lang=teller.lang,
        template="plan.md.j2",
        title=said.text,
        description=summary.text,
        menu=addresses.PLAN,
        data=PlanData(
            said,
            teller.say(facts.role),
            summary,
            teller.terms("themes", facts.themes, addresses.THEME),
            parts,
            _sum(teller, facts.steps),
        ),
        source=plan.file,
        crumbs=(Link(Said(words("Plans")), addresses.PLAN),),
    )


def _facts(teller: Teller, step: StepFile) -> ModuleFile | CourseFile:
    catalogue = teller.catalogue
    return catalogue.modules[step.module].facts if step.module else catalogue.courses[step.course or ""].facts


def _step(teller: Teller, number: int, step: StepFile) -> PlanStep:
    row = teller.modules[step.module] if step.module else teller.courses[step.course or ""]
    return PlanStep(
        number, Link(row.said, row.path), not step.module, row.provider, row.hours, row.credits, teller.say(step.reason)
    )


def _sum(teller: Teller, steps: Sequence[StepFile]) -> Sum:
    facts = [_facts(teller, step) for step in steps]
    hours, points = sum(f.hours or 0 for f in facts), sum(f.credits or 0 for f in facts)
    unknown = sum(f.hours is None for f in facts)
    return Sum(len(facts), teller.number(hours or None), teller.number(points or None), unknown)
