"""Rules of the field itself: credits, hours, levels, dates, outcomes, organisation numbers, lengths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from kurskatalog.check.context import Context, Rule
from kurskatalog.model.records import CourseFile, ModuleUse, RunFile
from kurskatalog.model.shapes import OUTCOME_KINDS
from kurskatalog.problems import Message, Problem

HOURS_PER_CREDIT = (25, 30)
"""Hours of work behind one studiepoeng: 60 make a year of 1500-1800 hours (fagskoletilsynsforskriften § 2-2)."""

LEVELS_BY_TYPE: Mapping[str, frozenset[str]] = {
    # NKR level 5 is the fagskoler's; the Storting has opened levels 6 and 7 to higher vocational education (KD, 27.01.2026).
    "fagskole": frozenset({"5.1", "5.2", "6.1", "6.2", "7", "none"}),
    "hoyskole": frozenset({"6.1", "6.2", "7", "8", "none"}),
    "universitet": frozenset({"6.1", "6.2", "7", "8", "none"}),
    "videregaende-skole": frozenset({"2", "3", "4", "none"}),
    "redaksjon": frozenset({"none"}),
}
"""Levels that a type of provider can give; a type that is not listed can give any."""

MAX_TITLE, MAX_SUMMARY = 120, 300
"""Characters that a list can show."""


def credits_fit_hours(ctx: Context) -> Iterator[Problem]:
    """K301: 25-30 hours of work a studiepoeng."""
    low, high = HOURS_PER_CREDIT
    for kind, records in (("course", ctx.courses), ("module", ctx.modules)):
        for ident, record in records.items():  # type: ignore[attr-defined]
            if record.credits and record.hours and not low <= record.hours / record.credits <= high:
                yield Problem(
                    ctx.places.of(ctx.origin(kind, ident), "hours"), "K301",
                    Message("{hours} hours for {credits} studiepoeng are {rate} hours each", hours=f"{record.hours:g}", credits=f"{record.credits:g}", rate=f"{record.hours / record.credits:.1f}"),
                    Message("a studiepoeng is {low}-{high} hours of work: {credits} are {least}-{most} hours", low=low, high=high, credits=f"{record.credits:g}", least=f"{record.credits * low:g}", most=f"{record.credits * high:g}"),
                )


def sums_fit_modules(ctx: Context) -> Iterator[Problem]:
    """K302: a course is as long as its modules; optional ones may be left out by a learner."""
    for ident, course in ctx.courses.items():
        uses = [(u.module, u.optional) if isinstance(u, ModuleUse) else (u, False) for u in course.modules]
        modules = [(ctx.modules.get(m), optional) for m, optional in uses]
        if not modules or any(m is None for m, _ in modules):
            continue
        for field in ("hours", "credits"):
            whole = getattr(course, field)
            values = [(getattr(m, field), optional) for m, optional in modules]
            if whole is None or any(v is None for v, _ in values):
                continue
            most, least = sum(v for v, _ in values), sum(v for v, optional in values if not optional)
            if not least - 0.01 <= whole <= most + 0.01:
                span = f"{least:g}" if least == most else f"{least:g}-{most:g}"
                yield Problem(
                    ctx.places.of(ctx.origin("course", ident), field), "K302",
                    Message("'{key}' is {value}, but the modules add up to {sum}", key=field, value=f"{whole:g}", sum=span),
                    Message("change it here or in the modules; a learner plans by it"),
                )


def level_fits_provider(ctx: Context) -> Iterator[Problem]:
    """K303: a provider gives the levels of its kind (NKR)."""
    for kind, records in (("course", ctx.courses), ("module", ctx.modules)):
        for ident, record in records.items():  # type: ignore[attr-defined]
            provider = ctx.providers.get(ident.partition("/")[0])
            levels = LEVELS_BY_TYPE.get(provider.type) if provider else None
            if record.level and levels and record.level not in levels and record.level in ctx.terms.get("levels", {record.level: None}):
                yield Problem(
                    ctx.places.of(ctx.origin(kind, ident), "level"), "K303",
                    Message("a provider of the type '{type}' does not give level {level}", type=provider.type if provider else "", level=record.level),
                    Message("levels that it can give: {levels}", levels=", ".join(sorted(levels))),
                )


def dates_are_in_order(ctx: Context) -> Iterator[Problem]:
    """K304: apply_by <= start <= end; K305: a run's id once in a course; K311: no claim seen in the future."""
    for ident, course in ctx.courses.items():
        seen: set[str] = set()
        origin = ctx.origin("course", ident)
        for number, run in enumerate(course.runs):
            pairs = (("apply_by", "start"), ("start", "end"), ("apply_by", "end"))
            for first, second in pairs:
                a, b = getattr(run, first), getattr(run, second)
                if a and b and a > b and not (first == "apply_by" and second == "end" and run.start):
                    yield Problem(
                        ctx.places.of(origin, "runs", number, first), "K304",
                        Message("'{first}' ({a}) is after '{second}' ({b})", first=first, a=a.isoformat(), second=second, b=b.isoformat()),
                        Message("the order is: apply_by, start, end"),
                    )
            if run.start and run.term and not _in_term(run.start, run.term):
                yield Problem(
                    ctx.places.of(origin, "runs", number, "term"), "K304",
                    Message("the start {start} is not in the term {term}", start=run.start.isoformat(), term=run.term),
                    Message("spring (var) is January to July, autumn (host) August to December; leave 'term' out when the day is known"),
                )
            if run.id in seen:
                yield Problem(
                    ctx.places.of(origin, "runs", number, "id"), "K305", Message("two runs have the id '{id}'", id=run.id),
                    Message("give each its own, for example {id}-2", id=run.id),
                )
            seen.add(run.id)
            yield from _seen_in_future(ctx, run, course, ident, number)


