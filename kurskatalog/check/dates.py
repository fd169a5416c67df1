"""Rules about days: the order of a run's dates, who saw them and when, and modules that should be read again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kurskatalog.check.context import Context, Rule
from kurskatalog.model.records import CourseFile, RunFile
from kurskatalog.model.shapes import Record, Source
from kurskatalog.problems import Message, Problem

_PAIRS = (("apply_by", "start"), ("start", "end"), ("apply_by", "end"))
_DATED = ("apply_by", "start", "end", "term")


def dates_are_in_order(ctx: Context) -> Iterator[Problem]:
    """K304: apply_by <= start <= end, and the start lies in the term."""
    for ident, course in ctx.courses.items():
        for number, run in enumerate(course.runs):
            origin = ctx.origin("course", ident)
            for first, second in _PAIRS:
                a, b = getattr(run, first), getattr(run, second)
                if a and b and a > b and not (second == "end" and first == "apply_by" and run.start):
                    yield Problem(
                        ctx.places.of(origin, "runs", number, first),
                        "K304",
                        Message(
                            "'{first}' ({a}) is after '{second}' ({b})", first=first, a=str(a), second=second, b=str(b)
                        ),
                        Message("the order is: apply_by, start, end"),
                    )
            if run.start and run.term and not _in_term(run.start, run.term):
                yield Problem(
                    ctx.places.of(origin, "runs", number, "term"),
                    "K304",
                    Message("the start {start} is not in the term {term}", start=str(run.start), term=run.term),
                    Message(
                        "spring (var) is January to July, autumn (host) August to December; "
                        "leave 'term' out when the day is known"
                    ),
                )


def _in_term(day: dt.date, term: str) -> bool:
    year, _, season = term.partition("-")
    return day.year == int(year) and (day.month <= 7) == (season == "var")


def run_ids_are_unique(ctx: Context) -> Iterator[Problem]:
    """K305: a run's id once in a course."""
    for ident, course in ctx.courses.items():
        seen: set[str] = set()
        for number, run in enumerate(course.runs):
            if run.id in seen:
                place = ctx.places.of(ctx.origin("course", ident), "runs", number, "id")
                hint = Message("give each its own, for example {id}-2", id=run.id)
                yield Problem(place, "K305", Message("two runs have the id '{id}'", id=run.id), hint)
            seen.add(run.id)


def nothing_is_seen_in_future(ctx: Context) -> Iterator[Problem]:
    """K311: nobody has seen a claim, or changed a text, on a day that has not come."""
    for kind, ident, path, day in _seen_days(ctx):
        if day and day > ctx.today:
            place = ctx.places.of(ctx.origin(kind, ident), *path)
            message = Message("{day} is in the future: nobody has seen it yet", day=day.isoformat())
            hint = Message("write the day on which somebody saw the facts")
            if path == ("updated",):
                hint = Message("write the day of the last change")
            yield Problem(place, "K311", message, hint)


def _seen_days(ctx: Context) -> Iterator[tuple[str, str, tuple[str | int, ...], dt.date | None]]:
    for ident, provider in ctx.providers.items():
        if provider.source:
            yield "provider", ident, ("source", "verified_on"), provider.source.verified_on
    for ident, course in ctx.courses.items():
        if course.source:
            yield "course", ident, ("source", "verified_on"), course.source.verified_on
        for number, run in enumerate(course.runs):
            yield "course", ident, ("runs", number, "verified_on"), run.verified_on
            if run.source:
                yield "course", ident, ("runs", number, "source", "verified_on"), run.source.verified_on
    for versions_of, kind in ((ctx.module_texts, "module"), (ctx.page_texts, "page")):
        for ident, versions in versions_of.items():
            for lang, version in versions.items():
                if isinstance(version.facts, Record):
                    yield f"{kind}.{lang}", ident, ("updated",), getattr(version.facts, "updated", None)


def modules_are_reviewed(ctx: Context) -> Iterator[Problem]:
    """K309: a module is read again before its review_by; K304: which comes after its last change."""
    for ident, module in ctx.modules.items():
        if module.review_by < module.updated:
            place = ctx.places.of(ctx.origin("module", ident), "review_by")
            a, b = module.updated.isoformat(), module.review_by.isoformat()
            message = Message(
                "'{first}' ({a}) is after '{second}' ({b})", first="updated", a=a, second="review_by", b=b
            )
            hint = Message("'review_by' is the day before which the text is to be read again")
            yield Problem(place, "K304", message, hint)
        elif module.review_by < ctx.today:
            place = ctx.places.of(ctx.origin("module", ident), "review_by")
            message = Message("the text should have been read again by {day}", day=module.review_by.isoformat())
            hint = Message("read it, mend what is out of date, and set 'updated' and a new 'review_by'")
            yield Problem(place, "K309", message, hint)


def claims_have_sources(ctx: Context) -> Iterator[Problem]:
    """K310: a run's dates have a source, and those to come a day on which somebody saw them; K312: not too long ago."""
    for ident, course in ctx.courses.items():
        for number, run in enumerate(course.runs):
            dated = next((key for key in _DATED if getattr(run, key)), None)
            if dated is None:
                continue
            problem = _claim_problem(ctx, course, run)
            if problem:
                place = ctx.places.of(ctx.origin("course", ident), "runs", number, dated)
                yield Problem(place, *problem)


def _claim_problem(ctx: Context, course: CourseFile, run: RunFile) -> tuple[str, Message, Message] | None:
    source = run.source if run.source and _says_where(run.source) else course.source
    days = [s.verified_on for s in (run.source, source) if s and s.verified_on]
    seen = run.verified_on or (days[0] if days else None)
    if source is None or not _says_where(source):
        hint = Message("add 'source: {{url: https://..., verified_on: {day}}}'", day=ctx.today.isoformat())
        return "K310", Message("the dates of this run have no source"), hint
    if _last_day(run) < ctx.today:
        return None
    if seen is None:
        message = Message("nobody has noted when the dates of this run were seen")
        return "K310", message, Message("look at the source and add 'verified_on: {day}'", day=ctx.today.isoformat())
    valid = ctx.settings.claims_valid_days
    if (ctx.today - seen).days > valid:
        message = Message(
            "these dates were last seen on {day}, more than {days} days ago", day=seen.isoformat(), days=valid
        )
        hint = Message("look at the source again and set 'verified_on'; until then pages show the dates as unconfirmed")
        return "K312", message, hint
    return None


def _says_where(source: Source) -> bool:
    return source.url is not None or source.note is not None


def _last_day(run: RunFile) -> dt.date:
    days = [day for day in (run.apply_by, run.start, run.end) if day]
    if days or not run.term:
        return max(days, default=dt.date.min)
    year, _, season = run.term.partition("-")
    return dt.date(int(year), 7, 31) if season == "var" else dt.date(int(year), 12, 31)


RULES: tuple[Rule, ...] = (
    dates_are_in_order,
    run_ids_are_unique,
    nothing_is_seen_in_future,
    modules_are_reviewed,
    claims_have_sources,
)
