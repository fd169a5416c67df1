"""Rules of the field at their edges, and small tools that rules share."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from overlay import GOOD, TODAY, check, lay

from kurskatalog.check.field import is_organisation_number
from kurskatalog.check.nearest import nearest
from kurskatalog.check.references import circles

COURSE = "content/providers/fagskolen-fjord/courses/vannrensing.yml"


def codes(tmp_path: Path, old: str, new: str, name: str = COURSE, today: dt.date = TODAY) -> list[str]:
    if not (tmp_path / "catalogue.yml").exists():
        lay(GOOD / "files", tmp_path)
    whole = (GOOD / "files" / name).read_text("utf-8")
    assert old in whole
    (tmp_path / name).write_text(whole.replace(old, new), "utf-8")
    return [p.code for p in check(tmp_path, today)]


# --- organisation numbers: some that are real (public bodies), each with one digit or two neighbours changed --------


@pytest.mark.parametrize("number", ["974760673", "971032081", "889640782", "123456785", "000000000"])
def test_organisation_numbers(number: str) -> None:
    assert is_organisation_number(number)


@given(st.integers(80_000_000, 99_999_999))
def test_one_last_digit_at_most_fits(eight: int) -> None:
    assert sum(is_organisation_number(f"{eight}{last}") for last in range(10)) <= 1


@given(st.sampled_from(["974760673", "971032081"]), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number: str, at: int, more: int) -> None:
    digit = str((int(number[at]) + more) % 10)
    assert not is_organisation_number(number[:at] + digit + number[at + 1 :])


@pytest.mark.parametrize("number", ["", "12345678", "1234567890", "12345678x", "١٢٣٤٥٦٧٨٥", " 23456785"])
def test_what_is_no_organisation_number(number: str) -> None:
    assert not is_organisation_number(number)


# --- credits and hours -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "expected"), [("249", True), ("250", False), ("300", False), ("301", True)])
def test_hours_for_ten_credits(hours: str, expected: bool, tmp_path: Path) -> None:
    assert ("K301" in codes(tmp_path, "hours: 270", f"hours: {hours}")) is expected


@pytest.mark.parametrize(
    ("hours", "expected"), [("134", True), ("135", False), ("200", False), ("270", False), ("271", True)]
)
def test_optional_modules_count_or_do_not(hours: str, expected: bool, tmp_path: Path) -> None:
    old = "  - fagskolen-fjord/maling"
    new = "  - {module: fagskolen-fjord/maling, optional: true}"
    whole = (GOOD / "files" / COURSE).read_text("utf-8").replace(old, new).replace("hours: 270", f"hours: {hours}")
    lay(GOOD / "files", tmp_path)
    (tmp_path / COURSE).write_text(whole.replace("credits: 10\n", ""), "utf-8")
    assert ("K302" in {p.code for p in check(tmp_path)}) is expected


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("apply_by", "start", "end", "wrong"),
    [
        ("2026-12-01", "2027-01-12", "2027-05-30", 0),
        ("2027-01-12", "2027-01-12", "2027-01-12", 0),
        ("2027-01-13", "2027-01-12", "2027-05-30", 1),
        ("2026-12-01", "2027-06-01", "2027-05-30", 1),
        ("2027-06-02", "2027-06-01", "2027-05-30", 2),
        ("2027-06-02", None, "2027-05-30", 1),
        ("2027-05-30", None, "2027-05-30", 0),
        (None, None, "2027-05-30", 0),
    ],
)
def test_the_order_of_dates(apply_by: str | None, start: str | None, end: str, wrong: int, tmp_path: Path) -> None:
    old = "    start: 2027-01-12\n    end: 2027-05-30\n    apply_by: 2026-12-01\n"
    days = {"start": start, "end": end, "apply_by": apply_by}
    new = "".join(f"    {key}: {day}\n" for key, day in days.items() if day)
    assert codes(tmp_path, old, new).count("K304") == wrong


@pytest.mark.parametrize(("start", "term", "fits"), [
    ("2027-01-01", "2027-var", True), ("2027-07-31", "2027-var", True), ("2027-08-01", "2027-var", False),
    ("2027-08-01", "2027-host", True), ("2027-12-31", "2027-host", True), ("2028-01-01", "2027-host", False),
])  # fmt: skip
def test_the_start_lies_in_the_term(start: str, term: str, fits: bool, tmp_path: Path) -> None:
    old = "    start: 2027-01-12\n    end: 2027-05-30\n    apply_by: 2026-12-01\n"
    assert ("K304" not in codes(tmp_path, old, f"    start: {start}\n    term: {term}\n")) is fits


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-20", []),
        ("2027-05-30", []),
        ("2027-11-01", []),
        ("2027-11-02", ["K309", "K309"]),
        ("2026-11-19", ["K311"]),
    ],
)
def test_a_catalogue_grows_old(today: str, expected: list[str], tmp_path: Path) -> None:
    assert codes(tmp_path, "title:", "title:", today=dt.date.fromisoformat(today)) == expected


@pytest.mark.parametrize(("today", "expected"), [("2027-07-31", ["K312"]), ("2027-08-01", [])])
def test_a_term_lasts_until_its_end(today: str, expected: list[str], tmp_path: Path) -> None:
    old = "    start: 2027-01-12\n    end: 2027-05-30\n    apply_by: 2026-12-01\n"
    lay(GOOD / "files", tmp_path)
    whole = (
        (tmp_path / COURSE).read_text("utf-8").replace(old, "    term: 2027-var\n").replace("2026-11-20", "2026-07-01")
    )
    (tmp_path / COURSE).write_text(whole, "utf-8")
    assert [p.code for p in check(tmp_path, dt.date.fromisoformat(today))] == expected


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_years_at_the_end_of_the_calendar(year: str, tmp_path: Path) -> None:
    assert "K304" in codes(tmp_path, "start: 2027-01-12", f"term: {year}-var\n    start: 2027-01-12")
    codes(
        tmp_path, "    start: 2027-01-12\n    end: 2027-05-30\n    apply_by: 2026-12-01\n", f"    term: {year}-host\n"
    )


# --- tools -----------------------------------------------------------------------------------------------------------


def test_circles_are_found_once() -> None:
    assert list(circles({"a": ("b",), "b": ("c",), "c": ()})) == []
    assert list(circles({"a": ("a",)})) == [["a", "a"]]
    assert list(circles({"a": ("b",), "b": ("c",), "c": ("b",)})) == [["b", "c", "b"]]
    assert list(circles({"a": ("b", "b"), "b": ("x",)})) == []


def test_long_chains_need_no_stack() -> None:
    chain = {str(n): (str(n + 1),) for n in range(50_000)}
    assert list(circles(chain)) == []
    found = list(circles({**chain, "50000": ("0",)}))
    assert len(found) == 1
    assert len(found[0]) == 50_002


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3).map(tuple)))
def test_circles_are_circles_and_none_is_missed(needs: dict[str, tuple[str, ...]]) -> None:
    found = list(circles(needs))
    for circle in found:
        assert circle[0] == circle[-1]
        assert all(b in needs[a] for a, b in pairwise(circle))
    reach = {a: set(bs) for a, bs in needs.items()}
    for _ in needs:
        reach = {a: bs | {c for b in bs for c in reach.get(b, ())} for a, bs in reach.items()}
    assert bool(found) == any(a in bs for a, bs in reach.items())


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("energi-1", "energi-i"),
        ("ENERGI-I", "energi-i"),
        ("havneskolen/hygene", "havneskolen/hygiene"),
        ("havneskolen/dykking", ""),
        ("havnesklen/hygiene", "havneskolen/hygiene"),
        ("helt annet", ""),
        ("", ""),
        ("x" * 10_000, ""),
    ],
)
def test_the_nearest_word(word: str, near: str) -> None:
    assert nearest(word, ["energi-i", "havneskolen/hygiene", "havneskolen/fiskehelse", "om"]) == near
