"""Spreadsheets as people send them, and the command that takes them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from kurskatalog.cli import main

COURSES = "content/providers/skolen/courses"


def sheet(path: Path, rows: list[list[Any]], name: str = "Ark1") -> Path:
    """A workbook with one sheet."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = name
    for row in rows:
        page.append(row)
    book.save(path)
    return path


def run(root: Path, file: Path, *more: str) -> int:
    """Import it for the provider `skolen`."""
    given = [str(file), "--provider", "skolen", "--root", str(root), "--lang", "en", "--today", "2026-11-21"]
    return main(["import", *given, *more])
