"""The search index of a build: from the last one where little changed, made whole where much did.

What an index was made from is kept beside the manifest: the documents with a key for each of their texts, and the words known.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from kurskatalog.files import digest, digest_tree, write_atomic
from kurskatalog.output.search.bags import Bag, Synonyms, body_bag, facts_bag
from kurskatalog.output.search.index import Change, Index, Known, build_index, merge, renew_index
from kurskatalog.output.search.postings import shards_for
from kurskatalog.pipeline.bags import Bags
from kurskatalog.pipeline.manifest import Manifest
from kurskatalog.pipeline.store import Store
from kurskatalog.project import Project

if TYPE_CHECKING:
    from kurskatalog.view.found_by import Document, FoundBy

T = TypeVar("T")

TOP = "search/"
_ROOT = "index.json"
_WORTH_IT = 4
"""A part of all documents: when more than every fourth changed, a new index is as quick."""


class Indexed(NamedTuple):
    """A document in the index: its address, the key of its facts, and (file, key) of its running texts."""

    path: str
    facts: str
    bodies: tuple[tuple[str, str], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all its bags."""
        return (self.facts, *(key for _, key in self.bodies))


@dataclass(slots=True)
class State:
    """What an index was made from: `files` by their names below `search/` with keys of their content."""

    program: str
    groups: list[list[str]]
    documents: list[Indexed] = field(default_factory=list)
    known: Known = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Names the state."""
        return digest(self.program, json.dumps(self.documents), json.dumps(self.files))


class _Stale(Exception):
    """Raised when the last build's index cannot be built on."""


def _with_bags(project: Project, work: Callable[[Bags], T]) -> T:
    """Do something with the bags; with none again when the database turns out to be damaged."""
    bags = Bags(project.work / "cache" / "words.sqlite")
    try:
        return work(bags)
    except sqlite3.DatabaseError:
        bags.forget()
        return work(bags)
    finally:
        bags.close()


def make_search(
    project: Project, found_by: FoundBy, texts: Mapping[str, str], store: Store, old: Manifest, new: Manifest
) -> dict[str, bytes]:
    """The index's files that differ from the last build's, by their names in the site; all are noted in `new`.

    `texts` has the key of every text's HTML by its file.
    """
    state = State(_program(), [list(group) for group in found_by.groups])
    facts = {d.path: digest(state.program, repr(state.groups), repr(d.texts)) for d in found_by.documents}
    state.documents = [_indexed(document, facts[document.path], texts, state) for document in found_by.documents]
    before = _read_state(project, old)

    def work(bags: Bags) -> dict[str, bytes]:
        kit = _Kit(bags, Synonyms(found_by.groups))
        missing = kit.missing(state.documents)
        lost = {facts[d.path]: d.texts for d in found_by.documents if facts[d.path] in missing}
        made = {key: facts_bag(texts_of, kit.synonyms) for key, texts_of in lost.items()}
        kit.keep(made | kit.bodies(state.documents, missing, store))
        return _finish(project, state, before, kit, new)

    return _with_bags(project, work)


def renew_search(
    project: Project, changed: Mapping[str, str], store: Store, old: Manifest, new: Manifest
) -> dict[str, bytes] | None:
    """The same where nothing but these texts changed (file -> key of its HTML); None when the last index is not known."""
    if not old.search:
        return {}
    before = _read_state(project, old)
    if before is None:
        return None
    state = State(before.program, before.groups)
    for document in before.documents:
        bodies = tuple(
            (file, _body_key(changed[file], state) if file in changed else key) for file, key in document.bodies
        )
        state.documents.append(document._replace(bodies=bodies) if bodies != document.bodies else document)
    touched = [document for document in state.documents if any(file in changed for file, _ in document.bodies)]

    def work(bags: Bags) -> dict[str, bytes] | None:
        kit = _Kit(bags, Synonyms(state.groups))
        kit.keep(kit.bodies(touched, kit.missing(touched), store))
        try:
            return _finish(project, state, before, kit, new)
        except _Stale:  # bags of facts cannot be made from texts
            return None

    return _with_bags(project, work)


def _program() -> str:
    package = Path(__file__).parent.parent
    return digest(digest_tree(package / "output" / "search"), digest_tree(package / "words" / "search.py"))


def _body_key(html_key: str, state: State) -> str:
    return digest(state.program, repr(state.groups), html_key)


def _indexed(document: Document, facts: str, texts: Mapping[str, str], state: State) -> Indexed:
    bodies = tuple((file, _body_key(texts[file], state)) for file in document.bodies)
    return Indexed(document.path, facts, bodies)


