"""`new`: a file that passes `check` at once, with a comment on every field; what is there is never overwritten."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from commands import kurskatalog, model_in
from pydantic import BaseModel
from small import HOME, Small, catalogue, run, write

from kurskatalog.cli import main
from kurskatalog.cli.known import read_known
from kurskatalog.cli.new import a_year_after, run_new
from kurskatalog.cli.options import Options
from kurskatalog.model.fields import FIELDS, KINDS, RECORDS, VOCABULARIES
from kurskatalog.project import Project
from kurskatalog.source.markdown import front_text
from kurskatalog.source.yaml import read_yaml
from kurskatalog.words import Words

TODAY = dt.date(2026, 11, 21)
NEW = {
    "provider": ("ny-skole", "content/providers/ny-skole/provider.yml"),
    "course": ("skolen/nytt-kurs", "content/providers/skolen/courses/nytt-kurs.yml"),
    "module": ("redaksjonen/ny-modul", "modules/redaksjonen/ny-modul/module.nb.md"),
    "plan": ("ny-plan", "content/plans/ny-plan.yml"),
    "need": ("nytt-behov", "content/needs/nytt-behov.yml"),
}
# `# felt: verdi`, `# - ledd` and `#   # forklaring`: what stands in the file when the first mark is taken away.
FIELD = re.compile(r"^(?P<indent> *)# (?P<rest> *(- |# |[a-z_]+:( |$)).*)$")
KEY = re.compile(r"^(?:# )? *(?:# |- )?(?P<key>[a-z_]+):( |$)")


def make(root: Path, kind: str, ident: str, *more: str) -> int:
    return main(["new", kind, ident, "--root", str(root), "--today", TODAY.isoformat(), "--lang", "en", *more])


def problems(root: Path) -> list[dict[str, Any]]:
    """What `check` finds."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        main(["check", "--format", "json", "--root", str(root), "--today", TODAY.isoformat(), "--lang", "en"])
    found: list[dict[str, Any]] = json.loads(said.getvalue())
    return found


def uncommented(text: str) -> str:
    """The file with all its fields in use."""
    front = front_text(text) or text
    lines = []
    for line in front.split("\n"):
        match = FIELD.match(line)
        lines.append(match["indent"] + match["rest"] if match else line)
    return text.replace(front, "\n".join(lines))


