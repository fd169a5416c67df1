"""The page of needs: what meets each, what meets none, and needs against offers by theme and level."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
from html_page import parse
from hypothesis import given
from hypothesis import strategies as st
from small import TODAY, Small, course, module, small_files, write

from kurskatalog.model.catalogue import Catalogue, Course, Module, Need, Vocabulary
from kurskatalog.model.records import CourseFile, ModuleFile, NeedFile, Settings, TermFile, VocabularyFile
from kurskatalog.pipeline.load import load
from kurskatalog.view import Page, build_site
from kurskatalog.view.gaps import answers, build_matrix

NEED = small_files(("nb",))["content/needs/maling.yml"]


@pytest.fixture
def pages_of(tmp_path: Path, home: Path):
    """The pages of a small catalogue with other files in it."""

    def build(more: dict[str, Any], lang: str = "nb", languages: tuple[str, ...] = ("nb",)) -> dict[str, Page]:
        files = {name: data for name, data in {**small_files(languages), **more}.items() if data is not None}
        write(tmp_path, files)
        loaded = load(Small(tmp_path, home).project, today=TODAY)
        assert loaded.catalogue is not None, loaded.problems
        return {page.path: page for page in build_site(loaded.catalogue, lang, TODAY, "1.0").pages}

    return build


def test_every_need_stands_once_with_its_source_and_what_meets_it(pages_of) -> None:
    data = pages_of({})["behov"].data
    assert [(g.publisher, g.title, g.year, g.url) for g in data.groups] == [
        ("Etaten", "En rapport", "2025", ""),
        ("Laget", "En annen rapport", "", "https://laget.example/rapport"),
    ]
    met, unmet = (need for group in data.groups for need in group.needs)
    assert (met.anchor, met.where, met.audience.text) == ("behov-maling", "avsnitt 2, side 7", "Operatører")
    assert [link.path for link in (*met.modules, *met.courses)] == ["moduler/redaksjonen/avvik", "kurs/skolen/aal"]
    assert (unmet.modules, unmet.courses) == ((), ())
    assert (data.total, data.met, [link.anchor for link in data.unmet]) == (2, 1, ["behov-nett"])


def test_modules_and_courses_name_the_needs_that_they_meet(pages_of) -> None:
    pages = pages_of({"content/needs/avvik.yml": {**NEED, "title": "Avvik", "courses": []}})
    fact = next(f for f in pages["moduler/redaksjonen/avvik"].data.more if f.label == "Svarer på disse behovene")
    assert [(link.path, link.anchor, link.note) for link in fact.values] == [
        ("behov", "behov-avvik", "Etaten"),
        ("behov", "behov-maling", "Etaten"),
    ]
    assert [link.anchor for link in pages["kurs/skolen/aal"].data.needs] == ["behov-maling"]
    assert pages["kurs/skolen/energi"].data.needs == ()
    assert "Svarer på disse behovene" not in [f.label for f in pages["moduler/redaksjonen/sensorer"].data.more]


def test_the_matrix_counts_and_judges(pages_of) -> None:
    data = pages_of({"content/needs/to.yml": {**NEED, "levels": [], "modules": [], "courses": []}})["behov"].data
    assert [column.said.text for column in data.matrix.columns] == ["5.1", "ikke nivåplassert", "nivå ikke oppgitt"]
    rows = {row.theme.path: row for row in data.matrix.rows}
    assert rows["tema/ki"].cells == (
        ("1 behov", "0 tilbud", "gap"),
        ("0 behov", "3 tilbud", "offers"),
        ("1 behov", "0 tilbud", "both"),  # no level: any offer of the theme may do
    )
    assert (rows["tema/ki"].all, rows["tema/ki"].unmet) == (("2 behov", "3 tilbud", "both"), "1")
    assert rows["tema/energi"].cells[0] == ("0 behov", "2 tilbud", "offers")


def test_no_needs_no_page_and_no_link_to_one(pages_of) -> None:
    pages = pages_of({"content/needs/maling.yml": None, "content/needs/nett.yml": None})
    assert "behov" not in pages


def test_the_footer_leads_to_the_needs_and_links_to_needs_hold(site: Small) -> None:
    for prefix, word in (("", "Kompetansebehov"), ("nn/", "Kompetansebehov"), ("en/", "Competence needs")):
        page = parse(site.html(f"{prefix}om"))
        assert [a.words for a in page.one("footer").all("a") if a["href"].endswith("/behov/")] == [word]
    page = parse(site.html("kurs/skolen/aal"))
    assert [a["href"] for a in page.one("section", class_="kk-answers").all("a")] == ["../../../behov/#behov-maling"]
    assert parse(site.html("behov")).one(id="behov-maling").one("h3").words == "Flere som kan måle"


def test_the_table_of_needs_reads_without_colour(site: Small) -> None:
    table = parse(site.html("behov")).one("table", class_="kk-matrix")
    assert table.one("caption").words
    heads = table.one("thead").all("th")
    assert {h["scope"] for h in heads} == {"col", "colgroup"}
    for row in table.one("tbody").all("tr"):
        assert row.one("th")["scope"] == "row"
        for cell in row.all("td")[:-1]:
            state = cell["class"].removeprefix("kk-")
            needs, offers = ("behov" in cell.words and "0 behov" not in cell.words), "0 tilbud" not in cell.words
            if state == "empty":
                assert "verken behov eller tilbud" in cell.words
            else:
                assert {(True, False): "gap", (True, True): "both", (False, True): "offers"}[needs, offers] == state


# --- any catalogue ---

THEMES, LEVELS = ("energi", "ki", "natur"), ("5.1", "5.2", "none")
some_themes = st.lists(st.sampled_from(THEMES), min_size=1, unique=True)
a_level = st.sampled_from((*LEVELS, None))


def vocabulary(name: str, codes: tuple[str, ...]) -> Vocabulary:
    terms = {code: TermFile(id=code, label={"nb": code}) for code in codes}
    return Vocabulary(name, VocabularyFile(name={"nb": name}, terms=tuple(terms.values())), terms)


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    courses, modules, needs = {}, {}, {}
    for number in range(draw(st.integers(0, 4))):
        facts = {**course("K"), "themes": draw(some_themes), "level": draw(a_level)}
        courses[f"s/k{number}"] = Course(f"s/k{number}", "", CourseFile(**facts))
    for number in range(draw(st.integers(0, 4))):
        facts = ModuleFile.model_construct(themes=tuple(draw(some_themes)), level=draw(a_level))
        modules[f"s/m{number}"] = Module(f"s/m{number}", "", facts, {})
    for number in range(draw(st.integers(0, 5))):
        facts = NeedFile(
            title="B",
            statement="B",
            source={"title": "R", "publisher": "E"},
            themes=draw(some_themes),
            levels=draw(st.lists(st.sampled_from(LEVELS), unique=True)),
            modules=draw(st.lists(st.sampled_from(sorted(modules)), unique=True)) if modules else [],
            courses=draw(st.lists(st.sampled_from(sorted(courses)), unique=True)) if courses else [],
        )
        needs[f"b{number}"] = Need(f"b{number}", "", facts)
    settings = Settings(
        title="T", address="https://k.example/", publisher={"name": "U"}, languages=["nb"], licence="CC0-1.0"
    )
    lists = {"themes": vocabulary("themes", THEMES), "levels": vocabulary("levels", LEVELS)}
    return Catalogue(settings, {}, courses, modules, {}, {}, needs, lists)


@given(catalogues())
def test_the_counts_are_those_that_one_gets_by_hand(catalogue: Catalogue) -> None:
    matrix = build_matrix(catalogue)
    for theme, level in product(THEMES, (*LEVELS, None)):
        needs = [
            n.facts
            for n in catalogue.needs.values()
            if theme in n.facts.themes and level in (n.facts.levels or (None,))
        ]
        offers = [
            sum(theme in thing.facts.themes and thing.facts.level == level for thing in things.values())
            for things in (catalogue.courses, catalogue.modules)
        ]
        unmet = sum(not (n.modules or n.courses) for n in needs)
        cell = matrix.cells.get((theme, level))
        assert (cell[:4] if cell else (0, 0, 0, 0)) == (len(needs), unmet, *offers)
    for theme, total in matrix.totals.items():
        assert total.needs == sum(theme in n.facts.themes for n in catalogue.needs.values())
        assert (total.state == "gap") == (total.needs > 0 and total.courses + total.modules == 0)


@given(catalogues())
def test_answers_are_the_needs_the_other_way_round(catalogue: Catalogue) -> None:
    pairs = {(f"module:{m}", i) for i, n in catalogue.needs.items() for m in n.facts.modules}
    pairs |= {(f"course:{c}", i) for i, n in catalogue.needs.items() for c in n.facts.courses}
    assert {(name, need) for name, needs in answers(catalogue).items() for need in needs} == pairs


def test_a_module_that_nobody_asks_for_has_no_line(pages_of) -> None:
    page = pages_of({"modules/skolen/ny/module.nb.md": module("Ny")})["moduler/skolen/ny"]
    assert not [value for fact in page.data.more for value in fact.values if value.path == "behov"]
