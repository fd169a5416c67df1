"""`pdf`: PDFs of what is named, or of everything, into a folder; without a site."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from pathlib import Path

from kurskatalog.cli.build import FINE, attempt, tell_problems
from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import WrongUsage, did_you_mean
from kurskatalog.pipeline.build import Built, PrintsWanted, Wanted
from kurskatalog.problems import Message

MOST = 12
"""Files that are named one by one."""


def run_pdf(options: Options, names: Sequence[str], folder: Path, prints: PrintsWanted) -> int:
    """Print and say where the files are: 0 fine, 1 wrong content, 2 no such name, 3 Typst or the disk failed."""
    from kurskatalog.pipeline.print_some import NoSuchPrint, SomePrinted, print_some

    begin = time.perf_counter()
    gc.disable()  # much is made and little thrown away: looking for garbage is a tenth of the time
    found: list[SomePrinted] = []

    def work() -> Built:
        wanted = Wanted(today=options.today, jobs=options.jobs, prints=prints)
        found.append(print_some(options.project, wanted, names, folder))
        return Built(prints=len(found[0].files), printed=found[0].made, problems=found[0].problems)

    try:
        outcome = attempt(work)
    except NoSuchPrint as error:
        message = Message("there is nothing called '{name}' to print", name=error.name)
        raise WrongUsage(did_you_mean(message, error.name, error.known)) from None
    tell_problems(outcome, options, nothing=Message("No PDF was made."))
    if outcome.code == FINE:
        files = found[0].files
        if len(files) <= MOST:
            print("\n".join(str(file) for file in files))
        told = Message(
            "{made} of {all} PDFs made in {seconds} s: {folder}",
            made=found[0].made,
            all=len(files),
            seconds=f"{time.perf_counter() - begin:.2f}",
            folder=folder,
        )
        print(options.words.say(told))
    return outcome.code
