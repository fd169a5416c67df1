"""Dates are true on the day they are read: the browser's clock is moved, and every claim of a page is held against the rules."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from served import Served
from small import HOME, TODAY, Small

from kurskatalog.model.catalogue import Catalogue
from kurskatalog.model.records import CourseFile, RunFile
from kurskatalog.output.docs.templates import environment
from kurskatalog.pipeline.load import load
from kurskatalog.view.dates import has_begun, is_unconfirmed, next_deadline, sort_day, state_of, verified_on
from kurskatalog.words import Words

pytestmark = pytest.mark.xdist_group("browser-dates")
Site = tuple[Served, dt.date]
DAY = dt.timedelta(days=1)
NB = Words("nb")
# Days on which something changes in `projects/good/states`, and those after them. Claims of 2026-11-20 hold 200 days.
TURNS = [
    "2026-11-21",
    "2026-12-01",
    "2026-12-05",
    "2026-12-15",
    "2027-01-10",
    "2027-01-15",
    "2027-02-01",
    "2027-05-15",
    "2027-06-08",
]
DAYS = sorted({dt.date.fromisoformat(turn) + step * DAY for turn in TURNS for step in (0, 1)} | {dt.date(2028, 2, 1)})


def run_of(**values: Any) -> tuple[RunFile, CourseFile]:
    context = {"language": "nb"}
    run = RunFile.model_validate({"id": "r", **{k: v for k, v in values.items() if v}}, context=context)
    course = {"title": "Et kurs", "summary": "Om det.", "themes": ["ki"], "runs": []}
    return run, CourseFile.model_validate(course, context=context)


def test_the_browser_tells_what_the_program_tells(readers: Any, states: Site) -> None:
    """Every run of a grid of dates, on the same day: state, begun, unconfirmed and deadline are the same in both languages."""
    now = dt.date(2027, 3, 1)
    around = [None, *(now + n * DAY for n in (-400, -15, -1, 0, 1, 14, 15, 200))]
    runs = [
        {"start": start, "end": end, "apply_by": apply_by, "verified_on": seen, "term": term}
        for start, end, apply_by in itertools.product(around, repeat=3)
        for seen in (None, now - 365 * DAY, now - 366 * DAY)
        for term in ((None,) if start else (None, "2026-host", "2027-var"))
    ]
    expected = []
    for values in runs:
        run, course = run_of(**values)
        state, unconfirmed = state_of(run, course, now, 365), is_unconfirmed(run, course, now, 365)
        alone = course.model_copy(update={"runs": (run,)})
        deadline = next_deadline(alone, now, 365)
        expected.append([state, has_begun(run, now), unconfirmed, deadline.isoformat() if deadline else None])
    page = readers.open(states, "om/")
    plain = [
        {key: value.isoformat() if isinstance(value, dt.date) else value for key, value in run.items()} for run in runs
    ]
    told = page.evaluate(
        """async ([runs, now]) => {
          const d = await import(new URL("/assets/kk-dates.js", location).href);
          return runs.map((r) => {
            const run = { start: d.day(r.start), end: d.day(r.end), applyBy: d.day(r.apply_by), verified: d.day(r.verified_on),
                          term: r.term, valid: 365 };
            const last = d.deadline(run, d.day(now));
            return [d.state(run, d.day(now)), d.begun(run, d.day(now)), d.unconfirmed(run, d.day(now)), last == null ? null : d.iso(last)];
          });
        }""",
        [plain, now.isoformat()],
    )
    assert len(told) > 2000
    assert told == expected


def each_day(page: Any) -> Iterator[dt.date]:
    """The clock of an open page on one day after the other; the page notices as it does after a night."""
    for day in DAYS:
        page.clock.set_fixed_time(dt.datetime.combine(day, dt.time(12), dt.UTC))
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        yield day


@pytest.mark.parametrize("name", ["apent", "snart", "stengt", "pagar", "ferdig", "termin"])
def test_a_course_says_what_holds_that_day(readers: Any, states: Site, catalogue: Catalogue, name: str) -> None:
    words = environment(HOME / "theme", "nb").globals["state_words"]
    facts = catalogue.courses[f"kystskolen/{name}"].facts
    page = readers.open(states, f"kurs/kystskolen/{name}/", own=True)
    for day in each_day(page):
        boxes = {key: runs_in(page, place) for key, place in (("coming", ".kk-coming"), ("past", ".kk-past"))}
        expected: dict[str, list[tuple[str, bool, bool]]] = {"coming": [], "past": []}
        for run in sorted(facts.runs, key=lambda run: (sort_day(run), run.id)):
            state, past = state_of(run, facts, day, 200), has_begun(run, day)
            text = words["begun" if past and state == "unknown" else state]
            doubt = not past and is_unconfirmed(run, facts, day, 200)
            applies = bool(run.apply_url) and state in ("open", "closing")
            expected["past" if past else "coming"].append((text, doubt, applies))
        expected["past"].reverse()
        assert boxes == expected, day
        assert page.locator(".kk-no-start").is_visible() == (not expected["coming"])
        assert not page.locator(".kk-asof:visible").count()
        deadline = next_deadline(facts, day, 200)
        shown = page.locator("[data-pick=deadline]").first.inner_text().strip()
        assert shown == (NB.day(deadline) if deadline else NB("not known")), day


def runs_in(page: Any, place: str) -> list[tuple[str, bool, bool]]:
    """(words of the state, whether it says unconfirmed, whether one can apply) of the runs there, also in what is folded."""
    rows = page.evaluate(
        """(place) => [...document.querySelectorAll(`${place} .kk-run`)].map((run) => [
             run.querySelector(".kk-badge").textContent, !run.querySelector(".kk-doubt").hidden,
             Boolean(run.querySelector(".kk-apply") && !run.querySelector(".kk-apply").hidden)])""",
        place,
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("path", ["kurs/", "tilbydere/kystskolen/"])
def test_lists_show_the_deadlines_that_have_not_passed(
    readers: Any, states: Site, catalogue: Catalogue, path: str
) -> None:
    page = readers.open(states, path, own=True)
    for day in each_day(page):
        rows = page.evaluate(
            """() => [...document.querySelectorAll(".kk-list tbody tr")].filter((row) => row.querySelector(".kk-pick")).map((row) => [
                 row.querySelector("a").getAttribute("href").replace(/^.*kurs\\//, "").replace(/\\/$/, ""),
                 row.querySelector(".kk-dated:not([hidden]) time")?.dateTime ?? null])"""
        )
        deadlines = {c.id: next_deadline(c.facts, day, 200) for c in catalogue.courses.values()}
        assert dict(rows) == {ident: d.isoformat() if d else None for ident, d in deadlines.items()}, day


def test_the_home_page_shows_the_next_deadlines(readers: Any, states: Site, catalogue: Catalogue) -> None:
    page = readers.open(states, own=True)
    for day in each_day(page):
        deadlines = [next_deadline(c.facts, day, 200) for c in catalogue.courses.values()]
        soon = [d.isoformat() for d in sorted(filter(None, deadlines))][:5]
        times = page.locator(".kk-soon tbody tr:visible .kk-dated:visible time")
        assert [one.get_attribute("datetime") for one in times.all()] == soon, day
        assert page.locator("#frister").is_visible() == bool(soon), day


def test_the_calendar_hides_what_has_passed(readers: Any, states: Site, catalogue: Catalogue) -> None:
    page = readers.open(states, "kalender/", own=True)
    for day in each_day(page):
        expected = sorted(
            moment.isoformat()
            for course in catalogue.courses.values()
            for run in course.facts.runs
            for moment in (run.apply_by, run.start)
            if moment and moment >= day
        )
        days = page.locator(".kk-day[data-day]:visible")
        assert days.evaluate_all("(days) => days.map((one) => one.dataset.day)") == expected, day
        months = page.locator(".kk-period:visible:has([data-day]) h2").all_inner_texts()
        assert months == list(dict.fromkeys(NB.month(dt.date.fromisoformat(one)) for one in expected)), day
        terms = page.locator(".kk-day:visible:not([data-day])").count()
        assert terms == (day <= dt.date(2027, 12, 31)), day
        assert page.locator(".kk-no-days").is_visible() == (not expected and not terms), day
        doubts = page.locator(".kk-day:visible .kk-doubt:visible").count()
        assert doubts == (len(expected) + terms if day > dt.date(2027, 6, 8) else 0), day


def test_an_old_claim_says_since_when(readers: Any, states: Site) -> None:
    page = readers.open(states, "kurs/kystskolen/apent/", day=dt.date(2027, 6, 9))
    run = page.locator(".kk-coming .kk-run")
    assert run.locator(".kk-badge").inner_text() == NB("Dates not known")
    assert "20. november 2026" in run.locator(".kk-doubt").inner_text()
    assert "20. november 2026" in page.locator(".kk-source .kk-doubt").inner_text()
    assert NB("not confirmed") in page.locator(".kk-facts [data-pick=start]").inner_text()


def test_a_course_with_no_known_run_leads_to_its_provider(readers: Any, states: Site) -> None:
    for path, day, address in (
        ("kurs/kystskolen/uten-datoer/", TODAY, "https://kystskolen.example/"),
        ("kurs/kystskolen/apent/", dt.date(2028, 1, 1), "https://kystskolen.example/apent"),
    ):
        page = readers.open(states, path, day=day)
        assert page.locator(".kk-no-start a:visible").get_attribute("href") == address


def test_without_script_a_page_says_as_of_when(readers: Any, states: Site, catalogue: Catalogue) -> None:
    page = readers.open(states, "kurs/kystskolen/apent/", script=False)
    assert "21. november 2026" in page.locator(".kk-coming .kk-asof").first.inner_text()
    for path in ("", "kurs/", "kalender/", "tilbydere/kystskolen/"):
        page.goto(f"{states[0].address}{path}")
        assert "21. november 2026" in page.locator(".kk-asof:visible").first.inner_text(), path
    state = state_of(
        catalogue.courses["kystskolen/apent"].facts.runs[0], catalogue.courses["kystskolen/apent"].facts, TODAY, 200
    )
    assert state == "open"


def test_on_paper_the_day_of_reading_stands_beside_what_holds(readers: Any, states: Site) -> None:
    page = readers.open(states, day=dt.date(2026, 12, 5))
    for path, said in (
        ("kurs/kystskolen/apent/", "per 5. desember 2026"),
        ("en/kurs/", "5 December 2026"),
        ("nn/kalender/", "5. desember 2026"),
    ):
        page.emulate_media(media="screen")
        page.goto(f"{states[0].address}{path}")
        assert page.locator(".kk-asof:visible").count() == 0
        page.emulate_media(media="print")
        assert said in page.locator(".kk-asof:visible").first.inner_text()


def test_a_page_left_open_over_midnight_is_told_anew(readers: Any, states: Site) -> None:
    page = readers.open(states, "kurs/kystskolen/snart/", day=dt.date(2026, 12, 1), own=True)
    badge = page.locator(".kk-coming .kk-badge")
    assert badge.inner_text() == NB("Closing soon")
    page.clock.set_fixed_time(dt.datetime(2026, 12, 2, 6, tzinfo=dt.UTC))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert badge.inner_text() == NB("Applications closed")


def test_the_shipped_catalogue_claims_nothing_that_has_passed(readers: Any, shipped: Site, own: Small) -> None:
    """Read five years later, no course of it is open, and none has a coming start."""
    loaded = load(own.project, today=own.today)
    assert loaded.catalogue
    with_runs = [c for c in loaded.catalogue.courses.values() if any(verified_on(r, c.facts) for r in c.facts.runs)]
    for course in with_runs[:6]:
        page = readers.open(shipped, f"kurs/{course.id}/", day=shipped[1] + 1826 * DAY)
        assert page.locator("[data-state=open], [data-state=closing], .kk-apply:visible").count() == 0
        assert page.locator(".kk-no-start").is_visible() or page.locator(".kk-coming .kk-doubt:visible").count()
        readers.leave()
