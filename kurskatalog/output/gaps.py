"""Needs and what meets them as open data: `/api/v1/gaps.json` and `/api/v1/gaps.csv` (docs/formats.md)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Catalogue, Need
from kurskatalog.view.gaps import build_matrix, is_met

FORMAT = "kurskatalog-gaps-1"
"""The name of the form of both files; keys and columns of a form are added to, never changed."""

COLUMNS = (
    "id",
    "title",
    "statement",
    "audience",
    "publisher",
    "document",
    "year",
    "page",
    "section",
    "document_url",
    "themes",
    "levels",
    "counties",
    "modules",
    "courses",
    "met",
    "url",
)


def gap_files(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """(name in the site, text) of the files, where the catalogue has needs. The same needs give the same bytes on every day."""
    if catalogue.needs:
        yield "api/v1/gaps.json", gaps_json(catalogue)
        yield "api/v1/gaps.csv", gaps_csv(catalogue)


def gaps_json(catalogue: Catalogue) -> str:
    """Every need in all its languages, and the counts by theme and level (`null`: not given)."""
    settings, matrix = catalogue.settings, build_matrix(catalogue)
    data = {
        "format": FORMAT,
        "catalogue": settings.address,
        "licence": settings.licence,
        "needs": [_need(catalogue, need) for _, need in sorted(catalogue.needs.items())],
        "matrix": [
            {"theme": theme, "level": level, **matrix.cells[theme, level]._asdict()}
            for theme in matrix.themes
            for level in matrix.levels
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _need(catalogue: Catalogue, need: Need) -> dict[str, Any]:
    facts, address = need.facts, catalogue.settings.address
    source = {key: value for key, value in facts.source.model_dump().items() if value is not None}
    return {
        "id": need.id,
        "url": f"{address}{addresses.need(need.id)}",
        "title": _text(catalogue, facts.title),
        "statement": _text(catalogue, facts.statement),
        **({"audience": _text(catalogue, facts.audience)} if facts.audience else {}),
        "source": source,
        "themes": list(facts.themes),
        "levels": list(facts.levels),
        "counties": list(facts.counties),
        "modules": [{"id": m, "url": f"{address}{addresses.module(m)}/"} for m in facts.modules],
        "courses": [{"id": c, "url": f"{address}{addresses.course(c)}/"} for c in facts.courses],
        "met": is_met(need),
    }


def _text(catalogue: Catalogue, text: Mapping[str, str]) -> dict[str, str]:
    """In the order of the catalogue's languages, however the author wrote it."""
    return {lang: text[lang] for lang in catalogue.settings.languages if lang in text}


def gaps_csv(catalogue: Catalogue) -> str:
    """A row a need, in the catalogue's first language (RFC 4180, UTF-8); several codes or ids in a cell have a space between."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    lang = catalogue.settings.default_language
    for ident, need in sorted(catalogue.needs.items()):
        facts, source = need.facts, need.facts.source
        row = (
            ident,
            facts.title[lang],
            facts.statement[lang],
            (facts.audience or {}).get(lang, ""),
            source.publisher,
            source.title,
            source.year or "",
            source.page or "",
            source.section or "",
            source.url or "",
            *(" ".join(codes) for codes in (facts.themes, facts.levels, facts.counties, facts.modules, facts.courses)),
            "true" if is_met(need) else "false",
            f"{catalogue.settings.address}{addresses.need(ident)}",
        )
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet program takes a cell that begins like this for a formula, which may do harm on the reader's machine."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
