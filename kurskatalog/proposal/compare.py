"""Two sides of a catalogue -> the report: what is new, changed or gone, and what that does to the rest."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from kurskatalog.check.records import SETTINGS
from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Catalogue
from kurskatalog.model.shapes import ID, ITEM_ID
from kurskatalog.problems import Problem
from kurskatalog.proposal.changes import Affected, Change, Kind, NeedState, Report, State, TextChange, Trouble
from kurskatalog.proposal.fields import Speaker, compare_fields
from kurskatalog.proposal.pages import touched_pages
from kurskatalog.proposal.sides import Side, Sides
from kurskatalog.proposal.worddiff import Effort, compare_texts
from kurskatalog.report import as_dict
from kurskatalog.source.markdown import split
from kurskatalog.words import Words

MOST = 1_000
"""Records, pages and problems of each kind that a report keeps."""

ORDER = {"gone": 0, "new": 1, "changed": 2}
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(slots=True)
class Item:
    """A record on one side: its facts, and of each language the file with its text and the facts there."""

    data: Any = None
    file: str = ""
    texts: dict[str, tuple[str, Any]] = field(default_factory=dict)


Items = dict[tuple[Kind, str], Item]


def report_on(sides: Sides, words: Words, today: dt.date) -> Report:
    """Everything that the proposal means, as of `today`, in the reader's words."""
    before, after = sides.before, sides.after
    same = {file.name for file, r in after.files.items() if before.files.get(file) is r}
    old, new = _items(before), _items(after)
    speaker = _speaker(sides, old, new, words, today)
    changes = sorted(
        _changes(sides, old, new, same, speaker), key=lambda c: (ORDER[c.state], KINDS.index(c.kind), c.id)
    )
    catalogues = (before.partial.catalogue, after.partial.catalogue)
    came, went = _problems(before.problems, after.problems, words)
    return Report(
        base=before.commit,
        head=after.commit,
        today=today,
        changes=tuple(changes[:MOST]),
        affected=tuple(_affected(catalogues, changes, words))[:MOST],
        needs=tuple(_needs(catalogues, words))[:MOST],
        pages=touched_pages(sides, today)[:MOST],
        new_problems=came[:MOST],
        gone_problems=went[:MOST],
    )


def _items(side: Side) -> Items:
    """Every record by kind and id, from what the files say, whether they are right or not."""
    settings = side.partial.catalogue.settings if side.partial.catalogue else None
    default = settings.default_language if settings else "nb"
    items: Items = {}
    for file, result in side.files.items():
        if file.kind == "picture" or file.name.startswith("/"):
            continue
        if file.kind == "settings":
            _read_settings(items, result.data)
            continue
        kind = (
            "vocabulary" if file.kind == "synonyms" else file.kind
        )  # words that mean the same are a list like the others
        item = items.setdefault((kind, file.owner), Item())
        if file.lang:
            item.texts[file.lang] = (file.name, result.data)
        if not file.lang or file.lang == default:
            item.data, item.file = result.data, file.name
    return items


def _read_settings(items: Items, data: Any) -> None:
    """catalogue.yml may hold providers and courses too."""
    if not isinstance(data, dict):
        return
    rest = {key: value for key, value in data.items() if key not in ("providers", "courses")}
    items["catalogue", ""] = Item(rest, SETTINGS)
    for ident, facts in _map(data, "providers").items():
        for course, course_facts in _map(facts, "courses").items():
            if ITEM_ID.match(f"{ident}/{course}"):
                items["course", f"{ident}/{course}"] = Item(course_facts, SETTINGS)
        if ID.match(ident):
            own = {k: v for k, v in facts.items() if k != "courses"} if isinstance(facts, dict) else facts
            items["provider", ident] = Item(own, SETTINGS)
    for ident, facts in _map(data, "courses").items():
        if ITEM_ID.match(ident):
            items["course", ident] = Item(facts, SETTINGS)


