"""Rules about competence plans: what a step builds on comes before it, and no work is counted twice."""

from __future__ import annotations

from collections.abc import Iterator

from kurskatalog.check.context import Context, Rule
from kurskatalog.model.records import ModuleUse, PlanFile
from kurskatalog.problems import Message, Problem


def plans_have_what_they_need(ctx: Context) -> Iterator[Problem]:
    """K212: every module of a plan, and of the plan's courses, comes after the modules that it builds on; none is missing.

    Somebody follows a plan from the top down. The order inside a course is that course's own matter (K210).
    """
    for ident, plan in ctx.plans.items():
        steps = _modules_of_steps(ctx, plan)
        first = {module: number for number, modules in reversed(list(enumerate(steps))) for module in modules}
        for number, modules in enumerate(steps):
            reported: set[str] = set()
            for module in modules:
                record = ctx.modules.get(module)
                for needed in record.prerequisites if record else ():
                    at = first.get(needed)
                    if (at is not None and at <= number) or needed in reported or needed not in ctx.known["module"]:
                        continue
                    reported.add(needed)
                    yield _lacking(ctx, ident, number, module, needed, at)


def _lacking(ctx: Context, ident: str, number: int, module: str, needed: str, at: int | None) -> Problem:
    kind = "module" if ctx.plans[ident].steps[number].module else "course"
    place = ctx.places.of(ctx.origin("plan", ident), "steps", number, kind)
    if at is None:
        message = Message("'{module}' builds on '{needed}', which the plan does not have", module=module, needed=needed)
        hint = Message("put '{needed}', or a course that has it, before this step", needed=needed)
        return Problem(place, "K212", message, hint)
    message = Message("'{module}' comes before '{needed}', which it builds on", module=module, needed=needed)
    return Problem(place, "K212", message, Message("move step {at} above this one", at=at + 1))


def plans_count_nothing_twice(ctx: Context) -> Iterator[Problem]:
    """K213: no step of a plan is part of another one, so that the plan's hours are the hours that it takes."""
    for ident, plan in ctx.plans.items():
        steps = _modules_of_steps(ctx, plan)
        for number, modules in enumerate(steps):
            earlier = {module for others in steps[:number] for module in others}
            twice = [module for module in modules if module in earlier]
            step = plan.steps[number]
            same = {s.module or s.course for s in plan.steps[:number]}
            if not twice or (step.module or step.course) in same:  # K206 says so
                continue
            place = ctx.places.of(ctx.origin("plan", ident), "steps", number, "module" if step.module else "course")
            message = Message("'{module}' is part of two steps of the plan", module=twice[0])
            yield Problem(place, "K213", message, Message("take the module or the course that has it"))


def _modules_of_steps(ctx: Context, plan: PlanFile) -> list[list[str]]:
    """The modules of each step: the one that it names, or those of its course (a step that names both is K125's)."""
    steps: list[list[str]] = []
    for step in plan.steps:
        course = ctx.courses.get(step.course) if step.course and not step.module else None
        uses = course.modules if course else ()
        modules = [use.module if isinstance(use, ModuleUse) else use for use in uses]
        steps.append(([step.module] if step.module else []) + modules)
    return steps


RULES: tuple[Rule, ...] = (plans_have_what_they_need, plans_count_nothing_twice)
