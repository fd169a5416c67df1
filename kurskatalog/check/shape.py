"""Plain data -> a record, or problems in our own words: unknown, missing, empty and wrong fields."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from kurskatalog.check.places import Origin, Places
from kurskatalog.problems import Message, Problem
from kurskatalog.source.yaml import Data, items

T = TypeVar("T", bound=BaseModel)

_WRONG_TYPE = Message("this has the wrong form")


def read_shape(shape: type[T], data: Data | None, origin: Origin, places: Places, context: dict[str, Any]) -> tuple[T | None, list[Problem]]:
    """A record of the given shape, or the problems that stand in its way (K121-K127, K311)."""
    if not isinstance(data, dict):
        problem = Problem(
            places.of(origin), "K124", Message("the file should hold 'key: value' lines"),
            Message("its first lines could be 'title: ...'; docs/formats.md shows all keys"),
        )
        return None, [problem]
    empty = [path for path, value in items(data) if not value.strip()]
    if empty or not data:
        problems = [_empty(places, origin, path) for path in empty]
        if not data:
            problems = [Problem(places.of(origin), "K123", Message("the file is empty"), Message("write at least a title"))]
        _, more = _validate(shape, _without(data, empty), origin, places, context)
        known_empty = {path[:1] for path in empty}
        return None, problems + [p for p, loc in more if loc[:1] not in known_empty]
    record, found = _validate(shape, data, origin, places, context)
    return record, [problem for problem, _ in found]


def _validate(
    shape: type[T], data: dict[str, Any], origin: Origin, places: Places, context: dict[str, Any]
) -> tuple[T | None, list[tuple[Problem, tuple[str | int, ...]]]]:
    try:
        return shape.model_validate(data, context=context), []
    except ValidationError as error:
        found = []
        seen: set[tuple[Any, ...]] = set()
        for detail in error.errors(include_url=False):
            path = _real_path(detail["loc"], data)
            if (path, detail["type"]) in seen or (detail["type"] != "missing" and path in {s[0] for s in seen}):
                continue
            seen.add((path, detail["type"]))
            found.append((_problem(shape, detail, path, data, origin, places), path))
        return None, found


def _real_path(loc: Sequence[str | int], data: Any) -> tuple[str | int, ...]:
    """Pydantic's path without the names of union members, which are not in the file."""
    path: list[str | int] = []
    here = data
    for number, step in enumerate(loc):
        if isinstance(here, dict):
            if step in here:
                here = here[step]
            elif number < len(loc) - 1 or not isinstance(step, str) or _is_type_name(step):
                continue
            else:
                here = None
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _is_type_name(step: str) -> bool:
    return bool(re.search(r"[\[(]|^[A-Z]|^(str|int|float|bool|function|constrained)", step))


def _empty(places: Places, origin: Origin, path: tuple[str | int, ...]) -> Problem:
    name = next((str(p) for p in reversed(path) if isinstance(p, str)), "")
    return Problem(
        places.of(origin, *path, on="key"), "K123", Message("'{key}' is empty", key=name),
        Message("write a value, or delete the line: what is unknown is left out"),
    )


def _without(data: Any, empty: list[tuple[str | int, ...]]) -> Any:
    """The data without its empty values, so that the rest can be checked in the same run."""
    gone = set(empty)

    def copy(value: Any, path: tuple[str | int, ...]) -> Any:
        if isinstance(value, dict):
            return {k: copy(v, (*path, k)) for k, v in value.items() if (*path, k) not in gone}
        if isinstance(value, list):
            return [copy(v, (*path, n)) for n, v in enumerate(value) if (*path, n) not in gone]
        return value

    return copy(data, ())


def _problem(
    shape: type[BaseModel], detail: Any, path: tuple[str | int, ...], data: Any, origin: Origin, places: Places
) -> Problem:
    kind, values = detail["type"], detail.get("ctx") or {}
    key = next((str(p) for p in reversed(path) if isinstance(p, str)), "")
    if kind == "extra_forbidden":
        known = _keys_at(shape, path[:-1])
        near = difflib.get_close_matches(key, known, 1, 0.6)
        hint = Message("did you mean '{near}'?", near=near[0]) if near else Message("keys that can stand here: {keys}", keys=", ".join(known[:30]))
        return Problem(places.of(origin, *path, on="key"), "K121", Message("unknown key '{key}'", key=key), hint)
    if kind == "missing":
        return Problem(
            places.of(origin, *path[:-1], on="key"), "K122", Message("'{key}' is missing", key=key),
            Message("add a line '{key}: ...'; docs/formats.md says what it holds", key=key),
        )
    if kind == "language":
        return Problem(
            places.of(origin, *path, values["key"], on="key"), "K126", Message("the catalogue has no language '{lang}'", lang=values["key"]),
            Message("catalogue.yml lists the languages"),
        )
    if kind == "no_default_language":
        return Problem(
            places.of(origin, *path, on="key"), "K127", Message("'{key}' has no text in the catalogue's first language ({lang})", key=key, lang=values["lang"]),
            Message("add '{lang}: ...'; readers of other languages get it where theirs is missing", lang=values["lang"]),
        )
    code, message, hint_ = _value_problem(kind, key, detail.get("input"), values)
    return Problem(places.of(origin, *path), code, message, hint_)


