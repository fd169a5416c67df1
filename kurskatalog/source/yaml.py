"""Strict YAML: every scalar stays the string that the author wrote, and every key has a place when one is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from kurskatalog.problems import Message, Place, Problem
from kurskatalog.source.text import hidden_characters
from kurskatalog.source.yaml_errors import explain

MAX_DEPTH = 20

Data = str | list[Any] | dict[str, Any]
Path = tuple[str | int, ...]

_STR = "tag:yaml.org,2002:str"
_PLAIN_TAGS = {_STR, "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"}
_MAYBE_ALIAS = re.compile(r"(?:^|[\s,\[{:-])[&*!][^\s]", re.MULTILINE)


class _Loader(yaml.CBaseLoader):
    """libyaml's parser with nothing resolved: no booleans, numbers, dates or merge keys."""


def read_yaml(text: str, name: str, first_line: int = 1) -> tuple[Data | None, list[Problem]]:
    """The data of one YAML document, or None, and the problems found on the way.

    `first_line` is the line of the file on which the document begins (front matter begins on line 2).
    All scalars are strings; an empty value is an empty string.
    """
    problems = _shift(hidden_characters(text, name, "K119"), first_line)
    if problems:
        return None, problems
    if problem := _too_deep(text, name, first_line):
        return None, [problem]
    try:
        if _MAYBE_ALIAS.search(text) and (problem := _alias(text, name, first_line)):
            return None, [problem]
        node = _Loader(text).get_single_node()
    except yaml.YAMLError as error:
        return None, [explain(error, text, name, first_line)]
    except RecursionError:
        return None, [_depth_problem(name, first_line)]
    if node is None:
        return {}, []
    data = _construct(node, name, first_line, problems)
    return data, problems


def find_place(text: str, name: str, path: Path, *, on: str = "value", first_line: int = 1) -> Place:
    """The place of the key or value at `path`; of the nearest parent that exists when it does not.

    Only called for files that have a problem, so that reading stays fast. `on` is "key" or "value".
    """
    try:
        node = _Loader(text).get_single_node()
    except (yaml.YAMLError, RecursionError):
        return Place(name)
    mark = node.start_mark if node is not None else None
    for depth, step in enumerate(path):
        last = depth == len(path) - 1
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == step), None)
            if pair is None:
                break
            key, node = pair
            empty = isinstance(node, yaml.ScalarNode) and not node.value and not node.style
            mark = key.start_mark if (last and on == "key") or empty or not isinstance(node, yaml.ScalarNode) else node.start_mark
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            mark = node.start_mark
        else:
            break
    if mark is None:
        return Place(name, first_line, 1)
    return Place(name, mark.line + first_line, mark.column + 1)


def _construct(node: Any, name: str, first_line: int, problems: list[Problem]) -> Data:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(child, name, first_line, problems) for child in node.value]
    result: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.append(
                Problem(
                    _place(key, name, first_line),
                    "K110",
                    Message("a key must be a word, not a list or a map"),
                    Message("braces or brackets in a value need quotes around it"),
                )
            )
            continue
        if key.value in result:
            problems.append(
                Problem(
                    _place(key, name, first_line),
                    "K114",
                    Message("'{key}' stands here twice", key=key.value),
                    Message("keep one of them; with two, one would be lost without a word"),
                )
            )
            continue
        result[key.value] = _construct(value, name, first_line, problems)
    return result


def _place(node: Any, name: str, first_line: int) -> Place:
    return Place(name, node.start_mark.line + first_line, node.start_mark.column + 1)


def _alias(text: str, name: str, first_line: int) -> Problem | None:
    for event in yaml.parse(text, Loader=_Loader):
        found = None
        if isinstance(event, yaml.AliasEvent):
            found = f"*{event.anchor}"
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            found = f"&{event.anchor}"
        elif getattr(event, "tag", None) and event.tag not in _PLAIN_TAGS:
            found = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        if found:
            return Problem(
                Place(name, event.start_mark.line + first_line, event.start_mark.column + 1),
                "K115",
                Message("'{found}' is YAML's way to refer or to convert, which is not used here", found=found),
                Message("write the value out; put quotes around a text that begins with *, & or !"),
            )
    return None


def _too_deep(text: str, name: str, first_line: int) -> Problem | None:
    """A cheap upper bound before the parser, which follows nesting with the machine's own stack, sees the text."""
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth_of_brackets(text) > MAX_DEPTH:
        return _depth_problem(name, first_line)
    for number, line in enumerate(text.split("\n"), first_line):
        stripped = line.lstrip(" ")
        if len(line) - len(stripped) > 200 or (stripped.startswith(("- - - ", "? ? ? ")) and _dashes(stripped) > MAX_DEPTH):
            return _depth_problem(name, number)
    return None


def _dashes(line: str) -> int:
    return len(line) - len(line.lstrip("-? ")) >> 1


def _depth_of_brackets(text: str) -> int:
    depth = deepest = 0
    for char in re.findall(r"[\[{\]}]", text):
        depth = depth + 1 if char in "[{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _depth_problem(name: str, line: int) -> Problem:
    return Problem(
        Place(name, line, 1),
        "K116",
        Message("lists and maps are nested deeper than {limit} levels", limit=MAX_DEPTH),
        Message("no file of a catalogue needs that; look for a bracket too many"),
    )


def _shift(problems: list[Problem], first_line: int) -> list[Problem]:
    if first_line == 1:
        return problems
    return [
        Problem(Place(p.place.file, p.place.line + first_line - 1, p.place.column), p.code, p.message, p.hint)
        for p in problems
    ]


def items(data: Data, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every scalar of the data with its path."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from items(value, (*path, key))
    elif isinstance(data, Sequence) and not isinstance(data, str):
        for number, value in enumerate(data):
            yield from items(value, (*path, number))
    else:
        yield path, data