def _map(data: Any, key: str) -> dict[str, Any]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}


def _speaker(sides: Sides, old: Items, new: Items, words: Words, today: dt.date) -> Speaker:
    def title(kind: str, ident: str) -> str:
        for items in (new, old):
            if item := items.get((kind, ident)):  # type: ignore[arg-type]
                return _title(item, words, ident)
        return ident

    found = sides.after.partial.catalogue or sides.before.partial.catalogue
    return Speaker(
        words=words,
        vocabularies=found.vocabularies if found else {},
        titles=title,
        today=today,
        default=found.settings.default_language if found else "nb",
        languages=frozenset((*(found.settings.languages if found else ()), "nb", "nn", "en")),
        effort=Effort(),
    )


def _title(item: Item, words: Words, ident: str) -> str:
    data = item.data if isinstance(item.data, dict) else {}
    title = data.get("title") or data.get("name") or ident
    if isinstance(title, dict):
        texts = {k: v for k, v in title.items() if isinstance(v, str)}
        title = words.pick(texts) if texts else ident
    return " ".join(title.split())[:200] if isinstance(title, str) else ident


def _changes(sides: Sides, old: Items, new: Items, same: set[str], speaker: Speaker) -> Iterator[Change]:
    nothing = Item()
    for key in dict.fromkeys((*old, *new)):
        one, two = old.get(key), new.get(key)
        state: State = "changed" if one and two else "new" if two else "gone"
        here = two or one or nothing
        files = tuple(sorted({name for item in (one, two) if item for name in _files(item)} - same))
        if state == "changed" and not files:
            continue
        change = Change(
            kind=key[0],
            id=key[1],
            state=state,
            title=_title(here, speaker.words, key[1]),
            files=files[:20],
            fields=_facts(one, two, speaker) if state != "gone" else (),
            texts=tuple(_texts(sides, one or nothing, two or nothing, same, speaker)) if state == "changed" else (),
        )
        if state != "changed" or change.fields or change.texts or _broken(sides, files):
            yield change


def _files(item: Item) -> set[str]:
    return {item.file, *(name for name, _ in item.texts.values())} - {""}


def _broken(sides: Sides, files: tuple[str, ...]) -> bool:
    """Whether a changed file says nothing that can be compared because it cannot be read."""
    return any(r.data is None for side in (sides.before, sides.after) for f, r in side.files.items() if f.name in files)


def _facts(one: Item | None, two: Item | None, speaker: Speaker) -> Any:
    """The facts of the record; of translations their own, with the language said."""
    found = list(compare_fields(one.data if one else {}, two.data if two else {}, speaker))
    if one and two:
        for lang in dict.fromkeys((*one.texts, *two.texts)):
            before, after = (item.texts.get(lang, ("", {})) for item in (one, two))
            if lang != speaker.default and before[1] != after[1]:
                language = speaker.words.language(lang)
                for change in compare_fields(before[1], after[1], speaker):
                    place = ", ".join(part for part in (language, change.where) if part)
                    found.append(change.model_copy(update={"where": place}))
    return tuple(found)


def _texts(sides: Sides, one: Item, two: Item, same: set[str], speaker: Speaker) -> Iterator[TextChange]:
    for lang in dict.fromkeys((*one.texts, *two.texts)):
        names = (one.texts.get(lang, ("", None))[0], two.texts.get(lang, ("", None))[0])
        if set(names) <= same:
            continue
        before, after = (_body(side, name) for side, name in zip((sides.before, sides.after), names, strict=True))
        if before != after:
            kept, more = compare_texts(before, after, speaker.effort)
            if kept:
                yield TextChange(lang=lang, paragraphs=tuple(kept), more=more)


def _body(side: Side, name: str) -> str:
    if not name:
        return ""
    text = side.raw(name).decode("utf-8", "replace").replace("\r\n", "\n")
    return split(text, name)[0].body


Pair = tuple[Catalogue | None, Catalogue | None]