def _seen_in_future(ctx: Context, run: RunFile, course: CourseFile, ident: str, number: int) -> Iterator[Problem]:
    origin = ctx.origin("course", ident)
    claims = [(run.verified_on, ("runs", number, "verified_on"))]
    if run.source:
        claims.append((run.source.verified_on, ("runs", number, "source", "verified_on")))
    if number == 0 and course.source:
        claims.append((course.source.verified_on, ("source", "verified_on")))
    for day, path in claims:
        if day and day > ctx.today:
            yield Problem(
                ctx.places.of(origin, *path), "K311", Message("{day} is in the future: nobody has seen it yet", day=day.isoformat()),
                Message("write the day on which somebody saw the facts"),
            )


def _in_term(day: dt.date, term: str) -> bool:
    year, _, season = term.partition("-")
    return day.year == int(year) and (day.month <= 7) == (season == "var")


def organisation_numbers_are_right(ctx: Context) -> Iterator[Problem]:
    """K306: the ninth digit of an organisation number is the check digit (Brønnøysundregistrene: modulus 11)."""
    for ident, provider in ctx.providers.items():
        number = provider.organisation_number
        if number and not is_organisation_number(number):
            yield Problem(
                ctx.places.of(ctx.origin("provider", ident), "organisation_number"), "K306",
                Message("{number} is not an organisation number: the check digit does not fit", number=number),
                Message("look it up again; one digit may be wrong or two may have changed places"),
            )


