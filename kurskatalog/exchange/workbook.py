"""Workbooks that we write: the courses of a catalogue, or an empty template, with lists to choose from."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from kurskatalog.exchange.cells import Terms, choices, to_cell
from kurskatalog.exchange.course import Course
from kurskatalog.exchange.fields import REQUIRED, Field, fields
from kurskatalog.exchange.table import SHEET

CODES, ABOUT = "Koder", "Forklaring"
ROWS_WITH_LISTS = 1000
"""Rows of the template that offer choices."""

_NOTES = (
    "Kolonnene med gul overskrift må fylles ut for et nytt kurs: {needed}. De andre kan stå tomme.",
    "Hver rad er et kurs og, når det har en, én gjennomføring. Et kurs som går flere ganger, har én rad for hver gang, "
    "med samme Id. I radene etter den første kan de andre kolonnene om kurset stå tomme.",
    "En gjennomføring kjennes på semesteret eller på dagen den starter. To i samme semester må ha hver sin id i kolonnen "
    "Gjennomføring.",
    "Datoer skrives som datoer i regnearket, eller som 2027-01-31 eller 31.01.2027.",
    "Tall skrives slik regnearket skriver tall, på norsk med komma: 7,5. Har cellen blitt en dato, gjør du den om til tall "
    "og skriver tallet på nytt.",
)
"""What the explanation begins with, for somebody who has read nothing else."""
_MOST = 1000
"""More than any number of studiepoeng, and less than the number that stands for a day."""

_HEAD = Font(bold=True)
_NEEDED = PatternFill("solid", fgColor="FFF2CC")
_WRAP = Alignment(wrap_text=True, vertical="top")
_FORMATS = {"day": "yyyy-mm-dd", "number": "General", "whole": "General"}


def workbook(
    courses: Mapping[str, Course],
    terms: Terms,
    languages: Sequence[str],
    about: Mapping[str, str],
    providers: bool = False,
) -> bytes:
    """A workbook of courses by their whole ids (`<provider>/<course>`), a row for each run; the same bytes each time.

    `about` explains fields by their names. `providers` adds a first column with the provider.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    known = fields(languages)
    lists = _lists(terms, known)
    page = book.create_sheet(SHEET)
    page.freeze_panes = "C2" if providers else "B2"
    lead = ["Tilbyder"] if providers else []
    for number, header in enumerate([*lead, *(one.header for one in known)], 1):
        page.column_dimensions[get_column_letter(number)].width = max(14, min(len(header) + 4, 40))
    for validation in _validations(known, lists, len(lead), max(ROWS_WITH_LISTS, len(courses) * 3)):
        page.add_data_validation(validation)
    page.append([_head(page, header) for header in lead] + [_head(page, o.header, o.name in REQUIRED) for o in known])
    for ident, course in courses.items():
        provider, _, own = ident.partition("/")
        for row in _rows(own, course):
            cells = [_cell(page, to_cell(row.get(one.name, ""), one, terms), one.kind) for one in known]
            page.append([_cell(page, provider, "id") for _ in lead] + cells)
    _explain(book.create_sheet(ABOUT), known, about)
    _write_lists(book.create_sheet(CODES), lists)
    return _steady(book)


def _rows(ident: str, course: Course) -> Iterable[dict[str, str]]:
    runs = list(course.runs.values()) or [{}]
    yield {"id": ident, **course.values, **runs[0]}
    for run in runs[1:]:
        yield {"id": ident, **run}


def _head(page: Any, text: str, needed: bool = False) -> Any:
    cell = _cell(page, text, "text")
    cell.font = _HEAD
    if needed:
        cell.fill = _NEEDED
    return cell


