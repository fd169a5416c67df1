"""Where things lie: the catalogue's folders, the program's own home, and sorted lists of files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


def program_home() -> Path:
    """The folder with the program's own `theme/`, `content/vocabularies/` and `mkdocs.yml`.

    In a clone it is the repository; in an installed wheel it is `kurskatalog/home`.
    """
    package = Path(__file__).parent
    installed = package / "home"
    return installed if installed.is_dir() else package.parent


@dataclass(frozen=True, kw_only=True)
class Project:
    """A catalogue on disk: `root` holds the sources, `out` is the finished site, `work` what is generated on the way."""

    root: Path
    out: Path
    home: Path = field(default_factory=program_home)

    @property
    def work(self) -> Path:
        """Generated files, ignored by git."""
        return self.root / "build"

    @property
    def theme(self) -> Path:
        """The catalogue's own theme where it has one, the program's otherwise."""
        own = self.root / "theme"
        return own if own.is_dir() else self.home / "theme"

    @property
    def engine_settings(self) -> Path:
        """`mkdocs.yml`: the catalogue's own where it has one."""
        own = self.root / "mkdocs.yml"
        return own if own.is_file() else self.home / "mkdocs.yml"

    @property
    def editor(self) -> Path:
        """The editor's page, and below `node_modules` its bundle once npm has installed it."""
        return self.home / "editor"

    @property
    def is_home(self) -> bool:
        """Whether the catalogue is the one that ships with the program."""
        return self.root.resolve() == self.home.resolve()


# What an editor, a file manager or git leaves behind; never part of a catalogue.
IGNORED = (".", "~", "Thumbs.db", "desktop.ini")


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is none of the catalogue's business."""
    return name.startswith((".", "~")) or name.endswith("~") or name in IGNORED


def walk(top: Path | str, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below `top`, sorted, with its path from the root: `prefix/...`. Links are given, not followed."""
    try:
        entries = sorted(os.scandir(top), key=lambda e: e.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if is_ignored(entry.name):
            continue
        path = f"{prefix}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from walk(entry.path, path)
        else:
            yield path, entry
