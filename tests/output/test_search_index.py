"""The search index: what is written can be read, and an index brought up to date is one made whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from kurskatalog.output.search.bags import Bag, Synonyms, body_bag, facts_bag
from kurskatalog.output.search.index import Change, Index, build_index, renew_index
from kurskatalog.output.search.postings import WEIGHTS, decode, encode, shard_of, shards_for
from kurskatalog.words.search import FACT, HEAD, OFTEN, ONCE, TITLE, stem

GROUPS = (("klimaregnskap", "klimagassregnskap"), ("KI", "kunstig intelligens"), ("regnskap", "rekneskap"))
WORDS = [
    "regnskap",
    "klimagass",
    "klimagassregnskap",
    "regel",
    "regler",
    "regelverk",
    "middel",
    "midler",
    "ki",
    "verktøy",
    "ki-verktøy",
    "data",
    "dataene",
    "fagleg",
    "bærekraft",
    "kompetanse",
    "bærekraftskompetanse",
    "program",
    "programmer",
    "programmene",
    "organ",
    "organisasjon",
    "vann",
    "vannet",
    "e-helse",
    "5.1",
]


@given(st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, WEIGHTS - 1)), unique_by=lambda pair: pair[0]))
def test_postings_can_be_read_again(pairs: list[tuple[int, int]]) -> None:
    numbers = [document * WEIGHTS + weight for document, weight in sorted(pairs)]
    assert list(decode(encode(numbers))) == numbers


def test_what_begins_alike_stands_together() -> None:
    assert len({shard_of(term, 64) for term in ("klima", "klimagass", "kli")}) == 1
    assert [shards_for(count) for count in (0, 100, 1000, 5000, 10**6)] == [8, 8, 32, 256, 1024]


def test_words_weigh_by_where_they_stand() -> None:
    synonyms = Synonyms(GROUPS)
    bag = facts_bag(
        {TITLE: ("Vann og avløp i små kommuner",), FACT: ("Kort om vann",), OFTEN: ("kan pumpe",)}, synonyms
    )
    assert {word: bag[word] for word in ("vann", "avlop", "kommuner", "kort", "pumpe")} == {
        "vann": HEAD,
        "avlop": HEAD,
        "kommuner": TITLE,
        "kort": FACT,
        "pumpe": OFTEN,
    }
    body = body_bag("<p>Pumpe, <b>pumpe</b>, pumpe &amp; r&oslash;r</p>", synonyms)
    assert body == {"pumpe": OFTEN, "ror": ONCE}


def test_a_phrase_is_found_by_its_synonym_in_any_inflection() -> None:
    synonyms = Synonyms(GROUPS)
    assert body_bag("<p>om kunstige intelligenser</p>", synonyms)["#1"] == ONCE
    assert "#1" not in body_bag("<p>ukunstig intelligens</p>", synonyms)
    index = build_index([body_bag("<p>kunstig intelligens</p>", synonyms)], synonyms)
    assert b'"ki":' in b"".join(index.files.values())


bags = st.dictionaries(st.sampled_from(WORDS), st.integers(0, HEAD), max_size=6)


def bag_of(words: Mapping[str, int], synonyms: Synonyms) -> Bag:
    return facts_bag(
        {weight: tuple(w for w, x in words.items() if x == weight) for weight in range(TITLE + 1)}, synonyms
    )


@given(st.lists(bags, min_size=1, max_size=8), st.data())
def test_an_index_brought_up_to_date_is_one_made_whole(documents: list[dict[str, int]], data: st.DataObject) -> None:
    synonyms = Synonyms(GROUPS)
    before = [bag_of(words, synonyms) for words in documents]
    now = list(before)
    for number in data.draw(st.sets(st.integers(0, len(before) - 1), min_size=1)):
        now[number] = bag_of(data.draw(bags), synonyms)
    old = build_index(before, synonyms)
    changes = [Change(n, a, b) for n, (a, b) in enumerate(zip(before, now, strict=True)) if a != b]

    def holding(letters: Iterable[str]) -> Mapping[int, Bag]:
        probes = list(letters)
        return {n: bag for n, bag in enumerate(before) if any(p in form for p in probes for form in bag)}

    renewed: Index = renew_index(old.known, changes, len(before), holding, lambda name: old.files[name], synonyms)
    whole = build_index(now, synonyms)
    assert renewed.known == whole.known
    assert {**old.files, **renewed.files} == whole.files


def test_stems_are_what_is_indexed() -> None:
    index = build_index([{"fagskolene": TITLE}], Synonyms(()))
    assert stem("fagskolene") == "fagskol"
    assert b'{"fagskol":"D"}' in index.files.values()
