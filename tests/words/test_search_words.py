"""Words as a search sees them: what belongs together has one stem, what does not has not, compounds come apart."""

from __future__ import annotations

import pytest

from kurskatalog.words.search import Parts, forms, is_stop, stem, tokens, variants

FAMILIES = """
kurs kurset kursene kursa kursets
fagskole fagskoler fagskolen fagskolene fagskolenes
fagskule fagskular fagskulen fagskulane
kompetanse kompetansen kompetanser kompetansene
bærekraft bærekraftig bærekraftige berekraft berekraftig
sirkulær sirkulære sirkulært
regel regler reglene regelen
middel midler midlene
program programmet programmer programmene
digital digitale digitalt
digitalisering digitaliseringen digitalisere digitaliserer digitalisert
anskaffelse anskaffelser anskaffelsene anskaffing anskaffingar
kvalitet kvaliteten kvaliteter kvalitetene
ansvar ansvaret
miljø miljøet
utdanning utdanninger utdanningen utdanninga utdanningar
faglig faglige fagleg faglege
nivå nivået nivåer nivåa
vann vannet
sensor sensorer sensoren sensorene sensorar sensorane
måling målinger målingene målingar målingane
prosess prosesser prosessen prosessene
"""
APART = [
    ("program", "programmering"),
    ("kunst", "kunstig"),
    ("organ", "organisasjon"),
    ("kurs", "kursiv"),
    ("data", "datter"),
]


@pytest.mark.parametrize("family", FAMILIES.strip().split("\n"))
def test_inflections_have_one_stem(family: str) -> None:
    assert len({stem(variants(word)[0]) for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_have_another_stem(one: str, other: str) -> None:
    assert stem(variants(one)[0]) != stem(variants(other)[0])


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("bærekraft", "baerekraft"),
        ("Ålesund", "Aalesund"),
        ("Ålesund", "Alesund"),
        ("sirkulærøkonomi", "sirkulaeroekonomi"),
        ("økonomi", "okonomi"),
        ("miljøet", "miljoeet"),
        ("miljøet", "miljoet"),
        ("Kárášjohka", "karasjohka"),
        ("CO₂", "co2"),
    ],
)
def test_letters_can_be_typed_in_other_ways(written: str, typed: str) -> None:
    assert set(forms(written.lower())) & set(forms(typed.lower()))


def test_hyphens() -> None:
    assert forms("e-helse") == ("ehelse", "helse")
    assert set(forms("ki-verktøy")) == {"kiverktoy", "ki", "verktoy"}
    assert list(tokens("IKT-drift, 2,5 studiepoeng på nivå 5.1.")) == [
        "ikt-drift",
        "2,5",
        "studiepoeng",
        "på",
        "nivå",
        "5.1",
    ]


def test_words_that_tell_nothing_are_left_out() -> None:
    assert is_stop("og")
    assert is_stop("pa")
    assert forms("på") == ()
    assert not is_stop("ki")


KNOWN = {
    stem(variants(word)[0]): 1
    for word in [
        "bærekraft",
        "kompetanse",
        "klimagass",
        "regnskap",
        "vann",
        "person",
        "vern",
        "organ",
        "port",
        "teknologi",
        "hus",
    ]
}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("bærekraftskompetanse", {"bærekraft", "kompetanse"}),
        ("bærekraftskompetansen", {"bærekraft", "kompetanse"}),
        ("klimagassregnskapet", {"klimagass", "regnskap"}),
        ("personvern", {"person", "vern"}),
        ("bioteknologi", {"teknologi"}),  # bio is known nowhere
        ("kompetanse", set()),
        ("transport", set()),
        ("vannet", set()),
    ],
)
def test_compounds_come_apart_by_known_words(word: str, parts: set[str]) -> None:
    assert set(Parts(KNOWN).of(variants(word)[0])) == {stem(variants(part)[0]) for part in parts}


def test_a_part_may_be_known_nowhere() -> None:
    parts = Parts(KNOWN)
    assert "regnskap" in parts.of("regnskapsforer")  # the s tells
    assert "vitenskap" in parts.of("organvitenskap")
    assert "organ" not in parts.of("organisasjon")


def test_nothing_comes_apart_without_words() -> None:
    assert Parts({}).of("berekraftskompetanse") == ()
