"""Versions are those that the installed packages name themselves."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from kurskatalog.pipeline import versions as module


def test_versions_are_the_installed_ones() -> None:
    found = {**module.versions(), **module.print_versions()}
    assert found == {name: version(name) for name in (*module.PACKAGES, *module.PRINT_PACKAGES)}


def test_the_first_place_counts_and_what_is_not_there_is_a_dash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, name in (
        ("a", "Mkdocs.Material-1.2rc1.dist-info"),
        ("b", "mkdocs_material-3.dist-info"),
        ("b", "jinja2"),
    ):
        (tmp_path / place / name).mkdir(parents=True)
    monkeypatch.setattr("sys.path", [str(tmp_path / "borte"), str(tmp_path / "a"), str(tmp_path / "b")])
    module._installed.cache_clear()
    try:
        assert module._versions(("mkdocs-material", "jinja2")) == {"mkdocs-material": "1.2rc1", "jinja2": "-"}
    finally:
        module._installed.cache_clear()
