"""The fields of a course that a spreadsheet can hold: name, header, kind of value, and where they stand in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["id", "text", "texts", "line", "code", "codes", "ids", "number", "whole", "day", "season", "places"]
Path = tuple[str, ...]

RUN = "run."
"""Fields of a run begin with this; a row of the sheet holds one course and, where it has one, one run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`path` leads to the value in the course's or run's data; `lang` is set for other languages than the first."""

    name: str
    header: str
    kind: Kind
    path: Path
    vocabulary: str = ""
    lang: str = ""

    @property
    def in_run(self) -> bool:
        """Whether it belongs to the run of a row and not to the course."""
        return self.name.startswith(RUN)


# name, header, kind, list of codes. `run.year`, `run.season` and `run.site` stand in no file: a run's id is made of them.
_TABLE: tuple[tuple[str, str, Kind, str], ...] = (
    ("id", "Id", "id", ""),
    ("title", "Tittel", "text", ""),
    ("summary", "Sammendrag", "text", ""),
    ("level", "Nivå", "code", "levels"),
    ("credits", "Studiepoeng", "number", ""),
    ("hours", "Timer", "whole", ""),
    ("themes", "Temaer", "codes", "themes"),
    ("outcomes.knowledge", "Kunnskap", "texts", ""),
    ("outcomes.skills", "Ferdigheter", "texts", ""),
    ("outcomes.competence", "Generell kompetanse", "texts", ""),
    ("modules", "Moduler", "ids", ""),
    ("audience", "Målgruppe", "text", ""),
    ("admission", "Opptakskrav", "text", ""),
    ("assessment", "Vurdering", "codes", "assessment"),
    ("award", "Bevis", "code", "award"),
    ("quality", "Kvalitetssikring", "text", ""),
    ("funding", "Finansiering", "text", ""),
    ("price.nok", "Pris", "whole", ""),
    ("price.note", "Merknad til prisen", "text", ""),
    ("partners", "Samarbeidspartnere", "texts", ""),
    ("language", "Undervisningsspråk", "codes", ""),
    ("isced", "ISCED-F", "code", "isced-f"),
    ("homepage", "Nettside", "line", ""),
    ("source.url", "Kilde", "line", ""),
    ("source.verified_on", "Kilde sett", "day", ""),
    ("source.note", "Merknad til kilden", "text", ""),
    ("run.id", "Gjennomføring", "id", ""),
    ("run.term", "Semester og år", "season", ""),
    ("run.start", "Start", "day", ""),
    ("run.end", "Slutt", "day", ""),
    ("run.apply_by", "Søknadsfrist", "day", ""),
    ("run.form", "Studieform", "code", "forms"),
    ("run.gatherings", "Samlinger", "whole", ""),
    ("run.places", "Studiesteder", "places", "counties"),
    ("run.apply_url", "Søk her", "line", ""),
    ("run.verified_on", "Datoer sett", "day", ""),
    ("run.source.url", "Kilde for gjennomføringen", "line", ""),
    ("run.source.verified_on", "Kilde for gjennomføringen sett", "day", ""),
    ("run.source.note", "Merknad til kilden for gjennomføringen", "text", ""),
)
_MADE_OF: tuple[tuple[str, str, Kind, str], ...] = (
    ("run.year", "Årstall", "whole", ""),
    ("run.season", "Vår eller høst", "line", ""),
    ("run.site", "Studiestedsnummer", "line", ""),
)
REQUIRED = ("id", "title", "summary", "themes")

DBH_F: Mapping[str, str] = {
    "årstall": "run.year",
    "semester": "run.season",
    "kode": "id",
    "navn": "title",
    "studiepoeng": "credits",
    "utdanningsform": "run.form",
    "studentbetaling": "price.nok",
    "startdato": "run.start",
    "sluttdato": "run.end",
    "studiestedsnummer": "run.site",
}
"""Columns of what fagskoler report to DBH-F that the catalogue has fields for."""

DBH_F_UNUSED = (
    "fagskolenummer",
    "andel av heltid",
    "antall samlingsdager",
    "finansieringsform",
    "godkjenningsinstans",
    "godkjenningsdato",
    "nus-kode",
)
"""The other ones. Days of gatherings are not gatherings, and what a code means nobody knows here: a mapping may say."""


def fields(languages: Sequence[str]) -> list[Field]:
    """Every field of a file in the order of its columns; texts have one for each language."""
    return [field for row in _TABLE for field in _in_languages(row, languages)]


def all_fields(languages: Sequence[str]) -> dict[str, Field]:
    """By name, with those of which a run's id is made."""
    made_of = [_field(row) for row in _MADE_OF]
    return {field.name: field for field in (*fields(languages), *made_of)}


def _in_languages(row: tuple[str, str, Kind, str], languages: Sequence[str]) -> Iterator[Field]:
    field = _field(row)
    yield field
    if field.kind in ("text", "texts"):
        for lang in languages[1:]:
            yield replace(field, name=f"{field.name}.{lang}", header=f"{field.header} ({lang})", lang=lang)


def _field(row: tuple[str, str, Kind, str]) -> Field:
    name, header, kind, vocabulary = row
    path = tuple(name.removeprefix(RUN).split("."))
    return Field(name=name, header=header, kind=kind, path=path, vocabulary=vocabulary)


def plain(header: str) -> str:
    """A header without what people write differently: case, spaces, hyphens, underscores."""
    folded = unicodedata.normalize("NFC", header).casefold()
    return re.sub(r"[\s_-]+", "", folded)
