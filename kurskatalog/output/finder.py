"""The finder's data files: one small file of columns to filter all courses by, and what results show, some pages a file.

A column is its different values, the most frequent first, and a letter for every course that says which of them it has. The
columns are read by `theme/site/assets/kk-data.js`.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any

from kurskatalog.view.finder import CODES, Entry, FinderCourse, FinderRun, FinderView

ENTRIES_A_FILE = 32
"""A search shows ten results: with so many a file it fetches few files, and little that it does not show."""

_EPOCH = dt.date(1970, 1, 1).toordinal()
_SLUG = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", "è": "e", "ö": "o", "ä": "a", "ü": "u"})


def finder_files(finder: FinderView) -> Iterator[tuple[str, bytes]]:
    """(name below the language's folder, content): the columns, the entries, and the first address of each file of entries."""
    yield "finn/data/kurs.json", _json(columns(finder))
    yield "finn/data/words.json", _json(dict(finder.words))
    chunks = [finder.entries[at : at + ENTRIES_A_FILE] for at in range(0, len(finder.entries), ENTRIES_A_FILE)]
    for number, chunk in enumerate(chunks):
        yield f"finn/data/{number}.json", _json([_entry(entry) for entry in chunk])
    kinds = Counter(entry.kind for entry in finder.entries)
    yield "finn/data/first.json", _json({"first": [chunk[0].path for chunk in chunks], "kinds": kinds})


def columns(finder: FinderView) -> dict[str, Any]:
    """All courses as columns; days are counted from 1970."""
    courses = finder.courses
    at = {kind: {code: n for n, code in enumerate(labels)} for kind, labels in finder.labels.items()}

    def codes_of(kind: str) -> Callable[[FinderCourse], tuple[int, ...]]:
        return lambda course: tuple(sorted(at[kind][code] for code in course.codes[kind]))

    many = {kind: _column(map(codes_of(kind), courses)) for kind in CODES}
    return {
        "count": len(courses),
        "valid": finder.valid_days,
        "labels": {kind: [[code, label] for code, label in labels.items()] for kind, labels in finder.labels.items()},
        "titles": "\n".join(" ".join(course.title.text.split()) for course in courses),
        "langs": _column(course.title.lang for course in courses),
        "slugs": "\n".join(map(_rest_of_path, courses)),
        "provider": _lengths([at["provider"][course.provider] for course in courses]),
        "credits": _column(course.credits for course in courses),
        "hours": _column(course.hours for course in courses),
        "price": _column(course.price for course in courses),
        "alone": _column(int(course.alone) for course in courses),
        "places": _column(", ".join(course.places) for course in courses),
        **many,
        "runs": _run_columns(courses),
    }


def _run_columns(courses: Sequence[FinderCourse]) -> dict[str, Any]:
    """Runs one after another: how many each course has; the first day, and the others as steps from it, which are much alike."""
    runs = [run for course in courses for run in course.runs]
    return {
        "many": _column(len(course.runs) for course in courses),
        "day": _column(_first(run) for run in runs),
        "apply": _column(_step(run, run.apply_by) for run in runs),
        "start": _column(_step(run, run.start) for run in runs),
        "end": _column(_step(run, run.end) for run in runs),
        "seen": _column(_day(run.verified) for run in runs),
        "term": _column(run.term for run in runs),
    }


def _first(run: FinderRun) -> int | None:
    return _day(run.start or run.apply_by or run.end)


def _step(run: FinderRun, day: dt.date | None) -> int | None:
    first, number = _first(run), _day(day)
    return None if number is None or first is None else number - first


def _day(day: dt.date | None) -> int | None:
    return day.toordinal() - _EPOCH if day else None


def _column(values: Iterable[Hashable]) -> list[Any]:
    """[different values, a letter for each place]; when all are alike, [[the value], ""]."""
    listed = list(values)
    counts = Counter(listed)
    order = sorted(counts, key=lambda value: (-counts[value], repr(value)))
    if len(order) < 2:
        return [order, ""]
    letters = {value: _letter(number) for number, value in enumerate(order)}
    return [order, "".join(letters[value] for value in listed)]


def _letter(number: int) -> str:
    """One letter for a number below 55,000: those that JSON writes as they are, the shortest first."""
    return chr(number + 35 if number < 57 else number + 36)


def _lengths(numbers: Sequence[int]) -> list[int]:
    """[value, how often in a row, ...]."""
    found: list[int] = []
    for number in numbers:
        if found and found[-2] == number:
            found[-1] += 1
        else:
            found += [number, 1]
    return found


def slug(title: str) -> str:
    """What a course's id is in most cases."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower().translate(_SLUG)).strip("-")


def _rest_of_path(course: FinderCourse) -> str:
    """The course's own part of its address, as far as it does not follow from the title: `<letters kept>:<rest>`."""
    ident, usual = course.path.rpartition("/")[2], slug(course.title.text)
    if ident == usual:
        return ""
    same = next((n for n, (a, b) in enumerate(zip(ident, usual, strict=False)) if a != b), min(len(ident), len(usual)))
    return f"{'' if same == len(usual) else same}:{ident[same:]}"


def _entry(entry: Entry) -> dict[str, Any]:
    """What is known of it, under the fields' names."""
    said = {"title": entry.title, "summary": entry.summary}
    texts = {key: text for key, (text, _) in said.items() if text}
    langs = {f"{key}Lang": lang for key, (text, lang) in said.items() if text and lang}
    names = ("path", "kind", "provider", "level", "credits", "hours", "form", "places", "price", "languages", "themes")
    facts = {name: value for name in names if (value := getattr(entry, name))}
    runs = [[_day(r.apply_by), _day(r.start), _day(r.end), _day(r.verified), r.term] for r in entry.runs]
    return {**facts, **texts, **langs, **({"alone": 1} if entry.alone else {}), **({"runs": runs} if runs else {})}


def _json(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
