"""A YAML parser's complaint in plain words, with the line as it should be."""

from __future__ import annotations

import re

import yaml

from kurskatalog.problems import Message, Place, Problem

_KEY_VALUE = re.compile(r"^(\s*(?:- )?)([\w-]+):\s+(.*\S)\s*$")
_LIST_VALUE = re.compile(r"^(\s*- )(.*\S)\s*$")


def explain(error: yaml.YAMLError, text: str, name: str, first_line: int = 1) -> Problem:
    """The problem behind a YAML error: a tab (K111), a colon (K112), a quote (K113), or other syntax (K110)."""
    lines = text.split("\n")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    row = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark else 0
    for found in (_tab(lines, row), _open_quote(lines, error), _colon(lines, row)):
        if found:
            at, col, code, message, hint = found
            return Problem(Place(name, at + first_line, col + 1), code, message, hint)
    what = str(getattr(error, "problem", None) or "")
    if "expected a single document" in str(getattr(error, "context", "")):
        return Problem(
            Place(name, row + first_line, column + 1),
            "K110",
            Message("a second document begins here ('---')"),
            Message("one file holds one thing: delete the line with '---'"),
        )
    return Problem(
        Place(name, row + first_line, column + 1),
        "K110",
        _plain(what),
        Message("look at this line and the one above: indentation, quotes, dashes and colons; a value with special signs needs quotes"),
    )


_Found = tuple[int, int, str, Message, Message]


def _tab(lines: list[str], row: int) -> _Found | None:
    for at in range(row, max(-1, row - 2), -1):
        indent = re.match(r"\s*(?:- )*", lines[at])
        if indent and "\t" in indent[0]:
            mended = lines[at].replace("\t", "  ")
            return (
                at,
                lines[at].index("\t"),
                "K111",
                Message("a tab stands here; YAML takes only spaces"),
                Message("write: {line}", line=mended.rstrip()),
            )
    return None


def _open_quote(lines: list[str], error: yaml.YAMLError) -> _Found | None:
    """A line whose value begins with a quote that is never closed, or goes on after the closing one."""
    mark = getattr(error, "context_mark", None) or getattr(error, "problem_mark", None)
    what = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    if mark is None or mark.line >= len(lines):
        return None
    at = mark.line
    candidates = [at, at - 1] if "quoted scalar" in what or "block mapping" in what or "expected <block end>" in what else [at]
    problem_mark = getattr(error, "problem_mark", None)
    if problem_mark is not None and problem_mark.line < len(lines):
        candidates = [problem_mark.line, problem_mark.line - 1, *candidates]
    for row in candidates:
        if row < 0:
            continue
        match = re.match(r"^(\s*(?:- )?(?:[\w-]+:\s+)?)([\"'])(.*)$", lines[row])
        if not match:
            continue
        start, quote, rest = match.groups()
        body = rest.rstrip()
        if _closes(body, quote):
            continue
        inner = body.replace(quote, "") if quote == '"' else body.strip("'")
        other = '"' if '"' not in inner else "'"
        return (
            row,
            len(start),
            "K113",
            Message("a quotation mark ({quote}) that opens here is not closed as it should be", quote=quote),
            Message("write: {line}", line=f"{start}{other}{inner}{other}"),
        )
    return None


def _closes(body: str, quote: str) -> bool:
    """Whether `body`, what follows an opening quote, is a closed scalar and nothing after it but a comment."""
    pattern = r'(?:[^"\\]|\\.)*"' if quote == '"' else r"(?:[^']|'')*'"
    match = re.match(pattern, body)
    return bool(match) and re.match(r"\s*(#.*|:.*|,.*)?$", body[match.end() :]) is not None if match else False


def _colon(lines: list[str], row: int) -> _Found | None:
    for at in (row, row - 1):
        if at < 0 or at >= len(lines):
            continue
        match = _KEY_VALUE.match(lines[at]) or _LIST_VALUE.match(lines[at])
        if not match:
            continue
        *start, value = match.groups()
        if value[0] in "\"'[{|>" or ": " not in value + " ":
            continue
        lead = f"{start[0]}{start[1]}: " if len(start) == 2 else start[0]
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return (
            at,
            len(lead) + value.index(":"),
            "K112",
            Message("a colon inside a value makes YAML think that a new key begins"),
            Message("put quotes around the value: {line}", line=f'{lead}"{quoted}"'),
        )
    return None


def _plain(what: str) -> Message:
    if "could not find expected ':'" in what:
        return Message("a line without a colon stands where a key was expected")
    if "mapping values are not allowed" in what:
        return Message("a colon stands where none can be")
    if "did not find expected key" in what or "expected <block end>" in what or "did not find expected '-'" in what:
        return Message("the indentation does not fit with the lines above")
    if "cannot start any token" in what:
        return Message("this sign cannot begin a value without quotes")
    if "flow" in what or "did not find expected ',' or" in what:
        return Message("a bracket or brace is not closed")
    return Message("the YAML cannot be read here")
