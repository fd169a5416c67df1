"""Rules about addresses that have been on the net: they stay, or redirect."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from kurskatalog.check.context import Context, Rule
from kurskatalog.check.places import Origin
from kurskatalog.model import addresses
from kurskatalog.problems import Message, Place, Problem

LEDGER = "content/published.txt"


def living_paths(ctx: Context) -> set[str]:
    """The addresses of everything that exists now: courses, modules, providers, plans and pages."""
    paths = {addresses.course(i) for i in ctx.known["course"]} | {addresses.module(i) for i in ctx.known["module"]}
    paths |= {addresses.provider(i) for i in ctx.known["provider"]} | {f"{addresses.PLAN}/{i}" for i in ctx.known["plan"]}
    return paths | {addresses.page(i) for i in ctx.known["page"]}


def published_stays(ctx: Context) -> Iterator[Problem]:
    """K131: every path in content/published.txt exists or redirects."""
    if not ctx.published:
        return
    living = living_paths(ctx)
    for path, line in ctx.published.items():
        if path not in living and path not in ctx.settings.redirects:
            near = difflib.get_close_matches(path, sorted(living), 1, 0.6)
            yield Problem(
                Place(LEDGER, line, 1), "K131", Message("'{path}' was published and is gone", path=path),
                Message("add to catalogue.yml under 'redirects': {path}: {near}", path=path, near=near[0] if near else "..."),
            )


def redirects_lead_somewhere(ctx: Context) -> Iterator[Problem]:
    """K132: a redirect leads from a path that is gone to one that exists, in one step."""
    if not ctx.settings.redirects:
        return
    living = living_paths(ctx)
    origin = Origin("catalogue.yml", ("redirects",))
    for old, new in ctx.settings.redirects.items():
        if old in living:
            yield Problem(
                ctx.places.of(origin, old, on="key"), "K132", Message("'{path}' redirects, but it exists", path=old),
                Message("delete the redirect, or the page"),
            )
        elif not _is_path(old):
            yield Problem(
                ctx.places.of(origin, old, on="key"), "K132", Message("'{path}' is not a path of the catalogue", path=old),
                Message("write it without slashes at the ends: kurs/<provider>/<course>"),
            )
        elif new not in living:
            near = difflib.get_close_matches(new, sorted(living), 1, 0.6)
            yield Problem(
                ctx.places.of(origin, old), "K132", Message("the redirect leads to '{path}', which does not exist", path=new),
                Message("did you mean '{near}'?", near=near[0]) if near else Message("lead it to a page that exists, in one step"),
            )


def _is_path(path: str) -> bool:
    parts = path.split("/")
    return 1 <= len(parts) <= 3 and all(p and all(c.isascii() and (c.isalnum() or c == "-") and c == c.lower() for c in p) for p in parts)


RULES: tuple[Rule, ...] = (published_stays, redirects_lead_somewhere)
