"""Every code has catalogues that give it and catalogues that nearly do; the text of every problem is held fast.

`pytest tests/check/test_projects.py --renew` writes expected.txt and places.txt anew: look at what git shows.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from overlay import BAD, GOOD, at, check, lay

from kurskatalog.problems import SEVERITIES
from kurskatalog.report import as_line
from kurskatalog.words import Words

ENGLISH = Words("en")
FIXTURES = sorted(path for path in BAD.iterdir() if path.is_dir())
NEAR = [path / "near" for path in FIXTURES if (path / "near").is_dir()]
DOCS = Path(__file__).parents[2] / "docs" / "problems.md"


def code_of(fixture: Path) -> str:
    return fixture.name.split("-")[0]


@pytest.mark.parametrize("project", sorted(GOOD.iterdir()), ids=lambda path: path.name)
def test_good_catalogues_have_no_problem(project: Path, tmp_path: Path) -> None:
    assert [as_line(p, ENGLISH) for p in check(project)] == []


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_bad_catalogues_give_their_problems(fixture: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    lay(fixture, tmp_path)
    problems = check(tmp_path)
    text = "".join(f"{as_line(p, ENGLISH)}\n" for p in problems)
    places = "".join(f"{p.code} {at(tmp_path, p.place)}\n" for p in problems)
    if pytestconfig.getoption("--renew"):
        (fixture / "expected.txt").write_text(text, "utf-8")
        (fixture / "places.txt").write_text(places, "utf-8")
    assert code_of(fixture) in {p.code for p in problems}
    assert all(at(tmp_path, p.place) for p in problems), "a place points behind the end of a line"
    renew = f"renew with: pytest {Path(__file__).name} --renew -k {fixture.name}"
    assert text == (fixture / "expected.txt").read_text("utf-8"), renew
    assert places == (fixture / "places.txt").read_text("utf-8"), renew


@pytest.mark.parametrize("near", NEAR, ids=lambda path: path.parent.name)
def test_near_misses_do_not(near: Path, tmp_path: Path) -> None:
    lay(near, tmp_path)
    code = code_of(near.parent)
    assert [as_line(p, ENGLISH) for p in check(tmp_path) if p.code == code] == []


def test_every_code_has_a_fixture_a_near_miss_and_a_section() -> None:
    codes = set(SEVERITIES)
    assert {code_of(path) for path in FIXTURES} == codes
    assert {code_of(path.parent) for path in NEAR} == codes
    assert [path.name for path in FIXTURES if not (path / "near").is_dir()] == []


def test_every_code_is_documented_with_its_severity() -> None:
    text = DOCS.read_text("utf-8")
    sections = dict(re.findall(r"^## (K\d{3})\n\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert list(sections) == sorted(SEVERITIES)
    words = {"error": "Feil", "warning": "Advarsel"}
    for code, section in sections.items():
        assert section.startswith(f"**{words[SEVERITIES[code]]}.**"), code
        assert "```" in section, f"{code} has no example"


def test_no_line_of_a_fixture_is_without_effect() -> None:
    """An overlay holds only what differs from its base."""
    for fixture in [*FIXTURES, *NEAR]:
        setup = json.loads(path.read_text("utf-8")) if (path := fixture / "setup.json").exists() else {}
        base = GOOD / setup.get("base", "files")
        for path in fixture.rglob("*"):
            name = path.relative_to(fixture)
            same = base / name
            if path.is_file() and name.parts[0] != "near" and same.is_file():
                assert path.read_bytes() != same.read_bytes(), path
