"""Read every file and check it: the catalogue, or the problems."""

from __future__ import annotations

import datetime as dt
import errno
import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kurskatalog import __version__
from kurskatalog.files import digest, digest_tree
from kurskatalog.pipeline.reading import Reading, ledger, read_files
from kurskatalog.pipeline.store import Store
from kurskatalog.pipeline.versions import versions
from kurskatalog.problems import Problem
from kurskatalog.project import Project

if TYPE_CHECKING:  # records take long to load, and nobody needs them where nothing changed
    from kurskatalog.model.catalogue import Catalogue

T = TypeVar("T")

READERS = ("source", "check", "problems.py")
"""Parts of the package whose change makes everything be read anew."""


@dataclass(slots=True)
class Loaded:
    """A catalogue, or None when there are errors, and all problems sorted by place."""

    catalogue: Catalogue | None
    problems: list[Problem]


def load(project: Project, *, today: dt.date, jobs: int = 1) -> Loaded:
    """Read and check the catalogue as of `today`, with `jobs` processes where there is much to read."""
    return with_store(project, lambda store: check_reading(project, read_files(project, store, jobs), today))


def with_store(project: Project, work: Callable[[Store], T]) -> T:
    """Do something with the store of readings; with an empty one again when it turns out to be damaged."""
    store = open_store(project)
    try:
        return work(store)
    except (sqlite3.DatabaseError, json.JSONDecodeError):
        try:
            store.forget()
            return work(store)
        except sqlite3.DatabaseError as error:  # the disk is at fault, not the store
            full = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL
            raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error
    finally:
        store.close()


def check_reading(project: Project, reading: Reading, today: dt.date) -> Loaded:
    """Check all that was read."""
    from kurskatalog.check.catalogue import check_catalogue  # only when there is something to check

    catalogue, problems = check_catalogue(reading.results(), project.root, today, ledger(project.root))
    if reading.problems:
        catalogue = None
        problems = sorted(reading.problems + problems, key=lambda p: p.order)
    return Loaded(catalogue, problems)


def open_store(project: Project) -> Store:
    """The store of readings in `build/`; in memory where that folder cannot be written."""
    package = Path(__file__).parent.parent
    program = f"{__version__}-{digest(digest_tree(*(package / part for part in READERS)), repr(versions()))}"
    try:
        return Store(project.work / "cache" / "reading.sqlite", program)
    except (OSError, sqlite3.OperationalError):
        return Store(Path(":memory:"), program)
