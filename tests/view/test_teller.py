"""The teller picks languages: what a reader gets, and how it is marked when it is not in the reader's own."""

from __future__ import annotations

import pytest
from small import TODAY, Small

from kurskatalog.pipeline.load import load
from kurskatalog.view.parts import Said
from kurskatalog.view.teller import Teller


@pytest.fixture(scope="module")
def tellers(site: Small) -> dict[str, Teller]:
    catalogue = load(site.project, today=TODAY).catalogue
    assert catalogue is not None
    return {lang: Teller(catalogue, lang, TODAY) for lang in catalogue.settings.languages}


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("nb", {"nb": "b", "en": "e"}, Said("b")),
        ("nn", {"nb": "b", "en": "e"}, Said("b", "nb")),
        ("en", {"nb": "b", "nn": "n"}, Said("b", "nb")),
        ("nb", {"en": "e"}, Said("e", "en")),
        ("nb", {}, Said("")),
        ("nb", None, Said("")),
    ],
)
def test_a_text_in_another_language_is_marked(
    tellers: dict[str, Teller], lang: str, text: dict[str, str] | None, expected: Said
) -> None:
    assert tellers[lang].say(text) == expected


def test_a_plain_text_is_in_the_catalogues_first_language(tellers: dict[str, Teller]) -> None:
    assert tellers["nb"].plain("x") == Said("x")
    assert tellers["en"].plain("x") == Said("x", "nb")
    assert tellers["nn"].plain("x", "nn") == Said("x")


def test_a_module_is_given_in_the_nearest_language(tellers: dict[str, Teller]) -> None:
    found = {
        lang: (t.module_title("redaksjonen/trender"), t.module_title("redaksjonen/avvik"))
        for lang, t in tellers.items()
    }
    assert found["nb"] == (Said("Trender"), Said("Avvik"))
    assert found["nn"] == (Said("Trendar"), Said("Avvik", "nb"))
    assert found["en"] == (Said("Trender", "nb"), Said("Avvik", "nb"))


def test_a_term_is_named_in_the_readers_language(tellers: dict[str, Teller]) -> None:
    assert tellers["nb"].label("forms", "heltid") == Said("Heltid")
    assert tellers["nn"].label("forms", "heltid") == Said("Heiltid")
    assert tellers["en"].label("forms", "heltid") == Said("Full time")
    assert tellers["nb"].label("forms", "finnes-ikke") == Said("finnes-ikke")
    assert tellers["nb"].label("finnes-ikke", "x") == Said("x")


def test_a_level_in_a_list_is_its_number(tellers: dict[str, Teller]) -> None:
    assert (tellers["nb"].level("5.1"), tellers["nb"].level(None)) == ("5.1", "")
    assert tellers["en"].level("none") == "without a level"


def test_a_place_names_its_county_once(tellers: dict[str, Teller]) -> None:
    energi = tellers["nb"].catalogue.courses["skolen/energi"]
    assert tellers["nb"].runs(energi)[0].places == ("Mo i Rana (Nordland)",)
