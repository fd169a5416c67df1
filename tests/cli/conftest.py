"""Fixtures of the tests of the commands: catalogues of their own, a served one, a browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import Served
from small import Small, small_files, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small catalogue, not built; for commands that only read and write sources."""
    write(tmp_path / "katalog", small_files(("nb",)))
    return tmp_path / "katalog"


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Small:
    root = tmp_path_factory.mktemp("built") / "katalog"
    write(root, small_files(("nb",)))
    small = Small(root, home)
    small.build()
    return small


@pytest.fixture
def built(_built: Small, tmp_path: Path) -> Small:
    """The small catalogue in one language, built, to be changed."""
    shutil.copytree(_built.root, tmp_path / "katalog")
    return Small(tmp_path / "katalog", _built.home)


@pytest.fixture
def serve(program: Path, tmp_path: Path) -> Iterator[Any]:
    """Serve catalogues until the test ends; their folders (in `tmp_path`) are still there then."""
    running: list[Served] = []

    def start(root: Path, *arguments: str) -> Served:
        running.append(Served(program, root, *arguments))
        return running[-1]

    yield start
    for one in running:
        one.end()