def _value_problem(kind: str, key: str, value: Any, values: dict[str, Any]) -> tuple[str, Message, Message | None]:
    shown = value if isinstance(value, str) else ""
    if kind == "no_such_day":
        return "K311", Message("no calendar has the day {value}", value=shown), Message("write year-month-day: 2027-01-31")
    forms: dict[str, tuple[Message, Message]] = {
        "day": (Message("'{key}' should be a date, but is '{value}'", key=key, value=shown[:40]), Message("write year-month-day: 2027-01-31")),
        "term": (Message("'{key}' should be a term, but is '{value}'", key=key, value=shown[:40]), Message("write 2027-var or 2027-host")),
        "number": (Message("'{key}' should be a number, but is '{value}'", key=key, value=shown[:40]), Message("write digits, with a point for decimals: 2.5")),
        "whole": (Message("'{key}' should be a whole number, but is '{value}'", key=key, value=shown[:40]), Message("write digits only: 250")),
        "flag": (Message("'{key}' should be true or false, but is '{value}'", key=key, value=shown[:40]), Message("write true or false")),
        "id": (Message("'{value}' is not an id", value=shown[:60]), Message("an id has a-z, 0-9 and hyphens, at most 60 characters")),
        "item_id": (Message("'{value}' is not the id of a course or module", value=shown[:60]), Message("write <provider>/<module>, for example fagskolen-oslo/fuktteknikk")),
        "address": (Message("'{value}' is not an address", value=shown[:80]), Message("write the whole address: https://...")),
        "language_code": (Message("'{value}' is not a language code", value=shown[:40]), Message("write nb, nn, en, se ...")),
        "string_pattern_mismatch": (Message("'{key}' has a wrong form: '{value}'", key=key, value=shown[:40]), _pattern_hint(key)),
        "string_too_long": (Message("'{key}' is too long", key=key), Message("5,000 characters are the limit")),
        "greater_than": (Message("'{key}' should be more than 0", key=key), Message("leave the line out when there is none")),
        "empty": (Message("'{key}' has an empty text", key=key), Message("write a value, or delete the line: what is unknown is left out")),
        "too_short": (Message("'{key}' needs at least one value", key=key), Message("add one")),
    }
    if kind in forms:
        message, hint = forms[kind]
        return "K123" if kind in ("empty", "too_short") else "K125", message, hint
    return "K124", _type_message(kind, key), _type_hint(kind)


def _pattern_hint(key: str) -> Message:
    if key == "organisation_number":
        return Message("an organisation number has nine digits")
    return Message("docs/formats.md says what '{key}' can be", key=key)


def _type_message(kind: str, key: str) -> Message:
    if kind in ("tuple_type", "list_type"):
        return Message("'{key}' should be a list", key=key)
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return Message("'{key}' should hold keys of its own", key=key)
    if kind in ("string_type", "text_type"):
        return Message("'{key}' should be a text", key=key)
    return Message("'{key}' has a value of the wrong kind", key=key)


def _type_hint(kind: str) -> Message:
    if kind in ("tuple_type", "list_type"):
        return Message("write one value a line with a dash before it, or all in square brackets: [a, b]")
    if kind in ("string_type", "text_type"):
        return Message("write one text after the colon, or one a language: {{nb: ..., nn: ..., en: ...}}")
    return Message("docs/formats.md shows an example")


def _keys_at(shape: Any, path: Sequence[str | int]) -> list[str]:
    """The keys that a record at this path can have."""
    here: Any = shape
    for step in path:
        if isinstance(step, int):
            continue
        if isinstance(here, type) and issubclass(here, BaseModel) and step in here.model_fields:
            here = _inner_model(here.model_fields[step].annotation)
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
