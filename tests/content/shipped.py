"""The catalogue that the repository ships with, read once, and its texts in pieces."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from overlay import check
from small import HOME, TODAY, catalogue_of

from kurskatalog.check.reading import SourceFile, check_file
from kurskatalog.model.catalogue import Catalogue, Module
from kurskatalog.problems import Problem

OWN = "redaksjonen"
"""The catalogue's own provider."""


@lru_cache(maxsize=8)
def script(name: str) -> ModuleType:
    """A script of the repository as a module."""
    spec = importlib.util.spec_from_file_location(name, HOME / "scripts" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@lru_cache(maxsize=1)
def problems() -> list[Problem]:
    return check(HOME, TODAY)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return catalogue_of(HOME)


def own_modules() -> dict[str, Module]:
    return {ident: module for ident, module in catalogue().modules.items() if module.provider == OWN}


@lru_cache(maxsize=256)
def html_of(file: str) -> str:
    """A text as it is rendered."""
    parts = file.split("/")
    kind, owner = ("module", "/".join(parts[1:3])) if parts[0] == "modules" else ("page", parts[-1].split(".")[0])
    return check_file(SourceFile(file, kind, owner, file.split(".")[-2]), (HOME / file).read_bytes()).html


def texts() -> Iterator[tuple[str, str]]:
    """(where, text) of everything that editors wrote for readers; titles of sources are those documents' own."""
    for record in (*catalogue().modules.values(), *catalogue().pages.values()):
        for facts, body in record.texts.values():
            yield body.file, script("reading_ease").plain(html_of(body.file))
            yield from _said(body.file, facts.model_dump(exclude={"sources", "authors"}))
    for kind in ("courses", "plans", "needs", "providers"):
        for record in getattr(catalogue(), kind).values():
            yield from _said(record.file, record.facts.model_dump(exclude={"source": {"title", "publisher", "section", "url"}}))


def _said(where: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for inside in value.values():
            yield from _said(where, inside)
    elif isinstance(value, (list, tuple)):
        for inside in value:
            yield from _said(where, inside)


def front(path: Path) -> str:
    """A file's name from the repository's root."""
    return path.relative_to(HOME).as_posix()
