"""Files with thousands of mistakes: they are told within seconds, and a file says so much and no more."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from overlay import GOOD, check, lay

COURSE = "content/providers/fagskolen-fjord/courses/vannrensing.yml"
PAGE = "content/pages/om.nb.md"
SETTINGS = "catalogue.yml"
BEGIN = {
    COURSE: "title: a\nsummary: b\nthemes: [ki]\n",
    PAGE: "---\ntitle: a\nsummary: b\n---\n\n",
    SETTINGS: (GOOD / "files" / SETTINGS).read_text("utf-8"),
    "content/published.txt": "",
}


def many(line: str, times: int) -> str:
    return "".join(line.format(n=n, next=n + 1) for n in range(times))


MANY = {
    "unknown keys": (COURSE, many("k{n}: 1\n", 10_000), "K121"),
    "lost modules": (COURSE, "modules:\n" + many("  - a/b{n}\n", 5_000), "K203"),
    "modules that are no ids": (COURSE, "modules:\n" + many("  - x{n}\n", 5_000), "K125"),
    "the same theme": (COURSE, "assessment:\n" + many("  - mappe\n", 5_000), "K206"),
    "unknown assessment": (COURSE, "assessment:\n" + many("  - form{n}\n", 5_000), "K204"),
    "empty items": (COURSE, "partners:\n" + many("  -\n", 5_000), "K123"),
    "colons": (COURSE, "partners:\n" + many("  - Lære: x\n", 5_000), "K112"),
    "redirects": (SETTINGS, "redirects:\n" + many("  a{n}: b{n}\n", 3_000), "K132"),
    "a chain of redirects": (SETTINGS, "redirects:\n" + many("  a{n}: a{next}\n", 3_000), "K132"),
    "providers": (SETTINGS, "providers:\n" + many("  a{n}: {{name: x, typ: y}}\n", 2_000), "K121"),
    "paths that are gone": ("content/published.txt", many("kurs/a/b{n}\n", 5_000), "K131"),
    "lost links": (PAGE, many("[en lenke](modul:x/y{n})\n", 3_000), "K207"),
    "lost anchors": (PAGE, many("[en lenke](#y{n})\n", 3_000) + many("\n## y y{n}\n", 2_000), "K208"),
    "lost pictures": (PAGE, many("![et bilde](y{n}.png)\n", 3_000), "K209"),
}


@pytest.mark.parametrize("name", MANY)
def test_thousands_of_mistakes_are_told_in_seconds(name: str, tmp_path: Path) -> None:
    file, text, code = MANY[name]
    lay(GOOD / "files", tmp_path)
    (tmp_path / file).write_text(BEGIN[file] + text, "utf-8")
    begin = time.monotonic()
    assert code in {p.code for p in check(tmp_path)}
    assert time.monotonic() - begin < 15


@pytest.mark.parametrize("name", ["unknown keys", "modules that are no ids", "empty items", "colons"])
def test_a_record_tells_a_hundred_at_most(name: str, tmp_path: Path) -> None:
    file, text, code = MANY[name]
    lay(GOOD / "files", tmp_path)
    (tmp_path / file).write_text(BEGIN[file] + text, "utf-8")
    assert 10 < len([p for p in check(tmp_path) if p.code == code]) <= 100
