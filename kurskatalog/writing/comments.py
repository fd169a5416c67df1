"""Comments and empty lines of a YAML text: what each of them belongs to, and putting them back when the text is new."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from kurskatalog.source.comments import find_comments, rows_within_scalars
from kurskatalog.source.yaml import Path, compose

BLANK = ""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a key, or the dash of a list's item, stands: row and column from 0.

    `flows` are the ends of the brackets that it stands in, as (row, column) behind each.
    """

    row: int
    column: int
    path: Path
    flows: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Comments:
    """Lines above a path, behind it on its line, and below everything of it; lines before and after everything.

    A line is a comment with its `#`, or empty.
    """

    above: dict[Path, list[str]] = field(default_factory=dict)
    behind: dict[Path, str] = field(default_factory=dict)
    below: dict[Path, list[str]] = field(default_factory=dict)
    head: list[str] = field(default_factory=list)
    foot: list[str] = field(default_factory=list)

    def holders(self) -> set[Path]:
        """Everything with a comment in it: it cannot stand on one line."""
        paths = {*self.above, *self.behind, *self.below}
        return {path[:depth] for path in paths for depth in range(len(path))}


def starts(text: str) -> list[Start]:
    """Every key and item, in the order of the text."""
    return list(_starts(compose(text), (), text.split("\n"), ()))


def _starts(node: Any, path: Path, lines: Sequence[str], flows: tuple[tuple[int, int], ...]) -> Iterator[Start]:
    if isinstance(node, yaml.CollectionNode) and node.flow_style:
        flows = (*flows, (node.end_mark.line, node.end_mark.column))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            mark = key.start_mark
            yield Start(mark.line, mark.column, (*path, key.value), flows)
            yield from _starts(value, (*path, key.value), lines, flows)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            row, column = value.start_mark.line, value.start_mark.column
            if not node.flow_style:
                row, column = _dash(lines, row, node.start_mark.column), node.start_mark.column
            yield Start(row, column, (*path, number), flows)
            yield from _starts(value, (*path, number), lines, flows)


def _dash(lines: Sequence[str], row: int, column: int) -> int:
    """The row of the dash of an item whose value begins in `row`."""
    while row > 0 and not (lines[row][column : column + 1] == "-" and lines[row][column + 1 : column + 2] in ("", " ")):
        row -= 1
    return row


def take(text: str) -> Comments:
    """The comments of a text that can be read, and its empty lines."""
    return _Taking(text).take()


