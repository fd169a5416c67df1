"""Rules about references between records: does everything that is named exist, once, and in an order that can be followed?"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from kurskatalog.check.context import Context, Rule
from kurskatalog.check.places import Origin
from kurskatalog.model.records import ModuleUse
from kurskatalog.problems import Message, Problem

_MISSING = {
    "provider": ("K201", Message("there is no provider '{id}'")),
    "course": ("K202", Message("there is no course '{id}'")),
    "module": ("K203", Message("there is no module '{id}'")),
}


def _missing(ctx: Context, kind: str, ident: str, origin: Origin, *path: str | int) -> Problem:
    code, message = _MISSING[kind]
    near = difflib.get_close_matches(ident, sorted(ctx.known[kind]), 1, 0.6)
    hint = Message("did you mean '{near}'?", near=near[0]) if near else Message("look for it in the list of files, or make it first")
    return Problem(ctx.places.of(origin, *path), code, Message(message.text, id=ident), hint)


def provider_exists(ctx: Context) -> Iterator[Problem]:
    """K201: the folder that a course or module lies in names a provider that has a provider.yml."""
    reported: set[str] = set()
    for kind in ("course", "module"):
        for ident in sorted(ctx.known[kind]):
            provider = ident.partition("/")[0]
            if provider not in ctx.known["provider"] and provider not in reported:
                reported.add(provider)
                problem = _missing(ctx, "provider", provider, ctx.origin(kind, ident))
                hint = problem.hint if problem.hint and problem.hint.values else Message("make content/providers/{id}/provider.yml", id=provider)
                yield Problem(problem.place, problem.code, problem.message, hint)


def modules_exist(ctx: Context) -> Iterator[Problem]:
    """K203: modules named by courses, plans, needs and as prerequisites exist."""
    known = ctx.known["module"]
    for ident, course in ctx.courses.items():
        for number, use in enumerate(course.modules):
            module = use.module if isinstance(use, ModuleUse) else use
            if module not in known:
                path = ("modules", number, "module") if isinstance(use, ModuleUse) else ("modules", number)
                yield _missing(ctx, "module", module, ctx.origin("course", ident), *path)
    for ident, record in ctx.modules.items():
        for number, module in enumerate(record.prerequisites):
            if module not in known:
                yield _missing(ctx, "module", module, ctx.origin("module", ident), "prerequisites", number)
    for ident, need in ctx.needs.items():
        for number, module in enumerate(need.modules):
            if module not in known:
                yield _missing(ctx, "module", module, ctx.origin("need", ident), "modules", number)


def plan_items_exist(ctx: Context) -> Iterator[Problem]:
    """K202, K203: the courses and modules of plans exist; K125: a step names exactly one of them."""
    for ident, plan in ctx.plans.items():
        origin = ctx.origin("plan", ident)
        for number, step in enumerate(plan.steps):
            if (step.module is None) == (step.course is None):
                yield Problem(
                    ctx.places.of(origin, "steps", number), "K125", Message("a step names one module or one course"),
                    Message("write either 'module: ...' or 'course: ...'"),
                )
            if step.module and step.module not in ctx.known["module"]:
                yield _missing(ctx, "module", step.module, origin, "steps", number, "module")
            if step.course and step.course not in ctx.known["course"]:
                yield _missing(ctx, "course", step.course, origin, "steps", number, "course")
    for ident, need in ctx.needs.items():
        for number, course in enumerate(need.courses):
            if course not in ctx.known["course"]:
                yield _missing(ctx, "course", course, ctx.origin("need", ident), "courses", number)


def terms_exist(ctx: Context) -> Iterator[Problem]:
    """K204: every code stands in its vocabulary."""
    for kind, ident, vocabulary, code, path in _codes(ctx):
        terms = ctx.terms.get(vocabulary)
        if terms is None or code in terms:
            continue
        near = difflib.get_close_matches(code, list(terms), 1, 0.6) or [
            t.id for t in terms.values() if code.casefold() in (label.casefold() for label in t.label.values())
        ]
        hint = (
            Message("did you mean '{near}'?", near=near[0])
            if near
            else Message("codes of this list: {codes}", codes=", ".join(list(terms)[:40]))
        )
        yield Problem(
            ctx.places.of(ctx.origin(kind, ident), *path), "K204",
            Message("'{code}' is not in the list '{list}'", code=code, list=vocabulary), hint,
        )


_Code = tuple[str, str, str, str, tuple[str | int, ...]]


def _codes(ctx: Context) -> Iterator[_Code]:
    """Every code with the list that it belongs to: (kind, id, vocabulary, code, path)."""

    def many(kind: str, ident: str, vocabulary: str, codes: Iterable[str], *path: str | int) -> Iterator[_Code]:
        for number, code in enumerate(codes):
            yield kind, ident, vocabulary, code, (*path, number)

    for ident, provider in ctx.providers.items():
        yield "provider", ident, "provider-types", provider.type, ("type",)
        for number, place in enumerate(provider.places):
            if place.county:
                yield "provider", ident, "counties", place.county, ("places", number, "county")
    for ident, course in ctx.courses.items():
        if course.level:
            yield "course", ident, "levels", course.level, ("level",)
        yield from many("course", ident, "themes", course.themes, "themes")
        yield from many("course", ident, "assessment", course.assessment, "assessment")
        if course.award:
            yield "course", ident, "award", course.award, ("award",)
        if course.isced:
            yield "course", ident, "isced-f", course.isced, ("isced",)
        for at, run in enumerate(course.runs):
            if run.form:
                yield "course", ident, "forms", run.form, ("runs", at, "form")
            for number, place in enumerate(run.places):
                if place.county:
                    yield "course", ident, "counties", place.county, ("runs", at, "places", number, "county")
    for ident, module in ctx.modules.items():
        if module.level:
            yield "module", ident, "levels", module.level, ("level",)
        if module.maturity:
            yield "module", ident, "maturity", module.maturity, ("maturity",)
        for field, vocabulary in (
            ("themes", "themes"), ("dimension", "dimensions"), ("sdg", "sdg"), ("r", "r-strategies"), ("greencomp", "greencomp"), ("digcomp", "digcomp"),
        ):  # fmt: skip
            yield from many("module", ident, vocabulary, getattr(module, field), field)
    for ident, plan in ctx.plans.items():
        yield from many("plan", ident, "themes", plan.themes, "themes")
    for ident, need in ctx.needs.items():
        yield from many("need", ident, "themes", need.themes, "themes")
        yield from many("need", ident, "levels", need.levels, "levels")
        yield from many("need", ident, "counties", need.counties, "counties")


def broader_terms_exist(ctx: Context) -> Iterator[Problem]:
    """K211: a term's broader term stands in the same list; K114: no id twice; K127: a label in some language the site can use."""
    for name, vocabulary in ctx.vocabularies.items():
        origin = ctx.origin("vocabulary", name)
        seen: set[str] = set()
        for number, term in enumerate(vocabulary.terms):
            if term.id in seen:
                yield Problem(
                    ctx.places.of(origin, "terms", number, "id"), "K114", Message("'{key}' stands here twice", key=term.id),
                    Message("keep one of them; with two, one would be lost without a word"),
                )
            seen.add(term.id)
            if term.broader and term.broader not in ctx.terms[name]:
                yield Problem(
                    ctx.places.of(origin, "terms", number, "broader"), "K211",
                    Message("'{code}' is not in the list '{list}'", code=term.broader, list=name),
                    Message("a broader term stands in the same list"),
                )


