"""Runs' states on every day, their order, deadlines, and claims that have grown old."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurskatalog.model.records import CourseFile, RunFile
from kurskatalog.view.dates import (
    CLOSING_DAYS,
    has_begun,
    is_unconfirmed,
    next_deadline,
    sort_day,
    state_of,
    term_begin,
    term_end,
    verified_on,
)

DAY = dt.timedelta(days=1)
VALID = 365
ORDER = ("open", "closing", "closed", "running", "over")
days = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))
maybe = st.none() | days


def course(*runs: dict[str, Any], **more: Any) -> CourseFile:
    values = {"title": "Et kurs", "summary": "Om det.", "themes": ["ki"], "runs": runs, **more}
    return CourseFile.model_validate(values, context={"language": "nb"})


def run(**values: Any) -> RunFile:
    return RunFile.model_validate({"id": "r", **values}, context={"language": "nb"})


def state(today: str, **values: Any) -> str:
    return state_of(run(**values), course(), dt.date.fromisoformat(today), VALID)


FULL = {"apply_by": "2026-12-01", "start": "2027-01-12", "end": "2027-05-30"}


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-16", "open"),  # 15 days left
        ("2026-11-17", "closing"),  # 14
        ("2026-12-01", "closing"),  # the last day
        ("2026-12-02", "closed"),
        ("2027-01-11", "closed"),
        ("2027-01-12", "running"),  # the first day
        ("2027-05-30", "running"),  # the last
        ("2027-05-31", "over"),
    ],
)
def test_state_of_a_run_with_all_dates(today: str, expected: str) -> None:
    assert state(today, **FULL) == expected


@pytest.mark.parametrize(
    ("today", "values", "expected"),
    [
        ("2026-11-21", {}, "unknown"),
        ("2026-11-21", {"term": "2027-var"}, "unknown"),
        ("2026-11-21", {"start": "2027-01-12"}, "unknown"),  # nobody knows whether one can still apply
        ("2026-11-21", {"start": "2026-11-21"}, "unknown"),  # nor when it ends
        ("2026-11-21", {"start": "2026-11-21", "end": "2026-11-21"}, "running"),
        ("2026-11-21", {"end": "2026-11-20"}, "over"),
        ("2026-11-21", {"end": "2027-05-30"}, "unknown"),
        ("2026-11-21", {"apply_by": "2026-11-21"}, "closing"),
        ("2026-11-21", {"apply_by": "2026-11-20"}, "closed"),
        ("2026-11-21", {"apply_by": "2026-11-20", "start": "2026-11-21"}, "unknown"),
        ("2026-11-21", {"apply_by": "2026-11-21", "start": "2026-11-21", "end": "2026-11-22"}, "closing"),
    ],
)
def test_state_of_a_run_with_some_dates(today: str, values: dict[str, Any], expected: str) -> None:
    assert state(today, **values) == expected


@given(apply_by=maybe, start=maybe, end=maybe, seen=maybe, today=days, valid=st.integers(0, 800))
def test_every_run_has_one_of_six_states(
    apply_by: dt.date | None,
    start: dt.date | None,
    end: dt.date | None,
    seen: dt.date | None,
    today: dt.date,
    valid: int,
) -> None:
    values = {k: v for k, v in {"apply_by": apply_by, "start": start, "end": end, "verified_on": seen}.items() if v}
    assert state_of(run(**values), course(), today, valid) in (*ORDER, "unknown")


@given(dates=st.lists(days, min_size=3, max_size=3).map(sorted), today=days)
def test_states_follow_each_other_as_days_pass(dates: list[dt.date], today: dt.date) -> None:
    apply_by, start, end = dates
    full = run(apply_by=apply_by, start=start, end=end)
    now, tomorrow = (ORDER.index(state_of(full, course(), day, VALID)) for day in (today, today + DAY))
    assert now <= tomorrow


@given(dates=st.lists(days, min_size=3, max_size=3).map(sorted), today=days)
def test_a_state_says_what_its_dates_say(dates: list[dt.date], today: dt.date) -> None:
    apply_by, start, end = dates
    found = state_of(run(apply_by=apply_by, start=start, end=end), course(), today, VALID)
    assert (found in ("open", "closing")) == (today <= apply_by)
    assert (found == "closing") == (0 <= (apply_by - today).days <= CLOSING_DAYS)
    assert (found == "over") == (today > end)
    assert (found == "running") == (apply_by < today and start <= today <= end)


@given(dates=st.lists(days, min_size=3, max_size=3).map(sorted), seen=days, today=days, valid=st.integers(0, 800))
def test_an_old_claim_is_unknown_until_it_is_over(
    dates: list[dt.date], seen: dt.date, today: dt.date, valid: int
) -> None:
    apply_by, start, end = dates
    claim = run(apply_by=apply_by, start=start, end=end, verified_on=seen)
    found = state_of(claim, course(), today, valid)
    old = (today - seen).days > valid
    assert is_unconfirmed(claim, course(), today, valid) == old
    assert (found == "unknown") == (old and today <= end)


def test_a_claim_is_as_old_as_the_nearest_day_that_somebody_saw_it() -> None:
    of_course = course(source={"verified_on": "2025-01-01"})
    assert verified_on(run(), of_course) == dt.date(2025, 1, 1)
    assert verified_on(run(source={"verified_on": "2025-02-02"}), of_course) == dt.date(2025, 2, 2)
    assert (
        verified_on(run(source={"url": "https://a.example/"}), of_course) is None
    )  # of another source nothing is known
    assert verified_on(run(verified_on="2025-03-03", source={"verified_on": "2025-02-02"}), of_course) == dt.date(
        2025, 3, 3
    )
    assert verified_on(run(), course()) is None


@pytest.mark.parametrize(("days_old", "expected"), [(0, False), (365, False), (366, True)])
def test_a_claim_is_trusted_for_as_long_as_the_catalogue_says(days_old: int, expected: bool) -> None:
    seen = dt.date(2026, 11, 21) - days_old * DAY
    assert is_unconfirmed(run(verified_on=seen), course(), dt.date(2026, 11, 21), 365) is expected


def test_a_claim_without_a_day_has_no_age() -> None:
    assert not is_unconfirmed(run(**FULL), course(), dt.date(2099, 1, 1), 0)


@pytest.mark.parametrize(
    ("term", "begin", "end"), [("2027-var", "2027-01-01", "2027-07-31"), ("2027-host", "2027-08-01", "2027-12-31")]
)
def test_terms(term: str, begin: str, end: str) -> None:
    assert (term_begin(term).isoformat(), term_end(term).isoformat()) == (begin, end)


@pytest.mark.parametrize(
    ("values", "today", "expected"),
    [
        ({"start": "2027-01-12"}, "2027-01-12", False),
        ({"start": "2027-01-12"}, "2027-01-13", True),
        ({"end": "2027-01-12"}, "2027-01-12", False),
        ({"end": "2027-01-12"}, "2027-01-13", True),
        ({"term": "2026-host"}, "2026-12-31", False),
        ({"term": "2026-host"}, "2027-01-01", True),
        ({"term": "2026-var"}, "2026-07-31", False),
        ({"term": "2026-var"}, "2026-08-01", True),
        ({}, "2099-01-01", False),
        (
            {"start": "2027-01-12", "end": "2027-05-01", "term": "2026-var"},
            "2027-01-01",
            False,
        ),  # a day tells more than a term
    ],
)
def test_has_begun(values: dict[str, str], today: str, expected: bool) -> None:
    assert has_begun(run(**values), dt.date.fromisoformat(today)) is expected


def test_runs_are_put_in_order_of_time() -> None:
    runs = [
        run(id="none"),
        run(id="autumn", term="2027-host"),
        run(id="end", end="2027-06-01"),
        run(id="start", start="2027-02-01"),
        run(id="apply", apply_by="2026-12-01"),
        run(id="spring", term="2027-var"),
    ]
    assert [r.id for r in sorted(runs, key=sort_day)] == ["apply", "spring", "start", "end", "autumn", "none"]


def test_next_deadline_is_the_first_that_has_not_passed_and_is_confirmed() -> None:
    today = dt.date(2026, 11, 21)
    runs = [
        {"id": "past", "apply_by": "2026-11-20"},
        {"id": "old", "apply_by": "2026-11-25", "verified_on": "2025-01-01"},
        {"id": "later", "apply_by": "2027-03-01"},
        {"id": "next", "apply_by": "2026-12-01", "verified_on": "2026-11-20"},
        {"id": "none"},
    ]
    assert next_deadline(course(*runs), today, VALID) == dt.date(2026, 12, 1)
    assert next_deadline(course({"id": "today", "apply_by": "2026-11-21"}), today, VALID) == today
    assert next_deadline(course(*runs[:2]), today, VALID) is None
    assert next_deadline(course(), today, VALID) is None


@given(deadlines=st.lists(days, max_size=5), today=days)
def test_next_deadline_is_never_past_and_none_is_sooner(deadlines: list[dt.date], today: dt.date) -> None:
    found = next_deadline(course(*({"id": f"r{n}", "apply_by": d} for n, d in enumerate(deadlines))), today, VALID)
    ahead = [d for d in deadlines if d >= today]
    assert found == (min(ahead) if ahead else None)