class _Taking:
    """A text, where its keys stand, and which comments have been taken."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.starts = starts(text)
        self.rows = [start.row for start in self.starts]
        self.found = {comment.row: comment for comment in find_comments(text)}
        self.inside = rows_within_scalars(text)
        self.by_path = {start.path: start for start in self.starts}
        self.out = Comments()

    def take(self) -> Comments:
        gap: list[tuple[int, str]] = []
        for row, line in enumerate(self.lines):
            if row in self.inside and row not in self.found:
                self._gap(gap, row)
                gap = []
            elif not line.strip():
                gap.append((-1, BLANK))
            elif row in self.found and not line[: self.found[row].column].strip():
                gap.append((self.found[row].column, line.strip()))
            else:
                self._gap(gap, row)
                gap = []
                if row in self.found:
                    self._behind(row)
        self._gap(gap, len(self.lines))
        self.out.head = list(_tidy(self.out.head, BLANK))
        self.out.foot = list(_tidy(self.out.foot[::-1], BLANK))[::-1]
        return self.out

    def _behind(self, row: int) -> None:
        """A comment at the end of a line, to the last thing begun that is not in brackets closed before it."""
        comment = self.found[row]
        at = (row, comment.column)
        for start in reversed(self.starts[: bisect_right(self.rows, row)]):
            if (start.row, start.column) < at and all(end > at for end in start.flows):
                if start.path in self.out.behind:
                    self.out.above.setdefault(start.path, []).append(comment.text)
                else:
                    self.out.behind[start.path] = comment.text
                return
        self.out.head.append(comment.text)

    def _gap(self, gap: list[tuple[int, str]], row: int) -> None:
        """Comment lines and empty lines before the content in `row`."""
        if not any(text for _, text in gap):
            gap = gap[:1]
        if not gap:
            return
        number = bisect_right(self.rows, row - 1)
        before = self.starts[number - 1] if number else None
        after = self.starts[number] if number < len(self.starts) else None
        if before is None:
            gap = self._head(gap)
        column = after.column if after else 0
        inside = before is not None and (after is None or after.row != row) and row < len(self.lines)
        for indent, text in self._with_blanks_ahead(gap):
            if inside and before:  # between a key and its value, or before the end of brackets
                to = self.out.below if self.lines[row].lstrip()[:1] in "]}" else self.out.above
                to.setdefault(before.path, []).extend(text)
            elif before and indent > column and (path := self._open_at(before, indent, column)):
                self.out.below.setdefault(path, []).extend(text)
            elif after:
                self.out.above.setdefault(after.path, []).extend(text)
            else:
                self.out.foot.extend(text)

    def _head(self, gap: list[tuple[int, str]]) -> list[tuple[int, str]]:
        """Take what stands before everything and is cut off by an empty line from what follows."""
        last = max((n for n, (_, text) in enumerate(gap) if not text), default=-1)
        self.out.head.extend(text for _, text in gap[: last + 1])
        return gap[last + 1 :]

    @staticmethod
    def _with_blanks_ahead(gap: list[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
        """(column, lines) of each comment with the empty lines before it; empty lines at the end belong to what follows."""
        blanks: list[str] = []
        for indent, text in gap:
            if text:
                yield indent, [*blanks, text]
                blanks = []
            else:
                blanks = [BLANK]
        if blanks:
            yield -1, blanks

    def _open_at(self, before: Start, indent: int, column: int) -> Path:
        """The deepest thing that ends here, stands right of `column` and not right of `indent`; () when there is none."""
        for depth in range(len(before.path), 0, -1):
            start = self.by_path.get(before.path[:depth])
            if start and column < start.column <= indent and not start.flows:
                return start.path
        return ()


def _tidy(lines: Sequence[str], before: str) -> Iterator[str]:
    """Without empty lines at the beginning, and without two in a row."""
    for line in lines:
        if line or before:
            yield line
        before = line


def put(text: str, comments: Comments) -> str:
    """A text without comments, with these in it."""
    lines = text.split("\n")
    found = starts(text)
    _find_homes(comments, {start.path for start in found})
    before: dict[int, list[str]] = {}
    behind: dict[int, str] = {}
    for start in found:
        if lines_above := comments.above.get(start.path):
            before.setdefault(start.row, []).extend(_indented(lines_above, _indent(lines[start.row])))
        if comment := comments.behind.get(start.path):
            if start.row in behind:
                before.setdefault(start.row, []).append(" " * _indent(lines[start.row]) + comment)
            else:
                behind[start.row] = comment
    for start, row in _ends(found, comments, len(lines) - 1):
        indent = _explicit(lines[start.row], start.column)
        before[row] = [*_indented(comments.below[start.path], indent), *before.get(row, [])]
    out = list(comments.head)
    for row, line in enumerate(lines):
        out += _tidy(
            before.get(row, []), out[-1] if out else BLANK
        )  # what has moved here may bring an empty line along
        out.append(f"{line}  {behind[row]}" if row in behind else line)
    return "\n".join(out[:-1] + comments.foot) + "\n"


def _find_homes(comments: Comments, paths: set[Path]) -> None:
    """Comments of what is no longer there go above what held it, so that none is lost without a word."""
    gone = [path for path in (*comments.above, *comments.behind, *comments.below) if path not in paths]
    for path in dict.fromkeys(gone):
        lines = [*comments.above.pop(path, []), *comments.below.pop(path, [])]
        lines += [comments.behind.pop(path)] if path in comments.behind else []
        home = next((path[:depth] for depth in range(len(path) - 1, 0, -1) if path[:depth] in paths), None)
        to = comments.above.setdefault(home, []) if home else comments.foot
        to.extend(line for line in lines if line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _explicit(line: str, column: int) -> int:
    """The column of the sign before a key of several lines (`? key`), which is written two columns before it."""
    return column - 2 if line[:column].endswith("? ") else column


def _ends(found: Sequence[Start], comments: Comments, last: int) -> Iterator[tuple[Start, int]]:
    """(its beginning, the row behind all of it) of everything with lines below it, the outermost first."""
    for number, start in enumerate(found):
        if start.path in comments.below:
            depth = len(start.path)
            rest = (other.row for other in found[number + 1 :] if other.path[:depth] != start.path)
            yield start, next(rest, last)


def _indented(lines: Sequence[str], column: int) -> list[str]:
    return [" " * column + line if line else line for line in lines]
