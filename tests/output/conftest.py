"""What tests of finished documents share: one site with its PDFs, e-books and packs, built once for all processes of a run."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest
from everything import write_everything
from paper import Paper, press_of
from small import TODAY, Small, write_home

from kurskatalog.output.pdf.press import Press
from kurskatalog.pipeline.build import PrintsWanted, Wanted, build


@pytest.fixture(scope="session")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """A press with the real templates."""
    return press_of(tmp_path_factory.mktemp("stage") / "print")


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """That catalogue, built with all its documents: to be read, not changed."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "printed"
    place.mkdir(exist_ok=True)
    small = Small(place / "katalog", place / "home", jobs=2)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "done").exists():
            for folder in (small.root, small.home):  # of a process that failed
                shutil.rmtree(folder, ignore_errors=True)
            write_home(small.home)
            write_everything(small)
            build(small.project, Wanted(today=TODAY, jobs=2, prints=PrintsWanted(texts=True)))
            (place / "done").touch()
    return small


@pytest.fixture
def copy(printed: Small, tmp_path: Path) -> Small:
    """A copy of it with what it has made, to be changed."""
    shutil.copytree(printed.root, tmp_path / "katalog")
    return Small(tmp_path / "katalog", printed.home, jobs=2)


@pytest.fixture(scope="session")
def papers(printed: Small) -> dict[str, Paper]:
    """Its PDFs by their names in the site."""
    return {p.relative_to(printed.out).as_posix(): Paper(p.read_bytes()) for p in sorted(printed.out.rglob("*.pdf"))}
