"""`schema`: JSON Schema (draft 2020-12) of everything that people write, for editors; made from the records."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema
from pydantic_core import core_schema

from kurskatalog.cli.known import Known, read_known
from kurskatalog.cli.options import Options
from kurskatalog.model.fields import FIELDS, KINDS, RECORDS, VOCABULARIES, WHOLE_FILES
from kurskatalog.model.shapes import EDITOR_SHAPES

Schema = dict[str, Any]

FINE = 0
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NUMBER = re.compile(r"\d+(\.\d+)?\Z")
_SHAPES: Mapping[str, str] = {
    "line": "En tekst på én linje",
    "text": "En tekst på katalogens første språk, eller én på hvert språk: {nb: ..., nn: ..., en: ...}",
    "id": "Et navn av a-z, 0-9 og bindestrek, høyst 60 tegn",
    "item_id": "<tilbyder>/<kurs> eller <tilbyder>/<modul>",
    "address": "En hel adresse: https://...",
    "day": "En dato: 2027-01-31",
    "owner": "En eier: @navn, @organisasjon/gruppe eller en e-postadresse",
    "season": "Et semester: 2027-var eller 2027-host",
    "number": "Et tall over 0, med punktum foran desimaler",
    "whole": "Et helt tall",
    "flag": "true eller false",
    "language": "En språkkode: nb, nn, en",
}


class _Editors(GenerateJsonSchema):
    """What a file can hold: a field is written or left out, so there is neither null nor a default."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, *_: Any) -> bool:
        return False


def run_schema(options: Options, kind: str | None) -> int:
    """Print the schema of one kind of file, or of all kinds in one document."""
    print(json.dumps(build_schema(kind, read_known(options.project)), ensure_ascii=False, indent=2))
    return FINE


def build_schema(kind: str | None, known: Known) -> Schema:
    """The schema of one kind, or of all; with the codes and languages of the catalogue."""
    definitions = _definitions(known)
    if kind is None:
        anything = [{"$ref": f"#/$defs/{name}"} for name in WHOLE_FILES]
        return {"$schema": DIALECT, "title": "Kurskatalog", "anyOf": anything, "$defs": definitions}
    needed = _reachable(kind, definitions)
    return {
        "$schema": DIALECT,
        "title": KINDS[kind],
        "$ref": f"#/$defs/{kind}",
        "$defs": {name: value for name, value in definitions.items() if name in needed},
    }


def _definitions(known: Known) -> dict[str, Schema]:
    _, made = models_json_schema(
        [(record, "validation") for record in RECORDS.values()], ref_template="{model}", schema_generator=_Editors
    )
    names = {record.__name__: name for name, record in RECORDS.items()}
    records = {name: _plain(made["$defs"][record.__name__], names) for name, record in RECORDS.items()}
    for name, record in records.items():
        record["description"] = KINDS[name]
        record["properties"] = {
            field: _described(name, field, value, known) for field, value in record["properties"].items()
        }
    _add_inline(records)
    shapes = {name: {"description": text, **copy.deepcopy(EDITOR_SHAPES[name])} for name, text in _SHAPES.items()}
    if known.has_settings:
        shapes["text"]["anyOf"][1] = _text_in(known.languages)
    lists = {f"{name}-codes": _codes(name, terms) for name, terms in known.terms.items() if terms}
    return {**records, **shapes, **lists}


def _plain(value: Any, names: Mapping[str, str]) -> Any:
    """A part of pydantic's schema with our names, references to the shapes, and without English descriptions."""
    if isinstance(value, list):
        return [_plain(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    for name, shape in EDITOR_SHAPES.items():
        if value == shape:
            return {"$ref": f"#/$defs/{name}"}
    if "$ref" in value:
        return {"$ref": f"#/$defs/{names[value['$ref']]}"}
    if value.get("type") == "string":
        digits = r"\d" in value.get("pattern", r"\d")
        return {**value, "type": ["string", "number"] if digits else "string"}
    if "properties" in value:
        properties = {field: _plain(part, names) for field, part in value["properties"].items()}
        return {**{k: v for k, v in value.items() if k not in ("title", "description")}, "properties": properties}
    return {key: _plain(part, names) for key, part in value.items()}


def _described(record: str, field: str, value: Schema, known: Known) -> Schema:
    """A field with what it holds in Norwegian, and with the codes of its list."""
    vocabulary = VOCABULARIES.get(f"{record}.{field}", "")
    if known.terms.get(vocabulary):
        codes = {"$ref": f"#/$defs/{vocabulary}-codes"}
        value = {**value, "items": codes} if value.get("type") == "array" else codes
    return {"description": FIELDS[record][field], **value}


def _add_inline(records: dict[str, Schema]) -> None:
    """Providers and courses inside catalogue.yml, for a small catalogue."""
    courses = {"type": "object", "additionalProperties": {"$ref": "#/$defs/course"}}
    provider = copy.deepcopy(records["provider"])
    provider["properties"]["courses"] = {"description": "Kursene til tilbyderen, etter navn.", **courses}
    records["catalogue"]["properties"] |= {
        "providers": {
            "description": "Tilbyderne, etter navn; for en liten katalog i én fil.",
            "type": "object",
            "propertyNames": {"pattern": EDITOR_SHAPES["id"]["pattern"]},
            "additionalProperties": provider,
        },
        "courses": {
            "description": "Kursene, etter <tilbyder>/<kurs>; for en liten katalog i én fil.",
            "propertyNames": {"pattern": EDITOR_SHAPES["item_id"]["pattern"]},
            **courses,
        },
    }


def _text_in(languages: tuple[str, ...]) -> Schema:
    """A text in the catalogue's languages; the first is always there."""
    one = EDITOR_SHAPES["text"]["anyOf"][0]
    properties = {language: dict(one) for language in languages}
    return {"type": "object", "properties": properties, "required": [languages[0]], "additionalProperties": False}


def _codes(name: str, terms: Mapping[str, str]) -> Schema:
    """The codes of a list, also as the numbers that an editor takes some of them for."""
    numbers = [json.loads(code.lstrip("0") or "0") for code in terms if _NUMBER.match(code) and "." not in code]
    numbers += [float(code) for code in terms if _NUMBER.match(code) and "." in code]
    choices: list[Schema] = [{"enum": list(terms), "enumDescriptions": list(terms.values())}]
    if numbers:
        choices.append({"type": "number", "enum": sorted(set(numbers))})
    return {"description": f"En kode i listen {name}", "anyOf": choices}


def _reachable(kind: str, definitions: Mapping[str, Schema]) -> set[str]:
    """The definitions that a kind of file is made of."""
    found: set[str] = set()
    todo = [kind]
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += re.findall(r'"#/\$defs/([^"]+)"', json.dumps(definitions[name]))
    return found
