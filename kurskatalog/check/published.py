"""Rules about addresses that have been on the net: they stay, or redirect."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kurskatalog.check.context import Context, Rule
from kurskatalog.check.places import Origin
from kurskatalog.model import addresses
from kurskatalog.problems import Message, Place, Problem

LEDGER = "content/published.txt"

_LISTS = (
    (addresses.LEVEL, "levels"),
    (addresses.THEME, "themes"),
    (addresses.COUNTY, "counties"),
    (addresses.PROVIDER, ""),
    (addresses.PLAN, ""),
)
_STEPS = 50  # that a chain of redirects is followed to its end
_STEP = re.compile(r"[a-z0-9][a-z0-9.-]*\Z")
_NOT_OURS = frozenset({"api", "assets", "pdf", "search", "pagefind"})
"""Folders of files, where a redirect's page would lie among them."""


def living_paths(ctx: Context) -> set[str]:
    """The addresses of everything that exists now: courses, modules, providers, plans, lists and pages."""
    paths = {addresses.course(i) for i in ctx.known["course"]} | {addresses.module(i) for i in ctx.known["module"]}
    paths |= {addresses.provider(i) for i in ctx.known["provider"]} | {
        f"{addresses.PLAN}/{i}" for i in ctx.known["plan"]
    }
    paths |= (
        {addresses.page(i) for i in ctx.known["page"]}
        | {top for top, _ in _LISTS}
        | {addresses.COURSE, addresses.MODULE, "status"}
    )
    return paths | {f"{top}/{term}" for top, name in _LISTS if name for term in ctx.terms.get(name, ())}


def published_stays(ctx: Context) -> Iterator[Problem]:
    """K131: every path in content/published.txt exists or redirects; K125: every line of it is a path."""
    if not ctx.published:
        return
    living = living_paths(ctx)
    for path, line in ctx.published.items():
        if path in living or path in ctx.settings.redirects:
            continue
        place = Place(LEDGER, line, 1)
        if not _is_path(path):
            message = Message("'{path}' is not a path of the catalogue", path=path[:80])
            hint = Message("write it without slashes at the ends: kurs/<provider>/<course>")
            yield Problem(place, "K125", message, hint)
        else:
            near = ctx.nearest("path", path, living) or "..."
            hint = Message("add to catalogue.yml under 'redirects': {path}: {near}", path=path, near=near)
            yield Problem(place, "K131", Message("'{path}' was published and is gone", path=path), hint)


def redirects_lead_somewhere(ctx: Context) -> Iterator[Problem]:
    """K132: a redirect leads from a path that is gone to one that exists, in one step."""
    redirects = ctx.settings.redirects
    if not redirects:
        return
    living = living_paths(ctx)
    origin = Origin("catalogue.yml", ("redirects",))
    for old, new in redirects.items():
        if old in living or old.partition("/")[0] in ctx.settings.languages:
            message = Message("'{path}' redirects, but it exists", path=old)
            yield Problem(
                ctx.places.of(origin, old, on="key"), "K132", message, Message("delete the redirect, or the page")
            )
        elif not _is_path(old):
            message = Message("'{path}' is not a path of the catalogue", path=old)
            hint = Message("write it without slashes at the ends: kurs/<provider>/<course>")
            yield Problem(ctx.places.of(origin, old, on="key"), "K132", message, hint)
        elif new not in living:
            yield Problem(ctx.places.of(origin, old), "K132", *_lost_goal(ctx, new, living))


def _lost_goal(ctx: Context, new: str, living: set[str]) -> tuple[Message, Message]:
    redirects = ctx.settings.redirects
    if new not in redirects:
        near = ctx.nearest("path", new, living)
        hint = (
            Message("did you mean '{near}'?", near=near)
            if near
            else Message("lead it to a page that exists, in one step")
        )
        return Message("the redirect leads to '{path}', which does not exist", path=new), hint
    goal = new
    for _ in range(_STEPS):
        goal = redirects.get(goal, goal)
    if goal in living:
        return Message("the redirect leads to '{path}', which redirects again", path=new), Message(
            "write {path}", path=goal
        )
    message = Message("the redirect leads to '{path}', which redirects again", path=new)
    return message, Message("lead it to a page that exists, in one step")


def _is_path(path: str) -> bool:
    first, *rest = path.split("/")
    return len(rest) <= 2 and first not in _NOT_OURS and all(_STEP.match(step) for step in (first, *rest))


RULES: tuple[Rule, ...] = (published_stays, redirects_lead_somewhere)