def _affected(catalogues: Pair, changes: Sequence[Change], words: Words) -> Iterator[Affected]:
    """Courses and plans that hold a record that changed or went, or did before the proposal; not what changed itself."""
    touched = {(c.kind, c.id): c.title for c in changes if c.state != "new" or c.fields}
    courses: dict[str, list[str]] = {}
    plans: dict[str, list[str]] = {}
    titles: dict[tuple[str, str], str] = {}
    for catalogue in catalogues:
        if catalogue is None:
            continue
        for ident, course in catalogue.courses.items():
            titles["course", ident] = words.pick(course.facts.title)
            parts = [("module", module) for module, _ in course.modules]
            courses.setdefault(ident, []).extend(touched[p] for p in parts if p in touched)
        for ident, plan in catalogue.plans.items():
            titles["plan", ident] = words.pick(plan.facts.title)
            steps = [("module", s.module) if s.module else ("course", s.course or "") for s in plan.facts.steps]
            because = [touched[p] for p in steps if p in touched]
            because += [titles[p] for p in steps if p[0] == "course" and p not in touched and courses.get(p[1])]
            plans.setdefault(ident, []).extend(because)
    for kind, found in (("course", courses), ("plan", plans)):
        for ident, because in sorted(found.items()):
            if because and (kind, ident) not in touched:
                reasons = tuple(dict.fromkeys(because))[:20]
                yield Affected(kind=kind, id=ident, title=titles[kind, ident], because=reasons)  # type: ignore[arg-type]


def _needs(catalogues: Pair, words: Words) -> Iterator[NeedState]:
    """Needs that something meets now and did not before, or the other way round."""
    before, after = (_met(catalogue) for catalogue in catalogues)
    for ident in sorted(before.keys() | after.keys()):
        was, is_now = before.get(ident, False), after.get(ident, False)
        if was != is_now and ident in after:
            catalogue = catalogues[1] or catalogues[0]
            title = words.pick(catalogue.needs[ident].facts.title) if catalogue and ident in catalogue.needs else ident
            yield NeedState(id=ident, title=title, met=is_now)


def _met(catalogue: Catalogue | None) -> dict[str, bool]:
    """Need -> whether a module or course that is there meets it."""
    if catalogue is None:
        return {}
    return {
        ident: any(m in catalogue.modules for m in need.facts.modules)
        or any(c in catalogue.courses for c in need.facts.courses)
        for ident, need in catalogue.needs.items()
    }


def _problems(before: Sequence[Problem], after: Sequence[Problem], words: Words) -> tuple[Any, Any]:
    """Problems that are new, and those that are gone; one that only moved to another line is neither."""

    def name(problem: Problem) -> tuple[str, str, str]:
        return (problem.place.file, problem.code, words.say(problem.message))

    def beyond(problems: Sequence[Problem], others: Sequence[Problem]) -> tuple[Trouble, ...]:
        left = Counter(map(name, others))
        found = []
        for problem in problems:
            if left[name(problem)]:
                left[name(problem)] -= 1
            else:
                found.append(problem)
        found.sort(key=lambda p: (p.severity != "error", p.order))
        return tuple(_trouble(p, words) for p in found[:MOST])

    return beyond(after, before), beyond(before, after)


def _trouble(problem: Problem, words: Words) -> Trouble:
    data: Mapping[str, Any] = as_dict(problem, words)
    keys = ("file", "line", "code", "severity", "message", "hint")
    return Trouble.model_validate({key: data[key][:1000] if isinstance(data[key], str) else data[key] for key in keys})


def address_of(kind: str, ident: str) -> str:
    """The address of a record's page; empty for what has none."""
    if kind == "page":
        return addresses.page(ident)
    folders = {
        "course": addresses.COURSE,
        "module": addresses.MODULE,
        "provider": addresses.PROVIDER,
        "plan": addresses.PLAN,
    }
    return f"{folders[kind]}/{ident}" if kind in folders else ""
