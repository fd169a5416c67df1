"""PDFs without a site: those that were asked for, into a folder of their own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kurskatalog.files import digest, link_or_copy
from kurskatalog.pipeline.build import PrintsWanted, Wanted
from kurskatalog.pipeline.load import with_store
from kurskatalog.pipeline.lock import only_one
from kurskatalog.pipeline.print_note import PrintNote, read_note, write_note
from kurskatalog.pipeline.reading import read_files
from kurskatalog.pipeline.shortcut import inputs_key
from kurskatalog.pipeline.store import Store
from kurskatalog.problems import Problem
from kurskatalog.project import Project


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
    inputs = digest(inputs_key(project, reading, replace(wanted, prints=wanted.prints or PrintsWanted())), *names)
    note, made = read_note(project, inputs), 0
    if note is None:
        from kurskatalog.pipeline.print_anew import print_anew  # only when there is something to look at

        note, made = print_anew(project, wanted, names, folder, reading, store)
        write_note(project, inputs, note)
    return SomePrinted(_put(note, folder), made, note.problems)


def _put(note: PrintNote, folder: Path) -> list[Path]:
    files = []
    for name, source in note.files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        link_or_copy(os.fspath(source), os.fspath(target))
        files.append(target)
    return files
