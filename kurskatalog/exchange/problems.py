"""What is wrong with a spreadsheet: sheet, row, column, and a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from kurskatalog.problems import SEVERITIES, Message
from kurskatalog.report import SEVERITY
from kurskatalog.words import Words


class Refused(Exception):
    """Raised when a spreadsheet cannot be read at all; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: `row` from 1, `column` from 1 (0: the whole row), `header` as it stands in the sheet."""

    file: str
    sheet: str
    row: int
    column: int = 0
    header: str = ""

    def message(self) -> Message:
        """Its place in words; a file of comma-separated values has no sheet."""
        letter = column_letter(self.column)
        if self.sheet:
            place = Message("{file}, sheet '{sheet}', row {row}", file=self.file, sheet=self.sheet, row=self.row)
        else:
            place = Message("{file}, row {row}", file=self.file, row=self.row)
        if not self.column:
            return place
        return Message("{place}, column {letter} '{header}'", place=place, letter=letter, header=self.header)


def column_letter(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing that is wrong with a cell, or that a person must decide (`conflict`).

    `code` is that of a rule of the catalogue; what is wrong with a sheet as a sheet has none.
    """

    cell: Cell
    message: Message
    hint: Message | None = None
    conflict: bool = False
    code: str = ""

    def line(self, words: Words) -> str:
        """The problem as a line of text."""
        hint = f" ({words.say(self.hint)})" if self.hint else ""
        rule = f"{words.say(SEVERITY[SEVERITIES[self.code]])} {self.code} " if self.code else ""
        text = f"{words.say(self.cell.message())}: {rule}{words.say(self.message)}{hint}"
        return "".join(c if c.isprintable() else "\ufffd" for c in text)
