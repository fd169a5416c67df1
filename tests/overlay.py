"""Whole small catalogues: a base from projects/good/, laid over with the files of projects/bad/<CODE>-<what>/."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from kurskatalog.check.catalogue import check_catalogue
from kurskatalog.check.files import find_files, standard_vocabularies
from kurskatalog.check.reading import READ_AT_MOST, FileResult, SourceFile, check_file
from kurskatalog.pipeline.reading import ledger
from kurskatalog.problems import Place, Problem
from kurskatalog.project import Project

TODAY = dt.date(2026, 11, 21)
PROJECTS = Path(__file__).parent / "projects"
GOOD, BAD = PROJECTS / "good", PROJECTS / "bad"

# What stands in a fixture's folder and is no file of a catalogue.
ABOUT = ("expected.txt", "places.txt", "about.txt", "setup.json", "near")


def lay(overlay: Path, root: Path) -> None:
    """Make the catalogue of a fixture (or of its `near/`) in `root`.

    `setup.json` says which catalogue of good/ lies below (`base`), and makes what git cannot hold: `delete` files,
    symbolic `links`, `pipes`, `copies` (whose names may differ only in case), and `bytes` (a list of parts: `hex:...`,
    `text:...`, `base:` for the base's file, `fill:N` for N letters).
    """
    setup = json.loads(path.read_text("utf-8")) if (path := overlay / "setup.json").exists() else {}
    base = GOOD / setup.get("base", "files")
    shutil.copytree(base, root, dirs_exist_ok=True)
    for path in sorted(overlay.rglob("*")):
        name = path.relative_to(overlay)
        if path.is_file() and name.parts[0] not in ABOUT:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, root / name)
    _set_up(setup, base, root)


def _set_up(setup: Mapping[str, Any], base: Path, root: Path) -> None:
    for name in setup.get("delete", ()):
        (root / name).unlink()
    for name, target in setup.get("links", {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)
    for name in setup.get("pipes", ()):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(root / name)
    for name, source in setup.get("copies", {}).items():
        shutil.copyfile(root / source, root / name)
    for name, parts in setup.get("bytes", {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"".join(_part(part, base / name) for part in parts))


def _part(part: str, base: Path) -> bytes:
    kind, _, rest = part.partition(":")
    if kind == "base":
        return base.read_bytes()
    if kind == "fill":
        return b"x" * int(rest)
    return bytes.fromhex(rest) if kind == "hex" else rest.encode()


def check(root: Path, today: dt.date = TODAY) -> list[Problem]:
    """The problems of the catalogue in `root`, without a store and without other processes."""
    project = Project(root=root, out=root / "site")
    found = find_files(project)
    files = dict(_standard(project.home))
    for file, entry in found.files:
        with Path(entry).open("rb") as raw:
            files[file] = check_file(file, raw.read(READ_AT_MOST))
    problems = check_catalogue(files, root, today, ledger(root))[1]
    return sorted(found.problems + problems, key=lambda p: p.order)


@lru_cache(maxsize=2)
def _standard(home: Path) -> Mapping[SourceFile, FileResult]:
    project = Project(root=home / "-", out=home / "-", home=home)
    return {file: check_file(file, Path(entry.path).read_bytes()) for file, entry in standard_vocabularies(project)}


def at(root: Path, place: Place) -> str:
    """What stands at a place: the rest of its line, at most 40 characters; `-` for a whole file."""
    if not place.line:
        return "-"
    lines = (
        (root / place.file).read_text("utf-8", errors="replace").replace("\r\n", "\n").replace("\ufeff", "").split("\n")
    )
    return lines[place.line - 1][place.column - 1 :][:40].rstrip()
