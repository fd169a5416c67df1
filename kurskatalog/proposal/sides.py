"""The two states of a catalogue that are compared, each read and checked whole; what is the same is read once."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from kurskatalog.check.catalogue import examine
from kurskatalog.check.files import find_files
from kurskatalog.check.partial import Partial, partial_catalogue
from kurskatalog.check.reading import FileResult, SourceFile
from kurskatalog.pipeline.load import with_store
from kurskatalog.pipeline.reading import ledger, read_files, read_one
from kurskatalog.pipeline.store import Store, stat_of
from kurskatalog.problems import Message, Problem
from kurskatalog.project import Project
from kurskatalog.proposal.git import Git, NoHistory, forget, lay_out

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Side:
    """One state: the commit (empty for the files as they lie in the folder), what every file says, and what comes of it all."""

    commit: str
    project: Project
    files: Mapping[SourceFile, FileResult]
    problems: list[Problem]
    partial: Partial
    texts: Mapping[str, str] = field(repr=False)
    """File of a text -> its checked XHTML, of those that are not in the store."""

    def raw(self, name: str) -> bytes:
        """The bytes of a file; none when it cannot be read."""
        path = self.project.root / name
        try:
            return path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        except OSError:
            return b""


@dataclass(frozen=True, slots=True)
class Sides:
    """Before and after; `store` holds the texts that both have."""

    before: Side
    after: Side
    store: Store

    def html(self, name: str, side: Side | None = None) -> str:
        """The checked XHTML of a text on one side, that of the proposal where none is named."""
        texts = (side or self.after).texts
        return texts[name] if name in texts else self.store.html(name)


def with_sides(project: Project, base: str, head: str, today: dt.date, jobs: int, work: Callable[[Sides], T]) -> T:
    """Do something with what `head` (empty: the files as they lie) changed since it left `base`, both checked as of `today`.

    The files of commits are laid out below a folder of their own that is gone afterwards. Raises NoHistory.
    """
    git = Git(project.root)
    top = git.commit(head or "HEAD")
    start = git.fork(git.commit(base), top)
    folder = _scratch(project)

    def read(store: Store) -> T:
        forget(folder)
        here = _read_here(git, project, store, jobs)
        after = _commit(git, project, top, folder / "head", here) if head else here.loaded
        before = _commit(git, project, start, folder / "base", here)
        return work(Sides(_side(before, today), _side(after, today), store))

    try:
        return with_store(project, read)
    finally:
        forget(folder)


def _scratch(project: Project) -> Path:
    """A new folder below `build/`, where files can get a second name; elsewhere when that cannot be written."""
    try:
        project.work.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="proposal-", dir=project.work))
    except OSError:
        return Path(tempfile.mkdtemp(prefix="kurskatalog-"))


@dataclass(frozen=True, slots=True)
class _Read:
    """The files of one state, read."""

    commit: str
    project: Project
    files: Mapping[SourceFile, FileResult]
    problems: list[Problem]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Here:
    """The files as they lie in the folder: read, and with the ids that git would give them."""

    loaded: _Read
    ids: Mapping[str, str]


def _read_here(git: Git, project: Project, store: Store, jobs: int) -> _Here:
    reading = read_files(project, store, jobs)
    ids = {}
    for file in reading.files:
        path = project.root / file.name
        if not Path(file.name).is_absolute() and path.is_file():
            ids[file.name] = git.blob_id(path.read_bytes())
    return _Here(_Read("", project, reading.results(), reading.problems, {}), ids)


def _commit(git: Git, project: Project, commit: str, folder: Path, here: _Here) -> _Read:
    """The files of a commit: laid out, and read where they differ from those here."""
    blobs = git.files(commit)
    same = {name for name, blob in blobs.items() if not blob.is_link and here.ids.get(name) == blob.id}
    folder.mkdir(parents=True, exist_ok=True)
    try:
        lay_out(git, blobs, folder, project.root, same)
    except OSError as error:
        raise NoHistory(Message("the files could not be laid out: {why}", why=str(error))) from error
    there = replace(project, root=folder, home=project.home)
    found = find_files(there)
    known = here.loaded.files
    files: dict[SourceFile, FileResult] = {f: r for f, r in known.items() if Path(f.name).is_absolute()}
    texts = {}
    for file, entry in found.files:
        if file.name in same and file in known:
            files[file] = known[file]
            continue
        result = files[file] = read_one((file, os.fspath(entry), stat_of(entry)))  # type: ignore[arg-type]
        if file.kind in ("module", "page"):
            texts[file.name] = result.html
    return _Read(commit, there, files, found.problems, texts)


def _side(read: _Read, today: dt.date) -> Side:
    ctx, problems = examine(read.files, read.project.root, today, ledger(read.project.root))
    problems = sorted([*read.problems, *problems], key=lambda p: p.order)
    return Side(
        read.commit, read.project, read.files, problems, partial_catalogue(ctx, problems, read.files), read.texts
    )
