"""A spreadsheet or a file of comma-separated values -> rows of cells; size and kind are looked at before it is opened."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import ElementTree as _Defused
from openpyxl.utils.exceptions import InvalidFileException

from kurskatalog.exchange.problems import Refused
from kurskatalog.problems import Message

SHEET = "Kurs"
MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_ROWS, MAX_COLUMNS, MAX_PARTS = 5000, 200, 500
_BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    AttributeError,
    OSError,
    NotImplementedError,
    EOFError,
    zipfile.LargeZipFile,
    RuntimeError,
)
"""What a damaged workbook makes the libraries raise."""


@dataclass(slots=True)
class Table:
    """A sheet: its headers, and (row number, cells) of every row below them that is not empty.

    A cell is None, a text, a number, a day, or True and False.
    """

    file: str
    sheet: str
    headers: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)


def read_table(path: Path, sheet: str = "") -> Table:
    """The table in a file, by its ending; `sheet` names one of a workbook's sheets. Raises Refused."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Refused(Message("{path} is larger than {limit} MB", path=path.name, limit=MAX_BYTES // 1024**2))
        raw = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(Message("{path} cannot be read: {why}", path=str(path), why=why)) from None
    ending = path.suffix.lower()
    if ending == ".csv":
        return _table(path.name, "", _csv_rows(raw, path.name))
    if ending in (".xlsx", ".xlsm"):
        name, rows = _xlsx_rows(raw, path.name, sheet)
        return _table(path.name, name, rows)
    raise Refused(Message("{path} is neither .xlsx nor .csv", path=path.name))


def _table(file: str, sheet: str, rows: list[list[Any]]) -> Table:
    table = Table(file, sheet)
    for number, cells in enumerate(rows, 1):
        if all(cell is None or str(cell).strip() == "" for cell in cells):
            continue
        if table.headers:
            table.rows.append((number, cells))
        else:
            table.headers = ["" if cell is None else " ".join(str(cell).split()) for cell in cells]
    if not table.headers:
        raise Refused(Message("{path} has no rows", path=file))
    return table


def _csv_rows(raw: bytes, name: str) -> list[list[Any]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(Message("{path} is not UTF-8: save it as 'CSV UTF-8'", path=name)) from None
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows: list[list[Any]] = []
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(rows) >= MAX_ROWS or len(row) > MAX_COLUMNS:
                raise Refused(_too_much(name))
            rows.append(list(row))
    except csv.Error:
        message = Message("{path} cannot be read: a quotation mark has no end, or a field is too long", path=name)
        raise Refused(message) from None
    return rows


def _too_much(name: str) -> Message:
    return Message(
        "{path} has more than {rows} rows or {columns} columns", path=name, rows=MAX_ROWS, columns=MAX_COLUMNS
    )


def _xlsx_rows(raw: bytes, name: str, sheet: str) -> tuple[str, list[list[Any]]]:
    damaged = Message("{path} is not a workbook that can be read", path=name)
    try:
        _look_inside(raw, name)
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        chosen = sheet or (SHEET if SHEET in book.sheetnames else book.sheetnames[0])
        if chosen not in book.sheetnames:
            raise Refused(Message("there is no sheet '{sheet}' in {path}", sheet=chosen, path=name))
        page: Any = book[chosen]
        limits = {"max_row": MAX_ROWS + 1, "max_col": MAX_COLUMNS + 1}
        rows = [[_cell(value) for value in row] for row in page.iter_rows(values_only=True, **limits)]
    except Refused:
        raise
    except _BROKEN:
        raise Refused(damaged) from None
    if any(value is not None for value in (*(rows[MAX_ROWS] if len(rows) > MAX_ROWS else ()), *_beyond(rows))):
        raise Refused(_too_much(name))
    return chosen, rows


def _beyond(rows: list[list[Any]]) -> list[Any]:
    return [value for row in rows for value in row[MAX_COLUMNS:]]


def _look_inside(raw: bytes, name: str) -> None:
    """A workbook is a zip archive of XML: how much is in it, and that no part defines entities, before any is read."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise Refused(Message("{path} holds more than a table of courses can", path=name))
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    for _, element in _Defused.iterparse(stream, forbid_dtd=True):
                        element.clear()


def _cell(value: Any) -> Any:
    """A value as the reader knows it; a time of day at midnight is a day."""
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else value.isoformat(" ")
    return value.replace("_x000D_", "").replace("\r\n", "\n") if isinstance(value, str) else value
