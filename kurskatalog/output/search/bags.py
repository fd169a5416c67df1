"""A text -> its bag: which words it has, and how much each of them weighs there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import unescape

from kurskatalog.words.search import HEAD, OFTEN, ONCE, TITLE, forms, is_stop, stem, tokens, variants

Bag = dict[str, int]
"""Folded form -> weight; `#7` -> weight of the seventh group of synonyms, one of whose phrases stands in the text."""

_MANY = 3
_HEAD_WORDS = 2
_TAG = re.compile(r"<[^>]*>")


class Synonyms:
    """Groups of words that mean the same. A text with one of them is found by all.

    `groups` has words and phrases as people write them.
    """

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self.words: dict[str, list[int]] = {}
        self.phrases: list[tuple[str, re.Pattern[str], int]] = []
        self.members: list[tuple[str, ...]] = []
        for number, group in enumerate(groups):
            stems: dict[str, None] = {}
            for member in group:
                words = [w for token in tokens(member) for w in forms(token)[:1]]
                stems.update((stem(form), None) for token in tokens(member) for form in forms(token))
                if len(words) == 1:
                    self.words.setdefault(stem(words[0]), []).append(number)
                elif words:
                    self.phrases.append((_stump(tokens(member)[0]), _phrase(member), number))
            self.members.append(tuple(stems))

    def in_text(self, text: str) -> set[int]:
        """The groups of which a phrase stands in a text in lower case."""
        return {number for begin, pattern, number in self.phrases if begin in text and pattern.search(text)}


def _phrase(member: str) -> re.Pattern[str]:
    """A phrase with its words in any inflection."""
    words = tokens(member)
    parts = [re.escape(w) if is_stop(variants(w)[0]) else rf"{re.escape(_stump(w))}\w{{0,5}}" for w in words]
    begin = re.escape(
        _stump(words[0])
    )  # first its letters, which are quickly found, then that nothing stands before them
    parts[0] = f"{begin}(?<!\\w{begin}){parts[0].removeprefix(begin)}"
    return re.compile(r"[\s-]+".join(parts) + r"\b")


def _stump(word: str) -> str:
    """The part of a word that its inflections have in common, in its own letters."""
    left = len(stem(variants(word)[0]))
    return word if len(word) < 4 else word[: max(3, min(left, len(word)))]


def facts_bag(texts: Mapping[int, Sequence[str]], synonyms: Synonyms) -> Bag:
    """The bag of texts by their weight."""
    bag: Bag = {}
    for weight in sorted(texts):
        text = " \n ".join(texts[weight]).lower()
        _add(bag, dict.fromkeys(tokens(text), 1), weight, weight)
        _add_phrases(bag, text, synonyms, weight)
    for title in texts.get(TITLE, ()):
        first = [token for token in tokens(title) if forms(token)][:_HEAD_WORDS]
        _add(bag, dict.fromkeys(first, 1), HEAD, HEAD)
    return bag


def body_bag(html: str, synonyms: Synonyms) -> Bag:
    """The bag of a rendered text."""
    text = plain_text(html).lower()
    bag: Bag = {}
    _add(bag, Counter(tokens(text)), ONCE, OFTEN)
    _add_phrases(bag, text, synonyms, ONCE)
    return bag


def plain_text(html: str) -> str:
    """XHTML without its tags."""
    return unescape(_TAG.sub(" ", html))


def _add(bag: Bag, counts: Mapping[str, int], once: int, often: int) -> None:
    get = bag.get
    for token, count in counts.items():
        weight = often if count >= _MANY else once
        for form in forms(token):
            if get(form, -1) < weight:
                bag[form] = weight


def _add_phrases(bag: Bag, text: str, synonyms: Synonyms, weight: int) -> None:
    for number in synonyms.in_text(text):
        key = f"#{number}"
        bag[key] = max(weight, bag.get(key, -1))
