"""The place of a key or value, looked up only when a problem needs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kurskatalog.problems import Place
from kurskatalog.source.markdown import FRONT_LINE, front_text
from kurskatalog.source.text import Unreadable, read_text
from kurskatalog.source.yaml import Path as KeyPath
from kurskatalog.source.yaml import find_place


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record is written: a file, and the keys that lead to it inside that file (for things in catalogue.yml)."""

    file: str
    prefix: KeyPath = ()


@dataclass(slots=True)
class Places:
    """Finds places; reads a file again the first time that one of its places is asked for."""

    root: Path
    _texts: dict[str, tuple[str, int]] = field(default_factory=dict)

    def of(self, origin: Origin, *path: str | int, on: str = "value") -> Place:
        """The place of the value at `path` (of its key with `on="key"`); of the nearest parent when it is not there."""
        if origin.file not in self._texts:
            self._texts[origin.file] = self._read(origin.file)
        text, first_line = self._texts[origin.file]
        whole = (*origin.prefix, *path)
        if not whole:
            return Place(origin.file, first_line, 1)
        return find_place(text, origin.file, whole, on=on, first_line=first_line)

    def _read(self, name: str) -> tuple[str, int]:
        try:
            text = read_text(self.root / name, name)
        except Unreadable:
            return "", 1
        return (front_text(text), FRONT_LINE) if name.endswith(".md") else (text, 1)
