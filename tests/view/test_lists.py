"""Ways in: every provider, level, theme and county has a page, counts are right, lists are sorted as Norwegians expect."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from small import TODAY, Small, course, module, small_files, write

from kurskatalog.model.catalogue import Catalogue
from kurskatalog.pipeline.load import load
from kurskatalog.view import Page, build_site
from kurskatalog.view.lists import LONG_LIST
from kurskatalog.words import Words, sort_key


def read(small: Small) -> Catalogue:
    """The catalogue of what lies on disk."""
    loaded = load(small.project, today=small.today)
    assert loaded.catalogue is not None, loaded.problems
    return loaded.catalogue


def pages_of(catalogue: Catalogue, lang: str = "nb") -> dict[str, Page]:
    """Its pages by their paths."""
    return {page.path: page for page in build_site(catalogue, lang, TODAY, "1.0").pages}


@pytest.fixture(scope="module")
def catalogue(site: Small) -> Catalogue:
    return read(site)


@pytest.fixture(scope="module", params=["nb", "nn", "en"])
def pages(request: pytest.FixtureRequest, catalogue: Catalogue) -> dict[str, Page]:
    """The pages in each language."""
    return pages_of(catalogue, request.param)


def test_everything_has_a_page(catalogue: Catalogue, pages: dict[str, Page]) -> None:
    terms = {"nivaa": "levels", "tema": "themes", "fylke": "counties"}
    expected = {
        "",
        "kurs",
        "moduler",
        "tilbydere",
        "nivaa",
        "tema",
        "fylke",
        "planer",
        "behov",
        "status",
        "om",
        "kalender",
        "tid",
        "tid/dag",
        "tid/uker",
        "tid/semester",
        "tid/lenger",
        "finn",
        "finn/liste",
    }
    expected |= {f"tilbydere/{i}" for i in catalogue.providers} | {f"kurs/{i}" for i in catalogue.courses}
    expected |= {f"moduler/{i}" for i in catalogue.modules} | {f"planer/{i}" for i in catalogue.plans}
    expected |= {f"{folder}/{code}" for folder, name in terms.items() for code in catalogue.vocabularies[name].terms}
    assert set(pages) == expected
    assert all(page.title and page.description for page in pages.values())


@pytest.mark.parametrize("folder", ["nivaa", "tema", "fylke", "tilbydere"])
def test_counts_are_those_of_the_pages_behind_them(pages: dict[str, Page], folder: str) -> None:
    counts = pages[folder].data.counts
    assert {count.link.path for count in counts} == {path for path in pages if path.startswith(f"{folder}/")}
    for count in counts:
        behind = pages[count.link.path].data
        assert (count.courses, count.modules) == (len(behind.courses), len(behind.modules)), count.link.path


def test_counts_are_those_of_the_catalogue(catalogue: Catalogue, pages: dict[str, Page]) -> None:
    for code in catalogue.vocabularies["themes"].terms:
        courses = [i for i, c in catalogue.courses.items() if code in c.facts.themes]
        modules = [i for i, m in catalogue.modules.items() if code in m.facts.themes]
        data = pages[f"tema/{code}"].data
        assert {row.path for row in data.courses} == {f"kurs/{i}" for i in courses}
        assert {row.path for row in data.modules} == {f"moduler/{i}" for i in modules}
    for code in catalogue.vocabularies["counties"].terms:
        found = {
            i for i, c in catalogue.courses.items() if any(p.county == code for r in c.facts.runs for p in r.places)
        }
        assert {row.path for row in pages[f"fylke/{code}"].data.courses} == {f"kurs/{i}" for i in found}
    assert len(pages["kurs"].data.courses) == len(catalogue.courses)
    assert len(pages["moduler"].data.modules) == len(catalogue.modules)


def test_an_empty_page_says_so(pages: dict[str, Page], site: Small) -> None:
    data = pages["tema/bygg"].data
    assert (data.courses, data.modules, data.counts) == ((), (), ())
    assert data.empty
    said = Words("nb")("There are no courses or modules here yet.")
    assert said in site.html("tema/bygg")
    assert said not in site.html("tema/energi")


def test_a_county_names_the_providers_that_are_there(pages: dict[str, Page]) -> None:
    assert [count.link.path for count in pages["fylke/18"].data.counts] == ["tilbydere/skolen"]
    assert not pages["fylke/03"].data.counts


def test_the_home_page_leads_to_what_is_not_empty(pages: dict[str, Page]) -> None:
    data = pages[""].data
    assert [count.link.path for count in data.counties] == ["fylke/18"]
    assert {count.link.path for count in data.themes} == {"tema/energi", "tema/ki"}
    assert (data.courses, data.modules, data.providers) == (3, 3, 2)
    assert [row.path for row in data.soon] == ["kurs/skolen/energi"]
    assert [row.path for row in data.open_courses] == ["kurs/redaksjonen/maling"]


# --- order ---

TITLES = ["Ål", "Aalesund", "Ørret", "Ærfugl", "Zink", "énergi", "Energi", "energi 2", "Öl", "alfa", "Beta", "«Citat»"]


@pytest.fixture
def ordered(tmp_path: Path, home: Path) -> dict[str, Page]:
    """A catalogue whose files lie in another order than their titles."""
    files: dict[str, Any] = small_files(("nb",))
    for number, title in enumerate(TITLES):
        files[f"content/providers/skolen/courses/c-{number:02}.yml"] = course(title, level="5.1")
        files[f"modules/skolen/m-{number:02}/module.nb.md"] = module(title)
        files[f"content/providers/p-{number:02}/provider.yml"] = {
            "name": title,
            "type": "fagskole",
            "places": [{"name": "Oslo", "county": "03"}],
        }
        files[f"content/plans/p-{number:02}.yml"] = {**files["content/plans/operator.yml"], "title": title}
    write(tmp_path, files)
    return pages_of(read(Small(tmp_path, home)))


LISTS = {
    "courses": ["kurs", "tilbydere/skolen", "tema/energi", "nivaa/5.1"],
    "modules": ["moduler", "tilbydere/skolen", "tema/ki"],
    "counts": ["tilbydere", "fylke", "tema", "fylke/03"],
}


@pytest.mark.parametrize(("path", "part"), [(path, part) for part, paths in LISTS.items() for path in paths])
def test_lists_are_in_norwegian_order(ordered: dict[str, Page], path: str, part: str) -> None:
    rows = getattr(ordered[path].data, part)
    titles = [row.link.said.text if part == "counts" else row.said.text for row in rows]
    assert len(titles) >= 2
    assert titles == sorted(titles, key=sort_key)
    if len(titles) > len(TITLES):
        places = [titles.index(t) for t in ("alfa", "Zink", "Ærfugl", "Ørret", "Ål")]
        assert places == sorted(places)


def test_plans_are_in_norwegian_order(ordered: dict[str, Page]) -> None:
    titles = [entry.link.said.text for entry in ordered["planer"].data]
    assert titles == sorted(titles, key=sort_key)


def test_levels_are_in_the_order_of_the_framework(pages: dict[str, Page]) -> None:
    assert [count.link.path for count in pages["nivaa"].data.counts] == ["nivaa/5.1", "nivaa/none"]


def test_deadlines_are_in_the_order_of_days(tmp_path: Path, home: Path) -> None:
    files: dict[str, Any] = small_files(("nb",))
    days = ["2027-03-01", "2026-11-21", "2026-12-24", "2026-11-30", "2027-01-01", "2026-11-20", "2027-02-02"]
    for number, day in enumerate(days):
        run = {"id": "r", "apply_by": day, "verified_on": "2026-11-01"}
        files[f"content/providers/skolen/courses/c-{number}.yml"] = course(f"K{number}", level="5.1", runs=[run])
    write(tmp_path, files)
    data = pages_of(read(Small(tmp_path, home)))[""].data
    assert [row.deadline.iso for row in data.soon][: data.shown] == [
        "2026-11-21",
        "2026-11-30",
        "2026-12-01",
        "2026-12-24",
        "2027-01-01",
    ]


def test_a_very_long_list_gives_way_to_ways_in(tmp_path: Path, home: Path) -> None:
    files: dict[str, Any] = small_files(("nb",))
    for number in range(LONG_LIST):
        files[f"content/providers/skolen/courses/c-{number}.yml"] = course(f"K{number}", level="5.1")
    write(tmp_path, files)
    data = pages_of(read(Small(tmp_path, home)))["kurs"].data
    assert not data.courses
    assert sum(count.courses for count in data.counts) == LONG_LIST + 3


# --- what pages depend on ---


def test_pages_do_not_depend_on_the_order_of_records(catalogue: Catalogue) -> None:
    def backwards(records: Mapping[str, Any]) -> dict[str, Any]:
        return dict(reversed(records.items()))

    names = ("providers", "courses", "modules", "pages", "plans", "needs", "vocabularies")
    other = dataclasses.replace(catalogue, **{name: backwards(getattr(catalogue, name)) for name in names})
    for lang in catalogue.settings.languages:
        one, two = (build_site(c, lang, TODAY, "1.0") for c in (catalogue, other))
        assert {p.path: repr(p) for p in one.pages} == {p.path: repr(p) for p in two.pages}
        assert (one.menu, one.footer) == (two.menu, two.footer)


def test_a_page_tells_all_that_it_shows(site: Small) -> None:
    """Two readings of the same files give pages that look the same to the build."""
    one, two = (pages_of(read(site)) for _ in range(2))
    assert {path: repr(page) for path, page in one.items()} == {path: repr(page) for path, page in two.items()}
    assert not [path for path, page in one.items() if " at 0x" in repr(page)]
