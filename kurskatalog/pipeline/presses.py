"""Processes that set documents side by side: Typst's memory is given back with them, and its death is not ours."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kurskatalog.files import write_atomic
from kurskatalog.pipeline.apart import process_context
from kurskatalog.pipeline.store import Store
from kurskatalog.view.prints import PrintView

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

MAX_TEXTS = 60
"""Texts that a process sets before a fresh one takes over: Typst keeps all that it may need again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Where documents are made: the stage, the folder of finished ones, the store of texts, the catalogue and its theme.

    `archive` says whether PDFs are for archives, `books` whether e-books are made too.
    """

    stage: Path
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


def print_apart(todo: Sequence[Job], shop: Workshop, jobs: int) -> Iterator[Done | Failure]:
    """Set the documents in up to `jobs` processes; answers come in the order in which they are done."""
    waiting = list(reversed(todo))
    busy: dict[Connection, tuple[BaseProcess, Job, int]] = {}
    idle = [_start(shop) for _ in range(min(jobs, len(todo)))]
    try:
        while waiting or busy:
            while idle and waiting:
                process, line, count = idle.pop()
                job = waiting.pop()
                line.send(job)
                busy[line] = (process, job, count + max(1, len(job.view.parts) // 12))
            ready = wait(list(busy))
            for line in [line for line in busy if line in ready]:
                process, job, count = busy.pop(line)
                answer = _answer(line, job)
                yield answer
                if isinstance(answer, Failure) or count >= MAX_TEXTS:
                    _end(process, line)
                    process, line, count = _start(shop)
                idle.append((process, line, count))
    finally:
        for line, (process, _, _) in busy.items():
            _end(process, line)
        for process, line, _ in idle:
            _end(process, line)


def _start(shop: Workshop) -> tuple[BaseProcess, Connection, int]:
    context = process_context(threads="typst" in sys.modules)
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(shop, theirs), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return process, ours, 0


def _end(process: BaseProcess, line: Connection) -> None:
    line.close()
    process.terminate()
    process.join()


def _answer(line: Connection, job: Job) -> Done | Failure:
    try:
        answer: Done | Failure = line.recv()
    except (EOFError, ConnectionError):
        return Failure(job.view.files[0] if job.view.files else job.view.path, "the process that set it died")
    return answer


def _work(shop: Workshop, line: Connection) -> None:
    """One process: sets what it is sent, until nothing more comes."""
    from jinja2 import TemplateError

    from kurskatalog.output import epub
    from kurskatalog.output.pdf.press import Press, PrintFailed  # the parent never loads Typst
    from kurskatalog.output.pdf.read import count_pages

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
