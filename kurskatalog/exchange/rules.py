"""The catalogue's own rules over the files that an import would write, before any of them is written."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from kurskatalog.check.catalogue import check_catalogue
from kurskatalog.check.files import classify
from kurskatalog.check.reading import FileResult, SourceFile, check_file
from kurskatalog.exchange.locate import cell_of, data_of, field_at, path_at
from kurskatalog.exchange.plan import Change, Plan
from kurskatalog.exchange.problems import CellProblem
from kurskatalog.exchange.sheet import Read
from kurskatalog.files import write_atomic
from kurskatalog.pipeline.load import with_store
from kurskatalog.pipeline.reading import ledger, read_files
from kurskatalog.problems import Problem
from kurskatalog.project import Project


def check_plan(
    plan: Plan, read: Read, project: Project, languages: Sequence[str], today: dt.date, jobs: int = 1
) -> None:
    """Add the errors of the files that a plan would write to its problems, with the cells that they come from.

    What was wrong in other files already is not the sheet's business, and warnings are left to `check`.
    """
    if not plan.changes:
        return
    changed = {change.file: change for change in plan.changes}
    found = [
        _of_sheet(problem, change, read, languages)
        for problem in _problems(changed, project, today, jobs)
        if problem.severity == "error" and (change := changed.get(problem.place.file))
    ]
    plan.problems += sorted(found, key=lambda problem: (problem.cell.row, problem.cell.column))


def _problems(changed: Mapping[str, Change], project: Project, today: dt.date, jobs: int) -> list[Problem]:
    """The problems of the catalogue as it would be.

    Files that stay are read as ever, through the store. The changed ones lie in a folder of their own meanwhile, since
    the places of problems are looked up in files; the store never hears of them.
    """
    files: dict[SourceFile, FileResult] = with_store(project, lambda store: read_files(project, store, jobs)).results()
    files |= _read(changed)
    with tempfile.TemporaryDirectory(prefix="kurskatalog-") as folder:
        for change in changed.values():
            write_atomic(Path(folder) / change.file, change.text)
        return check_catalogue(files, Path(folder), today, ledger(project.root))[1]


def _read(changed: Mapping[str, Change]) -> Iterator[tuple[SourceFile, FileResult]]:
    for name, change in changed.items():
        file = classify(name)
        if isinstance(file, SourceFile):  # an id of the sheet is one of a file as well
            yield file, check_file(file, change.text.encode())


def _of_sheet(problem: Problem, change: Change, read: Read, languages: Sequence[str]) -> CellProblem:
    sheeted = read.courses[Path(change.file).stem]
    data = data_of(change.text)
    run, name = field_at(path_at(change.text, data, problem.place), data, languages)
    return CellProblem(cell_of(sheeted, run, name), problem.message, problem.hint, code=problem.code)
