"""Drawings show what the text beside them says: every county once, every run in its time, arcs from what comes first."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from overlay import GOOD
from small import HOME, TODAY, catalogue_of

from kurskatalog.model.catalogue import Catalogue
from kurskatalog.view import SiteView, build_site
from kurskatalog.view.lists import LONG_LIST
from kurskatalog.view.pictures import SHADES, STEP, TILES, module_paths, time_line
from kurskatalog.view.teller import Teller


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue_of(shutil.copytree(GOOD / "states", tmp_path_factory.mktemp("states") / "katalog"))


@pytest.fixture(scope="module")
def pages(catalogue: Catalogue) -> dict[str, Any]:
    return {page.path: page.data for page in built(catalogue).pages}


def built(catalogue: Catalogue, day: dt.date = TODAY) -> SiteView:
    return build_site(catalogue, "nb", day, "0")


def test_the_map_has_every_county_once_and_none_above_another(catalogue: Catalogue, pages: dict[str, Any]) -> None:
    data = pages["fylke"]
    assert set(TILES) == set(catalogue.vocabularies["counties"].terms)
    assert len(set(TILES.values())) == len(TILES)
    assert {tile.path: tile.courses for tile in data.tiles} == {c.link.path: c.courses for c in data.counts}
    assert {(tile.x % STEP, tile.y % STEP) for tile in data.tiles} == {(0, 0)}
    shades = {tile.courses: tile.shade for tile in data.tiles}
    assert (shades[0], shades[1]) == (0, SHADES)
    assert {tile.lines for tile in data.tiles} >= {("Oslo",), ("Møre og", "Romsdal")}


def test_a_catalogue_without_counties_has_no_map(catalogue: Catalogue) -> None:
    later = built(catalogue)
    empty = [page.data for page in later.pages if page.path == "fylke/03"]
    assert empty[0].tiles == ()


def test_runs_lie_in_their_time(catalogue: Catalogue) -> None:
    line = time_line(Teller(catalogue, "nb", TODAY), catalogue.courses["kystskolen/apent"])
    assert line
    assert (line.first, line.last) == ("2027-01-01", "2028-01-01")
    spring, autumn = line.bars
    assert (spring.x, spring.apply) == (f"{100 * 31 / 365:.2f}%", f"{100 * 14 / 365:.2f}%")
    assert float(spring.x[:-1]) + float(spring.width[:-1]) < float(autumn.x[:-1])
    assert float(autumn.x[:-1]) + float(autumn.width[:-1]) <= 100
    assert [tick.text for tick in line.ticks] == ["jan. 2027", "apr. 2027", "juli 2027", "okt. 2027"]
    assert line.height > autumn.y


@pytest.mark.parametrize("name", ["ferdig", "termin", "uten-datoer", "egen-hand"])
def test_a_course_without_days_to_come_has_no_time_line(catalogue: Catalogue, name: str) -> None:
    assert time_line(Teller(catalogue, "nb", TODAY), catalogue.courses[f"kystskolen/{name}"]) is None


def test_arcs_lead_from_what_comes_first(catalogue: Catalogue, pages: dict[str, Any]) -> None:
    paths = module_paths(Teller(catalogue, "nb", TODAY), catalogue.courses["kystskolen/apent"])
    assert paths
    ends = [[int(n) for n in re.findall(r"(?<=[MC ])(\d+) \d+", arc)] for arc in paths.arcs]
    at = {node.number: node.x for node in paths.nodes}
    assert {(points[0], points[-1]) for points in ends} == {(at[1], at[2]), (at[1], at[3]), (at[2], at[3])}
    said = {use.number: use.after for use in pages["kurs/kystskolen/apent"].modules}
    assert said == {1: (), 2: (1,), 3: (1, 2)}
    assert module_paths(Teller(catalogue, "nb", TODAY), catalogue.courses["kystskolen/termin"]) is None


def test_everything_has_its_place_in_time(pages: dict[str, Any], catalogue: Catalogue) -> None:
    found = {row.path for code in ("dag", "uker", "semester", "lenger") for row in pages[f"tid/{code}"].courses}
    assert found == {f"kurs/{i}" for i, c in catalogue.courses.items() if c.facts.hours or c.facts.credits}
    assert len(pages["tid/semester"].courses) == 8
    assert len(pages["tid/uker"].modules) == 3
    assert [count.courses for count in pages["tid"].counts] == [0, 0, 8, 0]


def test_a_span_with_too_much_in_it_leads_on_by_provider(catalogue: Catalogue) -> None:
    many = {f"kystskolen/apent-{n}": catalogue.courses["kystskolen/apent"] for n in range(LONG_LIST + 1)}
    pages = {page.path: page.data for page in built(replace(catalogue, courses={**catalogue.courses, **many})).pages}
    span = pages["tid/semester"]
    assert (span.courses, [count.link.path for count in span.counts]) == ((), ["tilbydere/kystskolen"])
    assert pages["tid"].counts[2].courses == LONG_LIST + 1 + 8


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "kurs/kystskolen/apent",
            ["Nivå 5.1", "135 timer, 5 studiepoeng", "1. februar 2027", "15. januar 2027", "Bodø", "2\xa0500 kr"],
        ),
        (
            "kurs/kystskolen/egen-hand",
            ["ikke nivåplassert", "90 timer", "når du vil", "ingen søknad", "her på nettstedet", ""],
        ),
        (
            "moduler/kystskolen/grunnlag",
            ["Nivå 5.1", "45 timer", "når du vil", "ingen søknad", "her på siden", "gratis"],
        ),
    ],
)
def test_the_first_screen_answers_what_one_asks_first(pages: dict[str, Any], path: str, expected: list[str]) -> None:
    """Level, how long, when, until when, where, price: in this order, in plain words."""
    first = pages[path].first
    values = [" ".join(value.said.text for value in fact.values) for fact in first.facts]
    assert all(part in value for part, value in zip(expected, values, strict=True)), values
    assert first.able[0].text.startswith("kan ")
    assert first.begin.said.text


def test_the_theme_draws_without_inline_style(tmp_path: Path) -> None:
    for template in (HOME / "theme" / "docs").glob("*.j2"):
        assert not re.search(r"\sstyle=|<style|\son\w+=", template.read_text("utf-8")), template.name
