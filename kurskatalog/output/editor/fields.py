"""Records -> forms: a widget for every field, with its name, its hint and its choices, and how its value is read and written."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints, WithJsonSchema

from kurskatalog.model.catalogue import Catalogue
from kurskatalog.model.fields import FIELDS, RECORDS, VOCABULARIES
from kurskatalog.model.labels import LABELS
from kurskatalog.model.records import ModuleUse
from kurskatalog.model.shapes import EDITOR_SHAPES
from kurskatalog.problems import Message
from kurskatalog.words import Words

Widget = dict[str, Any]
"""A field as the editor's configuration has it."""

Shape = Any
"""How a value stands in a file: "text" (one string, or one for each language; "one" where there is one language only), "use",
"code", [shape], {field: shape}."""

LONG = frozenset(
    {"summary", "statement", "reason", "note", "audience", "admission", "quality", "funding", "description"}
)
"""Texts that get more than one line."""

_CODES = re.compile(r",? som (koder?|numre)\b|: <tilbyder>/<\w+>(?=\.)")
"""What a hint says of codes and ids, where the form offers their names."""

_NAMES = {record: name for name, record in RECORDS.items()}
_PATTERNS: Mapping[str, tuple[str, Message]] = {
    "address": (r"^https?://\S+$", Message("write a whole address: https://...")),
    "number": (r"^\d{1,6}(\.\d{1,2})?$", Message("write a number, with a full stop before decimals: 2.5")),
    "whole": (r"^\d{1,7}$", Message("write a whole number")),
    "id": (r"^[a-z0-9][a-z0-9-]{0,59}$", Message("write a-z, 0-9 and hyphens only: 2027-var")),
    "season": (r"^\d{4}-(var|host)$", Message("write a year and var or host: 2027-var")),
    "owner": (
        r"^@?[A-Za-z0-9]\S*$",
        Message("write the name of a person or a group at the forge, or an address of mail"),
    ),
    "day": (r"^\d{4}-\d{2}-\d{2}$", Message("write the day as year-month-day: 2027-01-31")),
    "digits": (r"^\d{9}$", Message("write nine digits")),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field's type says: the shape by its name, or a record; and whether there are several of them."""

    name: str = ""
    record: type[BaseModel] | None = None
    many: bool = False


def kind_of(annotation: Any, metadata: tuple[Any, ...] = ()) -> Kind:
    """What the editor needs to know of a type. Raises TypeError for one that no form is known for."""
    for mark in metadata:
        if isinstance(mark, WithJsonSchema):
            return Kind(next(name for name, shape in EDITOR_SHAPES.items() if shape == mark.json_schema))
        if isinstance(mark, StringConstraints) and mark.pattern:
            return Kind("digits" if "9" in str(mark.pattern) else "choice")
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Kind(record=annotation)
    origin, inner = get_origin(annotation), [part for part in get_args(annotation) if part not in (type(None), ...)]
    if origin is tuple and len(inner) == 1:
        one = kind_of(inner[0])
        return Kind(one.name, one.record, many=True)
    if origin in (Union, types.UnionType):
        return Kind(record=ModuleUse) if ModuleUse in inner else kind_of(inner[0])
    if hasattr(annotation, "__metadata__"):
        return kind_of(inner[0], annotation.__metadata__)
    raise TypeError(str(annotation))


class Forms:
    """Makes the forms of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        settings = catalogue.settings
        self.catalogue = catalogue
        self.languages = settings.languages
        self.words = Words(self.languages[0])

    def fields(self, record: str) -> list[Widget]:
        """All fields of a record, in the order of its file."""
        return [self._field(record, name) for name in RECORDS[record].model_fields]

    def shape(self, record: str) -> dict[str, Shape]:
        """How the fields of a record stand in a file; those that stand as they are in the form are left out."""
        found = {}
        for name, info in RECORDS[record].model_fields.items():
            kind = kind_of(info.annotation, tuple(info.metadata))
            one: Shape = None
            if kind.record is ModuleUse:
                one = "use"
            elif kind.record:
                one = self.shape(_NAMES[kind.record])
            elif kind.name == "text":
                one = "text" if len(self.languages) > 1 else "one"
            elif f"{record}.{name}" in VOCABULARIES:
                one = "code"
            if one:
                found[name] = [one] if kind.many else one
        return found

    def _field(self, record: str, name: str) -> Widget:
        info = RECORDS[record].model_fields[name]
        kind = kind_of(info.annotation, tuple(info.metadata))
        widget: Widget = {
            "name": name,
            "label": self.label(name),
            "hint": _CODES.sub("", FIELDS[record][name]),
            "required": info.is_required(),
        }
        vocabulary = VOCABULARIES.get(f"{record}.{name}")
        if vocabulary:
            return widget | _choices(vocabulary, many=kind.many)
        if kind.record:
            return widget | self._record(_NAMES[kind.record], many=kind.many)
        if kind.name == "item_id":
            return widget | _choices("courses" if name in ("course", "courses") else "modules", many=kind.many)
        if kind.name == "language":
            return widget | _choices("languages", many=kind.many)
        if kind.name == "choice":
            return widget | _choices("steps", many=False)
        one = self._one(name, kind, needed=info.is_required() or kind.many)
        if not kind.many:
            return widget | one
        inner = {"label": widget["label"], "required": True, **one}
        if "fields" in one:  # a text in several languages
            return widget | {
                "widget": "list",
                "default": [],
                "fields": one["fields"],
                "summary": f"{{{{fields.{self.languages[0]}}}}}",
            }
        return widget | {"widget": "list", "default": [], "collapsed": False, "field": {"name": "text", **inner}}

    def label(self, name: str) -> str:
        """What a field is called."""
        return self.words.say(LABELS[name])

    def _one(self, name: str, kind: Kind, *, needed: bool) -> Widget:
        """A single value that is no record."""
        if kind.name == "text" and len(self.languages) > 1:
            return {"widget": "object", "collapsed": False, "fields": self._in_each(name, needed=needed)}
        if kind.name == "day":
            form = {"format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD", "time_format": False, "picker_utc": True}
            return {"widget": "datetime", "default": "", **form}
        if kind.name in _PATTERNS:
            pattern, message = _PATTERNS[kind.name]
            return {"widget": "string", "pattern": [pattern, self.words.say(message)]}
        return {"widget": "text" if name in LONG else "string"}

    def _in_each(self, name: str, *, needed: bool) -> list[Widget]:
        """A text in every language; where there is one, there is one in the first language."""
        labels = {lang: self.words.language(lang) for lang in self.languages}
        return [
            {
                "name": lang,
                "label": label[:1].upper() + label[1:],
                "widget": "text" if name in LONG else "string",
                "required": needed and lang == self.languages[0],
            }
            for lang, label in labels.items()
        ]

    def _record(self, record: str, *, many: bool) -> Widget:
        inner = [one for one in self.fields(record) if one["name"] != "optional"]
        if record == "module_use":
            optional = {"name": "optional", "label": self.label("optional"), "hint": FIELDS[record]["optional"]}
            inner.append({**optional, "widget": "boolean", "default": False, "required": False})
        if not many:
            return {"widget": "object", "collapsed": "outcomes" not in record, "fields": inner}
        first = inner[0]["name"]
        shown = f"{{{{fields.{first}.{self.languages[0]}}}}}" if "fields" in inner[0] else f"{{{{fields.{first}}}}}"
        return {"widget": "list", "default": [], "collapsed": True, "summary": shown, "fields": inner}

    def choices(self) -> dict[str, list[dict[str, str]]]:
        """All lists that fields choose from, by name: each once, however many forms have it."""
        say = self.words.say
        found = {name: self._terms(name) for name in sorted(set(VOCABULARIES.values()))}
        found["modules"] = self._titles(self.catalogue.modules)
        found["courses"] = self._titles(self.catalogue.courses)
        found["languages"] = {code: self.words.language(code) for code in ("nb", "nn", "en")}
        found["steps"] = {"role": say(Message("for the role")), "general": say(Message("for everybody"))}
        return {
            name: [{"label": label, "value": value} for value, label in named.items()] for name, named in found.items()
        }

    def _terms(self, vocabulary: str) -> dict[str, str]:
        """Code -> its name, with the code where that says more."""
        known = self.catalogue.vocabularies.get(vocabulary)
        terms = known.terms if known else {}
        named = {code: self.words.pick(term.label) or code for code, term in terms.items()}
        short = vocabulary in ("sdg", "isced-f", "greencomp", "digcomp", "r-strategies")
        return {code: f"{code} {name}" if short and name != code else name for code, name in named.items()}

    def _titles(self, records: Mapping[str, Any]) -> dict[str, str]:
        """Id -> title of what a field can name."""
        titles = {ident: record.facts.title for ident, record in records.items()}
        plain = {ident: t if isinstance(t, str) else self.words.pick(t) for ident, t in titles.items()}
        return {ident: f"{title} ({ident})" for ident, title in sorted(plain.items())}


def _choices(name: str, *, many: bool) -> Widget:
    """A field that chooses from a list; the page puts the list where its name stands."""
    return {"widget": "select", "multiple": many, "options": name}
