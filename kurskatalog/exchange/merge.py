"""Three ways: what the last import said, what the file says now, what the sheet says now."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from kurskatalog.exchange.course import Course, Values

STATE = ".import.json"
"""In the provider's folder: what the last import said. Part of the repository, so that everybody's import knows it."""

Prefer = Literal["", "sheet", "file"]


@dataclass(slots=True)
class Merged:
    """What the file is to say, what the next import compares with, and (run, field) that both changed."""

    after: Course
    base: Course
    conflicts: list[tuple[str, str]] = field(default_factory=list)


def merge(file: Course, sheet: Course, base: Course, seen: Collection[str], prefer: Prefer = "") -> Merged:
    """The sheet's values where only it has changed, the file's where only that has, neither's silently where both have.

    `seen` are the fields that the sheet has a column for. An empty cell takes a value away only when an import had
    brought it. What the sheet has no row for stays: a report of one term says nothing about another.
    """
    merged = Merged(Course(dict(file.values)), Course(dict(base.values)))
    _merge(merged, "", merged.after.values, sheet.values, merged.base.values, seen, prefer)
    merged.after.runs = {ident: dict(values) for ident, values in file.runs.items()}
    merged.base.runs = {ident: dict(values) for ident, values in base.runs.items()}
    for ident, values in sheet.runs.items():
        if ident in base.runs and ident not in file.runs and values == base.runs[ident]:
            continue  # somebody deleted the run by hand
        after = merged.after.runs.setdefault(ident, {})
        _merge(merged, ident, after, values, merged.base.runs.setdefault(ident, {}), seen, prefer)
        after["run.id"] = ident
    return merged


def _merge(
    merged: Merged, run: str, after: Values, sheet: Values, base: Values, seen: Collection[str], prefer: Prefer
) -> None:
    names = sorted(name for name in {*after, *sheet, *base} if name in seen or name in sheet)
    for name in names:
        ours, theirs, old = after.get(name, ""), sheet.get(name, ""), base.get(name, "")
        if theirs in (ours, old) or prefer == "file":
            _set(base, name, theirs)
        elif ours == old or prefer == "sheet":
            _set(after, name, theirs)
            _set(base, name, theirs)
        else:
            merged.conflicts.append((run, name))


def _set(values: Values, name: str, text: str) -> None:
    if text:
        values[name] = text
    else:
        values.pop(name, None)


def read_state(path: Path) -> dict[str, Course]:
    """Course -> what the last import said of it; nothing when there was none or the file is damaged."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return {str(ident): _course(course) for ident, course in data["courses"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _course(kept: Mapping[str, Any]) -> Course:
    return Course(_texts(kept["values"]), {str(run): _texts(values) for run, values in kept["runs"].items()})


def _texts(values: Mapping[str, Any]) -> Values:
    return {str(name): str(text) for name, text in values.items()}


def state_text(courses: Mapping[str, Course]) -> str:
    """The inverse of `read_state`, a value a line, so that proposals show what an import changed."""
    data = {ident: {"values": c.values, "runs": c.runs} for ident, c in sorted(courses.items())}
    return json.dumps({"courses": data}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
