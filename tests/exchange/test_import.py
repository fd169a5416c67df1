"""Courses from a spreadsheet: what is made, what is said, what is kept; and files -> sheet -> files."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import COURSES, run, sheet
from small import HOME, write

from kurskatalog.cli import main
from kurskatalog.exchange.course import build_course, escape, to_course, unescape
from kurskatalog.exchange.mapping import standard
from kurskatalog.exchange.problems import column_letter
from kurskatalog.exchange.sheet import read_sheet
from kurskatalog.exchange.table import read_table
from kurskatalog.exchange.workbook import workbook
from kurskatalog.model.records import CourseFile
from kurskatalog.source.yaml import read_yaml
from kurskatalog.writing.edit import new_yaml

HEADERS = [
    "Fagskolenummer",
    "Årstall",
    "Semester",
    "Kode",
    "Navn",
    "Studiepoeng",
    "Utdanningsform",
    "Antall samlingsdager",
]
HEADERS += ["Startdato", "Sluttdato", "Studentbetaling", "NUS-kode", "Sammendrag", "Temaer"]
ROW = ["0001", 2027, "Vår", "FTV 01", "Vannrensing", 10.0, "Nettbasert", 6]
ROW += [dt.date(2027, 1, 12), "30.05.2027", 2500, "554321", "Lær å rense vann.", "ki"]
FILE = f"{COURSES}/ftv-01.yml"
MADE_A_DATE = "the spreadsheet has made a date of it: format the cell as a number and write it again"
MADE = """\
title: Vannrensing
summary: Lær å rense vann.
credits: 10
themes: [ki]
price:
  nok: 2500
runs:
  - id: 2027-var
    term: 2027-var
    start: 2027-01-12
    end: 2027-05-30
    form: nettbasert
