"""Rules about the form of short texts and addresses: what a list can show, and what a link can be made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kurskatalog.check.context import Context, Rule
from kurskatalog.check.places import Origin
from kurskatalog.problems import Message, Problem

MAX_TITLE, MAX_SUMMARY = 120, 300
"""Characters that a list can show."""

_SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]*\Z")


def titles_fit_lists(ctx: Context) -> Iterator[Problem]:
    """K308: titles and summaries are short enough for a list; K125: a title is one line."""
    for kind, ident, record, title in _titled(ctx):
        for key, limit in ((title, MAX_TITLE), ("summary", MAX_SUMMARY)):
            value = getattr(record, key, None) or {}
            texts: Mapping[str, str] = {"": value} if isinstance(value, str) else value
            for lang, text in texts.items():
                path = (key, lang) if len(texts) > 1 else (key,)
                if len(text) > limit:
                    yield _too_long(ctx, kind, ident, len(text), limit, *path)
                if key == title and "\n" in text:
                    place = ctx.places.of(ctx.origin(kind, ident), *path)
                    hint = Message("write it on one line")
                    yield Problem(place, "K125", Message("'{key}' has several lines", key=key), hint)


def _titled(ctx: Context) -> Iterator[tuple[str, str, Any, str]]:
    yield from (("provider", i, r, "name") for i, r in ctx.providers.items())
    yield from (("course", i, r, "title") for i, r in ctx.courses.items())
    yield from (("plan", i, r, "title") for i, r in ctx.plans.items())
    yield from (("need", i, r, "title") for i, r in ctx.needs.items())
    for versions_of, kind in ((ctx.module_texts, "module"), (ctx.page_texts, "page")):
        for ident, versions in versions_of.items():
            yield from ((f"{kind}.{lang}", ident, version.facts, "title") for lang, version in versions.items())


def _too_long(ctx: Context, kind: str, ident: str, length: int, limit: int, *path: str) -> Problem:
    return Problem(
        ctx.places.of(ctx.origin(kind, ident), *path),
        "K308",
        Message("'{key}' has {length} characters; lists show {limit}", key=path[0], length=length, limit=limit),
        Message("say the most important thing first, and leave the rest to the text"),
    )


def addresses_end_in_slash(ctx: Context) -> Iterator[Problem]:
    """K125: the catalogue's address and that of its sources can be followed by a path."""
    settings, origin = ctx.settings, Origin("catalogue.yml")
    if not settings.address.endswith("/") or "?" in settings.address or "#" in settings.address:
        message = Message("the address does not end with a slash")
        hint = Message("write {example}", example=re.split(r"[?#]", settings.address)[0].rstrip("/") + "/")
        yield Problem(ctx.places.of(origin, "address"), "K125", message, hint)
    if settings.repository and not settings.repository.edit.endswith(("/", "=")):
        message = Message("the address does not end with a slash")
        hint = Message("the path of a file is added to it: {example}", example=settings.repository.edit + "/")
        yield Problem(ctx.places.of(origin, "repository", "edit"), "K125", message, hint)


def licences_are_ids(ctx: Context) -> Iterator[Problem]:
    """K125: a licence is named by its id in the SPDX list (spdx.org/licenses), which programs understand."""
    licences = [(Origin("catalogue.yml"), ctx.settings.licence)]
    licences += [(ctx.origin("module", ident), module.licence) for ident, module in ctx.modules.items()]
    for origin, licence in licences:
        if not _SPDX.match(licence):
            message = Message("'{value}' is not the id of a licence", value=licence[:80])
            meant = licence.strip().replace(" ", "-")
            hint = Message("write its SPDX id: {example}", example=meant if _SPDX.match(meant) else "CC-BY-4.0")
            yield Problem(ctx.places.of(origin, "licence"), "K125", message, hint)


RULES: tuple[Rule, ...] = (titles_fit_lists, addresses_end_in_slash, licences_are_ids)
