"""Read all files: from the store where nothing changed, side by side where much did."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kurskatalog.check.files import find_files, standard_vocabularies
from kurskatalog.check.reading import READ_AT_MOST, FileResult, SourceFile, check_file, to_json
from kurskatalog.files import digest
from kurskatalog.pipeline.apart import process_context, ready_for_work
from kurskatalog.pipeline.store import Kept, Stat, Store, revive, stat_of
from kurskatalog.problems import Message, Place, Problem
from kurskatalog.project import Project
from kurskatalog.source.markdown import front_text

WORTH_A_PROCESS = 60  # files to render before a second process pays for its start


@dataclass(slots=True)
class Reading:
    """What every file says, problems of names, and how many files had to be read anew.

    An entry is a row of the store where the file did not change, what was just read where it did.
    """

    files: dict[SourceFile, Kept | FileResult]
    problems: list[Problem]
    read: int

    def results(self) -> dict[SourceFile, FileResult]:
        """Every file's result, rows of the store brought back to life."""
        return {file: revive(r, file.name) if isinstance(r, Kept) else r for file, r in self.files.items()}

    def facts(self) -> str:
        """A key of everything that is read but the rendered texts themselves."""
        return digest(*(f"{file.name}:{file.kind}:{r.facts}" for file, r in self.files.items()))

    def texts(self) -> Mapping[str, str]:
        """File of a text -> key of its HTML."""
        return {file.name: r.html_key for file, r in self.files.items() if file.kind in ("module", "page")}


_Todo = tuple[SourceFile, str, Stat]


def read_files(project: Project, store: Store, jobs: int, meanwhile: Callable[[], None] | None = None) -> Reading:
    """Every file of the catalogue, with the program's vocabularies first; `meanwhile` as other processes read much."""
    begin = time.time_ns()
    found = find_files(project)
    entries = [*standard_vocabularies(project), *found.files]
    kept = store.rows()
    results: dict[SourceFile, Kept | FileResult] = {}
    todo: list[_Todo] = []
    touched: list[tuple[str, Stat]] = []
    for file, entry in entries:
        try:
            stat = stat_of(entry)  # type: ignore[arg-type]
        except OSError as error:
            results[file] = _unreadable(file, error)
            continue
        row, path = kept.get(file.name), os.fspath(entry)
        if row and row.is_fresh(stat):
            results[file] = row
        elif row and _key_of(file, path) == row.key:
            results[file] = row
            touched.append((file.name, stat))
        else:
            todo.append((file, path, stat))

    def fresh() -> Iterator[tuple[str, Stat, FileResult]]:
        for (file, _, stat), result in zip(todo, _read_all(todo, jobs, meanwhile), strict=True):
            results[file] = result
            if result.key:
                yield file.name, stat, result

    names = {file.name for file, _ in entries}
    gone = [name for name in kept if name not in names]
    if todo or touched or gone:
        store.save(fresh(), touched, gone, begin)  # as they come: the first are kept while the last are read
    return Reading({file: results[file] for file, _ in entries}, found.problems, len(todo))


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
    with open(handle, "rb") as file:  # noqa: PTH123 speed
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
    result.facts = _facts(file, raw, result)
    result.html_key = digest(result.html)
    return result


def _facts(file: SourceFile, raw: bytes, result: FileResult) -> str:
    """A key of what other pages, or problems with places, may depend on.

    Of a text these are its front matter, headings, links, pictures, anchors and problems; of every other file all of it.
    """
    if file.kind not in ("module", "page"):
        return result.key
    kept = to_json(result)
    links = [link[:3] for link in result.links]
    pictures = [picture[0] for picture in result.pictures]
    front = front_text(raw.decode("utf-8", "replace"))
    return digest(front, json.dumps([kept["headings"], links, pictures, kept["anchors"], kept["problems"]]))


def _unreadable(file: SourceFile, error: OSError) -> FileResult:
    problem = Problem(
        Place(file.name),
        "K102",
        Message("the file cannot be read: {why}", why=error.strerror or type(error).__name__),
        Message("look at its permissions, and whether it is a plain file"),
    )
    return FileResult(problems=[problem])


def _read_all(todo: Sequence[_Todo], jobs: int, meanwhile: Callable[[], None] | None) -> Iterator[FileResult]:
    if jobs < 2 or len(todo) < WORTH_A_PROCESS:
        yield from map(read_one, todo)
        return
    from concurrent.futures import ProcessPoolExecutor

    import kurskatalog.check.markup  # noqa: F401 - once here, not once in every process

    size = max(4, min(16, len(todo) // (jobs * 4)))
    context = process_context()
    with ProcessPoolExecutor(jobs, context, ready_for_work, (os.getpid(),)) as pool:
        results = pool.map(read_one, todo, chunksize=size)
        if meanwhile:
            meanwhile()
        yield from results


def ledger(root: Path) -> dict[str, int]:
    """The published paths with their lines; `#` begins a comment."""
    path = root / "content" / "published.txt"
    if not path.is_file() or path.is_symlink():
        return {}
    lines = path.read_text("utf-8", errors="replace").splitlines()
    return {line.strip().strip("/"): n for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")}
