"""What open pages are told: which build the site is of, and what is wrong with the sources."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Condition
from typing import Any

from kurskatalog.cli.build import Outcome
from kurskatalog.cli.check import WRONG_CONTENT
from kurskatalog.output.site.tree import read_mark
from kurskatalog.problems import Message
from kurskatalog.report import as_dict
from kurskatalog.words import Words

EVENTS = "/.kurskatalog/events"
SCRIPT = "/.kurskatalog/live.js"
SHOWN = 50
"""Problems that a page shows; the terminal shows all."""


class Live:
    """The state that open pages follow. Any thread may ask; the one that builds tells."""

    def __init__(self, out: Path, words: Words) -> None:
        self.words = words
        self._out = out
        self._trouble: dict[str, Any] | None = None
        self._number = 0
        self._changed = Condition()

    @property
    def build(self) -> str:
        """Names the build that the site is of; empty when there is no site."""
        return read_mark(self._out)

    def tell(self, outcome: Outcome) -> None:
        """Take over how a build went, and wake everybody who waits."""
        with self._changed:
            self._trouble = trouble_of(outcome, self.words, has_site=bool(self.build))
            self._number += 1
            self._changed.notify_all()

    def state(self) -> tuple[int, str]:
        """A number that grows with every change, and the state as JSON on one line."""
        with self._changed:
            return self._number, json.dumps({"build": self.build, "trouble": self._trouble})

    def wait(self, number: int, seconds: float) -> bool:
        """Wait until the state is another than the one with this number; False when the time is over first."""
        with self._changed:
            return self._changed.wait_for(lambda: self._number != number, seconds)


def trouble_of(outcome: Outcome, words: Words, *, has_site: bool) -> dict[str, Any] | None:
    """What a page says about a build that failed, in the reader's language; None when it did not."""
    if outcome.built is not None:
        return None
    errors = [problem for problem in outcome.problems if problem.severity == "error"]
    if outcome.code != WRONG_CONTENT:
        title = outcome.why or Message("Nothing was built; the site that was there is as it was.")
    elif has_site:
        title = Message("Errors in the sources: {errors}. This is the last version without errors", errors=len(errors))
    else:
        title = Message("Errors in the sources: {errors}. There is no version without errors yet", errors=len(errors))
    more = Message("and {number} more; the terminal shows them all", number=len(errors) - SHOWN)
    return {
        "lang": words.lang,
        "title": words.say(title),
        "problems": [as_dict(problem, words) for problem in errors[:SHOWN]],
        "more": words.say(more) if len(errors) > SHOWN else "",
    }
