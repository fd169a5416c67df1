"""The rows of a table -> courses with their runs, each value with its cell; every problem of every row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kurskatalog.check.files import better_id
from kurskatalog.exchange.cells import BadCell, Terms, as_text, read_cell, season
from kurskatalog.exchange.course import Course, Values
from kurskatalog.exchange.fields import DBH_F, Field, all_fields, plain
from kurskatalog.exchange.mapping import PROVIDER, Columns
from kurskatalog.exchange.problems import Cell, CellProblem
from kurskatalog.exchange.table import Table
from kurskatalog.problems import Message

_MADE_OF = ("run.year", "run.season", "run.site")
Where = dict[tuple[str, str], Cell]
"""(run's id or "", field) -> the cell that says it."""


@dataclass(slots=True)
class Sheeted:
    """A course as a sheet has it. `seen` are the fields that the sheet has a column for; `row` is the course's first."""

    course: Course
    row: Cell
    where: Where = field(default_factory=dict)


@dataclass(slots=True)
class Read:
    """All courses of a sheet, their problems, and headers that were passed over."""

    courses: dict[str, Sheeted] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    other_rows: int = 0


class _Reader:
    """A table while it is read."""

    def __init__(self, table: Table, columns: Columns, terms: Terms, languages: Sequence[str], provider: str) -> None:
        self.table = table
        self.columns = columns
        self.terms = terms
        self.provider = provider
        self.known = all_fields(languages)
        self.out = Read()
        self.at: dict[str, int] = {}
        self.slugs = columns.fields.get(plain("kode")) == DBH_F["kode"]

    def read(self) -> Read:
        self._headers()
        if "id" not in self.at and "id" not in self.columns.constants:
            cell = Cell(self.table.file, self.table.sheet, 1)
            hint = Message("the template has the columns: kurskatalog import --template; a mapping can name others")
            self.out.problems.append(CellProblem(cell, Message("no column holds the course's id or code"), hint))
            return self.out
        for number, cells in self.table.rows:
            self._row(number, cells)
        return self.out

    def _headers(self) -> None:
        for number, header in enumerate(self.table.headers):
            name = self.columns.fields.get(plain(header))
            if name is None:
                if header:
                    self.out.unused.append(header)
            elif name in self.at:
                cell = self._cell(1, number)
                message = Message("two columns hold '{field}'", field=name)
                self.out.problems.append(CellProblem(cell, message, Message("delete one of them")))
            else:
                self.at[name] = number
        self.out.seen = {*self.at, *self.columns.constants} - {PROVIDER}

    def _cell(self, row: int, column: int) -> Cell:
        return Cell(self.table.file, self.table.sheet, row, column + 1, self.table.headers[column][:60])

    def _row(self, row: int, cells: Sequence[Any]) -> None:
        owner = self._raw(cells, PROVIDER)
        if owner and as_text(owner) != self.provider:
            self.out.other_rows += 1
            return
        values, where, whole = self._values(row, cells)
        if not whole:
            return
        ident = values.pop("id", "")
        if not ident:
            cell = where.get("id") or Cell(self.table.file, self.table.sheet, row)
            self.out.problems.append(CellProblem(cell, Message("the row has no id")))
            return
        if ident not in self.out.courses:
            first = where.get("id") or Cell(self.table.file, self.table.sheet, row)
            self.out.courses[ident] = Sheeted(Course(), first)
        sheeted = self.out.courses[ident]
        of_run = {name: text for name, text in values.items() if self.known[name].in_run}
        self._add(sheeted, "", sheeted.course.values, {k: v for k, v in values.items() if k not in of_run}, where)
        if any(of_run.get(name) for name in of_run if name not in self.columns.constants):
            self._run(sheeted, of_run, where, row)

    def _raw(self, cells: Sequence[Any], name: str) -> Any:
        number = self.at.get(name, len(cells))
        return cells[number] if number < len(cells) else None

    def _values(self, row: int, cells: Sequence[Any]) -> tuple[Values, dict[str, Cell], bool]:
        """The texts of a row by field, their cells, and whether all of them could be read."""
        values: Values = {}
        where: dict[str, Cell] = {}
        whole = True
        for name, field_ in self.known.items():
            if name in self.at:
                where[name] = self._cell(row, self.at[name])
            elif name not in self.columns.constants:
                continue
            value = self._raw(cells, name) if name in self.at else self.columns.constants[name]
            try:
                values[name] = self._read(value, field_)
            except BadCell as bad:
                cell = where.get(name) or Cell(self.table.file, self.table.sheet, row)
                self.out.problems.append(CellProblem(cell, bad.message, bad.hint))
                whole = False
        return values, where, whole

    def _read(self, value: Any, field_: Field) -> str:
        meant = self.columns.values.get(field_.name, {}).get(as_text(value).casefold())
        if field_.name == "id" and meant is None:
            header = plain(self.table.headers[self.at["id"]]) if "id" in self.at else ""
            if header == "kode":  # codes of courses are written in capitals
                return better_id(as_text(value)) if as_text(value) else ""
        return (
            read_cell(value if meant is None else meant, field_, self.terms)
            if field_.name != "run.site"
            else as_text(value)
        )

    def _run(self, sheeted: Sheeted, values: Values, where: dict[str, Cell], row: int) -> None:
        year, name, site = (values.pop(part, "") for part in _MADE_OF)
        try:
            if places := self.columns.values.get("run.site", {}).get(site.casefold()):
                values["run.places"] = values.get("run.places") or read_cell(
                    places, self.known["run.places"], self.terms
                )
            if name and not values.get("run.term"):
                values["run.term"] = season(name, year)
                if "run.season" in where:
                    where["run.term"] = where["run.season"]
        except BadCell as bad:
            self.out.problems.append(CellProblem(where.get("run.season", sheeted.row), bad.message, bad.hint))
            return
        ident = values.get("run.id") or _run_id(values, site)
        cell = where.get("run.id") or where.get("run.term") or where.get("run.start") or sheeted.row
        if not ident:
            message = Message("nothing says which run this is: it has no id, term or start")
            self.out.problems.append(CellProblem(Cell(cell.file, cell.sheet, row), message))
            return
        if ident in sheeted.course.runs:
            message = Message("two rows are the run '{id}' of this course", id=ident)
            hint = Message("give each its own id in a column '{header}'", header=self.known["run.id"].header)
            self.out.problems.append(CellProblem(Cell(cell.file, cell.sheet, row), message, hint))
            return
        values["run.id"] = ident
        self._add(sheeted, ident, sheeted.course.runs.setdefault(ident, {}), values, where)
        sheeted.where.setdefault((ident, "run.id"), Cell(cell.file, cell.sheet, row))

    def _add(self, sheeted: Sheeted, run: str, to: Values, values: Values, where: dict[str, Cell]) -> None:
        """Add values; the rows of one course say the same about it, or nothing."""
        for name, text in values.items():
            if text and to.get(name, text) != text:
                message = Message("another row of this course says '{value}'", value=to[name][:60])
                self.out.problems.append(CellProblem(where.get(name, sheeted.row), message))
            elif text:
                to[name] = text
            if name in where and (text or (run, name) not in sheeted.where):
                sheeted.where[run, name] = where[name]


def _run_id(values: Values, site: str) -> str:
    term = values.get("run.term", "")
    if not term and (start := values.get("run.start", "")):
        term = f"{start[:4]}-{'var' if int(start[5:7]) <= 7 else 'host'}"
    return f"{term}-{better_id(site)}" if term and site else term


def read_sheet(table: Table, columns: Columns, terms: Terms, languages: Sequence[str], provider: str) -> Read:
    """The courses of one provider in a table."""
    return _Reader(table, columns, terms, languages, provider).read()
