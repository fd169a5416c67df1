"""Rules about references between records: does what is named exist, once, in an order that can be followed?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kurskatalog.check.context import Context, Rule
from kurskatalog.check.places import Origin
from kurskatalog.model.records import ModuleUse, StepFile
from kurskatalog.problems import Message, Problem

_MISSING = {
    "provider": ("K201", Message("there is no provider '{id}'")),
    "course": ("K202", Message("there is no course '{id}'")),
    "module": ("K203", Message("there is no module '{id}'")),
}
Step = str | int


def _missing(ctx: Context, kind: str, ident: str, origin: Origin, *path: Step) -> Problem:
    code, message = _MISSING[kind]
    return Problem(ctx.places.of(origin, *path), code, Message(message.text, id=ident), ctx.did_you_mean(kind, ident))


def provider_exists(ctx: Context) -> Iterator[Problem]:
    """K201: the folder that a course or module lies in names a provider that has a provider.yml."""
    reported: set[str] = set()
    for kind in ("course", "module"):
        for ident in sorted(ctx.known[kind]):
            provider = ident.partition("/")[0]
            if provider not in ctx.known["provider"] and provider not in reported:
                reported.add(provider)
                place = ctx.places.of(ctx.origin(kind, ident), on="key")
                make = Message("make content/providers/{id}/provider.yml", id=provider)
                hint = ctx.did_you_mean("provider", provider, make)
                yield Problem(place, "K201", Message("there is no provider '{id}'", id=provider), hint)


def modules_exist(ctx: Context) -> Iterator[Problem]:
    """K203: modules named by courses and needs and as prerequisites exist."""
    known = ctx.known["module"]
    for ident, course in ctx.courses.items():
        for number, use in enumerate(course.modules):
            path = ("modules", number)
            if isinstance(use, ModuleUse):
                if use.module not in known:
                    yield _missing(ctx, "module", use.module, ctx.origin("course", ident), *path, "module")
            elif use not in known:
                yield _missing(ctx, "module", use, ctx.origin("course", ident), *path)
    named = [("module", ident, "prerequisites", module.prerequisites) for ident, module in ctx.modules.items()]
    named += [("need", ident, "modules", need.modules) for ident, need in ctx.needs.items()]
    for kind, ident, key, modules in named:
        for number, name in enumerate(modules):
            if name not in known:
                yield _missing(ctx, "module", name, ctx.origin(kind, ident), key, number)


def plan_items_exist(ctx: Context) -> Iterator[Problem]:
    """K202, K203: the courses and modules of plans and needs exist; K125: a step names exactly one of them."""
    for ident, plan in ctx.plans.items():
        origin = ctx.origin("plan", ident)
        for number, step in enumerate(plan.steps):
            if (step.module is None) == (step.course is None):
                message = Message("a step names one module or one course")
                hint = Message("write either 'module: ...' or 'course: ...'")
                yield Problem(ctx.places.of(origin, "steps", number), "K125", message, hint)
            for kind, name in (("module", step.module), ("course", step.course)):
                if name and name not in ctx.known[kind]:
                    yield _missing(ctx, kind, name, origin, "steps", number, kind)
    for ident, need in ctx.needs.items():
        for number, course in enumerate(need.courses):
            if course not in ctx.known["course"]:
                yield _missing(ctx, "course", course, ctx.origin("need", ident), "courses", number)


def prerequisites_have_no_cycle(ctx: Context) -> Iterator[Problem]:
    """K205: no module needs itself, directly or through others; the circle is spelled out."""
    for circle in circles({ident: module.prerequisites for ident, module in sorted(ctx.modules.items())}):
        at = circle[0]
        number = ctx.modules[at].prerequisites.index(circle[1])
        yield Problem(
            ctx.places.of(ctx.origin("module", at), "prerequisites", number),
            "K205",
            Message("prerequisites go in a circle: {circle}", circle=" → ".join(circle)),
            Message("nobody could begin: take one of them away"),
        )


def circles(needs: dict[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """The circles of a graph, with the first name again at the end; without recursion, for long chains."""
    done: set[str] = set()
    for start in needs:
        path: list[str] = []
        on_path: dict[str, int] = {}
        stack = [(start, 0)]
        while stack:
            name, child = stack.pop()
            if child == 0:
                if name in on_path:
                    yield [*path[on_path[name] :], name]
                    continue
                if name in done or name not in needs:
                    continue
                on_path[name] = len(path)
                path.append(name)
            if child < len(needs[name]):
                stack.append((name, child + 1))
                stack.append((needs[name][child], 0))
            else:
                path.pop()
                del on_path[name]
                done.add(name)


def nothing_twice(ctx: Context) -> Iterator[Problem]:
    """K206: a list of references or codes names each once."""
    for origin, key, values in _lists(ctx):
        if len(values) < 2 or len(set(values)) == len(values):
            continue
        seen: set[str] = set()
        for number, value in enumerate(values):
            if value in seen:
                message = Message("'{value}' stands twice in '{key}'", value=value, key=key)
                yield Problem(ctx.places.of(origin, key, number), "K206", message, Message("delete one of them"))
            seen.add(value)


_COURSE_LISTS = ("themes", "assessment", "language")
_MODULE_LISTS = ("themes", "prerequisites", "dimension", "sdg", "r", "greencomp", "digcomp", "esco", "authors")
_NEED_LISTS = ("themes", "levels", "counties", "modules", "courses")


def _lists(ctx: Context) -> Iterator[tuple[Origin, str, list[str]]]:
    yield Origin("catalogue.yml"), "languages", list(ctx.settings.languages)
    for ident, provider in ctx.providers.items():
        yield ctx.origin("provider", ident), "owners", list(provider.owners)
    for ident, course in ctx.courses.items():
        origin = ctx.origin("course", ident)
        yield origin, "modules", [use.module if isinstance(use, ModuleUse) else use for use in course.modules]
        yield from ((origin, key, list(getattr(course, key))) for key in _COURSE_LISTS)
    for ident, module in ctx.modules.items():
        yield from ((ctx.origin("module", ident), key, list(getattr(module, key))) for key in _MODULE_LISTS)
    for ident, need in ctx.needs.items():
        yield from ((ctx.origin("need", ident), key, list(getattr(need, key))) for key in _NEED_LISTS)
    for ident, plan in ctx.plans.items():
        yield ctx.origin("plan", ident), "themes", list(plan.themes)
        yield ctx.origin("plan", ident), "steps", _named_once(plan.steps)


def _named_once(steps: Iterable[StepFile]) -> list[str]:
    return [step.module or step.course or f"({number})" for number, step in enumerate(steps)]


def prerequisites_come_first(ctx: Context) -> Iterator[Problem]:
    """K210: in a course, a module comes after those that it builds on."""
    for ident, course in ctx.courses.items():
        order = [use.module if isinstance(use, ModuleUse) else use for use in course.modules]
        at = {module: number for number, module in reversed(list(enumerate(order)))}
        for number, module in enumerate(order):
            record = ctx.modules.get(module)
            for needed in record.prerequisites if record else ():
                if at.get(needed, -1) > number and not _need_each_other(ctx, module, needed):
                    message = Message(
                        "'{module}' comes before '{needed}', which it builds on", module=module, needed=needed
                    )
                    place = ctx.places.of(ctx.origin("course", ident), "modules", number)
                    hint = Message("change the order of the modules, or the module's prerequisites")
                    yield Problem(place, "K210", message, hint)


def _need_each_other(ctx: Context, module: str, needed: str) -> bool:
    """Whether no order would do; K205 says so."""
    other = ctx.modules.get(needed)
    return other is not None and module in other.prerequisites


RULES: tuple[Rule, ...] = (
    provider_exists,
    modules_exist,
    plan_items_exist,
    prerequisites_have_no_cycle,
    nothing_twice,
    prerequisites_come_first,
)
