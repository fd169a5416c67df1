"""Words for people: picking a language, numbers, dates, and Norwegian order."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurskatalog.problems import Message
from kurskatalog.words import Words, sort_key


@pytest.mark.parametrize(
    ("reader", "given", "expected"),
    [
        ("nb", {"nb": "b", "nn": "n", "en": "e"}, "b"),
        ("nb", {"en": "e", "nn": "n"}, "n"),
        ("nb", {"en": "e"}, "e"),
        ("nn", {"nb": "b", "nn": "n"}, "n"),
        ("nn", {"en": "e", "nb": "b"}, "b"),
        ("en", {"nb": "b", "nn": "n", "en": "e"}, "e"),
        ("en", {"nb": "b", "nn": "n"}, "b"),  # the first that there is
        ("se", {"nn": "n", "nb": "b"}, "n"),
        ("se", {"nb": "b", "se": "s"}, "s"),
    ],
)
def test_a_reader_gets_the_nearest_language(reader: str, given: dict[str, str], expected: str) -> None:
    words = Words(reader)
    assert words.pick(given) == expected
    assert given[words.true_language(given)] == expected


def test_no_text_is_no_text() -> None:
    assert Words("nb").pick({}) == ""
    assert Words("nn").true_language({}) == "nn"


@pytest.mark.parametrize(
    ("number", "norwegian", "english"),
    [
        (10, "10", "10"),
        (2.5, "2,5", "2.5"),
        (7.50, "7,5", "7.5"),
        (0, "0", "0"),
        (1500, "1500", "1500"),
        (0.05, "0,05", "0.05"),
    ],
)
def test_numbers(number: float, norwegian: str, english: str) -> None:
    assert (Words("nb").number(number), Words("nn").number(number), Words("en").number(number)) == (
        norwegian,
        norwegian,
        english,
    )


@given(st.integers(0, 9_999_999))
def test_whole_numbers_keep_all_their_digits(number: int) -> None:
    assert Words("nb").number(float(number)) == str(number)


@pytest.mark.parametrize(
    ("lang", "long", "short"),
    [
        ("nb", "21. november 2026", "21. nov. 2026"),
        ("nn", "21. november 2026", "21. nov. 2026"),
        ("en", "21 November 2026", "21 Nov 2026"),
    ],
)
def test_days(lang: str, long: str, short: str) -> None:
    day = dt.date(2026, 11, 21)
    assert (Words(lang).day(day), Words(lang).short_day(day)) == (long, short)


def test_days_of_a_language_that_few_programs_know() -> None:
    assert "2026" in Words("se").day(dt.date(2026, 11, 21))
    assert (Words("xx").day(dt.date(2026, 11, 21)), Words("xx").short_day(dt.date(2026, 11, 21))) == (
        "2026-11-21",
        "2026-11-21",
    )


def test_a_message_is_said_with_what_is_in_it() -> None:
    message = Message("there is no {kind}: {id}", kind=Message("module"), id="{x}")
    assert Words("xx").say(message) == "there is no module: {x}"


def test_a_text_without_translation_is_said_in_english() -> None:
    assert Words("nb")("No such sentence is translated") == "No such sentence is translated"
    assert Words("nb")("Learning outcomes") == "Læringsutbytte"
    assert Words("en")("Learning outcomes") == "Learning outcomes"


def in_order(*texts: str) -> bool:
    backwards = texts[::-1]
    return sorted(backwards, key=sort_key) == list(texts)


@pytest.mark.parametrize(
    "texts",
    [
        ("Alfa", "Beta", "Zeta", "Ærlig", "Ørn", "Åre"),
        ("zoo", "Ål"),
        ("A", "Å"),
        ("Ås", "Aasen"),  # aa is å in names
        ("Arne", "Bodø", "Aalesund"),
        ("Elev", "Élite", "Elm"),  # accents do not count
        ("Läger", "Lær", "Lø"),  # ä goes with æ ...
        ("Öl", "Øl", "Øre"),  # ... and ö with ø
        ("Ty", "Tür", "Tz"),  # and ü with y
        ("a", "B", "c"),  # upper and lower case alike
        ("Energi", "Energi 2", "Energi i bygg"),
        ("«Data»", "Energi"),  # signs do not count
        ("5.1", "5.2", "6.1"),
    ],
)
def test_norwegian_order(texts: tuple[str, ...]) -> None:
    assert in_order(*texts)


@given(st.lists(st.text(alphabet="abzæøåÆØÅéö A-1", max_size=4), max_size=6))
def test_order_is_the_same_however_texts_lie(texts: list[str]) -> None:
    backwards = texts[::-1]
    assert sorted(texts, key=sort_key) == sorted(backwards, key=sort_key)


@given(st.text(max_size=6), st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
def test_ae_oe_aa_come_after_every_other_letter(rest: str, letter: str) -> None:
    assert all(
        sort_key(letter + rest) < sort_key(last + rest) for last in "æøå" if letter + rest[:1].casefold() != "aa"
    )
