"""Tabs and hard spaces where YAML takes only spaces, and the line as it should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kurskatalog.problems import Message, Place, Problem

_WRONG = re.compile(r"^([ ]*(?:- +)*)([\t\u00a0][\t\u00a0 ]*)|\t[\t ]*")
_LEAD = re.compile(r"[ \t\u00a0]*(?:- +)*")
_WIDTHS = (2, 4, 8)
"""How many spaces a tab may have stood for."""


def wrong_blanks(text: str, name: str, first_line: int, parses: Callable[[str], bool]) -> Iterator[Problem]:
    """K111: tabs, and non-breaking spaces in an indentation; both look like spaces and are none.

    A line is shown as it should be: an indentation is tried with `parses` before it is proposed.
    """
    if "\t" not in text and "\u00a0" not in text:
        return
    lines = text.split("\n")
    wrong = {row: match for row, line in enumerate(lines) if (match := _WRONG.search(line))}
    mended = _mended(lines, wrong, parses)
    for row, match in wrong.items():
        column = match.start(2) if match[2] else match.start()
        message = (
            Message("a tab stands here; YAML takes only spaces")
            if "\t" in match[0]
            else Message("a non-breaking space stands here; an indentation takes only ordinary spaces")
        )
        yield Problem(Place(name, row + first_line, column + 1), "K111", message, as_written(mended[row][:300]))


def as_written(line: str) -> Message:
    """How to write a line. Spaces in front cannot be seen in a message, so they are counted."""
    number = len(line) - len(line.lstrip(" "))
    if number == 0:
        return Message("write: {line}", line=line)
    if number == 1:
        return Message("write, with one space in front: {line}", line=line.lstrip(" "))
    return Message("write, with {number} spaces in front: {line}", number=str(number), line=line.lstrip(" "))


def _mended(lines: Sequence[str], wrong: dict[int, re.Match[str]], parses: Callable[[str], bool]) -> Sequence[str]:
    """The lines as they may have been meant; the first guess where none can be read."""
    guesses = [_by_width(lines, wrong, width) for width in _WIDTHS]
    guesses += [_by_neighbour(guesses[0], wrong, step) for step in (1, -1)]
    return next((guess for guess in guesses if parses("\n".join(guess))), guesses[0])


def _by_width(lines: Sequence[str], wrong: dict[int, re.Match[str]], width: int) -> list[str]:
    """Every tab of an indentation as so many spaces, and one space for those within a line."""

    def spaces(match: re.Match[str]) -> str:
        return match[1] + match[2].replace("\t", " " * width).replace("\u00a0", " ") if match[2] else " "

    return [_WRONG.sub(spaces, line).rstrip() if row in wrong else line for row, line in enumerate(lines)]


def _by_neighbour(lines: Sequence[str], wrong: dict[int, re.Match[str]], step: int) -> list[str]:
    """Each line with the indentation of the next (`step` 1) or last (-1) line that was right."""
    found = list(lines)
    for row, match in wrong.items():
        at = row + step
        while 0 <= at < len(lines) and (at in wrong or not lines[at].strip()):
            at += step
        if match[2] and 0 <= at < len(lines):
            lead = _LEAD.match(lines[at])
            found[row] = " " * len(lead[0] if lead else "") + lines[row].lstrip()
    return found
