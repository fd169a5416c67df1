"""Look at the whole catalogue, and print what was asked for: what `pdf` does when anything has changed since the last time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from kurskatalog import __version__
from kurskatalog.model.catalogue import Catalogue
from kurskatalog.pipeline.build import PrintsWanted, Wanted
from kurskatalog.pipeline.load import check_reading
from kurskatalog.pipeline.presses import Presses
from kurskatalog.pipeline.print_note import PrintNote
from kurskatalog.pipeline.print_some import NoSuchPrint
from kurskatalog.pipeline.prints import make_prints, open_workshop
from kurskatalog.pipeline.reading import Reading
from kurskatalog.pipeline.store import Store
from kurskatalog.problems import BadContent
from kurskatalog.project import Project
from kurskatalog.view import build_site
from kurskatalog.view.prints import PrintView, build_prints


def print_anew(
    project: Project, wanted: Wanted, names: Sequence[str], folder: Path, reading: Reading, store: Store
) -> tuple[PrintNote, int]:
    """The documents with one of the names, and how many had to be made. What stands in `folder` in their places goes first.

    Raises NoSuchPrint, BadContent and EngineFailed.
    """
    prints = wanted.prints or PrintsWanted()
    with Presses(open_workshop(project, store, archive=prints.archive, books=False), wanted.jobs) as presses:
        presses.warm()
        loaded = check_reading(project, reading, wanted.today)
        if loaded.catalogue is None:
            raise BadContent(loaded.problems)
        chosen = choose(_all(loaded.catalogue, wanted.today, texts=prints.texts), names)
        for view in chosen:
            (folder / _file(view)).unlink(missing_ok=True)
        shelf = make_prints(project, chosen, reading, presses, prune=not names)
    files = {_file(view): shelf.printed[f"{view.name}.pdf"].file for view in chosen}
    return PrintNote(files, loaded.problems), shelf.made


def _all(catalogue: Catalogue, day: dt.date, *, texts: bool) -> list[PrintView]:
    """The documents of all languages."""
    sites = [build_site(catalogue, lang, day, __version__) for lang in catalogue.settings.languages]
    return [view for site in sites for view in build_prints(catalogue, site, day, texts=texts)]


def choose(views: Sequence[PrintView], names: Sequence[str]) -> list[PrintView]:
    """The documents with one of the names, all without names; and the volumes that they lead to. Raises NoSuchPrint."""
    chosen = [view for view in views if not names or any(_is_called(view, name) for name in names)]
    for name in names:
        if not any(_is_called(view, name) for view in chosen):
            raise NoSuchPrint(name, sorted({_name(view) for view in views}))
    volumes = {name for view in chosen for name in view.volumes}
    return chosen + [view for view in views if view.name in volumes and view not in chosen]


def _file(view: PrintView) -> str:
    return f"{view.prefix}{view.path}.pdf"


def _name(view: PrintView) -> str:
    """`<provider>/<module>` for `moduler/<provider>/<module>`; the whole catalogue has no folder."""
    return view.path.partition("/")[2] or view.path


def _is_called(view: PrintView, name: str) -> bool:
    return name.strip("/") in (view.path, _name(view))
