"""Sites that are built once for all processes of a test run."""

from __future__ import annotations

import datetime as dt
import fcntl
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from small import HOME, Small

from kurskatalog.pipeline.build import Wanted, build

OWN = ("catalogue.yml", "content", "modules", "mkdocs.yml")
"""What the repository's own catalogue consists of."""

_FACT_DAY = re.compile(r"^\s*(?:updated|verified_on): *(\d{4}-\d\d-\d\d)", re.MULTILINE)


def own_catalogue(root: Path) -> dt.date:
    """Copy the repository's own catalogue to `root`; the first day on which it can be built, that of its newest fact."""
    root.mkdir(parents=True)
    for name in OWN:
        (shutil.copytree if (HOME / name).is_dir() else shutil.copyfile)(HOME / name, root / name)
    files = [
        path for name in ("content", "modules") for path in (root / name).rglob("*") if path.suffix in (".yml", ".md")
    ]
    return max(dt.date.fromisoformat(day) for path in files for day in _FACT_DAY.findall(path.read_text("utf-8")))


def built_once(place: Path, sources: Callable[[Path], dt.date]) -> Small:
    """A catalogue and its site in `place`, which all processes of this run share; the first that comes builds it.

    `sources` writes the catalogue and gives the day to build it for. Nobody changes what is there.
    """
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done, root = place / "done", place / "katalog"
        if not done.exists():
            shutil.rmtree(root, ignore_errors=True)  # of a process that failed
            day = sources(root)
            found = Small(root, HOME, day)
            build(found.project, Wanted(today=day, jobs=2))
            done.write_text(day.isoformat(), "utf-8")
        return Small(root, HOME, dt.date.fromisoformat(done.read_text("utf-8")))
