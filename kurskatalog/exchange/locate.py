"""A place in a course's data or file -> the cell of a sheet that says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kurskatalog.exchange.fields import Field, all_fields
from kurskatalog.exchange.problems import Cell
from kurskatalog.exchange.sheet import Sheeted
from kurskatalog.problems import Place
from kurskatalog.source.yaml import compose, place_in, read_yaml

Path = tuple[str | int, ...]


def field_at(path: Sequence[str | int], data: Mapping[str, Any], languages: Sequence[str]) -> tuple[str, str]:
    """The run's id or "", and the name of the field, of a path in a course's data."""
    run = ""
    if len(path) > 1 and path[0] == "runs" and isinstance(path[1], int):
        run = str(data["runs"][path[1]].get("id", ""))
        path = path[2:]
    steps = tuple(str(step) for step in path)
    fits = [one for one in all_fields(languages).values() if _fits(one, steps, in_run=bool(run))]
    best = max(fits, key=lambda one: (len(one.path), one.lang), default=None)
    return run, best.name if best else (steps[0] if steps else "")


def _fits(one: Field, steps: tuple[str, ...], *, in_run: bool) -> bool:
    return one.in_run == in_run and steps[: len(one.path)] == one.path and one.lang in ("", steps[-1])


def cell_of(sheeted: Sheeted, run: str, name: str) -> Cell:
    """The cell of a field; where the sheet has no column for it, the row of its run or course."""
    if cell := sheeted.where.get((run, name)):
        return cell
    row = sheeted.where.get((run, "run.id"), sheeted.row) if run else sheeted.row
    return replace(row, column=0, header="")


def path_at(text: str, data: Mapping[str, Any], place: Place) -> Path:
    """The path of what stands at a place of a file; none for its beginning, which is the place of the whole."""
    tree = compose(text)
    begin = place_in(tree, place.file, ())
    at = (place.line, place.column)
    found: list[tuple[tuple[int, int], int, Path]] = []
    for path in _paths(data, ()):
        for on in ("key", "value"):
            here = place_in(tree, place.file, path, on=on)
            if (begin.line, begin.column) < (here.line, here.column) <= at:
                found.append(((here.line, here.column), len(path), path))
    return max(found, key=lambda one: one[:2], default=(at, 0, ()))[2]


def _paths(data: Any, path: Path) -> Iterator[Path]:
    pairs = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list) else ()
    for step, value in pairs:
        yield (*path, step)
        yield from _paths(value, (*path, step))


def data_of(text: str) -> dict[str, Any]:
    """The data of a file of a course."""
    data, _ = read_yaml(text, "")
    return data if isinstance(data, dict) else {}
