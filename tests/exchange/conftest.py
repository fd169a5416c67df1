"""The catalogue that spreadsheets go into."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from small import HOME, write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalogue with a fagskole, `skolen`, that has no courses yet."""
    shutil.copytree(HOME / "tests/projects/good/files", tmp_path / "katalog")
    write(tmp_path / "katalog", {"content/providers/skolen/provider.yml": "name: Skolen\ntype: fagskole\n"})
    return tmp_path / "katalog"
