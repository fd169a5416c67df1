"""Which column of a sheet is which field: by our own headers, by those of DBH-F, or by a mapping file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from kurskatalog.check.places import Origin, Places
from kurskatalog.check.shape import read_shape
from kurskatalog.exchange.fields import DBH_F, DBH_F_UNUSED, all_fields, plain
from kurskatalog.model.shapes import Record
from kurskatalog.problems import BadContent, Message, Problem
from kurskatalog.source.text import Unreadable, read_text
from kurskatalog.source.yaml import read_yaml

PROVIDER = "provider"
"""A column with the provider's id, in a sheet that holds several providers' courses."""


class MappingFile(Record):
    """What a person writes: header -> field; field -> value in the sheet -> value; field -> value for all rows."""

    sheet: str = ""
    columns: dict[str, str] = Field(default_factory=dict)
    values: dict[str, dict[str, str]] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Columns:
    """Header (see `plain`) -> field, what values mean, what every row has, and headers that are known to mean nothing."""

    fields: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    unused: frozenset[str] = frozenset(plain(header) for header in DBH_F_UNUSED)


def standard(languages: Sequence[str]) -> Columns:
    """Our own headers and names of fields, and DBH-F's columns."""
    known = all_fields(languages)
    named = {plain(header): name for header, name in DBH_F.items()}
    named |= {plain(one.name): one.name for one in known.values()}
    named |= {plain(one.header): one.name for one in known.values()}
    return Columns({**named, PROVIDER: PROVIDER, "tilbyder": PROVIDER})


def read_mapping(path: Path, languages: Sequence[str]) -> Columns:
    """The standard columns with those of a file before them. Raises BadContent with the problems of the file."""
    try:
        data, problems = read_yaml(read_text(path, path.name), path.name)
    except Unreadable as error:
        raise BadContent([error.problem]) from None
    if problems:
        raise BadContent(problems)
    origin, places = Origin(path.name), Places(path.parent)
    mapping, problems = read_shape(MappingFile, data, origin, places, {})
    if mapping is None:
        raise BadContent(problems)
    known = all_fields(languages)
    unknown = [
        Problem(places.of(origin, *at, on=on), "K125", *_no_field(name, known))
        for name, at, on in (
            *((name, ("columns", header), "value") for header, name in mapping.columns.items()),
            *((name, ("values", name), "key") for name in mapping.values),
            *((name, ("constants", name), "key") for name in mapping.constants),
        )
        if name not in known and name != PROVIDER
    ]
    if unknown:
        raise BadContent(unknown)
    base = standard(languages)
    own = {plain(header): name for header, name in mapping.columns.items()}
    values = {name: {key.casefold(): text for key, text in of.items()} for name, of in mapping.values.items()}
    return Columns({**base.fields, **own}, values, mapping.constants, mapping.sheet)


def _no_field(name: str, known: Mapping[str, object]) -> tuple[Message, Message]:
    message = Message("there is no field '{name}'", name=name[:60])
    return message, Message("fields: {names}", names=", ".join(known))
