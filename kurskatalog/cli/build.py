"""`build`: check, write, swap in; and the exit code that says how it went."""

from __future__ import annotations

import argparse
import errno
import gc
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kurskatalog.cli.check import WRONG_CONTENT, verdict
from kurskatalog.cli.options import Options
from kurskatalog.output.site.engine import EngineFailed
from kurskatalog.output.site.tree import NotOurs
from kurskatalog.pipeline.build import Built, PrintsWanted, Wanted, build
from kurskatalog.pipeline.lock import Busy
from kurskatalog.problems import BadContent, Message, Problem
from kurskatalog.report import render_problems

FINE, WRONG_USAGE, ENGINE_FAILED = 0, 2, 3

MOST_WARNINGS = 20
"""Warnings that a build shows; `check` shows all."""

STEPS = {
    "read": Message("read"),
    "check": Message("check"),
    "view": Message("view"),
    "compare": Message("compare"),
    "pdf": Message("PDFs"),
    "documents": Message("documents"),
    "search": Message("search"),
    "engine": Message("engine"),
    "put together": Message("put together"),
    "swap": Message("swap"),
}
"""The steps of a build that are timed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a build went: its exit code, what was built, the problems of the content, or why it could not be done."""

    code: int
    built: Built | None = None
    problems: Sequence[Problem] = ()
    why: Message | None = None


def run_build(
    options: Options,
    *,
    clean: bool = False,
    search: bool = True,
    prints: PrintsWanted | None = None,
    editor: bool = False,
) -> int:
    """Build the site and say what was done: 0 fine, 1 wrong content, 2 not our output folder, 3 engine or disk."""
    begin = time.perf_counter()
    gc.disable()  # much is made and little thrown away: looking for garbage is a tenth of the time

    def work() -> Built:
        return build(
            options.project,
            Wanted(today=options.today, jobs=options.jobs, clean=clean, search=search, prints=prints, editor=editor),
        )

    outcome = attempt(work)
    tell_problems(outcome, options)
    if outcome.built:
        print(options.words.say(done(outcome.built, time.perf_counter() - begin, options)))
    return outcome.code


def prints_of(args: argparse.Namespace) -> PrintsWanted:
    """The printed documents that were asked for."""
    return PrintsWanted(archive=args.archive, texts=args.texts)


def attempt(work: Callable[[], Built]) -> Outcome:
    """Do the work; a known failure becomes an outcome with its exit code."""
    try:
        built = work()
    except BadContent as error:
        return Outcome(code=WRONG_CONTENT, problems=error.problems)
    except NotOurs as error:
        why = Message(
            "{out} is not a site made by this program, so it is left alone. Choose another --out.", out=str(error)
        )
        return Outcome(code=WRONG_USAGE, why=why)
    except Busy:
        why = Message("Another build is at work in this catalogue. Try again when it is done.")
        return Outcome(code=ENGINE_FAILED, why=why)
    except EngineFailed as error:
        return Outcome(code=ENGINE_FAILED, why=Message("The site could not be built: {why}", why=str(error)))
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        reason = Message("the disk is full") if full else str(error)
        return Outcome(code=ENGINE_FAILED, why=Message("The site could not be written: {why}", why=reason))
    return Outcome(code=FINE, built=built, problems=built.problems)


NOTHING = Message("Nothing was built; the site that was there is as it was.")


def tell_problems(outcome: Outcome, options: Options, nothing: Message = NOTHING) -> None:
    """Say on standard error what is wrong, and that the old site is as it was when nothing was built."""
    say = options.words.say
    if outcome.problems:
        errors = [p for p in outcome.problems if p.severity == "error"]
        warnings = [p for p in outcome.problems if p.severity == "warning"]
        shown = sorted([*errors, *warnings[:MOST_WARNINGS]], key=lambda p: p.order)
        print(render_problems(shown, "text", options.words), file=sys.stderr)
        if more := len(outcome.problems) - len(shown):
            print(
                say(Message("... and {number} warnings more: 'kurskatalog check' shows all.", number=more)),
                file=sys.stderr,
            )
        print(verdict(outcome.problems, options), file=sys.stderr)
    if outcome.why:
        print(say(outcome.why), file=sys.stderr)
    if outcome.built is None:
        print(say(nothing), file=sys.stderr)


def done(built: Built, seconds: float, options: Options) -> Message:
    """What was built, in how many seconds."""
    say = options.words.say
    steps = ", ".join(f"{say(Message(name))} {part:.2f} s" for name, part in built.seconds.items())
    return Message(
        "{made} of {pages} pages made in {seconds} s ({steps}): {out}",
        made=built.made,
        pages=built.pages,
        seconds=f"{seconds:.2f}",
        steps=steps,
        out=options.project.out,
    )
