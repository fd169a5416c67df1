"""Processes that set documents side by side: Typst's memory is given back with them, and its death is not ours."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kurskatalog.files import write_atomic
from kurskatalog.pipeline.apart import end_with, process_context
from kurskatalog.pipeline.store import Store
from kurskatalog.view.prints import PrintView

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

MAX_TEXTS = 60
"""Texts that a process sets before a fresh one takes over: Typst keeps all that it may need again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Where documents are made: the stage, the folder of finished ones, the store of texts, the catalogue and its theme.

    `key` stands for all that is on the stage; `archive` says whether PDFs are for archives, `books` whether e-books are made too.
    """

    stage: Path
    key: str
    finished: Path
    store: Path
    mark: str
    root: Path
    theme: Path
    archive: bool
    books: bool


class Job(NamedTuple):
    """A document, the key of what it is made from, the staged names of its pictures by file, and places in other volumes."""

    view: PrintView
    key: str
    pictures: dict[str, str]
    pages: dict[str, tuple[str, int]]


class _Press(NamedTuple):
    """A process, the line to it, and about how many texts it has set."""

    process: BaseProcess
    line: Connection
    texts: int


class Done(NamedTuple):
    """A document's key, its files in the folder of finished ones by their endings: name, size in bytes, pages (0 for none)."""

    key: str
    files: dict[str, tuple[str, int, int]]


class Failure(NamedTuple):
    """The source that is at fault, why, its picture if it is that, and the system's error number if the disk is."""

    file: str
    why: str
    picture: str = ""
    errno: int = 0


class Presses:
    """Up to `jobs` processes that set documents; all of them end with the block that they were opened for."""

    def __init__(self, shop: Workshop, jobs: int) -> None:
        self.shop, self.jobs = shop, jobs
        self._idle: list[_Press] = []
        self._busy: dict[Connection, tuple[_Press, Job]] = {}

    def __enter__(self) -> Presses:
        return self

    def __exit__(self, *_: object) -> None:
        for press in [*self._idle, *(press for press, _ in self._busy.values())]:
            _end(press)

    def warm(self) -> None:
        """Have one ready before its first document is: what it loads takes about as long as looking at the catalogue."""
        self._idle.append(_start(self.shop))

    def run(self, todo: Sequence[Job]) -> Iterator[Done | Failure]:
        """Set the documents; answers come in the order in which they are done."""
        waiting = list(reversed(todo))
        while len(self._idle) < min(self.jobs, len(todo)):
            self.warm()
        while waiting or self._busy:
            while self._idle and waiting:
                press, job = self._idle.pop(), waiting.pop()
                press.line.send(job)
                self._busy[press.line] = (press._replace(texts=press.texts + max(1, len(job.view.parts) // 12)), job)
            for line in wait(list(self._busy)):
                assert isinstance(line, Connection)  # noqa: S101 - nothing else was asked for
                press, job = self._busy.pop(line)
                answer = _answer(line, job)
                if isinstance(answer, Failure) or press.texts >= MAX_TEXTS:
                    _end(press)
                    press = _start(self.shop)
                self._idle.append(press)
                yield answer


def _start(shop: Workshop) -> _Press:
    context = process_context(threads="typst" in sys.modules)
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(shop, theirs, os.getpid()), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return _Press(process, ours, 0)


def _end(press: _Press) -> None:
    press.line.close()
    press.process.terminate()
    press.process.join()


def _answer(line: Connection, job: Job) -> Done | Failure:
    try:
        answer: Done | Failure = line.recv()
    except (EOFError, ConnectionError):
        return Failure(job.view.files[0] if job.view.files else job.view.path, "the process that set it died")
    return answer


def _work(shop: Workshop, line: Connection, parent: int) -> None:
    """One process: sets what it is sent, until nothing more comes, or nobody is left who could send it."""
    from jinja2 import TemplateError

    from kurskatalog.output import epub
    from kurskatalog.output.pdf.press import Press, PrintFailed  # the parent never loads Typst
    from kurskatalog.output.pdf.read import count_pages

    end_with(parent)
    press = Press(shop.stage, archive=shop.archive)
    store = Store(shop.store, shop.mark)
    while True:
        try:
            job: Job = line.recv()
        except (EOFError, ConnectionError):
            return
        try:
            raw = press.run(job.view, store.html, job.pictures, job.pages)
            files = {"pdf": _finish(shop, job, raw, count_pages(raw), "pdf")}
            if shop.books and job.view.kind in epub.KINDS:
                pictures = {file: (shop.root / file).read_bytes() for file in job.pictures}
                raw = epub.make_epub(job.view, store.html, pictures, shop.theme)
                files["epub"] = _finish(shop, job, raw, 0, "epub")
            line.send(Done(job.key, files))
        except PrintFailed as error:
            line.send(Failure(error.file, error.why, error.picture))
        except (TemplateError, LookupError, TypeError, ValueError) as error:
            line.send(Failure(job.view.path, f"theme/epub: {error}"))
        except OSError as error:
            line.send(Failure(job.view.path, error.strerror or str(error), errno=error.errno or 5))


def _finish(shop: Workshop, job: Job, raw: bytes, pages: int, ending: str) -> tuple[str, int, int]:
    """Put a document with the finished ones; its name says how large it is, so that half a file is noticed."""
    name = f"{job.key}-{len(raw)}-{pages}.{ending}"
    write_atomic(shop.finished / name, raw)
    return name, len(raw), pages
