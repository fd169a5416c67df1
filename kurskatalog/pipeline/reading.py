"""Read all files: from the store where nothing changed, side by side where much did."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from kurskatalog.check.files import find_files, standard_vocabularies
from kurskatalog.check.reading import READ_AT_MOST, FileResult, SourceFile, check_file
from kurskatalog.files import digest
from kurskatalog.pipeline.store import Stat, Store, revive, stat_of
from kurskatalog.problems import Message, Place, Problem
from kurskatalog.project import Project

WORTH_A_PROCESS = 60  # files to render before a second process pays for its start


@dataclass(slots=True)
class Reading:
    """What every file says, problems of names, and how many files had to be read anew."""

    files: dict[SourceFile, FileResult]
    problems: list[Problem]
    read: int


_Todo = tuple[SourceFile, str, Stat]


def read_files(project: Project, store: Store | None, jobs: int) -> Reading:
    """Every file of the catalogue, with the program's vocabularies first."""
    found = find_files(project)
    entries = [*standard_vocabularies(project), *found.files]
    kept = store.rows() if store else {}
    results: dict[SourceFile, FileResult] = {}
    unsure: list[_Todo] = []
    for file, entry in entries:
        try:
            stat = stat_of(entry)  # type: ignore[arg-type]
        except OSError as error:
            results[file] = _unreadable(file, error)
            continue
        row = kept.get(file.name)
        if row and row.is_fresh(stat):
            results[file] = revive(row, file.name)
        else:
            unsure.append((file, os.fspath(entry), stat))
    fresh: list[tuple[str, Stat, FileResult]] = []
    touched: list[tuple[str, Stat]] = []
    todo: list[_Todo] = []
    if kept:
        for item in unsure:
            file, path, stat = item
            row = kept.get(file.name)
            if row and _key_of(file, path) == row.key:
                results[file] = revive(row, file.name)
                touched.append((file.name, stat))
            else:
                todo.append(item)
    else:
        todo = unsure
    for (file, _, stat), result in zip(todo, _read_all(todo, jobs), strict=True):
        results[file] = result
        if result.key:
            fresh.append((file.name, stat, result))
    if store:
        names = {file.name for file, _ in entries}
        store.save(fresh, touched, (name for name in kept if name not in names))
    ordered = {file: results[file] for file, _ in entries}
    return Reading(ordered, found.problems, len(todo))


def _key_of(file: SourceFile, path: str) -> str:
    try:
        return _key(file, _bytes(path))
    except OSError:
        return ""


def _key(file: SourceFile, raw: bytes) -> str:
    return digest(file.kind, file.owner, file.lang, file.name, raw)


def _bytes(path: str) -> bytes:
    """The file's bytes, never following a link and never waiting for a pipe."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with open(handle, "rb") as file:
        return file.read(READ_AT_MOST)


def read_one(item: _Todo) -> FileResult:
    """Read and check one file from disk."""
    file, path, _ = item
    try:
        raw = _bytes(path)
    except OSError as error:
        return _unreadable(file, error)
    result = check_file(file, raw)
    result.key = _key(file, raw)
    return result


def _unreadable(file: SourceFile, error: OSError) -> FileResult:
    problem = Problem(
        Place(file.name), "K102", Message("the file cannot be read: {why}", why=error.strerror or type(error).__name__),
        Message("look at its permissions, and whether it is a plain file"),
    )  # fmt: skip
    return FileResult(problems=[problem])


def _read_all(todo: Sequence[_Todo], jobs: int) -> list[FileResult]:
    if jobs < 2 or len(todo) < WORTH_A_PROCESS:
        return [read_one(item) for item in todo]
    size = max(8, min(64, len(todo) // (jobs * 4)))
    with ProcessPoolExecutor(jobs, mp_context=process_context()) as pool:
        return list(pool.map(read_one, todo, chunksize=size))


def process_context() -> multiprocessing.context.BaseContext:
    """Fork where it is quick and safe (Linux; the program has no threads yet), a fresh start elsewhere."""
    return multiprocessing.get_context("fork" if os.uname().sysname == "Linux" else "spawn")


def ledger(root: Path) -> dict[str, int]:
    """The published paths with their lines; `#` begins a comment."""
    path = root / "content" / "published.txt"
    if not path.is_file() or path.is_symlink():
        return {}
    lines = path.read_text("utf-8", errors="replace").splitlines()
    return {line.strip().strip("/"): n for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")}