"""


def with_(**changed: Any) -> list[Any]:
    return [changed.get(header.split("-")[0].split()[0], value) for header, value in zip(HEADERS, ROW, strict=True)]


def test_columns_of_dbh_f_become_a_course(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = sheet(tmp_path / "kurs.xlsx", [[], HEADERS, ROW])
    assert run(root, file, "--dry-run") == 0
    out, error = capsys.readouterr()
    assert out == f"new {FILE}\n"
    assert "1 files would be new and 0 changed; nothing was written" in error
    assert not (root / FILE).exists()
    assert run(root, file) == 0
    assert (root / FILE).read_text("utf-8") == MADE
    error = capsys.readouterr().err
    assert "not used: Fagskolenummer, Antall samlingsdager, NUS-kode" in error
    assert main(["fmt", "--check", FILE, "--root", str(root)]) == 0
    assert main(["check", FILE, "--root", str(root), "--today", "2026-11-21"]) == 0


def test_a_second_run_changes_nothing(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = sheet(tmp_path / "kurs.xlsx", [HEADERS, ROW])
    run(root, file)
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in root.rglob("*") if p.is_file()}
    capsys.readouterr()
    assert run(root, file) == 0
    assert capsys.readouterr().out == ""
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in root.rglob("*") if p.is_file()} == before


def test_hand_made_changes_are_kept(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(root, sheet(tmp_path / "a.xlsx", [HEADERS, ROW]))
    by_hand = MADE.replace("Lær å rense vann.", "Skrevet for hånd.  # vår egen").replace(
        "    start:", "    gatherings: 2\n    start:"
    )
    (root / FILE).write_text(by_hand, "utf-8")
    capsys.readouterr()
    assert run(root, sheet(tmp_path / "b.xlsx", [HEADERS, with_(Studiepoeng=12.5)])) == 0
    assert "  credits: 10 -> 12.5\n" in capsys.readouterr().out
    text = (root / FILE).read_text("utf-8")
    assert "summary: Skrevet for hånd.  # vår egen\ncredits: 12.5\n" in text
    assert "gatherings: 2" in text


def test_what_both_changed_is_told_and_left(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(root, sheet(tmp_path / "a.xlsx", [HEADERS, ROW]))
    (root / FILE).write_text(MADE.replace("credits: 10", "credits: 7.5"), "utf-8")
    capsys.readouterr()
    other = sheet(tmp_path / "b.xlsx", [HEADERS, with_(Studiepoeng=5, Studentbetaling=0)])
    assert run(root, other) == 1
    out = capsys.readouterr().out
    assert "b.xlsx, sheet 'Ark1', row 2, column F 'Studiepoeng': the file says '7.5' and the sheet '5'" in out
    text = (root / FILE).read_text("utf-8")
    assert "credits: 7.5\n" in text
    assert "nok: 0\n" in text, "the rest is imported"
    assert run(root, other) == 1, "it is told until somebody settles it"
    assert run(root, other, "--prefer", "sheet") == 0
    assert "credits: 5\n" in (root / FILE).read_text("utf-8")
    (root / FILE).write_text(text, "utf-8")
    assert run(root, sheet(tmp_path / "c.xlsx", [HEADERS, with_(Studiepoeng=6)]), "--prefer", "file") == 0
    assert "credits: 7.5\n" in (root / FILE).read_text("utf-8")


def test_a_file_without_an_import_before_is_never_overwritten(root: Path, tmp_path: Path) -> None:
    write(root, {FILE: 'title: "Min egen"\nsummary: Skrevet.\nthemes: [ki]\n'})
    assert run(root, sheet(tmp_path / "a.xlsx", [HEADERS, ROW])) == 1
    text = (root / FILE).read_text("utf-8")
    assert 'title: "Min egen"\nsummary: Skrevet.\ncredits: 10\n' in text


def test_an_empty_cell_takes_away_what_an_import_brought(root: Path, tmp_path: Path) -> None:
    run(root, sheet(tmp_path / "a.xlsx", [HEADERS, ROW]))
    run(root, sheet(tmp_path / "b.xlsx", [HEADERS, with_(Studentbetaling=None, Studiepoeng="")]))
    text = (root / FILE).read_text("utf-8")
    assert "credits" not in text
    assert "price" not in text
    assert "title: Vannrensing" in text


def test_rows_that_are_gone_take_nothing_with_them(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A report of one term says nothing about another."""
    run(root, sheet(tmp_path / "a.xlsx", [HEADERS, ROW, with_(Kode="X1")]))
    capsys.readouterr()
    later = with_(Semester="høst", Startdato="2027-08-16", Sluttdato="2027-12-17")
    assert run(root, sheet(tmp_path / "b.xlsx", [HEADERS, later])) == 0
    assert "No longer in the sheet, and left as they are: x1" in capsys.readouterr().err
    data, _ = read_yaml((root / FILE).read_text("utf-8"), "")
    assert isinstance(data, dict)
    assert [r["id"] for r in data["runs"]] == ["2027-var", "2027-host"]
    assert (root / f"{COURSES}/x1.yml").exists()


