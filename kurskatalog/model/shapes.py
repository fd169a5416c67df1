"""The small shapes that records are made of: texts in several languages, ids, addresses, dates, numbers, outcomes, sources."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from kurskatalog.model.addresses import ID as ID

ITEM_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}/[a-z0-9][a-z0-9-]{0,59}\Z")
TERM_ID = re.compile(r"(?!index\Z)[A-Za-z0-9][A-Za-z0-9-]{0,59}(\.[A-Za-z0-9-]{1,60}){0,3}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^./?#:][^\s<>\"'`{}|\\^]*\Z")
_OWNER = re.compile(r"(@[A-Za-z0-9][\w.-]*(/[\w.-]+){0,4}|[\w.%+-]+@[\w-]+(\.[\w-]+)+)\Z", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_TERM = re.compile(r"(\d{4})-(var|host)\Z")


class Record(BaseModel):
    """Frozen; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


def _default_language(info: ValidationInfo) -> str:
    return str((info.context or {}).get("language", "nb"))


def _to_text(value: Any, info: ValidationInfo) -> Any:
    """A plain string is in the catalogue's default language."""
    if isinstance(value, str):
        return {_default_language(info): value}
    if isinstance(value, dict):
        languages = (info.context or {}).get("languages")
        for key, text in value.items():
            if languages is not None and key not in languages:
                raise PydanticCustomError("language", "{key}", {"key": key})
            if not isinstance(text, str):
                raise PydanticCustomError("text_type", "{key}", {"key": key})
            if not text.strip():
                raise PydanticCustomError("empty", "{key}", {"key": key})
        if value and _default_language(info) not in value:
            raise PydanticCustomError("no_default_language", "{lang}", {"lang": _default_language(info)})
        return value
    raise PydanticCustomError("text_type", "", {})


def _id(value: str) -> str:
    if not ID.match(value):
        raise PydanticCustomError("id", "{value}", {"value": value})
    return value


def _item_id(value: str) -> str:
    if not ITEM_ID.match(value):
        raise PydanticCustomError("item_id", "{value}", {"value": value})
    return value


def _term_id(value: str) -> str:
    """A term may have a page, so its code must be able to stand in an address: `5.1`, `R3`, `sirkularokonomi`."""
    if not TERM_ID.match(value):
        raise PydanticCustomError("id", "{value}", {"value": value})
    return value


def _address(value: str) -> str:
    if not _ADDRESS.match(value):
        raise PydanticCustomError("address", "{value}", {"value": value})
    return value


def _owner(value: str) -> str:
    """A line of CODEOWNERS is made of these: nothing but a name or an address of mail can stand there."""
    if not _OWNER.match(value):
        raise PydanticCustomError("owner", "{value}", {"value": value})
    return value


def _to_day(value: Any) -> Any:
    if isinstance(value, str):
        if not _DAY.match(value):
            raise PydanticCustomError("day", "{value}", {"value": value})
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("no_such_day", "{value}", {"value": value}) from None
    return value


def _term(value: str) -> str:
    if not _TERM.match(value):
        raise PydanticCustomError("term", "{value}", {"value": value})
    return value


def _to_number(value: Any) -> Any:
    if isinstance(value, str) and not re.match(r"\d{1,6}(\.\d{1,2})?\Z", value):
        raise PydanticCustomError("number", "{value}", {"value": value})
    return value


def _to_whole(value: Any) -> Any:
    if isinstance(value, str) and not re.match(r"\d{1,7}\Z", value):
        raise PydanticCustomError("whole", "{value}", {"value": value})
    return value


def _to_flag(value: Any) -> Any:
    if value in ("true", "false"):
        return value == "true"
    if isinstance(value, bool):
        return value
    raise PydanticCustomError("flag", "{value}", {"value": str(value)})


def _language(value: str) -> str:
    if not LANGUAGE.match(value):
        raise PydanticCustomError("language_code", "{value}", {"value": value})
    return value


