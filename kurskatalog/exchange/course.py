"""A course's data <-> its fields as texts, one text a field, the same however somebody wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kurskatalog.exchange.fields import Field, fields

OPTIONAL = "(valgfri)"
Values = dict[str, str]
"""Name of a field -> its value as a text; what is empty is left out."""


@dataclass(slots=True)
class Course:
    """The values of a course, and of its runs by their ids."""

    values: Values = field(default_factory=dict)
    runs: dict[str, Values] = field(default_factory=dict)


def to_course(data: Mapping[str, Any], languages: Sequence[str]) -> Course:
    """The fields of a course's data (as strict YAML gives it: every value a text)."""
    course = Course()
    for one in fields(languages):
        if not one.in_run and one.name != "id" and (text := _text(data, one, languages[0])):
            course.values[one.name] = text
    for run in data.get("runs") or ():
        values = {one.name: _text(run, one, languages[0]) for one in fields(languages) if one.in_run}
        course.runs[values["run.id"]] = {name: text for name, text in values.items() if text}
    return course


def _text(data: Any, one: Field, default: str) -> str:
    value = _at(data, one.path)
    if value is None:
        return ""
    match one.kind:
        case "text":
            return _language(value, one.lang or default, default).strip()
        case "texts":
            lines = [escape(_language(item, one.lang or default, default).strip()) for item in value]
            return "\n".join(lines).rstrip("\n")
        case "codes":
            return "; ".join(value)
        case "ids":
            return "; ".join(item if isinstance(item, str) else _use(item) for item in value)
        case "places":
            return "\n".join(_place(item) for item in value)
        case "number":
            return number_text(str(value))
        case "whole":
            return str(int(value)) if re.fullmatch(r"\d{1,7}", str(value)) else str(value)
        case _:
            return str(value).strip()


def _at(data: Any, path: Sequence[str]) -> Any:
    for step in path:
        if not isinstance(data, Mapping) or step not in data:
            return None
        data = data[step]
    return data


def _language(value: Any, lang: str, default: str) -> str:
    if isinstance(value, Mapping):
        return str(value.get(lang, ""))
    return str(value) if lang == default else ""


def _use(item: Mapping[str, str]) -> str:
    return f"{item['module']} {OPTIONAL}" if item.get("optional") == "true" else str(item["module"])


def _place(item: Mapping[str, str]) -> str:
    name, county = " ".join(item["name"].split()), item.get("county", "")
    return f"{name} ({county})" if county or name.endswith(")") else name


def number_text(text: str) -> str:
    """2.50 and 2.5 are one number."""
    return re.sub(r"\.?0+\Z", "", text) if re.fullmatch(r"\d+\.\d+", text) else text


def escape(text: str) -> str:
    """A text of a list on one line."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def unescape(line: str) -> str:
    """The inverse of `escape`."""
    return re.sub(r"\\([\\n])", lambda match: "\n" if match[1] == "n" else "\\", line)


def changes(
    data: Mapping[str, Any], before: Course, after: Course, languages: Sequence[str]
) -> dict[tuple[str | int, ...], Any]:
    """What is to be written into a course's data, by path: a value, or None for what goes.

    A value is written whole where one of its languages changed; runs keep their places, new ones come last.
    """
    known = [one for one in fields(languages) if one.name != "id"]
    found = dict(_changes(data, before.values, after.values, [o for o in known if not o.in_run], languages, ()))
    runs = list(data.get("runs") or ())
    numbers = {str(run.get("id")): number for number, run in enumerate(runs)}
    of_runs = [one for one in known if one.in_run]
    added: list[Any] = []
    for ident, values in after.runs.items():
        if ident in numbers:
            at = ("runs", numbers[ident])
            found |= dict(_changes(runs[numbers[ident]], before.runs[ident], values, of_runs, languages, at))
        else:
            added.append(build(values, of_runs, languages))
    if added and runs:
        found |= {("runs", len(runs) + n): run for n, run in enumerate(added)}
    elif added:
        found["runs",] = added
    return found


def _changes(
    data: Mapping[str, Any],
    before: Values,
    after: Values,
    known: Sequence[Field],
    languages: Sequence[str],
    at: tuple[str | int, ...],
) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    changed = {one.path for one in known if before.get(one.name, "") != after.get(one.name, "")}
    for path in dict.fromkeys(one.path for one in known if one.path in changed):
        value = _value([one for one in known if one.path == path], after, languages[0])
        yield (*at, *path), value
    parents = {path[:1] for path in changed if len(path) > 1}
    for parent in parents:  # a map of which nothing is left goes as well
        rest = set((_at(data, parent) or {}).keys())
        of_parent = [one for one in known if one.path[:1] == parent]
        if rest <= {one.path[1] for one in of_parent} and not any(after.get(one.name) for one in of_parent):
            yield (*at, *parent), None


def build(values: Values, known: Sequence[Field], languages: Sequence[str]) -> dict[str, Any]:
    """The data of a course or run from nothing but its fields."""
    data: dict[str, Any] = {}
    for path in dict.fromkeys(one.path for one in known):
        value = _value([one for one in known if one.path == path], values, languages[0])
        if value is not None:
            here = data
            for step in path[:-1]:
                here = here.setdefault(step, {})
            here[path[-1]] = value
    return data


def build_course(course: Course, languages: Sequence[str]) -> dict[str, Any]:
    """The data of a course that has no file yet."""
    known = [one for one in fields(languages) if one.name != "id"]
    data = build(course.values, [one for one in known if not one.in_run], languages)
    if course.runs:
        data["runs"] = [
            build(values, [one for one in known if one.in_run], languages) for values in course.runs.values()
        ]
    return data


def _value(group: Sequence[Field], values: Values, default: str) -> Any:
    """The data of one path from its field, or of a text from those of all languages; None for nothing."""
    texts = {one.lang or default: values.get(one.name, "") for one in group}
    first = group[0]
    text = texts[default] if first.kind in ("text", "texts") else values.get(first.name, "")
    match first.kind:
        case "text":
            return _in_languages(texts, default)
        case "texts":
            lines = {lang: value.split("\n") if value else [] for lang, value in texts.items()}
            longest = max(map(len, lines.values()), default=0)
            rows = [{lang: unescape(v[n]) if n < len(v) else "" for lang, v in lines.items()} for n in range(longest)]
            return [_in_languages(row, default) or "" for row in rows] or None
        case _ if not text:
            return None
        case "codes":
            return text.split("; ")
        case "ids":
            return [_as_use(part) for part in text.split("; ")]
        case "places":
            return [_as_place(line) for line in text.split("\n")]
        case _:
            return text


def _in_languages(texts: Mapping[str, str], default: str) -> Any:
    there = {lang: text for lang, text in texts.items() if text}
    if set(there) <= {default}:
        return there.get(default)
    return there


def _as_use(part: str) -> Any:
    if part.endswith(OPTIONAL):
        return {"module": part.removesuffix(OPTIONAL).rstrip(), "optional": "true"}
    return part


def _as_place(line: str) -> dict[str, str]:
    match = re.fullmatch(r"(?P<name>.*\S) ?\((?P<county>[^()]*)\)", line)
    if match is None:
        return {"name": line}
    return {"name": match["name"]} | ({"county": match["county"]} if match["county"] else {})
