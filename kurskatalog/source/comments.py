"""Where the comments of a YAML text are: the parser throws them away, and a `#` in a value is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

_BEGIN = re.compile(r"(?:^|(?<=[ \t\n]))#", re.MULTILINE)
"""Where a comment may begin: what follows on the line is looked at once more when this `#` lies in a value."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its `#`; row and column from 0."""

    row: int
    column: int
    text: str


def find_comments(text: str) -> list[Comment]:
    """Every comment of a text that can be read, in order."""
    values = scalars(text)
    found = []
    row, number, line_begin, line_end = 0, 0, 0, 0
    for match in _BEGIN.finditer(text):
        at = match.start()
        if at < line_end:
            continue
        while number < len(values) and values[number][1] <= at:
            number += 1
        if number < len(values) and values[number][0] <= at:
            continue
        row += text.count("\n", line_begin, at)
        line_begin = text.rfind("\n", 0, at) + 1
        line_end = end if (end := text.find("\n", at)) >= 0 else len(text)
        found.append(Comment(row, at - line_begin, text[at:line_end].rstrip()))
    return found


def scalars(text: str) -> list[tuple[int, int]]:
    """Begin and end of every key and value, in order; empty ones are left out.

    A block (`|` or `>`) begins behind its first line, where a comment may stand, and ends with its last line that
    holds something, or with all its lines when they are kept (`+`).
    """
    return list(_scalars(text))


def rows_within_scalars(text: str) -> set[int]:
    """Rows (from 0) that begin within a value."""
    rows: set[int] = set()
    for begin, end in scalars(text):
        first = text.count("\n", 0, begin) + 1
        rows.update(range(first, first + text.count("\n", begin, end)))
    return rows


def _scalars(text: str) -> Iterator[tuple[int, int]]:
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            begin, end = event.start_mark, event.end_mark
            if not isinstance(event, yaml.ScalarEvent) or not (event.value or event.style) or not begin or not end:
                continue
            if event.style not in ("|", ">"):
                yield begin.index, end.index
                continue
            behind = text.find("\n", begin.index, end.index)
            if behind >= 0:
                header = text[begin.index : behind].partition("#")[0]
                block = text[behind : end.index].removesuffix("\n")
                yield behind, behind + len(block if "+" in header else block.rstrip("\n "))
    except yaml.YAMLError:
        return
