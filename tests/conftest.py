"""What tests share: a program's home with short lists, small catalogues, and how long hypothesis searches."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from small import Small, small_files, write, write_home, write_program

# KURSKATALOG_TESTS=long searches longer and with new examples each time; without it every run tries the same ones.
LONG = os.environ.get("KURSKATALOG_TESTS") == "long"
_slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("short", derandomize=True, deadline=None, suppress_health_check=_slow, database=None)
settings.register_profile("long", deadline=None, max_examples=1000, suppress_health_check=_slow, print_blob=True)
settings.load_profile("long" if LONG else "short")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--renew` writes what tests compare with anew."""
    parser.addoption("--renew", action="store_true", help="write expected files anew; look at the difference in git")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's home with the real theme and a few terms in each list."""
    return write_home(tmp_path_factory.mktemp("home") / "home")


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """The program as installed somewhere else, with that home."""
    return write_program(tmp_path_factory.mktemp("program"), home)


@pytest.fixture
def small(tmp_path: Path, home: Path) -> Small:
    """A small catalogue in one language, not built yet."""
    write(tmp_path / "katalog", small_files(("nb",)))
    return Small(tmp_path / "katalog", home)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Small:
    """The small catalogue in three languages, built once in every process: to be read, not changed."""
    root = tmp_path_factory.mktemp("site") / "katalog"
    write(root, small_files())
    built = Small(root, home)
    built.build()
    return built
