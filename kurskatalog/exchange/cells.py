"""What stands in a cell -> the text of a field, or why it cannot be one; and the value that a cell gets for a field."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from kurskatalog.check.files import better_id
from kurskatalog.check.nearest import nearest
from kurskatalog.exchange.course import OPTIONAL, number_text
from kurskatalog.exchange.fields import Field
from kurskatalog.model.shapes import ID, ITEM_ID, LANGUAGE
from kurskatalog.problems import Message

Terms = Mapping[str, Mapping[str, str]]
"""List -> code -> its name in Norwegian."""

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z|(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")
_AS_A_DATE = re.compile(r"\d{4}-\d{2}-\d{2}( |\Z)|\d{1,2}\.\d{1,2}\.\d{4}\Z|\d{1,2}\. ?[a-zæøå]{3}\.?\Z")
SEASONS = {"vår": "var", "var": "var", "v": "var", "høst": "host", "host": "host", "haust": "host", "h": "host"}


class BadCell(Exception):
    """Raised when a cell cannot be what its column is for."""

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message.text)
        self.message = message
        self.hint = hint


def as_text(value: Any) -> str:
    """A cell as a person sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(f"{value:.6f}") if abs(value) < 1e15 else str(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value).strip()


def read_cell(value: Any, field: Field, terms: Terms) -> str:
    """The text of a field; empty for an empty cell. Raises BadCell."""
    if field.kind == "texts":
        lines = [line.strip() for line in str(value if isinstance(value, str) else as_text(value)).split("\n")]
        return "\n".join(lines).rstrip("\n")
    text = as_text(value)
    if not text:
        return ""
    match field.kind:
        case "id":
            return _id(text)
        case "number" | "whole":
            return _number(text, whole=field.kind == "whole")
        case "day":
            return _day(text)
        case "season":
            return season(text)
        case "code":
            return _code(text, terms.get(field.vocabulary, {}), field.vocabulary)
        case "codes":
            return "; ".join(_some_code(part, field, terms) for part in _parts(text))
        case "ids":
            return "; ".join(_item(part) for part in _parts(text))
        case "places":
            return "\n".join(_place(line, terms) for line in text.split("\n") if line.strip())
        case "line":
            return " ".join(text.split())
        case _:
            return text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]


def _id(text: str) -> str:
    if not ID.match(text):
        better = better_id(text)
        raise BadCell(
            Message("'{value}' is not an id (a-z, 0-9 and hyphens)", value=text[:80]),
            Message("write '{better}'", better=better),
        )
    return text


def _number(text: str, *, whole: bool) -> str:
    number = number_text(text.replace("\u00a0", "").replace(" ", "").replace(",", "."))
    if not re.fullmatch(r"\d{1,7}" if whole else r"\d{1,6}(\.\d{1,2})?", number):
        message = Message("'{value}' is not a whole number") if whole else Message("'{value}' is not a number")
        raise BadCell(Message(message.text, value=text[:80]), _made_a_date(text, whole=whole))
    return str(int(number)) if whole else number


def _made_a_date(text: str, *, whole: bool) -> Message | None:
    """A hint for what was typed as a number: with Norwegian settings 7.5 becomes 7 May, and 7,5 in that cell a day of 1900."""
    if not _AS_A_DATE.match(text):
        return None
    if whole:
        return Message("the spreadsheet has made a date of it: format the cell as a number and write it again")
    return Message(
        "the spreadsheet has made a date of it: format the cell as a number and write it again, with a comma: 7,5"
    )


def _day(text: str) -> str:
    match = _DAY.match(text)
    try:
        if match is None:
            raise ValueError(text)
        parts = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        return dt.date(*map(int, parts)).isoformat()
    except ValueError:
        hint = Message("write it as 2027-01-31 or 31.01.2027")
        raise BadCell(Message("'{value}' is not a day", value=text[:80]), hint) from None


def season(text: str, year: str = "") -> str:
    """`2027-var` from `2027-var`, `2027 vår` or `Vår 2027`, or from the season and a year."""
    words = re.split(r"[\s-]+", f"{text} {year}".casefold().strip())
    years = [word for word in words if re.fullmatch(r"\d{4}", word)]
    seasons = [SEASONS[word] for word in words if word in SEASONS]
    if len(years) != 1 or len(seasons) != 1 or len(words) != 2:
        raise BadCell(
            Message("'{value}' is not a term", value=text[:80]),
            Message("write 2027-var or 2027-host; a mapping can say what other values mean"),
        )
    return f"{years[0]}-{seasons[0]}"


def _code(text: str, known: Mapping[str, str], vocabulary: str) -> str:
    if text in known:
        return text
    folded = text.casefold()
    if found := [code for code, name in known.items() if folded in (code.casefold(), name.casefold())]:
        return found[0]
    near = nearest(text, [*known, *known.values()])
    hint = (
        Message("did you mean '{near}'?", near=near)
        if near
        else Message("the sheet 'Koder' of the template lists them")
    )
    raise BadCell(Message("'{value}' is not in the list '{list}'", value=text[:80], list=vocabulary), hint)


def _some_code(text: str, field: Field, terms: Terms) -> str:
    if field.vocabulary:
        return _code(text, terms.get(field.vocabulary, {}), field.vocabulary)
    if not LANGUAGE.match(text):
        raise BadCell(Message("'{value}' is not a language code", value=text[:80]), Message("write nb, nn, en, se ..."))
    return text


def _item(text: str) -> str:
    ident = text.removesuffix(OPTIONAL).strip()
    if not ITEM_ID.match(ident):
        hint = Message("write <provider>/<module>, for example fagskolen-oslo/fuktteknikk")
        raise BadCell(Message("'{value}' is not the id of a course or module", value=ident[:80]), hint)
    return f"{ident} {OPTIONAL}" if text.endswith(OPTIONAL) else ident


def _place(line: str, terms: Terms) -> str:
    match = re.fullmatch(r"(?P<name>.*\S) ?\((?P<county>[^()]*)\)", line.strip())
    if match is None:
        return " ".join(line.split())
    name = " ".join(match["name"].split())
    county = match["county"].strip()
    if county:
        return f"{name} ({_code(county, terms.get('counties', {}), 'counties')})"
    return f"{name} ()" if name.endswith(")") else name


def to_cell(text: str, field: Field, terms: Terms) -> Any:
    """The value of a cell: a number, a day, a name where a list gives one, or the text."""
    if not text:
        return None
    if field.kind in ("number", "whole") and re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text) if "." in text else int(text)
    if field.kind == "day" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return dt.date.fromisoformat(text)
    if field.kind == "code":
        return choices(terms.get(field.vocabulary, {})).get(text, text)
    return text


def choices(known: Mapping[str, str]) -> dict[str, str]:
    """Code -> what a person chooses: its name where no other code has the same, the code otherwise."""
    names = [name.casefold() for name in known.values()]
    codes = {code.casefold() for code in known}
    unique = {
        c: n for c, n in known.items() if names.count(n.casefold()) == 1 and n.casefold() not in codes - {c.casefold()}
    }
    return {code: unique.get(code, code) for code in known}
