"""What packs to take along hold: for a provider and a plan its pages, and all that they lead to of courses and modules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Catalogue
from kurskatalog.view.pages import Page
from kurskatalog.view.site import SiteView


class PackView(NamedTuple):
    """One pack in one language: its file in the site, the page to open first, the pages in it."""

    name: str
    start: str
    title: str
    lang: str
    prefix: str
    pages: tuple[str, ...]


def build_packs(catalogue: Catalogue, site: SiteView) -> Iterator[PackView]:
    """A pack for each provider that has something, and each plan."""
    pages = {page.path: page for page in site.pages}
    for ident in catalogue.providers:
        own = [addresses.course(i) for i, course in catalogue.courses.items() if course.provider == ident]
        own += [addresses.module(i) for i, module in catalogue.modules.items() if module.provider == ident]
        if own:
            yield _pack(site, pages[addresses.provider(ident)], own)
    for ident, plan in catalogue.plans.items():
        own = []
        for step in plan.facts.steps:
            if step.module:
                own.append(addresses.module(step.module))
            elif step.course:
                own.append(addresses.course(step.course))
                own += [addresses.module(i) for i, _ in catalogue.courses[step.course].modules]
        yield _pack(site, pages[f"{addresses.PLAN}/{ident}"], own)


def _pack(site: SiteView, page: Page, own: list[str]) -> PackView:
    paths = tuple(dict.fromkeys((page.path, *own)))
    return PackView(f"{site.prefix}pdf/{page.path}.zip", page.path, page.title, site.lang, site.prefix, paths)
