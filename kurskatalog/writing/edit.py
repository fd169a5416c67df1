"""Values into a YAML file, by path: everything else stays, with its comments; the result has the one form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, SequenceNode

from kurskatalog.source.yaml import Path, read_yaml
from kurskatalog.writing.comments import take
from kurskatalog.writing.form import CannotFormat, composer, format_yaml, written

_NUMBERS = frozenset({"credits", "hours", "nok", "gatherings", "optional"})
_CODES = frozenset({"themes", "assessment", "language", "levels", "counties"})
_PLAIN = re.compile(r"[A-Za-zÆØÅæøå][\w .()/+%-]*\Z")
_ADDRESS = re.compile(r"https?://[^\s#,\[\]{}\"']+\Z")
_DAY = re.compile(r"\d{4}-(\d{2}-\d{2}|var|host)\Z")
_NOT_TEXT = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])


def new_yaml(data: Mapping[str, Any], shape: type[BaseModel], languages: Sequence[str]) -> str:
    """A new file with this data (texts, lists and maps of them), in its form."""
    return format_yaml(_dump(data, ""), shape, languages)


def edit_yaml(text: str, changes: Mapping[Path, Any], shape: type[BaseModel], languages: Sequence[str]) -> str:
    """A file with other values at some paths: None takes a key away, an item behind the last is added.

    Raises CannotFormat when the file cannot be read strictly.
    """
    data, problems = read_yaml(text, "")
    if problems or not isinstance(data, dict):
        raise CannotFormat(problems[0].code if problems else "")
    comments = take(text)
    try:
        node = composer().compose(text) if data else composer().compose("{}")
        for path, value in changes.items():
            _set(node, path, value)
        new = written(node, comments, shape, languages)
    except YAMLError as error:
        raise CannotFormat(str(error)) from None
    for path, value in changes.items():
        _set_data(data, path, value)
    if read_yaml(new, "") != (data, []):
        raise CannotFormat("another meaning")
    return new


def _set_data(data: Any, path: Path, value: Any) -> None:
    """The same on plain data, to compare with."""
    step, rest = path[0], path[1:]
    there = step in data if isinstance(data, dict) else int(step) < len(data)
    if there and rest and isinstance(data[step], dict | list):
        _set_data(data[step], rest, value)
    elif isinstance(data, list) and not there:
        data.append(_nested(rest, value))
    elif value is not None:
        data[step] = _nested(rest, value)
    elif there and isinstance(data, dict):
        del data[step]


def _set(node: Any, path: Path, value: Any) -> None:
    step, rest = path[0], path[1:]
    if isinstance(node, SequenceNode) and isinstance(step, int):
        if step < len(node.value):
            _set(node.value[step], rest, value)
        else:
            node.value.append(_node(str(step), _nested(rest, value)))
    elif isinstance(node, MappingNode):
        at = next((n for n, (key, _) in enumerate(node.value) if key.value == step), None)
        if at is None:
            if value is not None:
                node.value.append(_pair(str(step), _nested(rest, value)))
        elif rest and isinstance(node.value[at][1], MappingNode | SequenceNode):
            _set(node.value[at][1], rest, value)
        elif value is None:
            del node.value[at]
        else:
            node.value[at] = (node.value[at][0], _node(str(step), _nested(rest, value)))


def _nested(path: Path, value: Any) -> Any:
    for step in reversed(path):
        value = {step: value}
    return value


def _node(key: str, value: Any) -> Any:
    return _pair(key, value)[1]


def _pair(key: str, value: Any) -> tuple[Any, Any]:
    pair: tuple[Any, Any] = composer().compose(_dump({key: value}, "")).value[0]
    return pair


def _dump(data: Mapping[str, Any], indent: str) -> str:
    return "".join(f"{indent}{_scalar('', key)}:{_value(key, value, indent)}" for key, value in data.items())


def _value(key: str, value: Any, indent: str) -> str:
    """A value behind its key, with the line end."""
    if isinstance(value, str):
        return f" {_scalar(key, value)}\n"
    if not value:
        return " {}\n" if isinstance(value, Mapping) else " []\n"
    if isinstance(value, Mapping):
        return "\n" + _dump(value, f"{indent}  ")
    if key in _CODES and all(isinstance(item, str) for item in value):
        return f" [{', '.join(_scalar('', item) for item in value)}]\n"
    return "\n" + "".join(f"{indent}  - {_item(key, item, indent)}" for item in value)


def _item(key: str, item: Any, indent: str) -> str:
    if isinstance(item, str):
        return _scalar("", item) + "\n"
    if not item or not isinstance(item, Mapping):
        return json.dumps(item, ensure_ascii=False) + "\n"  # JSON is YAML in brackets
    if key == "places" and all(isinstance(v, str) for v in item.values()):
        return "{" + ", ".join(f"{k}: {_scalar('', v)}" for k, v in item.items()) + "}\n"
    return _dump(item, f"{indent}    ").lstrip()


def _scalar(key: str, text: str) -> str:
    """A value that every reader of YAML takes for the same: quoted where it could be a number or something else."""
    is_word = _PLAIN.match(text) and text.strip() == text and text.casefold() not in _NOT_TEXT
    if is_word or _ADDRESS.match(text) or _DAY.match(text) or (key in _NUMBERS and re.fullmatch(r"[\w.]+", text)):
        return text
    return json.dumps(text, ensure_ascii=False)