def is_organisation_number(number: str) -> bool:
    """Whether nine digits end in the check digit of the first eight: weights 3 2 7 6 5 4 3 2, modulus 11."""
    rest = sum(int(d) * w for d, w in zip(number[:8], (3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
    digit = 0 if rest == 0 else 11 - rest
    return digit < 10 and digit == int(number[8])


def outcomes_have_all_kinds(ctx: Context) -> Iterator[Problem]:
    """K307: where outcomes are given, NKR's three kinds are: kunnskap, ferdigheter, generell kompetanse (nokut.no)."""
    for kind, records in (("course", ctx.courses), ("module", ctx.modules)):
        for ident, record in records.items():  # type: ignore[attr-defined]
            missing = [k for k in OUTCOME_KINDS if not getattr(record.outcomes, k)]
            if missing and (len(missing) < 3 or kind == "module"):
                yield Problem(
                    ctx.places.of(ctx.origin(kind, ident), "outcomes", on="key"), "K307",
                    Message("there are no outcomes of the kind {kinds}", kinds=", ".join(missing)),
                    Message("say what the learner knows (knowledge), can do (skills) and can take part in (competence)"),
                )


def titles_fit_lists(ctx: Context) -> Iterator[Problem]:
    """K308: titles and summaries are short enough for a list."""
    plain = [("provider", ctx.providers, "name"), ("course", ctx.courses, "title"), ("plan", ctx.plans, "title"), ("need", ctx.needs, "title")]
    for kind, records, title in plain:
        for ident, record in records.items():  # type: ignore[attr-defined]
            for field, limit in ((title, MAX_TITLE), ("summary", MAX_SUMMARY)):
                for lang, text in (getattr(record, field, None) or {}).items():
                    if len(text) > limit:
                        path = (field, lang) if len(getattr(record, field)) > 1 else (field,)
                        yield _too_long(ctx, kind, ident, field, len(text), limit, *path)
    for versions_of, kind in ((ctx.module_texts, "module"), (ctx.page_texts, "page")):
        for ident, versions in versions_of.items():
            for lang, version in versions.items():
                for field, limit in (("title", MAX_TITLE), ("summary", MAX_SUMMARY)):
                    text = getattr(version.facts, field, "")
                    if len(text) > limit:
                        yield _too_long(ctx, f"{kind}.{lang}", ident, field, len(text), limit, field)


def _too_long(ctx: Context, kind: str, ident: str, field: str, length: int, limit: int, *path: str) -> Problem:
    return Problem(
        ctx.places.of(ctx.origin(kind, ident), *path), "K308",
        Message("'{key}' has {length} characters; lists show {limit}", key=field, length=length, limit=limit),
        Message("say the most important thing first, and leave the rest to the text"),
    )


def modules_are_reviewed(ctx: Context) -> Iterator[Problem]:
    """K309: a module is read again before its review_by."""
    for ident, module in ctx.modules.items():
        if module.review_by < ctx.today:
            yield Problem(
                ctx.places.of(ctx.origin("module", ident), "review_by"), "K309",
                Message("the text should have been read again by {day}", day=module.review_by.isoformat()),
                Message("read it, mend what is out of date, and set 'updated' and a new 'review_by'"),
            )
        if module.updated > ctx.today:
            yield Problem(
                ctx.places.of(ctx.origin("module", ident), "updated"), "K311",
                Message("{day} is in the future: nobody has seen it yet", day=module.updated.isoformat()), Message("write the day of the last change"),
            )


def claims_have_sources(ctx: Context) -> Iterator[Problem]:
    """K310: a run's dates have a source; K312: a claim about a run to come was seen within its validity."""
    for ident, course in ctx.courses.items():
        for number, run in enumerate(course.runs):
            field = next((f for f in ("apply_by", "start", "end", "term") if getattr(run, f)), None)
            if field is None:
                continue
            source = run.source or course.source
            if source is None and run.verified_on is None:
                yield Problem(
                    ctx.places.of(ctx.origin("course", ident), "runs", number, field), "K310",
                    Message("the dates of this run have no source"),
                    Message("add 'source: {{url: https://..., verified_on: {day}}}'", day=ctx.today.isoformat()),
                )
                continue
            seen = run.verified_on or (source.verified_on if source else None)
            last = max((d for d in (run.apply_by, run.start, run.end) if d), default=None)
            if seen and last and last >= ctx.today and (ctx.today - seen).days > ctx.settings.claims_valid_days:
                yield Problem(
                    ctx.places.of(ctx.origin("course", ident), "runs", number, field), "K312",
                    Message("these dates were last seen on {day}, more than {days} days ago", day=seen.isoformat(), days=ctx.settings.claims_valid_days),
                    Message("look at the source again and set 'verified_on'; until then pages show the dates as unconfirmed"),
                )


RULES: tuple[Rule, ...] = (
    credits_fit_hours, sums_fit_modules, level_fits_provider, dates_are_in_order, organisation_numbers_are_right, outcomes_have_all_kinds,
    titles_fit_lists, modules_are_reviewed, claims_have_sources,
)  # fmt: skip
