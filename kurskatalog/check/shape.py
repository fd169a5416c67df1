"""Plain data -> a record, or problems in our own words: unknown, missing, empty and wrong fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kurskatalog.check.places import Origin, Places
from kurskatalog.check.wording import meant_key, type_problem, value_problem
from kurskatalog.problems import Message, Problem
from kurskatalog.source.text import MAX_PROBLEMS
from kurskatalog.source.yaml import Data
from kurskatalog.source.yaml_mends import COLON, quoted

T = TypeVar("T", bound=BaseModel)
Path = tuple[str | int, ...]

_TYPE_NAME = re.compile(r".*[\[(]|[A-Z]|(str|int|float|bool|function|constrained)")
# Keys that somebody meant as a language; another single key below a text is a colon inside that text.
_LANGUAGES = re.compile(r"(nb|nn|no|en|se|sme|sma|smj|da|sv|fi|is|de|fr|es|pl|uk|ar|so|ti|lt|ru)\Z")


def read_shape(
    shape: type[T], data: Data | None, origin: Origin, places: Places, context: dict[str, Any]
) -> tuple[T | None, list[Problem]]:
    """A record of the given shape, or the problems that stand in its way (K112, K121-K127, K311)."""
    return _Shape(shape, origin, places, context).read(shape, data)


class _Shape:
    """One record that is read: its shape, its origin, and how places are found."""

    def __init__(self, shape: type[BaseModel], origin: Origin, places: Places, context: dict[str, Any]) -> None:
        self.shape = shape
        self.origin = origin
        self.places = places
        self.context = context

    def read(self, shape: type[T], data: Data | None) -> tuple[T | None, list[Problem]]:
        if not isinstance(data, dict):
            return None, [self._no_map(data)]
        if not data:
            place = self.places.of(self.origin, on="key")
            return None, [Problem(place, "K123", Message("there is nothing here"), Message("write at least a title"))]
        if not _holds_empty(data):
            record, found = self._validate(shape, data)
            return record, [problem for problem, _ in found]
        empty = list(_empty(data, ()))
        whole, numbers = _without(data, set(empty))
        problems = [self._is_empty(path) for path in empty[:MAX_PROBLEMS]]
        for problem, path in self._validate(shape, whole, numbers)[1]:
            if not any(gone[: len(path)] == path for gone in empty):
                problems.append(problem)
        return None, problems

    def _no_map(self, data: Data | None) -> Problem:
        message = Message("the file should hold 'key: value' lines")
        hint = Message("its first lines could be 'title: ...'; docs/formats.md shows all keys")
        if self.origin.prefix:
            message = Message("'{key}' should hold keys of its own", key=self.origin.prefix[-1])
        if data == "":
            message = Message(
                "'{key}' is empty", key=self.origin.prefix[-1] if self.origin.prefix else self.origin.file
            )
        return Problem(self.places.of(self.origin, on="key"), "K123" if data == "" else "K124", message, hint)

    def _is_empty(self, path: Path) -> Problem:
        place = self.places.of(self.origin, *path, on="key")
        hint = Message("write a value, or delete the line: what is unknown is left out")
        line = self.places.line(place)
        if match := re.match(r"(.*?: +|\s*- +)(#.*\S)\s*\Z", line):
            hint = Message("a text that begins with # needs quotes: {line}", line=match[1] + quoted(match[2]))
        return Problem(place, "K123", Message("'{key}' is empty", key=_key(path)), hint)

    def _validate(
        self, shape: type[T], data: dict[str, Any], numbers: dict[Path, list[int]] | None = None
    ) -> tuple[T | None, list[tuple[Problem, Path]]]:
        try:
            return shape.model_validate(data, context=self.context), []
        except ValidationError as error:
            found: list[tuple[Problem, Path]] = []
            seen: set[Path] = set()
            for detail in error.errors(include_url=False)[:MAX_PROBLEMS]:
                path = _real_path(detail["loc"], data)
                if path is None or path in seen:
                    continue
                seen.add(path)
                found.append((self._problem(detail, _renumbered(path, numbers or {})), path))
            return None, found

    def _problem(self, detail: Any, path: Path) -> Problem:
        kind, values, value = detail["type"], detail.get("ctx") or {}, detail.get("input")
        of, key = self.places.of, _key(path)
        if kind == "extra_forbidden":
            known = _keys_at(self.shape, path[:-1])
            near = meant_key(key, known)
            hint = Message("did you mean '{near}'?", near=near)
            name, _, rest = key.partition(":")
            if rest and name in known and isinstance(value, str):
                hint = Message("write: {line}", line=f"{name}: {quoted(f'{rest}: {value}')}")
            elif not near:
                hint = Message("keys that can stand here: {keys}", keys=", ".join(known[:30]))
            return Problem(of(self.origin, *path, on="key"), "K121", Message("unknown key '{key}'", key=key), hint)
        if kind == "missing":
            message = Message("'{key}' is missing", key=key)
            hint = Message("add a line '{key}: ...'; docs/formats.md says what it holds", key=key)
            return Problem(of(self.origin, *path[:-1], on="key"), "K122", message, hint)
        if trap := _colon_trap(value):
            line = self._mended(path, trap)
            return Problem(
                of(self.origin, *path), "K112", COLON, Message("put quotes around the value: {line}", line=line)
            )
        if kind == "language":
            message = Message("the catalogue has no language '{lang}'", lang=values["key"])
            place = of(self.origin, *path, values["key"], on="key")
            return Problem(place, "K126", message, Message("catalogue.yml lists the languages"))
        if kind == "no_default_language":
            lang = values["lang"]
            message = Message("'{key}' has no text in the catalogue's first language ({lang})", key=key, lang=lang)
            hint = Message("add '{lang}: ...'; readers of other languages get it where theirs is missing", lang=lang)
            return Problem(of(self.origin, *path, on="key"), "K127", message, hint)
        if kind in ("text_type", "empty") and "key" in values and isinstance(value, dict):
            path = (*path, values["key"])
            value = value[values["key"]]
        code, message, hint_ = value_problem(kind, key, value, values) or type_problem(kind, key, value)
        return Problem(of(self.origin, *path, on="key" if code == "K123" else "value"), code, message, hint_)

    def _mended(self, path: Path, text: str) -> str:
        """The line of a text with a colon as it should be."""
        indent = " " * (self.places.of(self.origin, *path).column - 1)
        if path and isinstance(path[-1], int):
            return f"{indent[:-2]}- {quoted(text)}"
        return f"{indent[:-2]}{_key(path)}: {quoted(text)}"


def _key(path: Path) -> str:
    return next((str(step) for step in reversed(path) if isinstance(step, str)), "")


def _colon_trap(value: Any) -> str:
    """`- Lære: gjøre` is a map for YAML: the text that was meant, or nothing."""
    if not isinstance(value, dict) or len(value) != 1:
        return ""
    key, text = next(iter(value.items()))
    return f"{key}: {text}" if isinstance(text, str) and not _LANGUAGES.match(key) and re.match(r"\w", key) else ""


def _holds_empty(value: dict[str, Any] | list[Any]) -> bool:
    """Whether `_empty` would find anything; every value of every file is looked at in every build."""
    for child in value.values() if isinstance(value, dict) else value:
        if isinstance(child, str):
            if not child or child.isspace():
                return True
        elif _holds_empty(child):
            return True
    return False


def _empty(value: Any, path: Path) -> Iterator[Path]:
    """The paths of all texts that hold nothing. An empty list says that there are none, and may stand."""
    if isinstance(value, str):
        if not value.strip():
            yield path
    else:
        for step, child in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _empty(child, (*path, step))


def _without(data: dict[str, Any], gone: set[Path]) -> tuple[dict[str, Any], dict[Path, list[int]]]:
    """The data without its empty values, so that the rest can be checked as well, and the old numbers of list items."""
    numbers: dict[Path, list[int]] = {}

    def copy(value: Any, path: Path) -> Any:
        if isinstance(value, dict):
            return {k: copy(v, (*path, k)) for k, v in value.items() if (*path, k) not in gone}
        if isinstance(value, list):
            kept = [n for n in range(len(value)) if (*path, n) not in gone]
            numbers[path] = kept
            return [copy(value[n], (*path, n)) for n in kept]
        return value

    return {k: copy(v, (k,)) for k, v in data.items() if (k,) not in gone}, numbers


def _renumbered(path: Path, numbers: dict[Path, list[int]]) -> Path:
    real: Path = ()
    for step in path:
        real = (*real, numbers[real][step] if isinstance(step, int) and real in numbers else step)
    return real


def _real_path(loc: Sequence[str | int], data: Any) -> Path | None:
    """Pydantic's path without the names of union members, which are not in the file.

    None for what a member of a union says that was not meant: a map is not meant as an id, nor an id as a map.
    """
    path: list[str | int] = []
    here = data
    for number, step in enumerate(loc):
        last = number == len(loc) - 1
        if _has(here, step):
            here = here[step]
        elif isinstance(step, str) and _TYPE_NAME.match(step):
            if isinstance(here, dict) != step[:1].isupper():
                return None
            continue
        elif isinstance(here, dict) and last:
            here = None
        else:
            continue
        path.append(step)
    return tuple(path)


def _has(here: Any, step: str | int) -> bool:
    if isinstance(here, dict):
        return step in here
    return isinstance(here, list) and isinstance(step, int) and step < len(here)


def _keys_at(shape: Any, path: Sequence[str | int]) -> list[str]:
    """The keys that a record at this path can have."""
    here: Any = shape
    for step in path:
        if isinstance(step, int):
            continue
        if isinstance(here, type) and issubclass(here, BaseModel) and step in here.model_fields:
            here = _inner_model(here.model_fields[str(step)].annotation)
        else:
            return []
    if isinstance(here, type) and issubclass(here, BaseModel):
        return list(here.model_fields)
    return []


def _inner_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _inner_model(inner)) is not None:
            return found
    return None
