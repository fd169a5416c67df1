"""Fixtures of the tests in a real browser: the built sites, served with their headers, and readers who visit them.

Sites are built once for all processes of a run.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from readers import Readers
from served import GOOD, Served
from small import HOME, TODAY, catalogue_of

from kurskatalog.model.catalogue import Catalogue
from kurskatalog.pipeline.build import Wanted, build
from kurskatalog.project import Project

SHIPPED = ("catalogue.yml", "content", "modules", "mkdocs.yml")
_FACT_DAY = re.compile(r"^\s*(?:updated|verified_on): *(\d{4}-\d\d-\d\d)", re.MULTILINE)


def newest_fact(root: Path) -> dt.date:
    """The day of the newest fact of a catalogue: the first day on which it can be built."""
    files = [
        path for name in ("content", "modules") for path in (root / name).rglob("*") if path.suffix in (".yml", ".md")
    ]
    return max(dt.date.fromisoformat(day) for path in files for day in _FACT_DAY.findall(path.read_text("utf-8")))


def _built(place: Path, sources: Callable[[Path], dt.date]) -> tuple[Path, dt.date]:
    """The site of a catalogue in `place`, which all processes of this run share; the first that comes builds it."""
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done, root = place / "done", place / "katalog"
        if not done.exists():
            shutil.rmtree(root, ignore_errors=True)  # of a process that failed
            day = sources(root)
            build(Project(root=root, out=place / "site", home=HOME), Wanted(today=day, jobs=2))
            done.write_text(day.isoformat(), "utf-8")
        return place / "site", dt.date.fromisoformat(done.read_text("utf-8"))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run see."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "browser-sites"


@pytest.fixture(scope="session")
def shipped_root(shared: Path) -> Path:
    """The sources that `shipped` is built from."""
    return shared / "shipped" / "katalog"


@pytest.fixture(scope="session")
def shipped(shared: Path) -> Iterator[tuple[Served, dt.date]]:
    """The catalogue that ships with the program, served, and the day it was built for."""

    def sources(root: Path) -> dt.date:
        root.mkdir()
        for name in SHIPPED:
            copy = shutil.copytree if (HOME / name).is_dir() else shutil.copyfile
            copy(HOME / name, root / name)
        return newest_fact(root)

    site, day = _built(shared / "shipped", sources)
    served = Served(site)
    yield served, day
    served.end()


@pytest.fixture(scope="session")
def states(shared: Path) -> Iterator[tuple[Served, dt.date]]:
    """`projects/good/states`, served: runs in every state, things to do, a plan; and the day it was built for."""

    def sources(root: Path) -> dt.date:
        shutil.copytree(GOOD / "states", root)
        return TODAY

    site, day = _built(shared / "states", sources)
    served = Served(site)
    yield served, day
    served.end()


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """What `states` is made of, as the program has it."""
    return catalogue_of(shutil.copytree(GOOD / "states", tmp_path_factory.mktemp("states") / "katalog"))


@pytest.fixture(scope="session")
def windows(browser: Any) -> Iterator[Readers]:
    """The windows that all readers of this process share, one after the other."""
    found = Readers(browser)
    yield found
    found.end()


@pytest.fixture
def readers(windows: Readers) -> Iterator[Readers]:
    """Readers who leave at the end of the test. It fails when a page complained or asked another host for anything."""
    windows.complaints = []
    yield windows
    complaints = windows.complaints
    windows.leave()
    assert complaints == []
