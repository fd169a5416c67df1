"""A YAML parser's complaint in plain words, with the line as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import yaml

from kurskatalog.problems import Message, Place, Problem
from kurskatalog.source.yaml_blanks import as_written
from kurskatalog.source.yaml_mends import BRACKET, COLON, INDENTATION, NO_COLON, Mend, proposals

MAX_PROBLEMS = 10
"""Syntax errors of one file that are told in one run."""

_TRIED_AT_MOST = 4_000_000  # characters parsed again to find out what a line should have been
_LONGEST_HINT = 300
_DEEP_ENOUGH = 50
_LOOK = Message(
    "look at this line and the one above: indentation, quotes, dashes and colons; "
    "a value with special signs needs quotes around it"
)


def explain(error: yaml.YAMLError, text: str, name: str, first_line: int = 1) -> Problem:
    """The problem behind a YAML error: a colon (K112), a quote (K113), or other syntax (K110)."""
    return explain_all(error, text, name, first_line)[0]


def explain_all(error: yaml.YAMLError, text: str, name: str, first_line: int = 1) -> list[Problem]:
    """The first error and those behind it, each found by parsing the text with the one before it mended."""
    found: list[Problem] = []
    lines = text.split("\n")
    budget = [_TRIED_AT_MOST]
    current: yaml.YAMLError | None = error
    while current is not None and len(found) < MAX_PROBLEMS:
        mend, after = _tried(current, lines, budget)
        if mend is None:
            found.append(_in_general(current, lines, name, first_line))
            break
        place = Place(name, mend.row + first_line, mend.column + 1)
        found.append(Problem(place, mend.code, mend.message, _hint(mend)))
        lines[mend.row] = mend.line
        current = after
    return found


def parse_depth(text: str, enough: int) -> int:
    """How deep a text is nested, or `enough` + 1 for more: the parser's time grows with the square of the depth.

    Raises yaml.YAMLError. Events are read one by one, which needs no stack.
    """
    depth = deepest = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > enough:
            break
    return deepest


def _parse_error(text: str) -> yaml.YAMLError | None:
    try:
        parse_depth(text, _DEEP_ENOUGH)
    except yaml.YAMLError as error:
        return error
    return None


def _tried(error: yaml.YAMLError, lines: list[str], budget: list[int]) -> tuple[Mend | None, yaml.YAMLError | None]:
    """The first proposal that helps, and the next error with it; nothing when none does."""
    length = sum(map(len, lines))
    for row in _rows(error, len(lines)):
        last = max(row, _row(error))  # an open quote is noticed late, so mending one may bring an earlier row to light
        for mend in proposals(lines, row):
            budget[0] -= length
            if budget[0] < 0:
                return None, None
            after = _parse_error("\n".join([*lines[:row], mend.line, *lines[row + 1 :]]))
            if after is None:
                return mend, None
            if _signature(after) != _signature(error) and _row(after) > (row if mend.code == "K113" else last):
                return mend, after
    return None, None


def _rows(error: yaml.YAMLError, count: int) -> Iterator[int]:
    """The rows where the reason may stand, the likeliest first: the parser often notices later than a reader."""
    problem, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if problem is None:
        return
    seen = set()
    first = [context.line] if context and "scanning" in str(getattr(error, "context", "")) else []
    if "<document start>" in str(getattr(error, "problem", "")):
        first.append(0)
    last = min(problem.line, count - 1)
    for row in [*first, *range(last, max(-1, last - 500), -1)]:
        if row not in seen and row < count:
            seen.add(row)
            yield row


def _row(error: yaml.YAMLError) -> int:
    problem, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if context and "scanning" in str(getattr(error, "context", "")):
        return int(context.line)
    return int(problem.line) if problem else 0


def _signature(error: yaml.YAMLError) -> tuple[str, int, int]:
    mark = getattr(error, "problem_mark", None)
    return str(getattr(error, "problem", "")), mark.line if mark else -1, mark.column if mark else -1


def _hint(mend: Mend) -> Message:
    if len(mend.line) > _LONGEST_HINT:
        return _LOOK
    if mend.code == "K112":
        return Message("put quotes around the value: {line}", line=mend.line)
    return as_written(mend.line)


def _in_general(error: yaml.YAMLError, lines: list[str], name: str, first_line: int) -> Problem:
    """What can be said when no proposal helps."""
    what, context = str(getattr(error, "problem", "") or ""), str(getattr(error, "context", "") or "")
    mark = getattr(error, "problem_mark", None)
    if context.startswith(("while parsing a flow", "while scanning a")):
        mark = getattr(error, "context_mark", None) or mark
    row = min(mark.line, len(lines) - 1) if mark else 0
    place = Place(name, row + first_line, (mark.column if mark else 0) + 1)
    if "expected a single document" in context or (what.endswith("<document start>") and "..." in lines):
        if "..." in lines:
            place = replace(place, line=lines.index("...") + first_line, column=1)
        hint = Message("one file holds one thing: delete the line with '---' or '...'")
        return Problem(place, "K110", Message("a second document begins here"), hint)
    if what.endswith("<document start>") and lines[0].startswith("%"):
        hint = Message("delete the line; put quotes around a value that begins with %")
        return Problem(replace(place, line=first_line, column=1), "K110", Message("a line begins with %"), hint)
    if "quoted scalar" in context:
        message = Message(
            "a quotation mark ({quote}) that opens here is not closed as it should be", quote=_char(lines, mark)
        )
        return Problem(place, "K113", message, Message("look for the line where it should end"))
    if "mapping values are not allowed" in what:
        hint = Message("put the whole text in quotes, or write '>-' behind its key and the text on the lines below")
        return Problem(place, "K112", COLON, hint)
    return Problem(place, "K110", _general_message(what, context, _char(lines, mark)), _LOOK)


def _char(lines: list[str], mark: yaml.Mark | None) -> str:
    if mark is None or mark.line >= len(lines) or mark.column >= len(lines[mark.line]):
        return ""
    return lines[mark.line][mark.column]


def _general_message(what: str, context: str, sign: str) -> Message:
    if "could not find expected ':'" in what:
        return NO_COLON
    if "flow" in context:
        return BRACKET
    if "did not find expected" in what or "not allowed" in what:
        return INDENTATION
    if "cannot start any token" in what:
        return Message("'{sign}' cannot begin a value without quotes", sign=sign)
    return Message("the YAML cannot be read here")
