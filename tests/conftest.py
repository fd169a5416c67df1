"""What tests share: a program's home with short lists, small catalogues, and how long hypothesis searches."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sites import built_once, own_catalogue
from small import LONG, Small, module, small_files, write, write_home, write_program

from kurskatalog.pipeline.replace import spare_place

# `LONG` searches longer and with new examples each time; else every run tries the same ones.
_slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
settings.register_profile("short", derandomize=True, deadline=None, suppress_health_check=_slow, database=None)
settings.register_profile("long", deadline=None, max_examples=1000, suppress_health_check=_slow, print_blob=True)
settings.load_profile("long" if LONG else "short")


MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3  # a run needs about 250 MB


def pytest_configure(config: pytest.Config) -> None:
    """Temporary files lie in memory where there is plenty: thousands of small ones on a disk are a third of the tests' time.

    The tests of what happens between two file systems find another one for themselves. TMPDIR chooses another place.
    """
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and _free(MEMORY) > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)  # for the processes of this run, and for what they start
        tempfile.tempdir = None


def _free(place: Path) -> int:
    """Bytes that can be written there, and that are free in memory."""
    told = re.search(r"^MemAvailable: *(\d+) kB", Path("/proc/meminfo").read_text("ascii"), re.MULTILINE)
    return min(shutil.disk_usage(place).free, int(told[1]) * 1024 if told else 0)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--renew` writes what tests compare with anew."""
    parser.addoption("--renew", action="store_true", help="write expected files anew; look at the difference in git")


def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: tests wait for browsers and for programs that they start."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish(session: pytest.Session) -> None:
    """Groups count. With pytest 9.2.0 pytest-xdist 3.8.0 ignored them without a word, and minutes were lost."""
    if session.config.getoption("loadgroup", default=False):
        lost = [
            item.nodeid for item in session.items if item.get_closest_marker("xdist_group") and "@" not in item.nodeid
        ]
        if lost:
            raise pytest.UsageError(f"pytest-xdist does not see the groups of {len(lost)} tests, such as {lost[0]}")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program's home with the real theme and a few terms in each list."""
    return write_home(tmp_path_factory.mktemp("home") / "home")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run see."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "sites"


@pytest.fixture(scope="session")
def own(shared: Path) -> Small:
    """The repository's own catalogue, built."""
    return built_once(shared / "own", own_catalogue)


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """The program as installed somewhere else, with that home."""
    return write_program(tmp_path_factory.mktemp("program"), home)


@pytest.fixture(scope="session")
def twice(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """A small catalogue in one language, built twice, so that it has a spare tree: to be copied."""
    root = tmp_path_factory.mktemp("twice") / "katalog"
    write(root, small_files(("nb",)))
    for text in ("En annen tekst.", "En tekst."):
        avvik = module("Avvik", text=text, hours="1.5", needs="redaksjonen/sensorer")
        write(root, {"modules/redaksjonen/avvik/module.nb.md": avvik})
        Small(root, home).build()
    return root


@pytest.fixture
def built(twice: Path, tmp_path: Path, home: Path) -> Small:
    """A copy of it, with nothing left to do."""
    shutil.copytree(twice, tmp_path / "katalog")
    copy = Small(tmp_path / "katalog", home)
    (copy.root / "build" / spare_place(Small(twice, home).project).name).rename(spare_place(copy.project))
    copy.build()
    return copy


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


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on another file system than the tests'."""
    for place in ("/dev/shm", "/run/user/" + str(os.getuid()), "/run", "/var/tmp", str(Path.home())):
        folder = Path(place)
        if folder.is_dir() and os.access(folder, os.W_OK) and folder.stat().st_dev != tmp_path.stat().st_dev:
            mine = folder / f"kurskatalog-{os.getpid()}"
            mine.mkdir()
            yield mine
            shutil.rmtree(mine)
            return
    pytest.fail("this machine has one file system only, so nobody knows whether a site on another one works")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A real Chromium: the one that KURSKATALOG_BROWSER names, or an installed one. None is a failure, not a skip."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    program = os.environ.get("KURSKATALOG_BROWSER") or next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.fail("there is no Chrome or Chromium: `make test` finds or installs one, KURSKATALOG_BROWSER names one")
    switches = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=switches)
        yield browser
        browser.close()
