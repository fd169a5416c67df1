"""`/finn/`, where courses are found, and `/finn/liste/`, what a reader has kept: frames for scripts, and ways in without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.view.pages import Page
from kurskatalog.view.parts import Count, Link, Said
from kurskatalog.view.teller import Teller


class FinderData(NamedTuple):
    """What `finder.md.j2` and `shortlist.md.j2` show: the title, an introduction, and for each way in its name and counts."""

    title: str
    intro: str
    ways: tuple[tuple[str, str, tuple[Count, ...]], ...]


def build_finder_pages(teller: Teller, overviews: Mapping[str, Page]) -> Iterator[Page]:
    """The finder and the list."""
    words = teller.words
    ways = tuple(
        (path, overviews[path].title, tuple(c for c in overviews[path].data.counts if c.courses))
        for path in (addresses.THEME, addresses.COUNTY, addresses.LEVEL, addresses.PROVIDER)
    )
    intro = words("Search in courses, modules, plans, providers and pages, or choose what a course must have.")
    yield _page(teller, addresses.FINDER, "finder.md.j2", FinderData(words("Find a course"), intro, ways))
    intro = words("What you have kept, side by side. The list lies in this browser only; nothing is sent to anybody.")
    page = _page(teller, addresses.SHORTLIST, "shortlist.md.j2", FinderData(words("My list"), intro, ()))
    yield page


def _page(teller: Teller, path: str, template: str, data: FinderData) -> Page:
    is_list = path == addresses.SHORTLIST
    return Page(
        path=path,
        lang=teller.lang,
        template=template,
        title=data.title,
        description=data.intro,
        menu=addresses.FINDER,
        data=data,
        crumbs=(Link(Said(teller.words("Find a course")), addresses.FINDER),) if is_list else (),
        robots="noindex" if is_list else "",
    )
