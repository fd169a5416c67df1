"""`build`: check, write, swap in; and the exit code that says how it went."""

from __future__ import annotations

import errno
import sys
import time
from collections.abc import Callable

from kurskatalog.cli.check import WRONG_CONTENT, verdict
from kurskatalog.cli.options import Options
from kurskatalog.output.site.engine import EngineFailed
from kurskatalog.output.site.tree import NotOurs
from kurskatalog.pipeline import Built, Wanted, build
from kurskatalog.pipeline.lock import Busy
from kurskatalog.problems import BadContent, Message
from kurskatalog.report import render_problems

FINE, WRONG_USAGE, ENGINE_FAILED = 0, 2, 3


def run_build(options: Options, *, clean: bool = False) -> int:
    """Build the site and say what was done. 0 fine, 1 wrong content, 2 the output folder is not ours, 3 the engine or the disk failed."""
    begin = time.perf_counter()
    say = options.words.say

    def work() -> Built:
        return build(options.project, Wanted(today=options.today, jobs=options.jobs, clean=clean))

    built, code = guarded(work, options)
    if built is None:
        return code
    if built.problems:
        print(render_problems(built.problems, "text", options.words), file=sys.stderr)
        print(verdict(built.problems, options), file=sys.stderr)
    steps = ", ".join(f"{say(Message(name))} {seconds:.2f} s" for name, seconds in built.seconds.items())
    print(
        say(
            Message(
                "{made} of {pages} pages made in {seconds} s ({steps}): {out}",
                made=built.made, pages=built.pages, seconds=f"{time.perf_counter() - begin:.2f}", steps=steps, out=options.project.out,
            )
        )
    )  # fmt: skip
    return FINE


def guarded(work: Callable[[], Built], options: Options) -> tuple[Built | None, int]:
    """Do the work; on a known failure say what it was and give its exit code."""
    say = options.words.say
    try:
        return work(), FINE
    except BadContent as error:
        print(render_problems(error.problems, "text", options.words), file=sys.stderr)
        print(verdict(error.problems, options), file=sys.stderr)
        print(say(Message("Nothing was built; the site that was there is as it was.")), file=sys.stderr)
        return None, WRONG_CONTENT
    except NotOurs as error:
        print(say(Message("{out} is not a site made by this program, so it is left alone. Choose another --out.", out=str(error))), file=sys.stderr)
        return None, WRONG_USAGE
    except Busy:
        print(say(Message("Another build is at work in this catalogue. Try again when it is done.")), file=sys.stderr)
        return None, ENGINE_FAILED
    except EngineFailed as error:
        print(say(Message("The site could not be built: {why}", why=str(error))), file=sys.stderr)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        why = say(Message("the disk is full")) if full else str(error)
        print(say(Message("The site could not be written: {why}", why=why)), file=sys.stderr)
    print(say(Message("Nothing was built; the site that was there is as it was.")), file=sys.stderr)
    return None, ENGINE_FAILED
