"""The printed documents of a site: made before its pages, which say how large each one is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kurskatalog.model.catalogue import Catalogue
from kurskatalog.pipeline.presses import Presses
from kurskatalog.pipeline.prints import Shelf, make_prints, open_workshop
from kurskatalog.pipeline.reading import Reading
from kurskatalog.pipeline.store import Store
from kurskatalog.project import Project
from kurskatalog.view import SiteView
from kurskatalog.view.prints import Finished, build_prints, link_files
from kurskatalog.view.prints.packs import build_packs

if TYPE_CHECKING:
    from kurskatalog.pipeline.build import Built, Wanted


def print_site(
    project: Project,
    wanted: Wanted,
    catalogue: Catalogue,
    sites: Sequence[SiteView],
    reading: Reading,
    store: Store,
    built: Built,
) -> tuple[list[SiteView], Shelf]:
    """The sites with links to their documents, and the documents. Raises BadContent and EngineFailed."""
    assert wanted.prints is not None  # noqa: S101 - who calls this wants them
    with built.step("pdf"):
        views = [
            view for site in sites for view in build_prints(catalogue, site, wanted.today, texts=wanted.prints.texts)
        ]
        asked = wanted.prints
        with Presses(open_workshop(project, store, archive=asked.archive, books=True), wanted.jobs) as presses:
            shelf = make_prints(project, views, reading, presses, prune=True)
        finished = {name: Finished(printed.size, printed.pages) for name, printed in shelf.printed.items()}
        # A pack holds the page that names it, so that nobody can say there how large it is.
        finished |= {pack.name: Finished(0) for site in sites for pack in build_packs(catalogue, site)}
        linked = [link_files(site, sites, finished) for site in sites]
    built.prints, built.printed = len(shelf.printed), shelf.made
    return linked, shelf
