"""Strict YAML: every scalar stays the string that the author wrote, and every key has a place when one is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from kurskatalog.problems import Message, Place, Problem
from kurskatalog.source.text import HIDDEN, MAX_PROBLEMS, hidden_characters
from kurskatalog.source.yaml_blanks import wrong_blanks
from kurskatalog.source.yaml_errors import explain_all, parse_depth
from kurskatalog.source.yaml_mends import proposals

MAX_DEPTH = 20

Data = str | list[Any] | dict[str, Any]
Path = tuple[str | int, ...]

# Where an alias, an anchor or a tag can begin. More is matched than is one; the parser then says which it is.
_MAYBE_ALIAS = re.compile(r"(?:^|[\s,\[{:?-])[&*!]\S", re.MULTILINE)
# Nesting needs brackets, or a column of its own for every level: fewer than these are harmless.
_MANY_BRACKETS = 100
_MAYBE_DEEP = re.compile(r"^(?: {100}|[ ]*(?:[-?:][ ]+){10})", re.MULTILINE)


class _Loader(yaml.CBaseLoader):
    """libyaml's parser with nothing resolved: no booleans, numbers, dates or merge keys."""

    def descend_resolver(self, parent: Any, index: Any) -> None:
        """Nobody asks for the ways to places in the tree."""

    def ascend_resolver(self) -> None:
        """Nor for the ways back."""

    def resolve(self, *_: Any) -> str:
        """Nor for the kinds of values."""
        return ""


@dataclass(frozen=True, slots=True)
class _Source:
    """A document while it is read: its text, its file, and the line of the file on which it begins."""

    text: str
    name: str
    first_line: int

    def place(self, mark: Any) -> Place:
        return Place(self.name, mark.line + self.first_line, mark.column + 1)


def read_yaml(text: str, name: str, first_line: int = 1) -> tuple[Data | None, list[Problem]]:
    """The data of one YAML document, or None, and the problems found on the way.

    `first_line` is the line of the file on which the document begins (front matter begins on line 2).
    All scalars are strings; an empty value is an empty string.
    """
    source = _Source(text, name, first_line)
    problems = _shift(hidden_characters(text, name, "K119"), first_line) or list(
        wrong_blanks(text, name, first_line, lambda trial: compose(trial) is not None)
    )
    if problems:
        return None, problems
    try:
        if _MAYBE_ALIAS.search(text) or _may_be_deep(text):
            problems = list(_watch(source))
            if problems:
                return None, problems
        node = _Loader(text).get_single_node()
    except yaml.YAMLError as error:
        return None, explain_all(error, text, name, first_line)
    if node is None:
        return {}, []
    data = _construct(node, source, problems, 1)
    if "\\" in text:
        problems += _escaped(data, source)
    is_whole = all(problem.code == "K114" for problem in problems)
    return data if is_whole else None, problems[:MAX_PROBLEMS]


def compose(text: str) -> Any:
    """The tree of a text, for `place_in`; None where there is none. Only for texts that `read_yaml` has read."""
    try:
        return (
            None if _may_be_deep(text) and parse_depth(text, MAX_DEPTH) > MAX_DEPTH else _Loader(text).get_single_node()
        )
    except yaml.YAMLError:
        return None


def find_place(text: str, name: str, path: Path, *, on: str = "value", first_line: int = 1) -> Place:
    """The place of the key or value at `path`; of the nearest parent that exists when it does not.

    Only called for files that have a problem, so that reading stays fast. `on` is "key" or "value".
    """
    return place_in(compose(text), name, path, on=on, first_line=first_line)


def place_in(node: Any, name: str, path: Path, *, on: str = "value", first_line: int = 1) -> Place:
    """As `find_place`, in a tree from `compose`."""
    if node is None:
        return Place(name, first_line, 1)
    mark = node.start_mark
    for depth, step in enumerate(path):
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == step), None)
            if pair is None:
                break
            key, node = pair
            on_key = on == "key" and depth == len(path) - 1
            mark = key.start_mark if on_key or not _has_text(node) else node.start_mark
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            mark = node.start_mark
        else:
            break
    column = mark.column + 1
    if isinstance(node, yaml.ScalarNode) and mark is node.start_mark and not _has_text(node):
        column -= 1  # an item that holds nothing begins behind its dash
    return Place(name, mark.line + first_line, max(column, 1))


