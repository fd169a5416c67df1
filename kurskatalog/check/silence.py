"""Comments that silence one kind of warning on one line, for a reason and until a day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from kurskatalog.check.nearest import nearest
from kurskatalog.problems import SEVERITIES, Message, Place, Problem
from kurskatalog.source.ignores import Ignore

BADLY_WRITTEN, NOT_SILENCED, PASSED, NOTHING = "K141", "K142", "K143", "K144"
_OWN = (BADLY_WRITTEN, NOT_SILENCED, PASSED, NOTHING)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_FORM = Message(
    "write '# kurskatalog: ignore {code} <reason> until {day}', in a text '[//]: # (kurskatalog: ...)' "
    "by itself between empty lines, without further brackets",
    code="K309",
    day="2027-06-01",
)


def read_ignores(ignores: Iterable[Ignore], name: str) -> Iterator[Problem]:
    """K141 and K142 for comments that cannot be followed; K143 for every other one.

    Which day it is depends on no file, so each comment is noted as the problem that it becomes when its day has
    passed; `silence` takes those out whose day has not. Results of single files can be kept for another day so.
    """
    for ignore in ignores:
        place = Place(name, ignore.line, ignore.column)
        if problem := _cannot_be_followed(ignore):
            yield Problem(place, *problem)
            continue
        message = Message(
            "{code} was to be silent until {day}, which has passed", code=ignore.code, day=ignore.day, line=ignore.of
        )
        hint = Message("mend what the warning says and delete the comment, or give it a new reason and day")
        yield Problem(place, PASSED, message, hint)


def _cannot_be_followed(ignore: Ignore) -> tuple[str, Message, Message] | None:
    if not ignore.code:
        return BADLY_WRITTEN, Message("a comment that silences a warning needs a code, a reason and a day"), _FORM
    if ignore.code not in SEVERITIES:
        near = nearest(ignore.code, SEVERITIES)
        hint = Message("did you mean '{near}'?", near=near) if near else _FORM
        return BADLY_WRITTEN, Message("there is no code '{code}'", code=ignore.code[:20]), hint
    if not re.search(r"\w{2}", ignore.reason) or not _is_day(ignore.day):
        return BADLY_WRITTEN, Message("a comment that silences a warning needs a code, a reason and a day"), _FORM
    if SEVERITIES[ignore.code] == "error" or ignore.code in _OWN:
        message = Message("{code} cannot be silenced: only warnings about the content can", code=ignore.code)
        return NOT_SILENCED, message, Message("delete the comment, and mend what the problem says")
    return None


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.match(text) and dt.date.fromisoformat(text))
    except ValueError:
        return False


def silence(problems: Sequence[Problem], today: dt.date) -> list[Problem]:
    """The problems without the silenced warnings; K144 for a comment that had nothing to silence.

    A day that has passed silences nothing any more. Nothing is said about comments without use while there are
    errors, because rules that need whole records have not looked at everything then.
    """
    asked = [p for p in problems if p.code == PASSED and dt.date.fromisoformat(p.message.values["day"]) >= today]
    if not asked:
        return list(problems)
    silent = {_target(p): p for p in asked}
    used = set()
    left = []
    for problem in problems:
        target = (problem.place.file, problem.place.line, problem.code)
        if target in silent and problem.severity == "warning":
            used.add(target)
        elif problem.code != PASSED or problem not in asked:
            left.append(problem)
    if not any(p.severity == "error" for p in left):
        left += (_without_use(p) for target, p in silent.items() if target not in used)
    return left


def _target(asked: Problem) -> tuple[str, int, str]:
    values = asked.message.values
    return asked.place.file, int(values["line"]), str(values["code"])


def _without_use(asked: Problem) -> Problem:
    code = asked.message.values["code"]
    message = Message("there is no {code} to silence on the line that this comment speaks of", code=code)
    hint = Message("delete the comment; it speaks of its own line, or by itself of the next one")
    return Problem(asked.place, NOTHING, message, hint)
