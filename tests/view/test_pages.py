"""Pages of modules, courses and plans: neighbours, prerequisites, facts, and what is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small import RUN, TODAY, Small, course, module, small_files, write

from kurskatalog.pipeline.load import load
from kurskatalog.view import Page, build_site
from kurskatalog.words import Words


@pytest.fixture
def pages_of(tmp_path: Path, home: Path):
    """The pages of a small catalogue with other files in it."""

    def build(more: dict[str, Any], lang: str = "nb", languages: tuple[str, ...] = ("nb",)) -> dict[str, Page]:
        write(tmp_path, {**small_files(languages), **more})
        loaded = load(Small(tmp_path, home).project, today=TODAY)
        assert loaded.catalogue is not None, loaded.problems
        return {page.path: page for page in build_site(loaded.catalogue, lang, TODAY, "1.0").pages}

    return build


MALING = "content/providers/redaksjonen/courses/maling.yml"


def steps(page: Page) -> list[tuple[str, int, int, str, str]]:
    """(course, number, of, before, after) of a module's places in courses."""

    def path(link: Any) -> str:
        return link.path if link else ""

    return [(s.course.path, s.number, s.total, path(s.before), path(s.after)) for s in page.data.steps]


def test_a_module_knows_its_neighbours_in_every_course(pages_of) -> None:
    other = course("Åpent kurs", modules=["redaksjonen/avvik", "redaksjonen/sensorer"])
    pages = pages_of({"content/providers/redaksjonen/courses/apent.yml": other})
    m = "moduler/redaksjonen"
    assert steps(pages[f"{m}/sensorer"]) == [
        ("kurs/redaksjonen/apent", 2, 2, f"{m}/avvik", ""),
        ("kurs/redaksjonen/maling", 1, 3, "", f"{m}/trender"),
    ]
    assert steps(pages[f"{m}/trender"]) == [("kurs/redaksjonen/maling", 2, 3, f"{m}/sensorer", f"{m}/avvik")]
    assert steps(pages[f"{m}/avvik"]) == [
        ("kurs/redaksjonen/apent", 1, 2, "", f"{m}/sensorer"),
        ("kurs/redaksjonen/maling", 3, 3, f"{m}/trender", ""),
    ]


def test_a_module_in_no_course_has_no_neighbours(pages_of) -> None:
    assert steps(pages_of({"modules/skolen/alene/module.nb.md": module("Alene")})["moduler/skolen/alene"]) == []


def test_a_module_names_what_it_builds_on(pages_of) -> None:
    pages = pages_of({})
    assert [link.path for link in pages["moduler/redaksjonen/avvik"].data.needs] == ["moduler/redaksjonen/sensorer"]
    facts = {fact.label: [v.path for v in fact.values] for fact in pages["moduler/redaksjonen/avvik"].data.facts}
    assert facts["Bygger på"] == ["moduler/redaksjonen/sensorer"]
    assert "Bygger på" not in {fact.label for fact in pages["moduler/redaksjonen/sensorer"].data.facts}


def test_the_contents_of_a_module_are_its_headings(pages_of) -> None:
    toc = [(entry.level, entry.anchor, entry.title) for entry in pages_of({})["moduler/redaksjonen/avvik"].toc]
    assert toc == [
        (2, "laeringsutbytte", "Læringsutbytte"),
        (2, "laeringsmal", "Læringsmål"),
        (2, "ovelse", "Øvelse"),
        (2, "kilder", "Kilder"),
        (2, "om-modulen", "Om modulen"),
    ]


def test_a_course_lists_its_modules_in_reading_order(pages_of) -> None:
    found = [(use.row.path, use.number, use.optional) for use in pages_of({})["kurs/redaksjonen/maling"].data.modules]
    m = "moduler/redaksjonen"
    assert found == [(f"{m}/sensorer", 1, False), (f"{m}/trender", 2, True), (f"{m}/avvik", 3, False)]


def test_runs_to_come_are_first_and_history_last(pages_of) -> None:
    runs = [
        {"id": "old", "start": "2025-01-10", "end": "2025-05-01", "verified_on": "2025-01-01"},
        {"id": "older", "start": "2024-01-10", "end": "2024-05-01", "verified_on": "2024-01-01"},
        {"id": "later", "term": "2027-host"},
        RUN,
    ]
    data = pages_of({"content/providers/skolen/courses/aal.yml": course("Ål", level="5.1", runs=runs)})[
        "kurs/skolen/aal"
    ].data
    assert [r.id for r in data.coming] == ["2027-var", "later"]
    assert [r.id for r in data.past] == ["old", "older"]
    assert [r.state for r in (*data.coming, *data.past)] == ["closing", "unknown", "over", "over"]
    assert [r.title for r in data.coming] == ["Starter 12. januar 2027", "Høsten 2027"]


