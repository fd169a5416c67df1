"""`build --preview BASE`: see a proposal's pages before they are public."""

from __future__ import annotations

import gc
import time
from dataclasses import replace

from kurskatalog.cli.build import FINE, attempt, done, tell_problems
from kurskatalog.cli.check import WRONG_CONTENT
from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import WrongUsage
from kurskatalog.pipeline.build import Built
from kurskatalog.problems import Message
from kurskatalog.proposal.git import NoHistory
from kurskatalog.proposal.preview import build_preview


def run_preview(options: Options, base: str, *, at: bool) -> int:
    """Build the preview (in `build/preview` unless `at` says that a folder was named); 1 when the proposal has errors."""
    begin = time.perf_counter()
    gc.disable()
    if not at:
        options = replace(options, project=replace(options.project, out=options.project.work / "preview"))

    def work() -> Built:
        built = Built()
        build_preview(options.project, base, options.today, options.jobs, built)
        return built

    try:
        outcome = attempt(work)
    except NoHistory as error:
        raise WrongUsage(error.message) from error
    tell_problems(outcome, options)
    if outcome.built and outcome.built.made:
        print(options.words.say(done(outcome.built, time.perf_counter() - begin, options)))
    elif outcome.built:
        print(options.words.say(Message("Nothing was built; the site that was there is as it was.")))
    errors = any(problem.severity == "error" for problem in outcome.problems)
    return WRONG_CONTENT if outcome.code == FINE and errors else outcome.code
