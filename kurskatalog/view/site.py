"""All pages of the site in one language, the frame around them, and the addresses that redirect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Catalogue
from kurskatalog.view.calendar import build_calendar
from kurskatalog.view.course import build_course
from kurskatalog.view.finder_pages import build_finder_pages
from kurskatalog.view.lists import build_index, build_overviews, build_provider_pages, build_term_pages
from kurskatalog.view.module import build_module
from kurskatalog.view.needs import build_needs
from kurskatalog.view.others import build_facts, build_home, build_texts
from kurskatalog.view.pages import Page
from kurskatalog.view.plan import build_plans
from kurskatalog.view.teller import Teller
from kurskatalog.view.times import build_times
from kurskatalog.words import NAMES


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the menu that every page has."""

    id: str
    title: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """One language's site. `prefix` is empty for the default language, `nn/` for another; a claim holds `valid_days`."""

    lang: str
    prefix: str
    title: str
    address: str
    description: str
    publisher: str
    menu: tuple[MenuItem, ...]
    footer: tuple[MenuItem, ...]
    languages: tuple[tuple[str, str], ...]
    edit: str
    licence: str
    pages: tuple[Page, ...]
    redirects: tuple[tuple[str, str], ...]
    valid_days: int
    abbreviations: tuple[tuple[str, str], ...]


def build_site(catalogue: Catalogue, lang: str, today: dt.date, version: str) -> SiteView:
    """Everything that the site in `lang` shows on `today`; `version` is the program's."""
    settings = catalogue.settings
    teller = Teller(catalogue, lang, today)
    words = teller.words
    pages = tuple(_pages(teller, version))
    titles = {page.path: page.title for page in pages}
    calendar = next(page for page in pages if page.path == addresses.CALENDAR)
    wanted = {
        addresses.COURSE: words("Courses"),
        addresses.MODULE: words("Modules"),
        **({addresses.PLAN: words("Plans")} if catalogue.plans else {}),
        **({addresses.CALENDAR: words("Calendar")} if calendar.data.periods else {}),  # an empty one is no way in
        addresses.THEME: words("Themes"),
        addresses.COUNTY: words("Counties"),
        addresses.PROVIDER: words("Providers"),
    }
    menu = tuple(MenuItem(path, title, path) for path, title in wanted.items())
    below = ("om", addresses.NEED, addresses.LEVEL, *catalogue.pages, "status")
    footer = tuple(MenuItem(path, titles[path], path) for path in dict.fromkeys(below) if path in titles)
    return SiteView(
        lang=lang,
        prefix="" if lang == settings.default_language else f"{lang}/",
        title=teller.say(settings.title).text,
        address=settings.address,
        description=teller.say(settings.description).text,
        publisher=teller.say(settings.publisher.name).text,
        menu=menu,
        footer=footer,
        languages=tuple((code, NAMES.get(code, code)) for code in settings.languages),
        edit=settings.repository.edit if settings.repository else "",
        licence=settings.licence,
        pages=pages,
        redirects=tuple(sorted(settings.redirects.items())),
        valid_days=settings.claims_valid_days,
        abbreviations=tuple(
            (code, teller.label("abbreviations", code).text) for code in catalogue.vocabularies["abbreviations"].terms
        ),
    )


def _pages(teller: Teller, version: str) -> Iterator[Page]:
    index = build_index(teller)
    overviews = {page.path: page for page in build_overviews(teller, index)}
    times = {page.path: page for page in build_times(teller, overviews[addresses.PROVIDER].data.counts)}
    yield build_home(teller, overviews, times)
    yield from times.values()
    yield from overviews.values()
    yield from build_finder_pages(teller, overviews)
    yield from build_term_pages(teller, index)
    yield from build_provider_pages(teller, index)
    for course in teller.catalogue.courses.values():
        yield build_course(teller, course)
    for module in teller.catalogue.modules.values():
        yield build_module(teller, module)
    yield from build_texts(teller)
    yield from build_plans(teller)
    if needs := build_needs(teller):
        yield needs
    yield build_calendar(teller)
    yield build_facts(teller, version)
