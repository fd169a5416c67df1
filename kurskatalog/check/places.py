"""The place of a key or value, looked up only when a problem needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kurskatalog.problems import Place
from kurskatalog.source.markdown import FRONT_LINE, front_text
from kurskatalog.source.text import Unreadable, read_text
from kurskatalog.source.yaml import Path as KeyPath
from kurskatalog.source.yaml import compose, place_in


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record is written: a file, and the keys that lead to it inside that file (in catalogue.yml)."""

    file: str
    prefix: KeyPath = ()


@dataclass(frozen=True, slots=True)
class _Source:
    """A file that was read again: its lines, the line on which its YAML begins, and the tree of that."""

    lines: list[str]
    first_line: int
    tree: Any


@dataclass(slots=True)
class Places:
    """Finds places; reads a file again the first time that one of its places is asked for."""

    root: Path
    _sources: dict[str, _Source] = field(default_factory=dict)

    def of(self, origin: Origin, *path: str | int, on: str = "value") -> Place:
        """The place of the value at `path` (of its key with `on="key"`); of the nearest parent when it is not there."""
        source = self._source(origin.file)
        whole = (*origin.prefix, *path)
        if not whole:
            return Place(origin.file, source.first_line, 1)
        return place_in(source.tree, origin.file, whole, on=on, first_line=source.first_line)

    def line(self, place: Place) -> str:
        """The line of the file on which a place is; empty for a place outside of its YAML."""
        source = self._source(place.file)
        row = place.line - source.first_line
        return source.lines[row] if 0 <= row < len(source.lines) else ""

    def _source(self, name: str) -> _Source:
        if name not in self._sources:
            self._sources[name] = self._read(name)
        return self._sources[name]

    def _read(self, name: str) -> _Source:
        try:
            text = read_text(self.root / name, name)
        except Unreadable:
            return _Source([], 1, None)
        if name.endswith(".md"):
            text = front_text(text)
        return _Source(text.split("\n"), FRONT_LINE if name.endswith(".md") else 1, compose(text))
