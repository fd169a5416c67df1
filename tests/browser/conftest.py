"""Fixtures of the tests in a real browser: the built sites, served with their headers, and readers who visit them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from readers import Readers
from served import GOOD, Served
from sites import built_once
from small import TODAY, Small, catalogue_of

from kurskatalog.model.catalogue import Catalogue


@pytest.fixture(scope="session")
def shipped(own: Small) -> Iterator[tuple[Served, dt.date]]:
    """The catalogue that ships with the program, served, and the day it was built for."""
    served = Served(own.out)
    yield served, own.today
    served.end()


@pytest.fixture(scope="session")
def states(shared: Path) -> Iterator[tuple[Served, dt.date]]:
    """`projects/good/states`, served: runs in every state, things to do, a plan; and the day it was built for."""

    def sources(root: Path) -> dt.date:
        shutil.copytree(GOOD / "states", root)
        return TODAY

    site = built_once(shared / "states", sources)
    served = Served(site.out)
    yield served, site.today
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
