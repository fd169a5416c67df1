"""gaps.json and gaps.csv: what docs/formats.md promises, the same on every day, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from small import HOME, TODAY, Small, small_files, write

from kurskatalog.model.catalogue import Catalogue
from kurskatalog.output.gaps import COLUMNS, FORMAT, gap_files, gaps_csv, gaps_json
from kurskatalog.pipeline.load import load

DOCS = (HOME / "docs" / "formats.md").read_text("utf-8")
NEED = small_files(("nb",))["content/needs/maling.yml"]


@pytest.fixture
def catalogue_of(tmp_path: Path, home: Path):
    def read(more: dict[str, Any], languages: tuple[str, ...] = ("nb", "nn", "en")) -> Catalogue:
        write(tmp_path, {**small_files(languages), **more})
        loaded = load(Small(tmp_path, home).project, today=TODAY)
        assert loaded.catalogue is not None, loaded.problems
        return loaded.catalogue

    return read


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_json_has_every_need_and_the_counts(catalogue_of) -> None:
    title = {"en": "More who can measure", "nb": "Flere som kan måle"}
    data = json.loads(gaps_json(catalogue_of({"content/needs/maling.yml": {**NEED, "title": title}})))
    assert (data["format"], data["catalogue"], data["licence"]) == (FORMAT, "https://katalog.example/", "CC-BY-4.0")
    need, other = data["needs"]
    assert list(need["title"].items()) == [("nb", "Flere som kan måle"), ("en", "More who can measure")]
    assert need["source"] == NEED["source"]
    assert need["url"] == "https://katalog.example/behov/#behov-maling"
    assert need["modules"] == [{"id": "redaksjonen/avvik", "url": "https://katalog.example/moduler/redaksjonen/avvik/"}]
    assert need["courses"] == [{"id": "skolen/aal", "url": "https://katalog.example/kurs/skolen/aal/"}]
    assert (need["met"], other["met"], "audience" in other) == (True, False, False)
    assert {"theme": "ki", "level": "5.1", "needs": 1, "unmet": 0, "courses": 0, "modules": 0, "state": "gap"} in data[
        "matrix"
    ]
    levels = [cell["level"] for cell in data["matrix"] if cell["theme"] == "energi"]
    assert levels == ["5.1", "none", None]


def test_csv_has_a_row_a_need(catalogue_of) -> None:
    text = gaps_csv(catalogue_of({}))
    assert text.split("\r\n")[0] == ",".join(COLUMNS)
    first, second = rows(text)
    assert (first["id"], first["met"], first["modules"], first["county" if "county" in first else "counties"]) == (
        "maling",
        "true",
        "redaksjonen/avvik",
        "18",
    )
    assert (second["id"], second["met"], second["document_url"]) == ("nett", "false", "https://laget.example/rapport")


@pytest.mark.parametrize("text", ["=1+1", "+47", "-1", "@SUM(A1)", '=HYPERLINK("https://a.example/")'])
def test_no_cell_is_a_formula(catalogue_of, text: str) -> None:
    need = {**NEED, "title": text, "statement": text, "source": {"title": text, "publisher": text, "year": text}}
    first = rows(gaps_csv(catalogue_of({"content/needs/maling.yml": need})))[0]
    assert {first[key] for key in ("title", "statement", "publisher", "document", "year")} == {f"'{text}"}


def test_lines_commas_and_quotes_stay_in_their_cells(catalogue_of) -> None:
    text = 'a, "b"\n\nc;\td'
    first = rows(gaps_csv(catalogue_of({"content/needs/maling.yml": {**NEED, "statement": text}})))[0]
    assert first["statement"] == text


def test_a_catalogue_without_needs_has_no_files(catalogue_of) -> None:
    catalogue = catalogue_of({})
    without = Catalogue(**{**{name: getattr(catalogue, name) for name in catalogue.__slots__}, "needs": {}})
    assert list(gap_files(without)) == []
    assert [name for name, _ in gap_files(catalogue)] == ["api/v1/gaps.json", "api/v1/gaps.csv"]


def test_the_form_is_documented(catalogue_of) -> None:
    section = re.search(r"^## /api/v1/gaps.json and gaps.csv\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL)
    assert section
    named = set(re.findall(r"`([a-z_]+)`", section[1]))
    data = json.loads(gaps_json(catalogue_of({})))
    keys = {*data, *data["matrix"][0], *(key for need in data["needs"] for key in need)}
    assert keys <= named
    assert set(COLUMNS) <= named
    assert f"`{FORMAT}`" in section[1]
