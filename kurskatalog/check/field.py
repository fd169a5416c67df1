"""Rules of the field itself: credits, hours, levels, outcomes, organisation numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kurskatalog.check.context import Context, Rule
from kurskatalog.model.records import CourseFile, ModuleFile, ModuleUse
from kurskatalog.model.shapes import OUTCOME_KINDS
from kurskatalog.problems import Message, Problem

HOURS_PER_CREDIT = (25, 30)
"""Hours of work behind one studiepoeng: 60 make a year of 1500-1800 hours (fagskoletilsynsforskriften § 2-2)."""

LEVELS_BY_TYPE: Mapping[str, frozenset[str]] = {
    # NKR level 5 is the fagskoler's; the Storting has opened levels 6 and 7 to higher vocational education
    # (KD, 27.01.2026).
    "fagskole": frozenset({"5.1", "5.2", "6.1", "6.2", "7", "none"}),
    "hoyskole": frozenset({"6.1", "6.2", "7", "8", "none"}),
    "universitet": frozenset({"6.1", "6.2", "7", "8", "none"}),
    "videregaende-skole": frozenset({"2", "3", "4", "none"}),
    "redaksjon": frozenset({"none"}),
}
"""Levels that a type of provider can give; a type that is not listed can give any."""


def _courses_and_modules(ctx: Context) -> Iterator[tuple[str, str, CourseFile | ModuleFile]]:
    for ident, course in ctx.courses.items():
        yield "course", ident, course
    for ident, module in ctx.modules.items():
        yield "module", ident, module


def credits_fit_hours(ctx: Context) -> Iterator[Problem]:
    """K301: 25-30 hours of work a studiepoeng."""
    low, high = HOURS_PER_CREDIT
    for kind, ident, record in _courses_and_modules(ctx):
        if not record.credits or not record.hours or low <= record.hours / record.credits <= high:
            continue
        place = ctx.places.of(ctx.origin(kind, ident), "hours")
        message = Message(
            "{hours} hours for {credits} studiepoeng are {rate} hours each",
            hours=f"{record.hours:g}",
            credits=f"{record.credits:g}",
            rate=f"{record.hours / record.credits:.1f}",
        )
        hint = Message(
            "a studiepoeng is {low}-{high} hours of work: {credits} are {least}-{most} hours",
            low=low,
            high=high,
            credits=f"{record.credits:g}",
            least=f"{record.credits * low:g}",
            most=f"{record.credits * high:g}",
        )
        yield Problem(place, "K301", message, hint)


def sums_fit_modules(ctx: Context) -> Iterator[Problem]:
    """K302: a course is as long as its modules; optional ones may be left out by a learner."""
    for ident, course in ctx.courses.items():
        uses = [(u.module, u.optional) if isinstance(u, ModuleUse) else (u, False) for u in course.modules]
        modules = [(ctx.modules.get(m), optional) for m, optional in uses]
        for field in ("hours", "credits") if modules else ():
            whole = getattr(course, field)
            values = [(getattr(m, field, None), optional) for m, optional in modules]
            if whole is None or None in (value for value, _ in values):
                continue
            most = sum(value or 0 for value, _ in values)
            least = sum(value or 0 for value, optional in values if not optional)
            if not least - 0.01 <= whole <= most + 0.01:
                span = f"{least:g}" if least == most else f"{least:g}-{most:g}"
                message = Message(
                    "'{key}' is {value}, but the modules add up to {sum}", key=field, value=f"{whole:g}", sum=span
                )
                hint = Message("change it here or in the modules; a learner plans by it")
                yield Problem(ctx.places.of(ctx.origin("course", ident), field), "K302", message, hint)


def level_fits_provider(ctx: Context) -> Iterator[Problem]:
    """K303: a provider gives the levels of its kind (NKR)."""
    for kind, ident, record in _courses_and_modules(ctx):
        provider = ctx.providers.get(ident.partition("/")[0])
        levels = LEVELS_BY_TYPE.get(provider.type) if provider else None
        if not provider or not levels or not record.level or record.level in levels:
            continue
        if record.level in ctx.terms.get("levels", {record.level: None}):
            message = Message(
                "a provider of the type '{type}' does not give level {level}", type=provider.type, level=record.level
            )
            hint = Message("levels that it can give: {levels}", levels=", ".join(sorted(levels)))
            yield Problem(ctx.places.of(ctx.origin(kind, ident), "level"), "K303", message, hint)


def organisation_numbers_are_right(ctx: Context) -> Iterator[Problem]:
    """K306: the ninth digit of an organisation number is the check digit (Brønnøysundregistrene: modulus 11)."""
    for ident, provider in ctx.providers.items():
        number = provider.organisation_number
        if number and not is_organisation_number(number):
            place = ctx.places.of(ctx.origin("provider", ident), "organisation_number")
            message = Message("{number} is not an organisation number: the check digit does not fit", number=number)
            hint = Message("look it up again; one digit may be wrong or two may have changed places")
            yield Problem(place, "K306", message, hint)


def is_organisation_number(number: str) -> bool:
    """Whether nine digits end in the check digit of the first eight: weights 3 2 7 6 5 4 3 2, modulus 11."""
    if len(number) != 9 or not number.isascii() or not number.isdigit():
        return False
    rest = sum(int(d) * w for d, w in zip(number[:8], (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    digit = 0 if rest == 0 else 11 - rest
    return digit < 10 and digit == int(number[8])


def outcomes_have_all_kinds(ctx: Context) -> Iterator[Problem]:
    """K307: where outcomes are given, NKR's three kinds are: kunnskap, ferdigheter, generell kompetanse (nokut.no)."""
    for kind, ident, record in _courses_and_modules(ctx):
        missing = [k for k in OUTCOME_KINDS if not getattr(record.outcomes, k)]
        if missing and (len(missing) < 3 or kind == "module"):
            place = ctx.places.of(ctx.origin(kind, ident), "outcomes", on="key")
            message = Message("there are no outcomes of the kind {kinds}", kinds=", ".join(missing))
            hint = Message("say what the learner knows (knowledge), can do (skills) and can take part in (competence)")
            yield Problem(place, "K307", message, hint)


RULES: tuple[Rule, ...] = (
    credits_fit_hours,
    sums_fit_modules,
    level_fits_provider,
    organisation_numbers_are_right,
    outcomes_have_all_kinds,
)