def prerequisites_have_no_cycle(ctx: Context) -> Iterator[Problem]:
    """K205: no module needs itself, directly or through others; the circle is spelled out."""
    done: set[str] = set()
    for start in sorted(ctx.modules):
        path: list[str] = []
        on_path: dict[str, int] = {}
        stack: list[tuple[str, int]] = [(start, 0)]
        while stack:
            ident, child = stack.pop()
            if child == 0:
                if ident in on_path:
                    circle = [*path[on_path[ident] :], ident]
                    at = circle[0]
                    number = ctx.modules[at].prerequisites.index(circle[1])
                    yield Problem(
                        ctx.places.of(ctx.origin("module", at), "prerequisites", number), "K205",
                        Message("prerequisites go in a circle: {circle}", circle=" → ".join(circle)),
                        Message("nobody could begin: take one of them away"),
                    )
                    continue
                if ident in done or ident not in ctx.modules:
                    continue
                on_path[ident] = len(path)
                path.append(ident)
            needs = ctx.modules[ident].prerequisites
            if child < len(needs):
                stack.append((ident, child + 1))
                stack.append((needs[child], 0))
            else:
                path.pop()
                del on_path[ident]
                done.add(ident)


def nothing_twice(ctx: Context) -> Iterator[Problem]:
    """K206: a list of references or codes names each once."""
    lists = [
        ("course", ctx.courses, ("themes", "assessment", "modules", "language")),
        ("module", ctx.modules, ("themes", "prerequisites", "dimension", "sdg", "r", "greencomp", "digcomp")),
        ("need", ctx.needs, ("themes", "levels", "counties", "modules", "courses")),
    ]
    for kind, records, fields in lists:
        for ident, record in records.items():
            for field in fields:
                seen: set[str] = set()
                for number, value in enumerate(getattr(record, field)):
                    name = value.module if isinstance(value, ModuleUse) else value
                    if name in seen:
                        yield Problem(
                            ctx.places.of(ctx.origin(kind, ident), field, number), "K206",
                            Message("'{value}' stands twice in '{key}'", value=name, key=field), Message("delete one of them"),
                        )
                    seen.add(name)


def prerequisites_come_first(ctx: Context) -> Iterator[Problem]:
    """K210: in a course, a module comes after those that it builds on."""
    for ident, course in ctx.courses.items():
        order = [use.module if isinstance(use, ModuleUse) else use for use in course.modules]
        for number, module in enumerate(order):
            record = ctx.modules.get(module)
            for needed in record.prerequisites if record else ():
                if needed in order[number + 1 :]:
                    yield Problem(
                        ctx.places.of(ctx.origin("course", ident), "modules", number), "K210",
                        Message("'{module}' comes before '{needed}', which it builds on", module=module, needed=needed),
                        Message("change the order of the modules, or the module's prerequisites"),
                    )


RULES: tuple[Rule, ...] = (
    provider_exists, modules_exist, plan_items_exist, terms_exist, broader_terms_exist, prerequisites_have_no_cycle, nothing_twice,
    prerequisites_come_first,
)  # fmt: skip