def _has_text(node: Any) -> bool:
    return isinstance(node, yaml.ScalarNode) and bool(node.value or node.style)


def _construct(node: Any, source: _Source, problems: list[Problem], depth: int) -> Data:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if depth > MAX_DEPTH:
        if not any(p.code == "K116" for p in problems):
            problems.append(_too_deep(source, node.start_mark))
        return ""
    if isinstance(node, yaml.SequenceNode):
        return [_construct(child, source, problems, depth + 1) for child in node.value]
    result: dict[str, Any] = {}
    for key, value in node.value:
        if problem := _key_problem(key, source, node.flow_style, result):
            code, message, hint = problem
            if len(problems) < MAX_PROBLEMS:
                problems.append(Problem(source.place(key.start_mark), code, message, hint))
        else:
            result[key.value] = _construct(value, source, problems, depth + 1)
    return result


def _key_problem(key: Any, source: _Source, flow: bool, before: dict[str, Any]) -> tuple[str, Message, Message] | None:
    if not isinstance(key, yaml.ScalarNode):
        hint = Message("braces or brackets in a value need quotes around it")
        return "K110", Message("a key must be a word, not a list or a map"), hint
    if key.value in before:
        hint = Message("keep one of them; with two, one would be lost without a word")
        return "K114", Message("'{key}' stands here twice", key=key.value), hint
    end = key.end_mark.index
    if flow and before and not source.text[end : end + 20].lstrip().startswith(":"):
        message = Message("a comma inside braces makes YAML think that a new key begins: '{key}'", key=key.value)
        return "K110", message, Message("put quotes around the whole text that holds the comma")
    return None


def _escaped(data: Data, source: _Source) -> Iterator[Problem]:
    """K119: characters that hide text, written with a backslash in double quotes."""
    for path, value in items(data):
        if match := HIDDEN.search(value):
            place = find_place(source.text, source.name, path, first_line=source.first_line)
            message = Message("an invisible control character (U+{code}) stands here", code=f"{ord(match[0]):04X}")
            yield Problem(place, "K119", message, Message("leave the escape with the backslash out"))


def _watch(source: _Source) -> Iterator[Problem]:
    """K115, K116: the parser's events one by one, which needs no stack, before anything is built of them."""
    depth = 0
    for event in yaml.parse(source.text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            yield _too_deep(source, event.start_mark)
            return
        if found := _special(event):
            message = Message("'{found}' is YAML's way to refer or to convert, which is not used here", found=found)
            yield Problem(source.place(event.start_mark), "K115", message, _without_special(source, event, found))
            return


def _special(event: Any) -> str:
    if isinstance(event, yaml.AliasEvent):
        return f"*{event.anchor}"
    if isinstance(event, yaml.NodeEvent) and event.anchor:
        return f"&{event.anchor}"
    tag = getattr(event, "tag", None)
    return str(tag).replace("tag:yaml.org,2002:", "!!") if tag else ""


def _without_special(source: _Source, event: Any, found: str) -> Message:
    """The line with quotes around the value, where it is a text that only looks like an alias, an anchor or a tag."""
    for mend in proposals(source.text.split("\n"), event.start_mark.line):
        if mend.column == event.start_mark.column and found[1:] and "'{sign}'" in mend.message.text:
            return Message("write the value out, or put quotes around it: {line}", line=mend.line[:300])
    return Message("write the value out; put quotes around a text that begins with *, & or !")


def _may_be_deep(text: str) -> bool:
    return text.count("[") + text.count("{") > _MANY_BRACKETS or _MAYBE_DEEP.search(text) is not None


def _too_deep(source: _Source, mark: Any) -> Problem:
    message = Message("lists and maps are nested deeper than {limit} levels", limit=MAX_DEPTH)
    hint = Message("no file of a catalogue needs that; look for a bracket too many")
    return Problem(source.place(mark), "K116", message, hint)


def _shift(problems: list[Problem], first_line: int) -> list[Problem]:
    if first_line == 1:
        return problems
    return [replace(p, place=replace(p.place, line=p.place.line + first_line - 1)) for p in problems]


def items(data: Data, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every scalar of the data with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from items(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from items(value, (*path, number))
    else:
        yield path, data
