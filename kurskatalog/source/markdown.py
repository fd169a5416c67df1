"""A Markdown file: front matter between two lines of `---`, then the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kurskatalog.problems import Message, Place, Problem
from kurskatalog.source.yaml import Data, read_yaml

FRONT_LINE = 2  # the line of the file on which front matter begins

_FENCE = re.compile(r"^---[^\S\n]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """`front` is the front matter's data; `body` the text, which begins on line `body_line` of the file."""

    front: Data | None
    front_text: str
    body: str
    body_line: int


def split(text: str, name: str) -> tuple[MarkdownFile, list[Problem]]:
    """Front matter and body of a Markdown file, and what is wrong with the front matter (K117 when there is none)."""
    head, body, body_line = _cut(text)
    if head is None:
        return MarkdownFile(None, "", text, 1), [_no_front_matter(text, name)]
    front, problems = read_yaml(head, name, FRONT_LINE)
    return MarkdownFile(front, head, body, body_line), problems


def front_text(text: str) -> str:
    """The front matter as it stands in the file; empty when there is none."""
    return _cut(text)[0] or ""


def _cut(text: str) -> tuple[str | None, str, int]:
    begin = _FENCE.match(text)
    end = _FENCE.search(text, begin.end() + 1) if begin else None
    if begin is None or end is None:
        return None, text, 1
    return text[begin.end() + 1 : end.start()] or "\n", text[end.end() + 1 :], text.count("\n", 0, end.start()) + 2


def _no_front_matter(text: str, name: str) -> Problem:
    lines = text.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    begins = lines[first].strip()
    if begins != "---":
        message = Message("the file does not begin with its facts between two lines of '---'")
        hint = Message("begin the file with a line '---', then 'title: ...', then a line '---', then the text")
    elif first:
        message = Message("the file does not begin with its facts: there is something before the first '---'")
        hint = Message("delete the empty lines above it; '---' stands on line 1")
    elif begins != lines[0].rstrip():
        message = Message("the file does not begin with its facts: there is something before the first '---'")
        hint = Message("delete the spaces before '---'")
    else:
        message = Message("the facts that begin on line 1 have no end")
        after = next((n for n, line in enumerate(lines[1:], 2) if not line.strip() or line.startswith("#")), 2)
        hint = Message("write a line '---' after the last fact, perhaps as line {line}", line=after)
    return Problem(Place(name, first + 1, 1), "K117", message, hint)
