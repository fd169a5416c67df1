"""The index as files: made whole from all bags, or brought up to date where a few documents changed; both give the same bytes."""

from __future__ import annotations

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kurskatalog.output.search.bags import Bag, Synonyms
from kurskatalog.output.search.postings import WEIGHTS, decode, encode, shard_file, shard_of, shards_for, write_shard
from kurskatalog.words.search import Parts, stem

Known = dict[str, int]
"""Stem -> in how many documents it stands as a word of its own."""

_LONGEST = 20
_DOUBTFUL = re.compile(r"[^aeiouy][lr]\Z|lig\Z")


@dataclass(frozen=True, slots=True)
class Index:
    """Files by their names below `search/` (those that changed, where a build before is known), and the known words."""

    files: Mapping[str, bytes]
    known: Known


@dataclass(frozen=True, slots=True)
class Change:
    """A document whose words changed: its number, its bag before and now."""

    number: int
    before: Bag
    now: Bag


def merge(bags: Iterable[Bag]) -> Bag:
    """One bag of several: every word with its highest weight."""
    merged: Bag = {}
    for bag in bags:
        for form, weight in bag.items():
            if merged.get(form, -1) < weight:
                merged[form] = weight
    return merged


def own_words(bag: Bag) -> set[str]:
    """The stems that a document's words have, without numbers: what compounds can be made of, and slips be mended to."""
    return {found for form in bag if form.isalpha() and len(found := stem(form)) > 2}


class Expander:
    """A bag -> all terms by which the document is found: stems, parts of compounds, words that mean the same."""

    def __init__(self, parts: Parts, synonyms: Synonyms) -> None:
        self.parts, self.synonyms = parts, synonyms
        self._seen: dict[str, tuple[str, tuple[str, ...]]] = {}

    def terms(self, bag: Bag) -> dict[str, int]:
        """Term -> weight; what is not the word itself weighs a step less."""
        found: dict[str, int] = {}
        seen = self._seen
        for form, weight in bag.items():
            own, others = seen.get(form) or self._look(form)
            if own and found.get(own, -1) < weight:
                found[own] = weight
            less = weight - 1 if weight else 0
            for term in others:
                if found.get(term, -1) < less:
                    found[term] = less
        return found

    def _look(self, form: str) -> tuple[str, tuple[str, ...]]:
        members = self.synonyms.members
        if form[0] == "#":
            result: tuple[str, tuple[str, ...]] = ("", members[int(form[1:])])
        else:
            own = stem(form)
            parts = self.parts.of(form)
            same = (
                term
                for word in (own, *parts)
                for number in self.synonyms.words.get(word, ())
                for term in members[number]
            )
            result = (own, tuple(dict.fromkeys(t for t in (*parts, *same) if t != own)))
        self._seen[form] = result
        return result


def build_index(bags: Sequence[Bag], synonyms: Synonyms) -> Index:
    """All files, from the bags of all documents in the order of their numbers."""
    known: Known = {}
    for bag in bags:
        for word in own_words(bag):
            known[word] = known.get(word, 0) + 1
    expander = Expander(Parts(known), synonyms)
    postings: dict[str, array[int]] = defaultdict(lambda: array("I"))  # millions of numbers
    for number, bag in enumerate(bags):
        for term, weight in expander.terms(bag).items():
            postings[term].append(number * WEIGHTS + weight)
    shards: list[dict[str, str]] = [{} for _ in range(shards_for(len(bags)))]
    for term, numbers in postings.items():
        shards[shard_of(term, len(shards))][term] = encode(numbers)
    files = {shard_file(number): write_shard(terms) for number, terms in enumerate(shards)}
    return Index({**files, **_word_files(known)}, known)


def renew_index(
    known: Known,
    changes: Sequence[Change],
    documents: int,
    holding: Callable[[Iterable[str]], Mapping[int, Bag]],
    read: Callable[[str], bytes],
    synonyms: Synonyms,
) -> Index:
    """The files that changed since a build before, whose known words were `known`.

    `holding` gives the documents, as they were, in which one of these letters stands; `read` gives a file as it was.
    """
    now, new, gone = _count(known, changes)
    changed = {change.number: change for change in changes}
    if new or gone:
        touched = holding({_probe(word) for word in new | gone})
        changed = {number: Change(number, bag, bag) for number, bag in touched.items()} | changed
    before, after = Expander(Parts(known), synonyms), Expander(Parts(now) if new or gone else Parts(known), synonyms)
    edits: dict[str, dict[str, dict[int, int | None]]] = {}
    shards = shards_for(documents)
    for number, change in sorted(changed.items()):
        old, fresh = before.terms(change.before), after.terms(change.now)
        for term in {t for t, _ in old.items() ^ fresh.items()}:
            file = shard_file(shard_of(term, shards))
            edits.setdefault(file, {}).setdefault(term, {})[number] = fresh.get(term)
    files = {file: _edited(read(file), terms) for file, terms in edits.items()}
    lengths = {word_file(word) for word in new | gone}
    return Index({**files, **{name: raw for name, raw in _word_files(now).items() if name in lengths}}, now)


def _count(known: Known, changes: Sequence[Change]) -> tuple[Known, set[str], set[str]]:
    """The known words after the changes, those that are new and those that are gone."""
    now = dict(known)
    touched = set()
    for change in changes:
        old, fresh = own_words(change.before), own_words(change.now)
        for words, step in ((old - fresh, -1), (fresh - old, 1)):
            for word in words:
                now[word] = now.get(word, 0) + step
        touched |= old ^ fresh
    for word in touched:
        if not now[word]:
            del now[word]
    return now, {w for w in touched if w in now and w not in known}, {w for w in touched if w in known and w not in now}


def _probe(word: str) -> str:
    """Letters that every form with this stem has (`regl` comes of `regel` too)."""
    return word[: -3 if word.endswith("lig") else -1] if _DOUBTFUL.search(word) and len(word) > 3 else word


def _edited(raw: bytes, edits: Mapping[str, Mapping[int, int | None]]) -> bytes:
    terms: dict[str, str] = json.loads(raw)
    for term, changes in edits.items():
        weights = {posting // WEIGHTS: posting % WEIGHTS for posting in decode(terms.pop(term, ""))}
        for number, weight in changes.items():
            if weight is None:
                weights.pop(number, None)
            else:
                weights[number] = weight
        if weights:
            terms[term] = encode(number * WEIGHTS + weight for number, weight in sorted(weights.items()))
    return write_shard(terms)


def word_file(word: str) -> str:
    """The list of known words of about this length, in which a slip is looked up."""
    return f"w/{min(len(word), _LONGEST)}.txt"


def _word_files(known: Known) -> dict[str, bytes]:
    lists: dict[str, list[str]] = {f"w/{length}.txt": [] for length in range(3, _LONGEST + 1)}
    for word in known:
        lists[word_file(word)].append(word)
    return {name: "\n".join(sorted(words)).encode() for name, words in lists.items()}