def test_what_is_unknown_is_left_open_and_never_invented(pages_of) -> None:
    bare = {
        "title": "Bart kurs",
        "summary": "Lite er kjent.",
        "themes": ["ki"],
        "source": {"url": "https://a.example/"},
    }
    page = pages_of({"content/providers/skolen/courses/bart.yml": bare})["kurs/skolen/bart"]
    facts = {fact.label: fact for fact in page.data.facts}
    labels = ("Level", "Credits", "Workload", "Form of study", "Place", "Start", "Next deadline", "Price", "Assessment")
    for label in map(Words("nb"), (*labels, "Language of teaching")):
        assert (facts[label].values, facts[label].note) == ((), ""), label
    assert (page.data.coming, page.data.past, page.data.outcomes, page.data.modules) == ((), (), (), ())


def test_a_list_shows_level_credits_hours_form_and_deadline(pages_of) -> None:
    row = {r.path: r for r in pages_of({})["kurs"].data.courses}["kurs/skolen/energi"]
    assert (row.said.text, row.provider.text) == ("Energi i bygg", "Fagskolen Åsgård")
    assert (row.level, row.credits, row.hours) == ("5.1", "10", "270")
    assert (row.form, row.deadline.iso, row.deadline.text) == ("Nettbasert med samlinger", "2026-12-01", "1. des. 2026")


def test_numbers_and_days_are_in_the_readers_language(pages_of) -> None:
    for lang, expected in (("nb", "2,5 timer"), ("en", "2.5 hours")):
        facts = pages_of({}, lang, ("nb", "en"))["moduler/redaksjonen/sensorer"].data.facts
        assert expected in [value.said.text for fact in facts for value in fact.values]


def test_a_plan_has_parts_for_everybody_and_for_the_role_in_one_order(pages_of) -> None:
    plan = small_files(("nb",))["content/plans/operator.yml"]
    steps = [*plan["steps"], {"module": "redaksjonen/trender", "reason": "Sist dette.", "kind": "general"}]
    data = pages_of({"content/plans/operator.yml": {**plan, "steps": steps}})["planer/operator"].data
    assert [
        (part.anchor, [(s.number, s.link.path, s.hours, s.credits) for s in part.steps]) for part in data.parts
    ] == [
        ("for-alle", [(1, "moduler/redaksjonen/sensorer", "2,5", ""), (3, "moduler/redaksjonen/trender", "1", "")]),
        ("for-rollen", [(2, "kurs/skolen/energi", "270", "10")]),
    ]
    assert [part.sum for part in data.parts] == [(2, "3,5", "", 0), (1, "270", "10", 0)]
    assert data.sum == (3, "273,5", "10", 0)


def test_a_plan_says_for_how_many_steps_hours_are_not_known(pages_of) -> None:
    plan = small_files(("nb",))["content/plans/operator.yml"]
    no_hours = course("Uten timer", level="5.1", credits=5)
    pages = pages_of(
        {
            "content/providers/skolen/courses/uten.yml": no_hours,
            "content/plans/operator.yml": {
                **plan,
                "steps": [*plan["steps"], {"course": "skolen/uten", "reason": "Og dette."}],
            },
            "content/plans/ukjent.yml": {**plan, "steps": [{"course": "skolen/uten", "reason": "Bare dette."}]},
        }
    )
    assert pages["planer/operator"].data.sum == (3, "272,5", "15", 1)
    assert pages["planer/ukjent"].data.sum == (1, "", "5", 1)
    assert [(e.link.path, e.sum.credits) for e in pages["planer"].data] == [
        ("planer/operator", "15"),
        ("planer/ukjent", "5"),
    ]


def test_the_page_of_the_builds_facts_counts(pages_of) -> None:
    facts = {f.label: f.values[0].said.text for f in pages_of({})["status"].data.facts}
    assert (facts["Dag"], facts["Kurs"], facts["Moduler"], facts["Tilbydere"]) == ("21. november 2026", "3", "3", "2")