# How editors see the shapes. An editor takes 2.5 and 2027 for numbers where we read what the author wrote, so every way
# of writing a value that we accept is accepted there too.
_ID_TEXT = "[a-z0-9][a-z0-9-]{0,59}"
_ADDRESS_TEXT = r"^https?://[^\s<>\"'`{}|\\^./?#:][^\s<>\"'`{}|\\^]*$"
EDITOR_SHAPES: dict[str, dict[str, Any]] = {
    "line": {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": 5000, "pattern": r"\S"},
    "text": {
        "anyOf": [
            {"type": ["string", "number", "boolean"], "pattern": r"\S"},
            {
                "type": "object",
                "minProperties": 1,
                "propertyNames": {"pattern": "^[a-z]{2,3}$"},
                "additionalProperties": {"type": ["string", "number", "boolean"], "pattern": r"\S"},
            },
        ]
    },
    "id": {"type": ["string", "integer"], "pattern": f"^{_ID_TEXT}$"},
    "item_id": {"type": "string", "pattern": f"^{_ID_TEXT}/{_ID_TEXT}$"},
    "address": {"type": "string", "format": "uri", "pattern": _ADDRESS_TEXT},
    "owner": {"type": "string", "pattern": "^@?[A-Za-z0-9]", "maxLength": 200},
    "day": {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "season": {"type": "string", "pattern": r"^\d{4}-(var|host)$"},
    "number": {"type": ["number", "string"], "exclusiveMinimum": 0, "pattern": r"^\d{1,6}(\.\d{1,2})?$"},
    "whole": {"type": ["integer", "string"], "minimum": 0, "pattern": r"^\d{1,7}$"},
    "flag": {"enum": [True, False, "true", "false"]},
    "language": {"type": "string", "pattern": "^[a-z]{2,3}$"},
}


def _seen_as(name: str) -> WithJsonSchema:
    return WithJsonSchema(EDITOR_SHAPES[name], mode="validation")


Text = Annotated[dict[str, str], BeforeValidator(_to_text), Field(min_length=1), _seen_as("text")]
Line = Annotated[str, Field(min_length=1, max_length=5000), _seen_as("line")]
Id = Annotated[str, AfterValidator(_id), _seen_as("id")]
ItemId = Annotated[str, AfterValidator(_item_id), _seen_as("item_id")]
TermId = Annotated[str, AfterValidator(_term_id), Field(min_length=1, max_length=5000), _seen_as("line")]
Address = Annotated[str, AfterValidator(_address), _seen_as("address")]
Owner = Annotated[str, AfterValidator(_owner), Field(max_length=200), _seen_as("owner")]
Day = Annotated[dt.date, BeforeValidator(_to_day), _seen_as("day")]
Season = Annotated[str, AfterValidator(_term), _seen_as("season")]
Number = Annotated[float, BeforeValidator(_to_number), Field(gt=0), _seen_as("number")]
Whole = Annotated[int, BeforeValidator(_to_whole), Field(ge=0), _seen_as("whole")]
Flag = Annotated[bool, BeforeValidator(_to_flag), _seen_as("flag")]
Language = Annotated[str, AfterValidator(_language), _seen_as("language")]


class Source(Record):
    """Where facts were taken from, and the day on which somebody saw them there."""

    url: Address | None = None
    verified_on: Day | None = None
    note: Text | None = None


class PlaceOfStudy(Record):
    """A place by name, and its county (code of the list `counties`)."""

    name: Line
    county: Line | None = None


class TextOutcomes(Record):
    """What a learner can do afterwards, in NKR's three kinds (nokut.no), in several languages."""

    knowledge: tuple[Text, ...] = ()
    skills: tuple[Text, ...] = ()
    competence: tuple[Text, ...] = ()


class Outcomes(Record):
    """The same three kinds in the one language of a module text."""

    knowledge: tuple[Line, ...] = ()
    skills: tuple[Line, ...] = ()
    competence: tuple[Line, ...] = ()


OUTCOME_KINDS = ("knowledge", "skills", "competence")
