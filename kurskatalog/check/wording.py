"""What pydantic says about a value, in our own words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from kurskatalog.check.nearest import nearest
from kurskatalog.problems import Message

Wording = tuple[str, Message, Message]

# What an author who thinks in Norwegian may call a field.
_NORWEGIAN = """
tittel title · navn name · sammendrag summary · ingress summary · omtale summary · nivå level · niva level · timer hours
studiepoeng credits · poeng credits · sp credits · tema themes · temaer themes · læringsutbytte outcomes · kunnskap knowledge
kunnskaper knowledge · ferdigheter skills · kompetanse competence · moduler modules · modul module · kurs course
målgruppe audience · opptak admission · opptakskrav admission · vurdering assessment · eksamen assessment · pris price
språk language · kilde source · kilder sources · lisens licence · license licence · sted places · steder places · fylke county
forkunnskaper prerequisites · forfatter authors · forfattere authors · oppdatert updated · søknadsfrist apply_by · frist apply_by
slutt end · begrunnelse reason · adresse address · utgiver publisher · beskrivelse description · rolle role · trinn steps
kjøringer runs · samarbeidspartnere partners · finansiering funding · kvalitet quality · hjemmeside homepage · nettside homepage
organisasjonsnummer organisation_number · orgnr organisation_number · eiere owners
"""
_KEYS = dict(pair.split() for line in _NORWEGIAN.strip().split("\n") for pair in line.split(" · "))

_DAY = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\Z")
_EXAMPLE_DAY = "2027-01-31"


def meant_key(key: str, known: Collection[str]) -> str:
    """The key that an author probably meant, in Norwegian or with a slip; empty when none is near."""
    meant = _KEYS.get(key.casefold(), "")
    return meant if meant in known else nearest(key, known)


def value_problem(kind: str, key: str, value: Any, values: Mapping[str, Any]) -> Wording | None:
    """Code, message and hint for a value of the right type that cannot be meant; None for another kind of problem."""
    shown = value[:80] if isinstance(value, str) else ""
    if kind == "empty":
        hint = Message("write a value, or delete the line: what is unknown is left out")
        return "K123", Message("'{key}' has an empty text", key=values.get("key", key)), hint
    if kind == "too_short":
        return "K123", Message("'{key}' needs at least one value", key=key), Message("add one")
    if kind == "no_such_day":
        return "K311", Message("no calendar has the day {value}", value=shown), _write_day(_EXAMPLE_DAY)
    if kind in _FORMS:
        return "K125", *_FORMS[kind](key, shown)
    if kind in _PLAIN:
        message, hint = _PLAIN[kind]
        return "K125", Message(message.text, key=key, value=shown), hint
    return None


def _write_day(day: str) -> Message:
    return Message("write year-month-day: {day}", day=day)


def _day(key: str, value: str) -> tuple[Message, Message]:
    meant = _EXAMPLE_DAY
    if match := _DAY.match(value):
        try:
            meant = dt.date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        except ValueError:
            meant = _EXAMPLE_DAY
    return Message("'{key}' should be a date, but is '{value}'", key=key, value=value), _write_day(meant)


def _number(key: str, value: str) -> tuple[Message, Message]:
    meant = value.replace(",", ".") if re.match(r"\d+,\d{1,2}\Z", value) else "2.5"
    hint = Message("write digits, with a point for decimals: {example}", example=meant)
    return Message("'{key}' should be a number, but is '{value}'", key=key, value=value), hint


def _address(_: str, value: str) -> tuple[Message, Message]:
    meant = f"https://{value}" if re.match(r"[\w-]+(\.[\w-]+)+(/\S*)?\Z", value) else "https://skolen.example/kurset"
    return Message("'{value}' is not an address", value=value), Message(
        "write the whole address: {example}", example=meant
    )


def _owner(_: str, value: str) -> tuple[Message, Message]:
    hint = Message("write {example} or an address of mail, each in quotes", example="@name, @organisation/team")
    return Message("'{value}' is not the name of an owner", value=value), hint


def _pattern(key: str, value: str) -> tuple[Message, Message]:
    hint = Message("docs/formats.md says what '{key}' can be", key=key)
    if key == "organisation_number":
        hint = Message("an organisation number has nine digits")
    elif key == "kind":
        hint = Message("write general or role")
    return Message("'{key}' has a wrong form: '{value}'", key=key, value=value), hint


_FORMS: dict[str, Callable[[str, str], tuple[Message, Message]]] = {
    "day": _day,
    "number": _number,
    "address": _address,
    "owner": _owner,
    "string_pattern_mismatch": _pattern,
}
_PLAIN: dict[str, tuple[Message, Message]] = {
    "term": (Message("'{key}' should be a term, but is '{value}'"), Message("write 2027-var or 2027-host")),
    "whole": (Message("'{key}' should be a whole number, but is '{value}'"), Message("write digits only: 250")),
    "flag": (Message("'{key}' should be true or false, but is '{value}'"), Message("write true or false")),
    "id": (Message("'{value}' is not an id"), Message("an id has a-z, 0-9 and hyphens, at most 60 characters")),
    "item_id": (
        Message("'{value}' is not the id of a course or module"),
        Message("write <provider>/<module>, for example fagskolen-oslo/fuktteknikk"),
    ),
    "language_code": (Message("'{value}' is not a language code"), Message("write nb, nn, en, se ...")),
    "string_too_long": (Message("'{key}' is too long"), Message("5,000 characters are the limit")),
    "greater_than": (Message("'{key}' should be more than 0"), Message("leave the line out when there is none")),
}


def type_problem(kind: str, key: str, value: Any) -> Wording:
    """K124: a list where a text should be, a text where keys should be, and so on."""
    if kind in ("tuple_type", "list_type"):
        hint = Message("write one value a line with a dash before it, or all in square brackets: [a, b]")
        if isinstance(value, str) and re.match(r"-\S", value):
            hint = Message("write a space after every dash: - {value}", value=value[1:].split(" -")[0])
        return "K124", Message("'{key}' should be a list", key=key), hint
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        hint = Message("write its keys on the lines below, with two spaces before them; docs/formats.md shows them")
        return "K124", Message("'{key}' should hold keys of its own", key=key), hint
    if kind == "text_type":
        hint = Message("write one text after the colon, or one a language: {{nb: ..., nn: ..., en: ...}}")
        if isinstance(value, list):
            hint = Message("write one text after the colon; a text that begins with [ needs quotes")
        return "K124", Message("'{key}' should be a text", key=key), hint
    if kind == "string_type":
        return "K124", Message("'{key}' should be a text", key=key), Message("write one text; here it has no languages")
    hint = Message("write one value; docs/formats.md shows an example")
    return "K124", Message("'{key}' has a value of the wrong kind", key=key), hint