@pytest.mark.parametrize("kind", NEW)
def test_a_new_file_has_no_fault_but_what_is_left_to_write(
    kind: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ident, name = NEW[kind]
    assert make(root, kind, ident) == 0
    out, error = capsys.readouterr()
    assert out.splitlines()[0] == name
    assert f"kurskatalog check --root {root} {name}" in out
    assert "kurskatalog serve" in out
    assert error == ""
    assert (root / name).is_file()
    left = problems(root)
    assert {(one["code"], one["severity"]) for one in left} == {("K315", "warning")}
    lines = (root / name).read_text("utf-8").splitlines()
    examples = ("skriv", "Bytt ut", "Ikke skrevet")
    assert all(any(word in lines[one["line"] - 1] for word in examples) for one in left)


@pytest.mark.parametrize("kind", NEW)
def test_every_field_has_a_comment_and_an_example_that_is_right(kind: str, root: Path) -> None:
    ident, name = NEW[kind]
    make(root, kind, ident)
    path = root / name
    text = path.read_text(encoding="utf-8")
    lines = (front_text(text) or text).split("\n")
    for before, line in pairwise(lines):
        if KEY.match(line):
            assert re.match(r" *#[ #]*\S", before), f"no comment above: {line}"
            assert not KEY.match(before), f"no comment above: {line}"
    full = uncommented(text)
    if kind == "plan":  # a step is a module or a course
        full = re.sub(r"\n +course: .*", "", full)
    path.write_text(full, encoding="utf-8")
    assert [p for p in problems(root) if p["severity"] == "error"] == []
    data, _ = read_yaml(front_text(full) or full, name)
    left_out = {"course"} if kind == "plan" else set()
    assert set(missing(RECORDS[kind], data)) == left_out


def missing(record: type[BaseModel], data: Any) -> Iterator[str]:
    """Fields of a record, and of the records in it, that the data does not hold."""
    for field, info in record.model_fields.items():
        if field not in data:
            yield field
            continue
        inner = model_in(info.annotation)
        value = data[field][0] if isinstance(data[field], list) else data[field]
        if inner is not None and isinstance(value, dict):
            yield from missing(inner, value)


def test_new_files_can_be_built(built: Small, program: Path) -> None:
    options = Options(project=built.project, today=TODAY, jobs=1, words=Words("en"))
    for kind, (ident, _) in NEW.items():
        assert run_new(options, kind, ident) == 0
    done = run(program, built.root)
    assert done.returncode == 0
    assert "K315" in done.stderr
    assert "Uten tittel: skriv tittelen her" in built.html("moduler/redaksjonen/ny-modul")
    assert "Uten tittel: skriv tittelen her" in built.html("kurs/skolen/nytt-kurs")


def test_dates_are_of_the_day_and_a_year_later(root: Path) -> None:
    make(root, "module", "redaksjonen/ny-modul")
    text = (root / NEW["module"][1]).read_text(encoding="utf-8")
    assert "\nupdated: 2026-11-21\n" in text
    assert "\nreview_by: 2027-11-21\n" in text
    assert a_year_after(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


@pytest.mark.parametrize("kind", NEW)
def test_what_is_there_is_never_overwritten(kind: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ident, name = NEW[kind]
    write(root, {name: "mitt"})
    assert make(root, kind, ident) == 2
    assert "exists already and is left as it is" in capsys.readouterr().err
    assert (root / name).read_text() == "mitt"


@pytest.mark.parametrize(
    ("kind", "ident", "said"),
    [
        ("module", "ny-modul", "'ny-modul' is not the id of a module: write <tilbyder>/<modul>"),
        ("course", "a/b/c", "write <tilbyder>/<kurs>"),
        ("provider", "a/b", "'a/b' is not the id of a provider: write <id>"),
        ("module", "Redaksjonen/Ny modul på åtte", "write 'redaksjonen/ny-modul-pa-atte'"),
        ("provider", "Høyskolen Østfold", "write 'hoyskolen-ostfold'"),
        ("provider", "../../etc", "is not the id of a provider"),
        ("provider", "..", "is not an id"),
        ("plan", "a" * 61, "is not an id"),
        ("plan", "", "is not an id"),
        ("module", "redaksjonen/", "is not the id of a module"),
        (
            "module",
            "redaksjon/ny",
            "there is no provider 'redaksjon'; make it first: kurskatalog new provider redaksjon",
        ),
        ("module", "redaksjon/ny", "(did you mean 'redaksjonen'?)"),
        ("course", "skolen/flyttet", "an id is never used again"),
        ("provider", "redaksjonen", "exists already"),
        ("provider", "inne", "provider inne exists already"),
        ("course", "inne/kurs", "course inne/kurs exists already"),
    ],
)
def test_what_cannot_be_made(kind: str, ident: str, said: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inline = {"inne": {"name": "Inne", "type": "fagskole", "courses": {"kurs": {}}}}
    write(
        root,
        {
            "catalogue.yml": catalogue(
                ("nb",), redirects={"kurs/skolen/flyttet": "kurs/skolen/energi"}, providers=inline
            )
        },
    )
    before = sorted(root.rglob("*"))
    assert make(root, kind, ident) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert said in error
    assert sorted(root.rglob("*")) == before


def test_a_provider_in_catalogue_yml_gets_courses(root: Path) -> None:
    write(root, {"catalogue.yml": catalogue(("nb",), providers={"inne": {"name": "Inne", "type": "fagskole"}})})
    assert make(root, "course", "inne/nytt") == 0
    assert {one["code"] for one in problems(root)} == {"K315"}


def test_files_are_in_the_first_language_of_the_catalogue(tmp_path: Path) -> None:
    files = {
        "catalogue.yml": catalogue(("en", "nb"), title={"en": "C"}),
        "content/providers/p/provider.yml": {"name": "P", "type": "kommune"},
    }
    write(tmp_path, files)
    assert make(tmp_path, "module", "p/m") == 0
    assert (tmp_path / "modules/p/m/module.en.md").is_file()
    assert make(tmp_path, "course", "p/k") == 0
    assert {one["code"] for one in problems(tmp_path)} == {"K315"}


def test_a_catalogue_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make(tmp_path, "provider", "p") == 2
    assert "has no catalogue.yml" in capsys.readouterr().err
    write(tmp_path, {"catalogue.yml": catalogue(("nb",))})
    assert make(tmp_path, "plan", "p") == 2
    assert "make one first" in capsys.readouterr().err


def test_a_catalogue_with_problems_can_grow(root: Path) -> None:
    write(root, {"content/pages/om.nb.md": "---\ntitle: [\n---\n", "content/vocabularies/themes.yml": "terms: nei\n"})
    assert make(root, "module", "redaksjonen/ny-modul") == 0


def test_values_are_quoted_where_they_land(root: Path) -> None:
    licence = 'CC: "BY"\\ # {{ 7 * 7 }}'
    write(root, {"catalogue.yml": catalogue(("nb",), licence=licence)})
    make(root, "module", "redaksjonen/ny-modul")
    text = (root / NEW["module"][1]).read_text(encoding="utf-8")
    data, found = read_yaml(front_text(text), "x")
    assert found == []
    assert isinstance(data, dict)
    assert data["licence"] == licence


def test_a_place_that_cannot_be_written(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(root / "content" / "needs")
    (root / "content" / "needs").write_text("a file where a folder should be")
    assert make(root, "need", "nytt-behov") == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_new_file_as_a_process_in_the_folder(root: Path) -> None:
    done = kurskatalog("new", "provider", "ny-skole", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "'python -m kurskatalog check content/providers/ny-skole/provider.yml'" in done.stdout
    assert kurskatalog("check", "content/providers/ny-skole/provider.yml", cwd=root).returncode == 0


def test_every_field_of_every_record_has_a_norwegian_text() -> None:
    assert set(FIELDS) == set(RECORDS) == set(KINDS)
    for name, record in RECORDS.items():
        assert set(FIELDS[name]) == set(record.model_fields), name
    for field in VOCABULARIES:
        record, name = field.split(".")
        assert name in FIELDS[record]


def test_the_lists_of_codes_are_the_ones_of_the_catalogue(root: Path) -> None:
    own = {"name": {"nb": "Tema"}, "terms": [{"id": "eget", "label": {"nb": "Eget tema"}}]}
    write(root, {"content/vocabularies/themes.yml": own})
    known = read_known(Project(root=root, out=root / "site", home=HOME))
    assert known.terms["themes"]["eget"] == "Eget tema"
    assert "ki" in known.terms["themes"]
    assert known.ids["module"] == {"redaksjonen/sensorer", "redaksjonen/trender", "redaksjonen/avvik"}
