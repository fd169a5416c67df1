"""Words as a search sees them: Norwegian letters folded, endings of bokmål and nynorsk off, compounds taken apart.

`theme/site/assets/kk-words.js` does the same to what somebody types; a test compares the two over a long list of words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
"""A word with its hyphens, or a number with its decimals."""

ONCE, OFTEN, FACT, TITLE, HEAD = range(5)
"""How much a word weighs: once in a running text, often or in a longer fact, in the short facts, in the title, at its start."""

_FOLD = str.maketrans(
    {
        **dict.fromkeys("æä", "e"),  # also nynorsk e for bokmål æ: berekraft, bærekraft
        **dict.fromkeys("øöóòôõ", "o"),
        **dict.fromkeys("åáàâã", "a"),
        **dict.fromkeys("éèêë", "e"),
        **dict.fromkeys("íìîï", "i"),
        **dict.fromkeys("úùûü", "u"),
        **dict.fromkeys("ýÿ", "y"),
        **dict.fromkeys("çč", "c"),
        "đ": "d",
        "ð": "d",
        "ñ": "n",
        "ŋ": "n",
        "š": "s",
        "ŧ": "t",
        "ž": "z",
        "ß": "ss",
        **dict(zip("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹", "01234567890123456789", strict=True)),  # CO₂ is typed CO2
    }
)
_DIGRAPH = re.compile("aa|ae|oe")

STOP_WORDS = frozenset(
    """
    av at da de deg dei dem den denne der det dette di din ditt dykk dykkar eg ei ein eit eller en er et etter for fra fram
    frå han hans har hennar hennes her hjå ho hun hva hvem hver hvis hvor hvordan hvorfor i ikke ikkje inn innen ja jeg
    kan kor korleis kva kvar kven kvifor man med meg mellom men mi min mitt mot må nei no nokon nokre noe noen nå når og om
    opp oss over på sa seg si sin sine sitt skal skulle slik so som så til ut uten utan ved vi vil ville vår var vart være
    vere vært vore ble blei bli blir blitt både bare berre du dere enn eigen egen same samme slike hos også
    an and are as by from in is it of on or that the this to with you your
    """.split()  # noqa: SIM905 - words in a row are easier to read
)
"""Words that tell nothing apart. As people write them; folded where they are compared."""

# (ending, letters that must be left), the longest first. They go one after another, so that `kvalitetene` ends as `kvalitet`
# does. Endings that make a new word of the same meaning (-else, -ing, -ering, -het, -ig) go too: a reader means them all.
_ENDINGS = (
    ("elsene", 4), ("elsane", 4), ("ingene", 4), ("ingane", 4),
    ("elser", 3), ("elsen", 3), ("heter", 4), ("heten", 4), ("heita", 4), ("ering", 4),
    ("else", 3), ("ende", 4), ("ande", 4), ("arne", 3), ("erne", 3), ("erte", 4), ("heit", 4), ("inga", 4),
    ("ane", 3), ("ene", 3), ("ere", 3), ("are", 4), ("ert", 4), ("het", 4), ("ing", 4),
    ("ens", 4), ("er", 3), ("en", 3), ("et", 3), ("ar", 3), ("ig", 6),
    ("a", 3), ("e", 3), ("s", 4),
)  # fmt: skip
_BY_LAST: dict[str, list[tuple[str, int]]] = {}
for _ending in _ENDINGS:
    _BY_LAST.setdefault(_ending[0][-1], []).append(_ending)
_NEUTER = ("alt", "ivt", "elt")
_DOUBLE = re.compile(r"([bdfgkmnprt])\1(?=[lr]\Z)")
_SUFFIXES = frozenset(ending for ending, _ in _ENDINGS)
_PREFIXES = frozenset("for opp inn til over under mis sam gjen und ned fra med mot".split())  # noqa: SIM905
_SURELY = 6  # letters of a part that is no part by chance
_LONGEST = 40  # letters of a word that is looked at; the rest of a longer one tells nothing more


def variants(word: str) -> tuple[str, ...]:
    """A word in lower case -> its folded forms: one, or two where `aa`, `ae` or `oe` may stand for å, æ or ø."""
    plain = word.translate(_FOLD)[:_LONGEST]
    if not _DIGRAPH.search(word):
        return (plain,)
    other = word.replace("aa", "a").replace("ae", "e").replace("oe", "o").translate(_FOLD)[:_LONGEST]
    return (plain, other) if other != plain else (plain,)


@lru_cache(maxsize=300_000)
def stem(word: str) -> str:
    """A folded word without its endings; never shorter than three letters where it had as many."""
    if len(word) < 4 or not word.isalpha():
        return word
    for _ in range(4):
        shorter = _shorter(word)
        if shorter == word:
            break
        word = shorter
    if len(word) > 4 and word.endswith("el") and word[-3] not in "aeiouy":
        word = f"{word[:-2]}l"  # regel, regler
    word = _DOUBLE.sub(r"\1", word)  # middel, midler
    return f"{word[:-3]}lig" if word.endswith("leg") and len(word) > 5 else word  # fagleg, faglig


def _shorter(word: str) -> str:
    if word.endswith("ering") and not word.endswith("isering"):
        return word  # programmering is not program
    for ending, left in _BY_LAST.get(word[-1], ()):
        if word.endswith(ending) and len(word) - len(ending) >= left:
            if ending == "s" and (word[-2] in "si" or word.endswith(("ans", "ens"))):
                continue  # kompass, basis, kompetans(e), lisens
            if ending == "ig" and word[-3] == "l":
                continue
            rest = word[: -len(ending)]
            return rest[:-1] if rest.endswith("mm") else rest  # programmet, program
    return word[:-1] if len(word) > 6 and word.endswith(_NEUTER) else word  # digitalt, digital


_STOPS = frozenset(form for word in STOP_WORDS for form in variants(word))


def is_stop(form: str) -> bool:
    """Whether a folded form is a word that tells nothing."""
    return form in _STOPS


@lru_cache(maxsize=300_000)
def forms(token: str) -> tuple[str, ...]:
    """A word of a text in lower case -> the folded forms it is found by: itself, and with hyphens its parts and the whole."""
    if "-" in token or "\u2010" in token or "\u2011" in token:
        pieces = re.split("[-\u2010\u2011]", token)
        words = ("".join(pieces), *pieces)
    else:
        words = (token,)
    found = (form for word in words for form in variants(word))
    return tuple(dict.fromkeys(form for form in found if len(form) > 1 and form not in _STOPS))


def tokens(text: str) -> list[str]:
    """The words of a text in lower case."""
    return WORD.findall(text.lower())


class Parts:
    """Takes compounds apart by the words that a catalogue has, and only by them.

    `known` has the stems of all words that stand by themselves somewhere. `klimagassregnskap` -> `klimagass`, `regnskap` where
    both are known; an `s` or `e` may bind them.
    """

    def __init__(self, known: Collection[str] | Mapping[str, int]) -> None:
        self.known = known
        self._begins = frozenset(word[:3] for word in known if len(word) > 2)
        self._seen: dict[str, tuple[str, ...]] = {}

    def of(self, form: str) -> tuple[str, ...]:
        """The stems of a folded form's parts, sorted; empty when it cannot be taken apart."""
        if form not in self._seen:
            self._seen[form] = tuple(sorted(set(self._split(form)))) if len(form) > 6 and form.isalpha() else ()
        return self._seen[form]

    def _split(self, form: str) -> list[str]:
        sure: list[str] = []
        likely: list[str] = []
        for at in range(3, len(form) - 2):
            left, right = form[:at], form[at:]
            if (len(right) < 4 and at < 4) or right in _SUFFIXES:
                continue
            inner = self.of(right) if right[:3] in self._begins else ()
            end = stem(right)
            known = len(end) > 2 and end in self.known
            begin = self._left(left)
            if begin and (known or inner):
                sure += (begin, *inner, *((end,) if known else ()))
            elif known and len(right) >= _SURELY and left not in _PREFIXES:
                sure += (end, *inner)  # bioteknologi, where only teknologi stands by itself
            elif begin and at > 5 and left[-1] == "s" and len(right) > 3:
                likely += (begin, end)  # regnskapsfører: the s says that it is a compound
            elif begin and at > 3 and len(right) >= _SURELY:
                likely.append(end)  # husdyrvitenskap, where vitenskap never stands by itself
        return sure or likely

    def _left(self, left: str) -> str:
        """The stem of a first part, with or without the letter that binds it; empty when it is no word."""
        bound = len(left) > 3 and left[-1] in "se" and not left.endswith("ss")
        for part in (left, left[:-1] if bound else ""):
            if len(part) > 2 and (found := stem(part)) in self.known and len(found) > 2:
                return found
        return ""
