"""Problems as text for people, JSON for programs, and annotations for GitHub."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kurskatalog.problems import DOCS, Message, Problem
from kurskatalog.words import Words

FORMATS = ("text", "json", "github")

SEVERITY = {"error": Message("error"), "warning": Message("warning")}
"""What a problem is called in a line of text; programs read the English words."""


def render_problems(problems: Sequence[Problem], form: str, words: Words) -> str:
    """All problems in the given format and language, one a line (JSON: a list); empty for text without problems."""
    if form == "json":
        return json.dumps([as_dict(p, words) for p in problems], ensure_ascii=False, indent=2)
    if form == "github":
        return "\n".join(_github(p, words) for p in problems)
    return "\n".join(as_line(p, words) for p in problems)


def summary(problems: Sequence[Problem], words: Words) -> str:
    """How many errors and warnings there are, in one sentence."""
    errors = sum(p.severity == "error" for p in problems)
    return words.say(Message("{errors} errors and {warnings} warnings", errors=errors, warnings=len(problems) - errors))


def as_line(problem: Problem, words: Words) -> str:
    """`file:line:column: error K203 sentence (hint)`."""
    hint = f" ({words.say(problem.hint)})" if problem.hint else ""
    line = f"{problem.place}: {words.say(SEVERITY[problem.severity])} {problem.code} {words.say(problem.message)}{hint}"
    return _printable(line)


def as_dict(problem: Problem, words: Words) -> dict[str, str | int]:
    """The JSON form; `severity` stays English, since programs read it."""
    return {
        "file": _printable(problem.place.file),
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": _printable(words.say(problem.message)),
        "hint": _printable(words.say(problem.hint)) if problem.hint else "",
        "url": page_of(problem.code),
    }


def page_of(code: str) -> str:
    """Where a code is explained, with an example and the mend."""
    return f"{DOCS}#{code.lower()}"


def _github(problem: Problem, words: Words) -> str:
    data = as_dict(problem, words)
    place = f"file={_property(str(data['file']))}"
    if problem.place.line:
        place += f",line={problem.place.line},col={problem.place.column}"
    text = f"{data['message']}. {data['hint']}" if data["hint"] else str(data["message"])
    text += f" ({data['url']})"
    return f"::{problem.severity} {place},title={problem.code}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _printable(text: str) -> str:
    """What contributors wrote comes back without line ends and terminal commands."""
    return "".join(c if c.isprintable() or c == " " else "\ufffd" for c in text)
