"""Typst sets a document: data in, the bytes of a PDF out. One press a process; its templates and fonts are read once."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
import typst

from kurskatalog.output.pdf.data import HtmlOf, document
from kurskatalog.output.pdf.fonts import covered, replacements
from kurskatalog.view.prints.shapes import PrintView

if TYPE_CHECKING:
    from typst import PDFStandard


class PrintFailed(Exception):
    """Raised when a document cannot be set. `file` is the source that is at fault, `picture` its picture if it is that."""

    def __init__(self, file: str, why: str, picture: str = "") -> None:
        super().__init__(file, why, picture)
        self.file, self.why, self.picture = file, why, picture

    def __str__(self) -> str:
        return f"{self.file}: {self.why}"


class Press:
    """Sets documents with the templates that lie in `stage`; `archive` makes them fit for archives (PDF/A-2a) too."""

    def __init__(self, stage: Path, *, archive: bool = False) -> None:
        self.stage = stage
        self.standards: list[PDFStandard] = ["ua-1", "a-2a"] if archive else ["ua-1"]
        self.fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(stage / "fonts")]
        )
        self.main = str(stage / "main.typ")
        self.compiler = typst.Compiler(self.main, root=str(stage), font_paths=self.fonts)
        self.known = covered(stage / "fonts")

    def run(
        self, view: PrintView, html_of: HtmlOf, pictures: Mapping[str, str], pages: Mapping[str, tuple[str, int]]
    ) -> bytes:
        """The PDF of a document. `pictures` are the staged names of pictures by their files. Raises PrintFailed."""
        data = document(view, html_of, pictures, pages, qr_rows)
        try:
            return self._set(data)
        except typst.TypstError as error:
            raise self._explain(view, data, pictures, error) from error

    def _set(self, data: Mapping[str, Any]) -> bytes:
        text = json.dumps(data, ensure_ascii=False)
        if missing := replacements(text, self.known):
            text = text.translate(missing)
        year, month, day = data["day"]
        moment = dt.datetime(year, month, day, tzinfo=dt.UTC)
        made = self.compiler.compile(
            self.main,  # named each time: the compiler stays with the last file that it was given
            sys_inputs={"document": text},
            format="pdf",
            pdf_standards=self.standards,
            timestamp=int(moment.timestamp()),
        )
        assert isinstance(made, bytes)  # noqa: S101 - a PDF is one file
        return made

    def _explain(
        self, view: PrintView, data: Mapping[str, Any], pictures: Mapping[str, str], error: typst.TypstError
    ) -> PrintFailed:
        """Which source is at fault: a picture that cannot be read, or the first text that cannot be set by itself."""
        for file, staged in pictures.items():
            if why := self._why_not(staged):
                return PrintFailed(file, why, picture=file)
        texts = [part for part in data["parts"] if part["type"] == "TextBody"]
        for part in texts:
            alone = {**data, "parts": [part]}
            try:
                self._set(alone)
            except typst.TypstError as own:
                return PrintFailed(part["file"], _words(own))
        return PrintFailed(view.files[0] if view.files else view.path, _words(error))

    def _why_not(self, staged: str) -> str:
        """Why a picture cannot be shown; empty when it can."""
        try:
            self.compiler.compile(
                str(self.stage / "picture.typ"),
                sys_inputs={"picture": f"/pictures/{staged}"},
                format="pdf",
                pdf_standards=self.standards,
                timestamp=0,
            )
        except typst.TypstError as error:
            return _words(error)
        return ""


def _words(error: typst.TypstError) -> str:
    """What Typst says, on one line, with its advice."""
    return " ".join("; ".join([error.message, *error.hints]).split())


def qr_rows(address: str) -> list[str]:
    """A QR code as rows of 0 and 1, without its quiet margin."""
    return [
        "".join("1" if dot else "0" for dot in row)
        for row in segno.make(address, error="m", micro=False, mask=2).matrix
    ]
