"""Catalogues in git."""

from __future__ import annotations

from pathlib import Path

import pytest
from gitted import Gitted


@pytest.fixture
def repo(tmp_path: Path, home: Path) -> Gitted:
    """The small catalogue in three languages, committed once."""
    return Gitted.begin(tmp_path / "katalog", home)
