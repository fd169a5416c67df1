"""Work on slices of a list side by side, in processes of their own that share what this one has read."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import BaseContext

T = TypeVar("T")
R = TypeVar("R")


def process_context(threads: bool = False) -> BaseContext:
    """Fork where it is quick and safe (Linux; the program's own threads have ended), a fresh start elsewhere.

    `threads` says that something in this process may have threads of its own, which a fork would wait for in vain.
    """
    import multiprocessing

    return multiprocessing.get_context("fork" if os.uname().sysname == "Linux" and not threads else "spawn")


def tidy_rarely() -> None:
    """For a process that lives for one piece of work: what it got from its parent is never garbage, and little else is."""
    gc.freeze()
    gc.set_threshold(20_000)


def end_with(parent: int) -> None:
    """Have this process end when its parent has.

    One that waits for work on a pipe would wait for ever, since its sisters hold the pipe's other end too.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def ready_for_work(parent: int) -> None:
    """For a process of a pool."""
    tidy_rarely()
    end_with(parent)


@contextmanager
def beside(work: Callable[[], None], worth_it: bool) -> Iterator[None]:
    """Do `work`, whose traces are on the disk, in a process of its own while something else is done here, if it is `worth_it`."""
    if not worth_it:
        yield
        return
    process = process_context().Process(target=work)  # type: ignore[attr-defined]
    process.start()
    try:
        yield
    finally:
        process.join()


def apart(
    work: Callable[[Sequence[T]], R], items: Sequence[T], jobs: int, meanwhile: Callable[[], None] | None = None
) -> list[R]:
    """`work` over every `jobs`-th of the `items` side by side: an answer a slice.

    One slice is worked on here, unless there is something else to do `meanwhile`. Neighbours are alike and come to different
    processes, so that all have about as much to do. A slice whose process fails, for whatever reason, is worked on again
    here, so that the error is raised where it is understood.
    """
    context = process_context()
    slices = [items[number::jobs] for number in range(min(jobs, len(items)))]
    running, answers = [], []
    for part in slices if meanwhile else slices[1:]:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_answer, args=(work, part, theirs))  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        running.append((part, process, ours))
    left: list[Sequence[T]] = []
    try:
        if meanwhile:
            meanwhile()
        else:
            answers += [work(part) for part in slices[:1]]
    finally:  # nobody goes on writing when this process has given up
        for part, process, ours in running:
            try:
                answers.append(ours.recv())
            except EOFError:
                left.append(part)
            process.join()
    return answers + [work(part) for part in left]


def _answer(work: Callable[[Sequence[T]], R], part: Sequence[T], answer: Connection) -> None:
    tidy_rarely()
    with suppress(Exception):  # the process that asked does it over, and says what is wrong
        answer.send(work(part))
    answer.close()
