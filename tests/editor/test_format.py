"""What the editor writes: files that nobody changed keep their bytes, and of a changed one only what was changed is another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from small import HOME, catalogue_of

from kurskatalog.check.files import find_files
from kurskatalog.cli.fmt import shape_of
from kurskatalog.model.catalogue import Catalogue
from kurskatalog.output.editor.backend import backend
from kurskatalog.output.editor.settings import editor_settings
from kurskatalog.project import Project

KINDS = ("provider", "course", "module", "translation", "page", "plan", "need")
COURSE = """# Skrevet av studieadministrasjonen
title: "Et kurs: det første"
summary:
  nb: Om kurset.
  en: On the course.
level: "5.1"   # avklart med NOKUT
credits: 10

# Temaer etter avtale
themes: [energi, ki]
outcomes:
  knowledge:
    - kan én ting   # viktigst
    - >-
      kan en ting til,
      over to linjer
modules: [skolen/a, {module: skolen/b, optional: true}]
runs:
  - id: 2027-var
    places: [{name: Bodø, county: "18"}]
partners: []
"""


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return catalogue_of(HOME)


@pytest.fixture(scope="session")
def settings(catalogue: Catalogue) -> dict[str, Any]:
    return editor_settings(catalogue, backend(None))


def test_what_nobody_changed_keeps_its_bytes(formatted, settings: dict[str, Any], catalogue: Catalogue) -> None:
    project = Project(root=HOME, out=HOME / "site")
    files = [(file, Path(entry)) for file, entry in find_files(project).files if file.kind in KINDS]
    cases = [
        {"kind": shape_of(file, catalogue.settings.languages), "text": path.read_text("utf-8")} for file, path in files
    ]
    assert {case["kind"] for case in cases} == set(KINDS)
    made = formatted(settings, cases)
    assert [path.name for (_, path), case, new in zip(files, cases, made, strict=True) if case["text"] != new] == []


def _changed(formatted, settings: dict[str, Any], **changes: Any) -> str:
    return formatted(settings, [{"kind": "course", "text": COURSE, "changes": changes}])[0]


def test_only_the_changed_field_is_written_anew(formatted, settings: dict[str, Any]) -> None:
    new = _changed(
        formatted, settings, credits="7.5", summary={"nb": "Om noe annet.", "nn": "", "en": "On the course."}
    )
    assert new == COURSE.replace("credits: 10", "credits: 7.5").replace("Om kurset.", "Om noe annet.")


def test_comments_and_quotes_of_neighbours_stay(formatted, settings: dict[str, Any]) -> None:
    new = _changed(formatted, settings, level="none", title={"nb": "Et annet kurs"})
    wanted = COURSE.replace('level: "5.1"   # avklart', 'level: "none" # avklart')
    assert new == wanted.replace('"Et kurs: det første"', '"Et annet kurs"')


def test_an_outcome_more_leaves_the_others(formatted, settings: dict[str, Any]) -> None:
    outcomes = {
        "knowledge": [{"nb": "kan én ting"}, {"nb": "kan alt: helt sikkert"}],
        "skills": [],
        "competence": [{"nb": "kan lære bort"}],
    }
    lines = _changed(formatted, settings, outcomes=outcomes).splitlines()
    begin = lines.index("outcomes:")
    assert lines[begin : begin + 6] == [
        "outcomes:",
        "  knowledge:",
        "    - kan én ting # viktigst",
        '    - "kan alt: helt sikkert"',
        "  competence:",
        "    - kan lære bort",
    ]
    assert (
        lines[:begin] + lines[begin + 6 :]
        == COURSE[: COURSE.index("outcomes:")].splitlines() + COURSE[COURSE.index("modules:") :].splitlines()
    )


def test_an_emptied_field_is_left_out_and_a_new_one_stands_in_its_place(formatted, settings: dict[str, Any]) -> None:
    new = _changed(formatted, settings, credits="", hours="100", isced="0713", assessment=["digital-eksamen"])
    assert "credits" not in new
    keys = [line.partition(":")[0] for line in new.splitlines() if line[:1].isalpha()]
    assert keys == [
        *(
            "title",
            "summary",
            "level",
            "hours",
            "themes",
            "outcomes",
            "modules",
            "assessment",
            "runs",
            "partners",
            "isced",
        )
    ]
    assert 'isced: "0713"' in new
    assert "assessment: [digital-eksamen]" in new
    assert "# Temaer etter avtale\nthemes:" in new


def test_a_module_of_a_course_stays_a_name_until_it_is_optional(formatted, settings: dict[str, Any]) -> None:
    uses = [{"module": "skolen/b", "optional": True}, {"module": "skolen/c", "optional": False}]
    assert "modules: [{module: skolen/b, optional: true}, skolen/c]" in _changed(formatted, settings, modules=uses)


def test_a_new_file_is_whole(formatted, settings: dict[str, Any]) -> None:
    changes = {"title": "Ny", "themes": ["ki"], "maturity": "2", "body": "## Først\n\nTekst.  "}
    assert formatted(settings, [{"kind": "module", "changes": changes}]) == [
        '---\ntitle: Ny\nthemes: [ki]\nmaturity: "2"\n---\n\n## Først\n\nTekst.\n'
    ]


def test_a_text_of_a_catalogue_in_one_language_is_a_string_in_the_form(formatted, catalogue: Catalogue) -> None:
    alone = replace(catalogue, settings=catalogue.settings.model_copy(update={"languages": ("nb",)}))
    settings = editor_settings(alone, backend(None))
    text = "title: Et kurs\nsummary: {nb: Om kurset.}\nthemes: [ki]\n"
    cases = [{"kind": "course", "text": text, "changes": changes} for changes in ({}, {"summary": "Om noe annet."})]
    assert formatted(settings, cases) == [text, text.replace("{nb: Om kurset.}", "Om noe annet.")]
