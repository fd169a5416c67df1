"""Which pages of the site a proposal touches: those whose data, or text, come out differently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kurskatalog import __version__
from kurskatalog.files import digest
from kurskatalog.model import addresses
from kurskatalog.proposal.changes import PageChange
from kurskatalog.proposal.sides import Side, Sides
from kurskatalog.view import Page, SiteView, build_site

WITH_PDF = (addresses.MODULE, addresses.COURSE, addresses.PROVIDER, addresses.PLAN)
"""Kinds of pages that have a PDF of the same name below `pdf/`."""


@dataclass(frozen=True, slots=True)
class Touched:
    """The pages of one language that are new or changed, and the paths of those that are gone."""

    site: SiteView
    pages: tuple[Page, ...]
    new: frozenset[str]
    gone: tuple[str, ...]


def touched(sides: Sides, today: dt.date) -> tuple[Touched, ...]:
    """Of each language of the proposal. Empty when its settings cannot be read, so that no page can be shown."""
    return tuple(_touched(sides, lang, today) for lang in _languages(sides.after))


def touched_pages(sides: Sides, today: dt.date) -> tuple[PageChange, ...]:
    """Their addresses for a report."""
    return tuple(change for one in touched(sides, today) for change in _changes(one))


def _languages(side: Side) -> tuple[str, ...]:
    return side.partial.catalogue.settings.languages if side.partial.catalogue else ()


def _touched(sides: Sides, lang: str, today: dt.date) -> Touched:
    after = sides.after.partial.catalogue
    if after is None:  # never: there would be no languages
        raise LookupError(lang)
    site = build_site(after, lang, today, __version__)
    before = sides.before.partial.catalogue
    known: Mapping[str, str] = {}
    if before is not None and lang in before.settings.languages:
        known = dict(_keys(sides, sides.before, build_site(before, lang, today, __version__)))
    keys = dict(_keys(sides, sides.after, site))
    pages = tuple(page for page in site.pages if known.get(page.path) != keys[page.path])
    return Touched(site, pages, frozenset(keys.keys() - known.keys()), tuple(sorted(known.keys() - keys.keys())))


def _keys(sides: Sides, side: Side, site: SiteView) -> Iterator[tuple[str, str]]:
    """A key of what a reader sees: the page's data, the text in it, the pictures beside that."""
    around = digest(repr(replace(site, pages=())))
    differ = {f.name for f, r in sides.after.files.items() if sides.before.files.get(f) is not r}
    pictures = {f.name: r.key for f, r in side.files.items() if f.kind == "picture" and f.name in differ}
    for page in site.pages:
        # Menu and footer stand on every page; the home page stands for all when only they changed.
        parts = [around if page.path == "" else "", repr(replace(page, body_key=""))]
        if page.body in differ:
            parts.append(sides.html(page.body, side))
        if page.pictures and pictures:
            folder = page.body.rpartition("/")[0]
            parts += [pictures.get(f"{folder}/{name}", "") for name in page.pictures]
        yield page.path, digest(*parts)


def _changes(one: Touched) -> Iterator[PageChange]:
    for page in sorted(one.pages, key=lambda page: (page.path not in one.new, not _has_pdf(page.path))):
        state = "new" if page.path in one.new else "changed"
        yield PageChange(path=_way(one, page.path), state=state, title=page.title[:200], pdf=_pdf(one, page.path))  # type: ignore[arg-type]
    for path in one.gone:
        yield PageChange(path=_way(one, path), state="gone", pdf=_pdf(one, path))


def _way(one: Touched, path: str) -> str:
    return (one.site.prefix + path).rstrip("/")


def _pdf(one: Touched, path: str) -> str:
    return f"{one.site.prefix}pdf/{path}.pdf" if _has_pdf(path) else ""


def _has_pdf(path: str) -> bool:
    return path.partition("/")[0] in WITH_PDF and "/" in path