def _cell(page: Any, value: Any, kind: str) -> Any:
    """A cell; a text is never a formula, whatever it begins with."""
    cell = WriteOnlyCell(page, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")
    if kind in _FORMATS and not isinstance(value, str):
        cell.number_format = _FORMATS[kind]
    if kind in ("texts", "places"):
        cell.alignment = _WRAP
    return cell


def _lists(terms: Terms, known: Sequence[Field]) -> dict[str, list[tuple[str, str]]]:
    """List -> (what is chosen, code) for one code, and (code, name) where a cell holds several."""
    lists: dict[str, list[tuple[str, str]]] = {}
    for one in known:
        if one.vocabulary and one.vocabulary in terms and one.kind in ("code", "codes", "places"):
            of = choices(terms[one.vocabulary])
            names = terms[one.vocabulary]
            single = one.kind == "code"
            lists[one.vocabulary] = [(of[code], code) if single else (code, names[code]) for code in names]
    return lists


def _validations(
    known: Sequence[Field], lists: Mapping[str, Sequence[Any]], lead: int, rows: int
) -> Iterable[DataValidation]:
    columns = {name: number for number, name in enumerate(lists)}
    for number, one in enumerate(known, 1 + lead):
        if one.kind == "number":
            yield _number(get_column_letter(number), rows)
        if one.kind not in ("code", "codes") or one.vocabulary not in lists:
            continue
        letter, last = get_column_letter(columns[one.vocabulary] * 2 + 1), len(lists[one.vocabulary]) + 1
        validation = DataValidation("list", formula1=f"'{CODES}'!${letter}$2:${letter}${last}", allow_blank=True)
        validation.showErrorMessage = one.kind == "code"  # several codes are typed, with a semicolon between them
        validation.error = "Velg fra listen."
        here = get_column_letter(number)
        validation.add(f"{here}2:{here}{rows + 1}")
        yield validation


def _number(here: str, rows: int) -> DataValidation:
    """With Norwegian settings 7.5 is taken for 7 May: the spreadsheet itself says no to that while somebody types."""
    validation = DataValidation("decimal", operator="between", formula1="0", formula2=str(_MOST), allow_blank=True)
    validation.showErrorMessage = True
    validation.error = "Skriv et tall, med komma: 7,5."
    validation.add(f"{here}2:{here}{rows + 1}")
    return validation


def _explain(page: Any, known: Sequence[Field], about: Mapping[str, str]) -> None:
    for letter, width in (("A", 42), ("B", 28), ("C", 90)):
        page.column_dimensions[letter].width = width
    needed = ", ".join(one.header for one in known if one.name in REQUIRED)
    for note in _NOTES:
        page.append([_cell(page, note.format(needed=needed), "text")])
    page.append([])
    page.append([_head(page, text) for text in ("Kolonne", "Felt", "Hva som står der")])
    how = {
        "code": " Velg fra listen i cellen.",
        "day": " Som en dato, eller 2027-01-31 eller 31.01.2027.",
        "codes": " Flere koder skilles med semikolon.",
        "texts": " Én på hver linje i cellen (Alt+Enter).",
        "places": " Ett sted på hver linje, med fylkesnummer i parentes: Lyngdal (42).",
        "ids": " Flere skilles med semikolon; (valgfri) bak en modul som kan velges bort.",
    }
    for one in known:
        text = about.get(one.name.removesuffix(f".{one.lang}") if one.lang else one.name, "") + how.get(one.kind, "")
        text += " Må være med." if one.name in REQUIRED else ""
        page.append([_cell(page, value, "text") for value in (one.header, one.name, text.strip())])


def _write_lists(page: Any, lists: Mapping[str, Sequence[tuple[str, str]]]) -> None:
    names = list(lists)
    page.append([_head(page, text) for name in names for text in (name, "")])
    for row in range(max((len(rows) for rows in lists.values()), default=0)):
        cells = (lists[name][row] if row < len(lists[name]) else (None, None) for name in names)
        page.append([_cell(page, value, "text") for pair in cells for value in pair])


def _steady(book: Workbook) -> bytes:
    """The workbook without the time at which it was made: the same courses give the same bytes."""
    raw = io.BytesIO()
    book.save(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2000-01-01T00:00:00Z", data)
            info = zipfile.ZipInfo(part.filename, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return out.getvalue()
