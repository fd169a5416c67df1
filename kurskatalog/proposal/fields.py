"""The facts of one record, before and after: what differs, in words that people read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kurskatalog.model.catalogue import Vocabulary
from kurskatalog.model.labels import LABELS
from kurskatalog.problems import Message
from kurskatalog.proposal.changes import FieldChange
from kurskatalog.proposal.labels import DAYS, LISTS, NUMBERS, PARTS, WEIGHTS
from kurskatalog.proposal.worddiff import Effort, compare_words
from kurskatalog.words import Words

SHORT = 60
"""Characters up to which two values are shown whole, one after the other."""

MOST = 60
"""Entries of one list, and facts of one record, that are kept."""

CLIP = 400

Titles = Callable[[str, str], str]
"""(kind, id) -> the title of a course or module; the id itself where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """What is needed to say a value: the reader's words, terms, titles, the day, the catalogue's languages."""

    words: Words
    vocabularies: Mapping[str, Vocabulary]
    titles: Titles
    today: dt.date
    default: str
    languages: frozenset[str]
    effort: Effort

    def value(self, field: str, value: Any) -> str:
        """One value as people write it; what has an unexpected form comes out as it is."""
        if isinstance(value, dict):
            return "; ".join(f"{self.label(str(k))}: {self.value(str(k), v)}" for k, v in list(value.items())[:20])
        if isinstance(value, list):
            return ", ".join(self.value(field, item) for item in value[:MOST])
        text = str(value)[: CLIP * 8]
        if field == "optional":
            return self.words.say(Message("yes") if text == "true" else Message("no"))
        if field in LISTS:
            return self._term(LISTS[field], text)
        if field in DAYS:
            return self._day(field, text)
        if field in NUMBERS and re.fullmatch(r"\d{1,6}\.\d{1,2}", text):
            return self.words.number(float(text))
        if field in ("modules", "module", "prerequisites"):
            return self.titles("module", text)
        if field in ("courses", "course"):
            return self.titles("course", text)
        if field == "language" or field == "languages":
            return self.words.language(text)
        return " ".join(text.split())

    def label(self, field: str) -> str:
        """What a field is called; its own name for one that no record has."""
        return self.words.say(LABELS[field]) if field in LABELS else field

    def _term(self, vocabulary: str, code: str) -> str:
        terms = self.vocabularies[vocabulary].terms if vocabulary in self.vocabularies else {}
        name = self.words.pick(terms[code].label) if code in terms else ""
        return f"{name} ({code})" if name and vocabulary in ("levels", "sdg", "isced-f") else name or code

    def _day(self, field: str, text: str) -> str:
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            return text
        shown = self.words.short_day(day)
        if field == "apply_by" and day < self.today:
            return self.words.say(Message("passed ({day})", day=shown))
        return shown


def compare_fields(before: Any, after: Any, speaker: Speaker) -> tuple[FieldChange, ...]:
    """The facts that differ between two records, the weightiest first. What is not a record has none."""
    old, new = (data if isinstance(data, dict) else {} for data in (before, after))
    found = list(_fields(old, new, speaker, ""))
    order = {name: number for number, name in enumerate(WEIGHTS)}
    found.sort(key=lambda pair: order.get(pair[0], len(order)))
    return tuple(change for _, change in found[:MOST])


Found = Iterator[tuple[str, FieldChange]]


def _fields(old: dict[str, Any], new: dict[str, Any], speaker: Speaker, where: str) -> Found:
    for key in dict.fromkeys((*old, *new)):
        one, two = old.get(key), new.get(key)
        if one == two:
            continue
        if key in PARTS and _records(one) and _records(two):
            yield from _parts(key, one or [], two or [], speaker)
        elif isinstance(one or two, dict) and isinstance(two or one, dict):
            yield from _inside(key, one or {}, two or {}, speaker, where)
        elif isinstance(one, list) or isinstance(two, list):
            yield key, _list(key, _items(one), _items(two), speaker, where)
        elif isinstance(one, dict) or isinstance(two, dict):  # a text that is in several languages now, or was
            yield from _inside(key, _as_map(one, speaker), _as_map(two, speaker), speaker, where)
        else:
            yield key, _value(key, one, two, speaker, where)


