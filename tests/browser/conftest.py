"""Fixtures of the tests in a real browser: the built sites, served with their headers, and readers who visit them.

Sites are built once for all processes of a run. Every page that a reader opens is watched: an error in the console (a broken
Content-Security-Policy is one) or a request to another host fails the test.
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
from served import GOOD, Served
from small import HOME, LONG, TODAY

from kurskatalog.pipeline.build import Wanted, build
from kurskatalog.project import Project

# These take eight minutes on two cores, and CI has eight for everything. They are run with KURSKATALOG_TESTS=long until they are
# quicker (docs/performance.md says so too): CI runs the clock's and every kind of page's, with axe.
collect_ignore = (
    []
    if LONG
    else ["test_finder.py", "test_finder_golden.py", "test_for_everyone.py", "test_learn.py", "test_weight.py"]
)

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


class Readers:
    """People with browsers: `open` gives a page in a window of its own; `complaints` is what no page may cause."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.complaints: list[str] = []
        self._contexts: list[Any] = []

    def open(
        self,
        site: tuple[Served, dt.date],
        path: str = "",
        *,
        day: dt.date | None = None,
        width: int = 1280,
        height: int = 844,
        dark: bool = False,
        script: bool = True,
        calm: bool = False,
        expected: str = "",
        **more: Any,
    ) -> Any:
        """The page at `path`, loaded. The browser's clock stands at noon of `day` (the build's). `expected` is a complaint to come."""
        served, built = site
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce" if calm else "no-preference",
            java_script_enabled=script,
            timezone_id="Europe/Oslo",
            **more,
        )
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self._note(str(error), expected))
        page.on("console", lambda said: self._note(said.text, expected) if said.type in ("error", "warning") else None)
        page.on(
            "request",
            lambda sent: None if sent.url.startswith((served.address, "data:", "blob:")) else self._note(sent.url),
        )
        if script:
            noon = dt.datetime.combine(day or built, dt.time(12), dt.UTC)
            page.clock.set_fixed_time(noon)
        page.goto(served.address + path)
        page.wait_for_load_state("load")
        return page

    def _note(self, text: str, expected: str = "") -> None:
        if not expected or expected not in text:
            self.complaints.append(text)

    def leave(self) -> None:
        """Close all windows."""
        while self._contexts:
            self._contexts.pop().close()


@pytest.fixture
def readers(browser: Any) -> Iterator[Readers]:
    """Readers who leave at the end of the test. It fails when a page complained or asked another host for anything."""
    found = Readers(browser)
    yield found
    found.leave()
    assert found.complaints == []
