"""`check`: everything that can be found wrong, at once."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kurskatalog.cli.options import Options
from kurskatalog.cli.paths import from_root, is_among
from kurskatalog.problems import Message, Problem
from kurskatalog.report import page_of, render_problems, summary

FINE, WRONG_CONTENT = 0, 1
MOST_PAGES = 4
"""Pages of codes that are named below a list of problems."""


def run_check(options: Options, form: str | None, paths: Sequence[str]) -> int:
    """Print the problems of the catalogue, or of the given files and folders; 1 when there is an error among them."""
    from kurskatalog.pipeline.load import load  # other commands do without it

    gc.disable()  # much is made and little thrown away: looking for garbage is a tenth of the time
    loaded = load(options.project, today=options.today, jobs=options.jobs)
    problems = _within(loaded.problems, paths, options.project.root)
    form = form or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    text = render_problems(problems, form, options.words)
    if text:
        print(text)
    if form != "json":
        print(verdict(problems, options), file=sys.stderr)
    return WRONG_CONTENT if any(p.severity == "error" for p in problems) else FINE


def verdict(problems: Sequence[Problem], options: Options) -> str:
    """One closing sentence, and where the codes are explained."""
    if not problems:
        return options.words.say(Message("Everything is fine."))
    pages = [page_of(code) for code in dict.fromkeys(p.code for p in problems)]
    more = " ..." if len(pages) > MOST_PAGES else ""
    told = Message("Explained, with examples: {pages}", pages=", ".join(pages[:MOST_PAGES]) + more)
    return f"{summary(problems, options.words)}\n{options.words.say(told)}"


def _within(problems: list[Problem], paths: Sequence[str], root: Path) -> list[Problem]:
    wanted = from_root(paths, root)
    return [p for p in problems if is_among(p.place.file, wanted)]