@pytest.mark.parametrize(
    ("changed", "column", "said"),
    [
        ({"Studiepoeng": "ti"}, "F 'Studiepoeng'", "'ti' is not a number"),
        ({"Utdanningsform": "Nettbasret"}, "G 'Utdanningsform'", "'Nettbasret' is not in the list 'forms' (did you mean 'Nettbasert'?)"),
        ({"Startdato": "31.02.2027"}, "I 'Startdato'", "'31.02.2027' is not a day (write it as 2027-01-31 or 31.01.2027)"),
        ({"Semester": 1}, "C 'Semester'", "'1' is not a term"),
        ({"Temaer": "ki; vannn"}, "N 'Temaer'", "'vannn' is not in the list 'themes'"),
        ({"Sammendrag": None}, "M 'Sammendrag'", "'Sammendrag' is missing (write it in the cell)\n"),
        ({"Studiepoeng": 0}, "F 'Studiepoeng'", "'Studiepoeng' should be more than 0"),
        ({"Studiepoeng": dt.date(2026, 5, 7)}, "F 'Studiepoeng'", f"'2026-05-07' is not a number ({MADE_A_DATE}, with a comma: 7,5)"),
        ({"Studiepoeng": "07.mai"}, "F 'Studiepoeng'", f"'07.mai' is not a number ({MADE_A_DATE}, with a comma: 7,5)"),
        ({"Studiepoeng": dt.datetime.fromisoformat("1900-01-07 12:00")}, "F 'Studiepoeng'", f"'1900-01-07 12:00:00' is not a number ({MADE_A_DATE}, with"),
        ({"Studentbetaling": dt.date(2026, 5, 7)}, "K 'Studentbetaling'", f"'2026-05-07' is not a whole number ({MADE_A_DATE})"),
        ({"Studentbetaling": 12.5}, "K 'Studentbetaling'", "'12.5' is not a whole number"),
    ],
)  # fmt: skip
def test_problems_name_sheet_row_and_column(
    changed: dict[str, Any], column: str, said: str, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sheet(tmp_path / "kurs.xlsx", [HEADERS, with_(Kode="A1"), [], with_(**changed)])
    assert run(root, file) == 1
    out, error = capsys.readouterr()
    assert f"kurs.xlsx, sheet 'Ark1', row 4, column {column}: {said}" in out
    assert "Nothing was written" in error
    assert not (root / COURSES).exists()


def test_other_things_that_can_be_wrong(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [[*HEADERS, "Navn"], with_(), with_(Navn="Annet"), with_(Kode=None), with_(Kode="B", Årstall=None)]
    assert run(root, sheet(tmp_path / "a.xlsx", rows)) == 1
    out = capsys.readouterr().out
    assert "row 1, column O 'Navn': two columns hold 'title'" in out
    assert "row 3, column E 'Navn': another row of this course says 'Vannrensing'" in out
    assert "row 3: two rows are the run '2027-var' of this course" in out
    assert "row 4, column D 'Kode': the row has no id" in out
    assert "row 5, column C 'Semester': 'Vår' is not a term" in out
    assert run(root, sheet(tmp_path / "b.xlsx", [["Navn"], ["X"]])) == 1
    assert "no column holds the course's id or code" in capsys.readouterr().out


def test_what_is_missing_is_asked_for_where_it_can_be_said(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only somebody with a mapping file hears of mapping files."""
    file = sheet(tmp_path / "a.xlsx", [["Id", "Tittel", "Temaer"], ["vann", "", "ki"]])
    assert run(root, file) == 1
    assert capsys.readouterr().out.splitlines() == [
        "a.xlsx, sheet 'Ark1', row 2, column B 'Tittel': 'Tittel' is missing (write it in the cell)",
        "a.xlsx, sheet 'Ark1', row 2: 'Sammendrag' is missing (add a column 'Sammendrag' and write it there)",
    ]
    mapping = tmp_path / "kolonner.yml"
    mapping.write_text("constants: {themes: ki}\n", "utf-8")
    assert run(root, file, "--mapping", str(mapping)) == 1
    hint = "(fill in the column, or say it for all rows in a mapping file: constants)"
    assert f"'Sammendrag' is missing {hint}" in capsys.readouterr().out


def test_a_mapping_file(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = tmp_path / "kolonner.yml"
    mapping.write_text(
        "sheet: Emner\ncolumns: {Emnekode: id, Emnenavn: title, Termin: run.season}\n"
        'values:\n  id: {"ab 1": vannrensing}\n  run.season: {"3": høst}\n  run.site: {"7": Lyngdal (42)}\n'
        "constants: {themes: ki, summary: Et emne., source.note: Fra rapporten., run.verified_on: 2026-11-20}\n", "utf-8"
    )  # fmt: skip
    rows = [["Emnekode", "Emnenavn", "Årstall", "Termin", "Studiestedsnummer"], ["AB 1", "Vann", 2027, 3, "7"]]
    assert run(root, sheet(tmp_path / "a.xlsx", rows, "Emner"), "--mapping", str(mapping)) == 0
    data, _ = read_yaml((root / f"{COURSES}/vannrensing.yml").read_text("utf-8"), "")
    assert data == {
        "title": "Vann",
        "summary": "Et emne.",
        "themes": ["ki"],
        "source": {"note": "Fra rapporten."},
        "runs": [
            {"id": "2027-host-7", "term": "2027-host", "places": [{"name": "Lyngdal", "county": "42"}], "verified_on": "2026-11-20"}
        ],
    }  # fmt: skip
    mapping.write_text("columns: {Emnekode: ident}\nukjent: x\n", "utf-8")
    capsys.readouterr()
    assert run(root, tmp_path / "a.xlsx", "--mapping", str(mapping)) == 1
    assert "kolonner.yml:2:1: error K121 unknown key 'ukjent'" in capsys.readouterr().out
    mapping.write_text("columns: {Emnekode: ident}\n", "utf-8")
    assert run(root, tmp_path / "a.xlsx", "--mapping", str(mapping)) == 1
    assert "kolonner.yml:1:21: error K125 there is no field 'ident'" in capsys.readouterr().out


def test_comma_separated_values(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kurs.csv"
    file.write_bytes('Id;Tittel;Sammendrag;Temaer;Studiepoeng\r\nvann;Vann;"Om; vann";ki;2,5\r\n'.encode("utf-8-sig"))
    assert run(root, file) == 0
    assert (root / f"{COURSES}/vann.yml").read_text(
        "utf-8"
    ) == 'title: Vann\nsummary: "Om; vann"\ncredits: 2.5\nthemes: [ki]\n'
    file.write_text("Id,Tittel,Studiepoeng\nvann,Vann,fem\n")
    assert run(root, file) == 1
    assert "kurs.csv, row 2, column C 'Studiepoeng': 'fem' is not a number" in capsys.readouterr().out


def test_files_that_cannot_be_read(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bomb = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 80 * 1024 * 1024)
    laughs = tmp_path / "latter.xlsx"
    shutil.copy(sheet(tmp_path / "a.xlsx", [HEADERS, ROW]), laughs)
    with zipfile.ZipFile(laughs, "a") as archive:
        archive.writestr("xl/x.xml", '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>')
    files = {
        "nei.xlsx": b"PK\x03\x04 nei",
        "tom.csv": b"",
        "latin.csv": "Id;Nivå\n".encode("latin-1"),
        "kurs.ods": b"x",
    }
    files |= {"hermetegn.csv": b'Id;Tittel\n"a;b\n'}
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)
    for name in ("bombe.xlsx", "latter.xlsx", *files, "finnes-ikke.xlsx"):
        assert run(root, tmp_path / name) == 2, name
        error = capsys.readouterr().err
        assert name in error
        assert "Traceback" not in error
    assert run(root, tmp_path / "a.xlsx", "--sheet", "Nei") == 2
    assert "there is no sheet 'Nei'" in capsys.readouterr().err
    assert main(["import", str(bomb), "--root", str(root), "--lang", "en"]) == 2
    assert main(["import", str(bomb), "--provider", "skole", "--root", str(root), "--lang", "en"]) == 2
    assert "did you mean 'skolen'?" in capsys.readouterr().err


def test_the_template_has_lists_and_can_be_filled_in(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "mal.xlsx"
    assert main(["import", "--template", str(file), "--root", str(root)]) == 0
    assert main(["import", "--template", str(file), "--root", str(root)]) == 2, "never overwritten"
    book = openpyxl.load_workbook(file)
    page = book["Kurs"]
    headers = {cell.value: cell.column for cell in page[1]}
    lists = {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation}
    letter = column_letter(headers["Nivå"])
    formula = lists[f"{letter}2:{letter}1001"]
    choices = [cell.value for row in book["Koder"][formula.partition("!")[2].replace("$", "")] for cell in row]
    assert len(choices) == len(set(choices)) > 3
    for header, value in {
        "Id": "vann",
        "Tittel": "Vann",
        "Sammendrag": "Om vann.",
        "Temaer": "ki",
        "Nivå": next(choice for choice in choices if "5.1" in choice),
    }.items():
        page.cell(2, headers[header], value)
    book.save(file)
    assert run(root, file) == 0
    assert "level:" in (root / f"{COURSES}/vann.yml").read_text("utf-8")


def test_the_template_explains_itself(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "mal.xlsx"
    assert main(["import", "--template", str(file), "--root", str(root)]) == 0
    book = openpyxl.load_workbook(file)
    rows = [[cell or "" for cell in row] for row in book["Forklaring"].iter_rows(values_only=True)]
    notes = "\n".join(row[0] for row in rows[: rows.index(["Kolonne", "Felt", "Hva som står der"])])
    needed = [cell.value for cell in book["Kurs"][1] if cell.fill.fgColor.rgb == "00FFF2CC"]
    assert f"gul overskrift må fylles ut for et nytt kurs: {', '.join(needed)}." in notes
    for said in ("én rad for hver gang, med samme Id", "2027-01-31", "med komma: 7,5"):
        assert said in notes
    of = {name: text for _, name, text in rows}
    assert "punktum" not in of["credits"]
    assert "med komma" in of["credits"]
    assert "2027-01-31" in of["run.start"]
    assert "listen" in of["level"]
    assert of["title"].endswith("Må være med.")
    checks = {str(v.sqref): v for v in book["Kurs"].data_validations.dataValidation if v.type == "decimal"}
    (credits,) = [cell.column_letter for cell in book["Kurs"][1] if cell.value == "Studiepoeng"]
    assert list(checks) == [f"{credits}2:{credits}1001"], "no day is a number of studiepoeng"


def test_rows_of_further_runs_say_nothing_about_the_course(root: Path, tmp_path: Path) -> None:
    rows = [["Id", "Tittel", "Sammendrag", "Temaer", "Start"], ["vann", "Vann", "Om vann.", "ki", "31.01.2027"]]
    assert run(root, sheet(tmp_path / "a.xlsx", [*rows, ["vann", None, None, None, "2027-08-31"]])) == 0
    text = (root / f"{COURSES}/vann.yml").read_text("utf-8")
    assert "title: Vann\n" in text
    assert text.count("start:") == 2


def test_files_to_a_sheet_and_back(tmp_path: Path) -> None:
    """The repository's own courses: nothing changes where they are, and where they are not the same files come back.

    A sheet holds no quotes, brackets and line ends of YAML, so files are compared as the program writes their data.
    """
    root = tmp_path / "katalog"
    for part in ("content", "modules"):
        shutil.copytree(HOME / part, root / part)
    shutil.copy(HOME / "catalogue.yml", root)
    assert main(["export", "--xlsx", str(tmp_path / "alt.xlsx"), "--root", str(root), "--today", "2026-11-21"]) == 0
    before = {p.relative_to(root): p.read_bytes() for p in (root / "content").rglob("*.yml")}
    providers = [p.name for p in (root / "content/providers").iterdir()]

    def bring_in() -> None:
        for provider in providers:
            given = ["--provider", provider, "--root", str(root), "--today", "2026-11-21"]
            assert main(["import", str(tmp_path / "alt.xlsx"), *given]) == 0

    bring_in()
    assert {p.relative_to(root): p.read_bytes() for p in (root / "content").rglob("*.yml")} == before
    for state in root.rglob(".import.json"):
        state.unlink()
    for courses in root.glob("content/providers/*/courses"):
        shutil.rmtree(courses)
    bring_in()
    made = {p.relative_to(root): p.read_bytes() for p in (root / "content").rglob("*.yml")}
    assert made.keys() == before.keys()
    context = {"language": "nb", "languages": ("nb", "nn", "en")}
    for path, raw in made.items():
        if "courses" in path.parts:
            old, new = (
                CourseFile.model_validate(read_yaml(r.decode(), "")[0], context=context) for r in (before[path], raw)
            )
            assert old == new, path
            data, _ = read_yaml(before[path].decode(), "")
            assert isinstance(data, dict)
            assert raw.decode() == new_yaml(data, CourseFile, context["languages"]), path
    assert main(["export", "--xlsx", str(tmp_path / "igjen.xlsx"), "--root", str(root), "--today", "2026-11-21"]) == 0
    assert (tmp_path / "igjen.xlsx").read_bytes() == (tmp_path / "alt.xlsx").read_bytes()


LANGUAGES = ("nb", "nn")
TERMS = {"levels": {"5.1": "Nivå 5.1", "none": "Utenfor"}, "themes": {"ki": "KI", "vann": "Vann"}, "counties": {"42": "Agder"}, "forms": {"a": "Samme", "b": "Samme"}}  # fmt: skip
WORDS = st.text(
    st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\uffff"), min_size=1, max_size=20
)
LINE = st.one_of(WORDS, st.sampled_from(["=1+1", "@x", "-2", "a\nb", "  a\\nb", "5", "2.50", "TRUE", "2027-01-01", "_x0041_", "'a", "Oslo (03)"])).map(str.strip).filter(bool)  # fmt: skip
TEXT = st.one_of(LINE, st.fixed_dictionaries({"nb": LINE}, optional={"nn": LINE}))
NAME = LINE.map(lambda text: " ".join(text.split()))
RUN = st.fixed_dictionaries({}, optional={"term": st.just("2027-var"), "start": st.just("2027-02-28"), "form": st.sampled_from(["a", "b"]), "gatherings": st.just("0"), "places": st.lists(st.fixed_dictionaries({"name": NAME}, optional={"county": st.just("42")}), min_size=1, max_size=2), "source": st.fixed_dictionaries({"note": TEXT})})  # fmt: skip
COURSE = st.fixed_dictionaries(
    {"title": TEXT, "summary": TEXT, "themes": st.lists(st.sampled_from(["ki", "vann"]), min_size=1, unique=True)},
    optional={
        "level": st.sampled_from(["5.1", "none"]),
        "credits": st.sampled_from(["2.5", "10", "2.50", "10.0"]),
        "outcomes": st.dictionaries(st.sampled_from(["knowledge", "skills"]), st.lists(TEXT, min_size=1, max_size=3), min_size=1),
        "modules": st.lists(st.sampled_from(["a/b", {"module": "a/c", "optional": "true"}]), min_size=1),
        "price": st.fixed_dictionaries({"note": TEXT}, optional={"nok": st.just("0")}),
        "partners": st.lists(TEXT, min_size=1, max_size=2),
        "runs": st.lists(RUN, max_size=3).map(lambda runs: [{"id": f"r{n}", **run} for n, run in enumerate(runs)]),
    },
)  # fmt: skip


@given(data=COURSE)
def test_any_course_comes_back_from_a_sheet(data: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> None:
    course = to_course(data, LANGUAGES)
    file = tmp_path_factory.mktemp("ark") / "a.xlsx"
    file.write_bytes(workbook({"skolen/vann": course}, TERMS, LANGUAGES, {}))
    read = read_sheet(read_table(file), standard(LANGUAGES), TERMS, LANGUAGES, "skolen")
    assert read.problems == []
    assert read.courses["vann"].course == course
    text = new_yaml(build_course(course, LANGUAGES), CourseFile, LANGUAGES)
    context = {"language": "nb", "languages": LANGUAGES}
    again = CourseFile.model_validate(read_yaml(text, "")[0], context=context)
    assert again == CourseFile.model_validate(data, context=context)


@given(st.text())
def test_a_text_of_a_list_is_one_line(text: str) -> None:
    assert unescape(escape(text)) == text
    assert "\n" not in escape(text)
