"""PDFs without a site: those that were asked for, into a folder of their own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kurskatalog import __version__
from kurskatalog.files import link_or_copy
from kurskatalog.pipeline.build import PrintsWanted, Wanted
from kurskatalog.pipeline.load import check_reading, with_store
from kurskatalog.pipeline.lock import only_one
from kurskatalog.pipeline.prints import Shelf, make_prints
from kurskatalog.pipeline.reading import read_files
from kurskatalog.pipeline.store import Store
from kurskatalog.problems import BadContent, Problem
from kurskatalog.project import Project
from kurskatalog.view import build_site
from kurskatalog.view.prints import PrintView, build_prints


class NoSuchPrint(Exception):
    """Raised when nothing of a name can be printed; `known` are the names that can."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(name)
        self.name, self.known = name, known


@dataclass(slots=True)
class SomePrinted:
    """The files in the folder, how many were made anew, and the warnings of the content."""

    files: list[Path]
    made: int
    problems: Sequence[Problem]


def print_some(project: Project, wanted: Wanted, names: Sequence[str], folder: Path) -> SomePrinted:
    """Print what has one of the names (`<provider>/<module>`, a provider, plan or level, `katalog`); everything without one.

    Raises NoSuchPrint, BadContent, EngineFailed and Busy. A document that cannot be made does not leave an old one in its place.
    """
    with only_one(project.work / "cache"):
        return with_store(project, lambda store: _print(project, wanted, names, folder, store))


def _print(project: Project, wanted: Wanted, names: Sequence[str], folder: Path, store: Store) -> SomePrinted:
    reading = read_files(project, store, wanted.jobs)
    loaded = check_reading(project, reading, wanted.today)
    if loaded.catalogue is None:
        raise BadContent(loaded.problems)
    prints = wanted.prints or PrintsWanted()
    sites = [
        build_site(loaded.catalogue, lang, wanted.today, __version__) for lang in loaded.catalogue.settings.languages
    ]
    views = [v for site in sites for v in build_prints(loaded.catalogue, site, wanted.today, texts=prints.texts)]
    chosen = [view for view in views if not names or any(_is_called(view, name) for name in names)]
    for name in names:
        if not any(_is_called(view, name) for view in chosen):
            raise NoSuchPrint(name, sorted({_name(view) for view in views}))
    volumes = {name for view in chosen for name in view.volumes}
    chosen += [view for view in views if view.name in volumes and view not in chosen]
    for view in chosen:
        (folder / f"{view.prefix}{view.path}.pdf").unlink(missing_ok=True)
    shelf = make_prints(
        project, chosen, reading, store, jobs=wanted.jobs, archive=prints.archive, books=False, prune=not names
    )
    return SomePrinted(_put(chosen, shelf, folder), shelf.made, loaded.problems)


def _put(views: Sequence[PrintView], shelf: Shelf, folder: Path) -> list[Path]:
    files = []
    for view in views:
        target = folder / f"{view.prefix}{view.path}.pdf"
        target.parent.mkdir(parents=True, exist_ok=True)
        link_or_copy(os.fspath(shelf.printed[f"{view.name}.pdf"].file), os.fspath(target))
        files.append(target)
    return files


def _name(view: PrintView) -> str:
    """`<provider>/<module>` for `moduler/<provider>/<module>`; the whole catalogue has no folder."""
    return view.path.partition("/")[2] or view.path


def _is_called(view: PrintView, name: str) -> bool:
    return name.strip("/") in (view.path, _name(view))