class _Kit:
    """Bags and synonyms at hand."""

    def __init__(self, bags: Bags, synonyms: Synonyms) -> None:
        self.bags, self.synonyms = bags, synonyms
        self._have: dict[str, Bag] = {}

    def missing(self, documents: Iterable[Indexed]) -> set[str]:
        """Keys of bags that must be made."""
        return {key for document in documents for key in document.keys} - self.bags.keys()

    def all(self, documents: Sequence[Indexed]) -> list[Bag]:
        """The words of all documents; nothing else is kept at hand then, since they are many."""
        wanted = {key for document in documents for key in document.keys}
        self._have.update(self.bags.get(wanted - self._have.keys()))
        bags = [self.bag(document) for document in documents]
        self._have.clear()
        return bags

    def bodies(self, documents: Iterable[Indexed], missing: set[str], store: Store) -> dict[str, Bag]:
        """The bags of running texts that must be made."""
        files = {key: file for document in documents for file, key in document.bodies if key in missing}
        return {key: body_bag(store.html(file), self.synonyms) for key, file in files.items()}

    def keep(self, made: Mapping[str, Bag]) -> None:
        """Keep new bags, for this build and later ones."""
        self._have.update(made)
        self.bags.put(made)

    def bag(self, document: Indexed) -> Bag:
        """All words of a document. Raises _Stale when a bag is not known any more."""
        lost = set(document.keys) - self._have.keys()
        if lost:
            self._have.update(self.bags.get(lost))
        try:
            bags = [self._have[key] for key in document.keys]
        except KeyError:
            raise _Stale from None
        return bags[0] if len(bags) == 1 else merge(bags)

    def holding(self, documents: Sequence[Indexed], letters: Iterable[str]) -> dict[int, Bag]:
        """The documents, by number, in which one of these letters stands."""
        keys = set(self.bags.holding(letters))
        return {n: self.bag(document) for n, document in enumerate(documents) if keys.intersection(document.keys)}


def _finish(project: Project, state: State, before: State | None, kit: _Kit, new: Manifest) -> dict[str, bytes]:
    """From the bags to the files; the state is kept for the next build."""
    index = None
    if before and _is_like(before, state):
        with suppress(_Stale, OSError, ValueError):
            index = _renewed(project, state, before, kit)
            state.files = dict(before.files)
    if index is None:
        index = build_index(kit.all(state.documents), kit.synonyms)
        root = {"id": _numbering(state), "count": len(state.documents), "shards": shards_for(len(state.documents))}
        index = Index({**index.files, _ROOT: json.dumps(root).encode()}, index.known)
        kit.bags.forget_others({key for document in state.documents for key in document.keys})
    state.known = index.known
    state.files |= {name: digest(raw) for name, raw in index.files.items()}
    _keep_state(project, state, before)
    new.search = state.id
    others = {name: key for name, key in new.others.items() if not name.startswith(TOP)}
    new.others = {**others, **{TOP + name: key for name, key in state.files.items()}}
    return {TOP + name: raw for name, raw in index.files.items()}


def _numbering(state: State) -> str:
    """Changes when a document gets another number."""
    return digest(*(document.path for document in state.documents))[:12]


def _is_like(before: State, now: State) -> bool:
    """Whether the same documents have the same numbers, and most are as they were."""
    same = (before.program, before.groups, len(before.documents)) == (now.program, now.groups, len(now.documents))
    if not same or any(a.path != b.path for a, b in zip(before.documents, now.documents, strict=True)):
        return False
    return sum(a != b for a, b in zip(before.documents, now.documents, strict=True)) * _WORTH_IT <= len(now.documents)


def _renewed(project: Project, state: State, before: State, kit: _Kit) -> Index:
    pairs = enumerate(zip(before.documents, state.documents, strict=True))
    changes = [Change(number, kit.bag(old), kit.bag(now)) for number, (old, now) in pairs if old != now]

    def read(name: str) -> bytes:
        raw = (project.out / TOP / name).read_bytes()
        if digest(raw) != before.files.get(name):
            raise _Stale
        return raw

    def holding(letters: Iterable[str]) -> Mapping[int, Bag]:
        return kit.holding(before.documents, letters)

    return renew_index(before.known, changes, len(before.documents), holding, read, kit.synonyms)


def _state_file(project: Project, ident: str) -> Path:
    return project.work / "cache" / f"search-{ident}.json"


def _read_state(project: Project, manifest: Manifest) -> State | None:
    """What the index of a finished site was made from; None when that is not known, or the site has no index."""
    if not manifest.search:
        return None
    try:
        data = json.loads(_state_file(project, manifest.search).read_text(encoding="utf-8"))
        documents = [Indexed(path, facts, tuple(map(_pair, bodies))) for path, facts, bodies in data["documents"]]
        state = State(data["program"], data["groups"], documents, data["known"], data["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return state if state.id == manifest.search else None


def _pair(values: Sequence[str]) -> tuple[str, str]:
    file, key = values
    return file, key


def _keep_state(project: Project, state: State, before: State | None) -> None:
    """Write it under its id; forget all others but the last, whose site is still there if this build fails."""
    kept = _state_file(project, state.id)
    fields = {key: getattr(state, key) for key in State.__slots__}
    write_atomic(kept, json.dumps(fields, ensure_ascii=False))
    earlier = _state_file(project, before.id) if before else kept
    for path in kept.parent.glob("search-*.json"):
        if path not in (kept, earlier):
            path.unlink(missing_ok=True)
