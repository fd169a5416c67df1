"""The catalogue's own rules over what an import would write: said with row and column, before anything is written."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sheets import COURSES, run, sheet
from small import write

from kurskatalog.cli import main
from kurskatalog.exchange.locate import path_at
from kurskatalog.problems import Place
from kurskatalog.source.yaml import compose, place_in, read_yaml

HEADERS = [
    "Id",
    "Tittel",
    "Sammendrag",
    "Temaer",
    "Nivå",
    "Semester og år",
    "Start",
    "Slutt",
    "Søknadsfrist",
    "Moduler",
]
COURSE = ["vann", "Vann", "Om vann.", "ki", "5.1"]
RUN = ["", dt.date(2027, 1, 12), dt.date(2027, 5, 30), dt.date(2026, 12, 1), ""]


def sources(root: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for top in ("content", "modules") for p in (root / top).rglob("*") if p.is_file()}


@pytest.mark.parametrize("more", [("--dry-run",), ()])
def test_a_rule_stops_the_import_and_names_the_cell(
    more: tuple[str, ...], root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sources(root)
    rows = [
        [*COURSE[:4], "4", *RUN],
        ["jord", "Jord", "Om jord.", "ki", "5.1", *RUN],
        ["jord", *[""] * 4, "", dt.date(2027, 8, 16), dt.date(2027, 12, 1), dt.date(2027, 9, 1)],
    ]
    assert run(root, sheet(tmp_path / "kurs.xlsx", [HEADERS, *rows], "Kurs"), *more) == 1
    out, error = capsys.readouterr()
    assert out.splitlines() == [
        "kurs.xlsx, sheet 'Kurs', row 2, column E 'Nivå': error K303 a provider of the type 'fagskole' does not give "
        "level 4 (levels that it can give: 5.1, 5.2, 6.1, 6.2, 7, none)",
        "kurs.xlsx, sheet 'Kurs', row 4, column I 'Søknadsfrist': error K304 'apply_by' (2027-09-01) is after "
        "'start' (2027-08-16) (the order is: apply_by, start, end)",
    ]
    assert "Nothing was written" in error
    assert sources(root) == before
    assert main(["check", "--root", str(root), "--today", "2026-11-21"]) == 0, "nothing of the sheet is remembered"


@pytest.mark.parametrize(
    ("changed", "column", "said"),
    [
        ({"Moduler": "skolen/nei"}, "J 'Moduler'", "error K203 there is no module 'skolen/nei'"),
        ({"Temaer": "ki; ki"}, "D 'Temaer'", "error K206 "),
        ({"Semester og år": "2027-host"}, "F 'Semester og år'", "error K304 the start 2027-01-12 is not in the term"),
        ({"Tittel": "En\ntittel"}, "B 'Tittel'", "error K125 "),
    ],
)  # fmt: skip
def test_other_rules(
    changed: dict[str, str], column: str, said: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = [changed.get(h, v) for h, v in zip(HEADERS, [*COURSE, *RUN], strict=True)]
    assert run(root, sheet(tmp_path / "kurs.xlsx", [HEADERS, row], "Kurs")) == 1
    assert f"kurs.xlsx, sheet 'Kurs', row 2, column {column}: {said}" in capsys.readouterr().out
    assert not (root / COURSES).exists()


def test_columns_of_which_a_term_is_made(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    headers = ["Kode", "Navn", "Sammendrag", "Temaer", "Årstall", "Semester", "Startdato"]
    row = ["A 1", "A", "Om A.", "ki", 2027, "Høst", "12.01.2027"]
    assert run(root, sheet(tmp_path / "kurs.xlsx", [headers, row], "Kurs")) == 1
    assert "row 2, column F 'Semester': error K304 the start" in capsys.readouterr().out


def test_a_problem_without_a_column_has_its_row(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, {f"{COURSES}/vann.yml": "title: Vann\nsummary: Om vann.\nlevel: '4'\nthemes: [ki]\n"})
    assert run(root, sheet(tmp_path / "kurs.xlsx", [["Id", "Timer"], ["vann", 30]], "Kurs")) == 1
    assert "kurs.xlsx, sheet 'Kurs', row 2: error K303" in capsys.readouterr().out


def test_problems_of_other_files_and_warnings_stop_nothing(root: Path, tmp_path: Path) -> None:
    write(root, {"content/providers/skolen/courses/annet.yml": "title: Annet\nsummary: A.\nlevel: '4'\nthemes: [ki]\n"})
    assert main(["check", "--root", str(root), "--today", "2026-11-21"]) == 1
    assert run(root, sheet(tmp_path / "kurs.xlsx", [HEADERS, [*COURSE, *RUN]], "Kurs")) == 0, "K310: a warning"
    assert (root / COURSES / "vann.yml").exists()


def test_a_place_is_found_again() -> None:
    text = "title:\n  nb: A\n  nn: B\nthemes: [ki, vann]\nruns:\n  - id: x\n    start: 2027-01-12\n    source:\n      note: N\n"
    data, _ = read_yaml(text, "")
    assert isinstance(data, dict)
    tree = compose(text)
    for path in [("title", "nn"), ("themes", 1), ("runs", 0, "id"), ("runs", 0, "source", "note")]:
        assert path_at(text, data, place_in(tree, "", path)) == path
    assert path_at(text, data, Place("", 1, 1)) == ()