def _inside(key: str, old: dict[str, Any], new: dict[str, Any], speaker: Speaker, where: str) -> Found:
    """A text in several languages, or a record in a record."""
    if {*old, *new} <= speaker.languages and not any(
        isinstance(v, dict | list) for v in (*old.values(), *new.values())
    ):
        for lang in dict.fromkeys((*old, *new)):
            if old.get(lang) != new.get(lang):
                language = "" if lang == speaker.default else speaker.words.language(lang)
                place = ", ".join(part for part in (where, language) if part)
                yield key, _value(key, old.get(lang), new.get(lang), speaker, place)
        return
    within = where if key == "outcomes" else ", ".join(part for part in (where, speaker.label(key)) if part)
    yield from _fields(old, new, speaker, within)


def _parts(key: str, old: list[Any], new: list[Any], speaker: Speaker) -> Found:
    """Runs, steps and terms: those with the same name belong together, and those that have none by their place."""
    before, after = _by_name(old), _by_name(new)
    for name in dict.fromkeys((*before, *after)):
        one, two = before.get(name), after.get(name)
        where = speaker.words.say(Message(PARTS[key].text, id=_part_name(key, name, two or one or {}, speaker)))
        if one is None or two is None:
            whole = speaker.value(key, {k: v for k, v in (two or one or {}).items() if k != "id"})[:CLIP]
            yield (
                key,
                FieldChange(
                    label="", where=where, new=(whole,) if one is None else (), gone=(whole,) if two is None else ()
                ),
            )
        else:
            yield from _fields(one, two, speaker, where)


def _part_name(key: str, name: str, part: dict[str, Any], speaker: Speaker) -> str:
    if key == "steps":
        return (
            speaker.value("module", part["module"])
            if part.get("module")
            else speaker.value("course", part.get("course", name))
        )
    return name


def _by_name(parts: list[Any]) -> dict[str, dict[str, Any]]:
    named: dict[str, dict[str, Any]] = {}
    for number, part in enumerate(parts[: 10 * MOST], 1):
        name = str(part.get("id") or part.get("module") or part.get("course") or number)
        named[name if name not in named else f"{name} ({number})"] = part
    return named


def _list(key: str, old: list[Any], new: list[Any], speaker: Speaker, where: str) -> FieldChange:
    """Entries that came and went; where only their order differs, both orders."""
    before, after = ([speaker.value(key, item)[:CLIP] for item in items[: 10 * MOST]] for items in (old, new))
    came = tuple(dict.fromkeys(item for item in after if item not in before))
    went = tuple(dict.fromkeys(item for item in before if item not in after))
    label = speaker.label(key)
    if not came and not went:
        one, two = (", ".join(items)[:CLIP] for items in (before, after))
        return FieldChange(label=label, where=where, before=one, after=two)
    if len(came) == len(went) == 1 and len(came[0] + went[0]) > SHORT:
        return FieldChange(label=label, where=where, pieces=compare_words(went[0], came[0], speaker.effort))
    return FieldChange(label=label, where=where, new=came[:MOST], gone=went[:MOST])


def _value(key: str, old: Any, new: Any, speaker: Speaker, where: str) -> FieldChange:
    one, two = ("" if value is None else speaker.value(key, value) for value in (old, new))
    if one and two and len(one + two) > SHORT and key not in LISTS and key not in DAYS:
        return FieldChange(label=speaker.label(key), where=where, pieces=compare_words(one, two, speaker.effort))
    if one == two:  # the same for a reader, not for a program: 5 and 5.0
        one, two = str(old), str(new)
    return FieldChange(label=speaker.label(key), where=where, before=one[: CLIP * 2], after=two[: CLIP * 2])


def _records(value: Any) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(item, dict) for item in value))


def _items(value: Any) -> list[Any]:
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def _as_map(value: Any, speaker: Speaker) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    return {} if value is None else {speaker.default: value}
