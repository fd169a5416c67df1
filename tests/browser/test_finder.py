"""The finder, the search field of the header and the list, in a real browser: with the keyboard, on a phone, on another day."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from kinds import settled, unfold, violations, widths
from playwright.sync_api import expect
from served import Served
from small import HOME, TODAY

from kurskatalog.model.catalogue import Catalogue
from kurskatalog.view.dates import state_of
from kurskatalog.view.finder import build_finder
from kurskatalog.words.search import forms, stem, tokens, variants

pytestmark = pytest.mark.xdist_group("browser-finder")
Site = tuple[Served, dt.date]
DAY = dt.timedelta(days=1)


def ready(page: Any) -> Any:
    page.wait_for_selector(".kk-finder-ready")
    return page


def titles(page: Any) -> list[str]:
    return [text.strip() for text in page.locator(".kk-results h3").all_inner_texts()]


def found(page: Any, text: str) -> None:
    expect(page.locator(".kk-finder-status")).to_have_text(text)


def count_of(page: Any, kind: str, value: str) -> int:
    row = page.locator(".kk-filter", has=page.locator("summary", has_text=kind)).locator("li", has_text=value).first
    return (
        int(row.locator(".kk-value-count").text_content()) if row.count() and row.get_attribute("hidden") is None else 0
    )


def choose(page: Any, kind: str, value: str) -> None:
    box = page.locator(".kk-filter", has=page.locator("summary", has_text=re.compile(f"^{kind}$"))).first
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    box.get_by_label(value).first.check()


# --- words and data: the browser reads what the program writes -----------------------------------------------------------------------


def test_the_browser_sees_words_as_the_program_does(readers: Any, states: Site) -> None:
    texts = [
        *(HOME / "content").rglob("*.yml"),
        *(HOME / "modules").rglob("*.md"),
        HOME / "tests" / "finder" / "titles.tsv",
    ]
    listed = sorted({token for file in texts for token in tokens(file.read_text("utf-8"))})
    assert len(listed) > 4500
    page = readers.open(states, "om/")
    told = page.evaluate(
        """async (list) => {
          const { forms, stem, variants } = await import("/assets/kk-words.js");
          return list.map((word) => [variants(word), variants(word).map(stem), forms(word)]);
        }""",
        listed,
    )
    ours = [[list(variants(w)), [stem(v) for v in variants(w)], list(forms(w))] for w in listed]
    assert [(w, a, b) for w, a, b in zip(listed, told, ours, strict=True) if a != b] == []


def test_the_browser_reads_the_columns_of_all_courses(readers: Any, states: Site, catalogue: Catalogue) -> None:
    view = build_finder(catalogue, "nb", TODAY)
    page = readers.open(states, "om/")
    told = page.evaluate(
        """async (day) => {
          const { Courses } = await import("/assets/kk-data.js");
          const dates = await import("/assets/kk-dates.js");
          const data = await (await fetch("/finn/data/kurs.json")).json();
          const courses = new Courses(data, dates.day(day));
          return [...Array(courses.count).keys()].map((number) => {
            const entry = courses.entry(number);
            return { ...entry, states: entry.runs.map((run) => dates.state(run, courses.today)) };
          });
        }""",
        TODAY.isoformat(),
    )
    assert [one["path"] for one in told] == [course.path for course in view.courses]
    assert [one["title"] for one in told] == [course.title.text for course in view.courses]
    assert [one["credits"] for one in told] == [course.credits for course in view.courses]
    assert [one["places"] for one in told] == [", ".join(course.places) for course in view.courses]
    facts = [catalogue.courses[course.path.removeprefix("kurs/")].facts for course in view.courses]
    days = catalogue.settings.claims_valid_days
    for one, course in zip(told, facts, strict=True):
        last = [run for run in course.runs if run.end and run.end < TODAY][-1:]
        kept = [run for run in course.runs if not (run.end and run.end < TODAY) or run in last]
        assert sorted(one["states"]) == sorted(state_of(run, course, TODAY, days) for run in kept)


# --- the search field of the header --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "width"), [("/", 1280), ("Control+k", 1280), ("/", 390)])
def test_the_keyboard_finds_chooses_and_closes(readers: Any, states: Site, key: str, width: int) -> None:
    page = readers.open(states, "om/", width=width)
    page.keyboard.press(key)
    field = page.locator(".kk-find input")
    assert field.evaluate("field => field === document.activeElement")
    page.keyboard.type("apent kurs")
    page.locator("#kk-hit-0").wait_for()
    assert re.match(r"\d+ treff", page.locator(".kk-hits-status").inner_text())
    assert page.locator(".kk-hits-status").get_attribute("role") == "status"
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "kk-hit-0"
    assert page.locator("#kk-hit-0").get_attribute("aria-selected") == "true"
    text = page.locator("#kk-hit-0").inner_text()
    assert "Åpent kurs" in text
    assert "Kystskolen" in text
    assert "nivå 5.1" in text
    assert "5 studiepoeng" in text
    assert "15. jan. 2027" in text
    page.keyboard.press("Escape")
    assert page.locator(".kk-hits-panel").is_hidden()
    page.keyboard.press(key)
    page.keyboard.type("apent kurs")
    page.locator("#kk-hit-0").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kurs/kystskolen/apent/")


def test_enter_without_a_choice_goes_to_the_finder(readers: Any, states: Site) -> None:
    page = readers.open(states, "moduler/")
    page.keyboard.press("/")
    page.keyboard.type("modul")
    page.keyboard.press("Enter")
    page.wait_for_url("**/finn/?q=modul")
    assert titles(ready(page))


def test_a_slash_in_a_field_is_a_slash(readers: Any, states: Site) -> None:
    page = ready(readers.open(states, "finn/"))
    page.locator(".kk-finder-field").fill("a")
    page.locator(".kk-finder-field").press("End")
    page.keyboard.press("/")
    assert page.locator(".kk-finder-field").input_value() == "a/"


def test_a_slip_is_answered_with_the_right_word(readers: Any, shipped: Site) -> None:
    page = readers.open(shipped)
    page.keyboard.press("/")
    page.keyboard.type("velferdsteknolgi")
    page.locator("#kk-hit-0").wait_for()
    status = page.locator(".kk-hits-status").inner_text()
    assert "velferdsteknolgi" in status
    assert "velferdsteknologi" in status
    assert "velferdsteknologi" in page.locator("#kk-hit-0").inner_text()


def test_the_passage_that_was_found_is_shown(readers: Any, shipped: Site) -> None:
    page = ready(readers.open(shipped, "finn/?q=tildelingskriterier"))
    page.wait_for_selector(".kk-results mark")
    assert any("tildelingskriteri" in text.lower() for text in page.locator(".kk-results mark").all_inner_texts())


# --- filters ---------------------------------------------------------------------------------------------------------------------------


def test_kinds_are_and_values_are_or_and_counts_say_what_is_left(readers: Any, states: Site) -> None:
    page = ready(readers.open(states, "finn/"))
    whole = titles(page)
    found(page, f"{len(whole)} kurs")
    left = count_of(page, "Søknad", "Åpen for søknad")
    assert 0 < left < len(whole)
    choose(page, "Søknad", "Åpen for søknad")
    found(page, f"{left} kurs")
    more = count_of(page, "Søknad", "Begynn når du vil")
    assert more
    choose(page, "Søknad", "Begynn når du vil")
    found(page, f"{left + more} kurs")
    one = count_of(page, "Studieform", "Selvstudium")
    choose(page, "Studieform", "Selvstudium")
    found(page, f"{one} kurs")
    for row in page.locator(".kk-filter li:not([hidden])").all():
        assert row.locator(".kk-value-count").text_content() != "0" or row.locator("input").is_checked()
    page.locator(".kk-chip", has_text="Selvstudium").click()
    found(page, f"{left + more} kurs")
    page.locator(".kk-chip-all").click()
    found(page, f"{len(whole)} kurs")
    assert page.url.endswith("/finn/")


def test_what_is_chosen_stands_in_the_address(readers: Any, states: Site) -> None:
    page = ready(readers.open(states, "finn/"))
    choose(page, "Søknad", "Åpen for søknad")
    page.locator(".kk-finder-field").fill("kurs")
    page.wait_for_url("**q=kurs**")
    page.locator(".kk-sort select").select_option("title")
    page.wait_for_url("**sorter=title**")
    page.locator(".kk-results h3").first.wait_for()
    address, shown = page.url, titles(page)
    other = ready(readers.open(states, address.removeprefix(states[0].address)))
    assert titles(other) == shown
    assert shown == sorted(shown, key=str.casefold)
    assert other.locator(".kk-chip", has_text="Åpen for søknad").count() == 1
    page.go_back()
    page.wait_for_url(lambda url: "sorter" not in url)


def test_text_and_filters_together(readers: Any, states: Site) -> None:
    page = ready(readers.open(states, "finn/?q=kystskolen"))
    kinds = page.locator(".kk-types button").all_inner_texts()
    assert {text.split()[0] for text in kinds} >= {"Alle", "Kurs", "Moduler", "Tilbydere"}
    page.locator(".kk-types button", has_text="Moduler").click()
    page.wait_for_url("**slag=module**")
    assert all("Modul" in text for text in page.locator(".kk-result-facts").all_inner_texts())
    page.locator(".kk-types button", has_text="Alle").click()
    choose(page, "Søknad", "Åpen for søknad")
    page.wait_for_selector(".kk-chip")
    expect(page.locator(".kk-types")).to_be_hidden()
    assert all("Kurs" in text for text in page.locator(".kk-result-facts").all_inner_texts())


@pytest.mark.parametrize("sort", ["deadline", "start", "credits"])
def test_courses_can_be_put_in_order(readers: Any, states: Site, sort: str) -> None:
    page = ready(readers.open(states, f"finn/?sorter={sort}"))
    order = page.evaluate(
        """async (sort) => {
          const { Courses } = await import("/assets/kk-data.js");
          const data = await (await fetch("/finn/data/kurs.json")).json();
          const { today } = await import("/assets/kk-dates.js");
          const courses = new Courses(data, today());
          const value = { deadline: (c) => courses.deadlines[c], start: (c) => courses.starts[c],
                          credits: (c) => -(courses.entry(c).credits ?? 0) }[sort];
          return Object.fromEntries([...Array(courses.count).keys()].map((c) => [courses.titles[c], value(c)]));
        }""",
        sort,
    )
    values = [order[title] for title in titles(page)]
    assert values == sorted(values)


def test_the_clock_moves_on(readers: Any, states: Site) -> None:
    """What is open today is not open the day after its deadline, though the page is the same."""
    now = ready(readers.open(states, "finn/?soknad=open"))
    before = set(titles(now))
    assert "Åpent kurs" in before
    last = ready(readers.open(states, "finn/?soknad=open", day=dt.date(2027, 5, 15)))
    assert "Åpent kurs" in titles(last)
    later = ready(readers.open(states, "finn/?soknad=open", day=dt.date(2027, 6, 1)))
    assert "Åpent kurs" not in titles(later)
    assert "Åpen for søknad" not in " ".join(later.locator(".kk-results .kk-badge").all_inner_texts())


def test_on_a_phone_the_filters_lie_behind_a_button_that_says_how_many_are_on(readers: Any, states: Site) -> None:
    page = ready(readers.open(states, "finn/?soknad=open", width=390))
    button = page.locator(".kk-filter-button")
    assert button.inner_text() == "Filtre (1 på)"
    assert page.locator(".kk-filters").is_hidden()
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    choose(page, "Søknad", "Begynn når du vil")
    expect(button).to_have_text("Filtre (2 på)")
    page.locator(".kk-filters-done").click()
    assert page.locator(".kk-filters").is_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("lang", ["nn", "en"])
def test_the_finder_speaks_all_languages(readers: Any, states: Site, lang: str) -> None:
    page = ready(readers.open(states, f"{lang}/finn/?q=kystskolen"))
    words = {"nn": ("treff", "Filter", "Finn kurs"), "en": ("results", "Filters", "Find a course")}[lang]
    assert words[0] in page.locator(".kk-finder-status").inner_text()
    assert page.locator(".kk-filters").get_attribute("aria-label") == words[1]
    assert page.locator("h1").inner_text() == words[2]
    assert all(f"/{lang}/" in a.get_attribute("href") for a in page.locator(".kk-results h3 a").all())


def test_without_script_every_course_can_be_reached(readers: Any, states: Site, catalogue: Catalogue) -> None:
    page = readers.open(states, "finn/", script=False)
    ways = {a.get_attribute("href") for a in page.locator(".kk-finder-ways .kk-ways a").all()}
    reached = set()
    for way in ways:
        page.goto(f"{states[0].address}finn/{way}")
        reached |= {a.get_attribute("href") for a in page.locator("a").all()}
    for ident in catalogue.courses:
        assert any(str(address).endswith(f"kurs/{ident}/") for address in reached), ident


def test_hostile_data_comes_out_as_text(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/", expected="404", own=True)  # the address follows from the title
    bad = "<img src=x onerror=window.ran=1><script>window.ran=1</script>"

    def poison(route: Any) -> None:
        text = route.fetch().text()
        route.fulfill(body=text.replace("Åpent kurs", json.dumps(bad)[1:-1]), content_type="application/json")

    page.route("**/finn/data/*.json*", poison)
    page.goto(f"{states[0].address}finn/?q=apent")
    ready(page)
    page.wait_for_selector(".kk-results h3")
    assert bad in " ".join(titles(page))
    assert page.locator(".kk-results img, .kk-results script").count() == 0
    page.goto(f"{states[0].address}finn/liste/?l=kurs/kystskolen/apent,kurs/kystskolen/snart")
    page.wait_for_selector(".kk-compare th")
    assert page.locator(".kk-shortlist img, .kk-shortlist script").count() == 0
    assert page.evaluate("window.ran") is None


def test_a_site_without_an_index_says_so_and_filters(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/", expected="404", own=True)
    page.route("**/search/index.json", lambda route: route.fulfill(status=404, body=""))
    page.goto(f"{states[0].address}finn/?q=kurs")
    ready(page)
    assert "Tekstsøket er ikke her" in page.locator(".kk-finder-note").inner_text()
    assert titles(page)


# --- data that do not come -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kurs", "words"])
def test_a_finder_without_its_data_says_so_and_tries_again(readers: Any, states: Site, name: str) -> None:
    page = readers.open(states, "om/", expected="503", own=True)
    page.route(f"**/finn/data/{name}.json", lambda route: route.fulfill(status=503, body=""))
    page.goto(f"{states[0].address}finn/")
    expect(page.get_by_role("alert")).to_contain_text("Listen kom ikke fram")
    assert page.locator(".kk-finder-ways a").first.is_visible()
    assert page.locator(".kk-results").count() == 0
    assert list(violations(page)) == []
    page.get_by_role("button", name="Prøv igjen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.unroute_all()
    page.get_by_role("button", name="Prøv igjen").click()
    ready(page)
    assert page.get_by_role("alert").count() == 0
    assert titles(page)


def test_a_finder_whose_data_stay_away_gives_up_waiting(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/", expected="AbortError", own=True)
    page.add_init_script(
        "const later = setTimeout; window.setTimeout = (work, ms, ...more) => later(work, ms < 30000 ? ms : ms / 100, ...more);"
    )
    held: list[Any] = []
    page.route("**/finn/data/kurs.json", lambda route: held.append(route))
    page.goto(f"{states[0].address}finn/", wait_until="commit")
    expect(page.get_by_role("alert")).to_contain_text("Listen kom ikke fram")
    assert held
    page.unroute_all(behavior="ignoreErrors")


def test_what_is_typed_while_the_data_come_is_searched_for(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/", own=True)
    held: list[Any] = []
    page.route("**/finn/data/kurs.json", lambda route: held.append(route))
    page.goto(f"{states[0].address}finn/", wait_until="commit")
    page.get_by_label("Hva vil du lære?").type("åpent kurs")
    for route in held:
        route.continue_()
    ready(page)
    expect(page.locator(".kk-results h3").first).to_have_text("Åpent kurs")
    assert page.locator(".kk-finder-field").input_value() == "åpent kurs"
    assert "?q=" in page.url


def test_a_list_whose_entries_do_not_come_is_not_called_empty(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/", expected="503", own=True)
    page.route("**/finn/data/first.json", lambda route: route.fulfill(status=503, body=""))
    page.goto(f"{states[0].address}finn/liste/?l=kurs/kystskolen/apent")
    expect(page.get_by_role("alert")).to_contain_text("Listen kom ikke fram")
    assert page.locator(".kk-finder-status").inner_text() == ""
    page.unroute_all()
    page.get_by_role("button", name="Prøv igjen").click()
    expect(page.locator(".kk-mine-list h2")).to_have_text("Åpent kurs")


# --- the list --------------------------------------------------------------------------------------------------------------------------


def test_a_list_is_kept_compared_and_sent(readers: Any, states: Site) -> None:
    page = readers.open(states, "kurs/")
    stars = page.locator(".kk-list .kk-keep")
    assert stars.count() == page.locator(".kk-list tbody tr").count()
    for number in range(3):
        stars.nth(number).click()
        assert stars.nth(number).get_attribute("aria-pressed") == "true"
    stars.nth(2).click()
    assert page.locator(".kk-mine-number").inner_text() == "2"
    page.goto(f"{states[0].address}kurs/kystskolen/apent/")
    named = page.locator(".kk-keep-named")
    if named.get_attribute("aria-pressed") == "false":
        named.click()
    page.goto(f"{states[0].address}moduler/kystskolen/grunnlag/")
    page.locator(".kk-keep-named").click()
    page.locator(".kk-mine").click()
    page.wait_for_selector(".kk-mine-list li")
    number = page.locator(".kk-mine-list li").count()
    assert number in (3, 4)
    assert page.locator(".kk-compare thead th").count() == min(4, number)
    rows = dict(zip(page.locator(".kk-compare tbody th").all_inner_texts(), range(20), strict=False))
    assert {"Nivå", "Studiepoeng", "Neste søknadsfrist", "Pris"} <= set(rows)
    page.locator(".kk-mine-list input").first.uncheck()
    assert page.locator(".kk-compare thead th").count() == number - 1
    address = page.locator(".kk-mine-address").input_value()
    assert page.context.cookies() == []
    friend = readers.open(states, address.partition(".example/")[2] or address.removeprefix(states[0].address))
    friend.wait_for_selector(".kk-mine-list li")
    assert friend.locator(".kk-mine-list li").count() == number
    assert friend.evaluate("localStorage.getItem('kurskatalog.list')") is None
    friend.locator(".kk-mine-tools .kk-button-first").click()
    friend.wait_for_url("**/finn/liste/")
    friend.wait_for_selector(".kk-mine-list li")
    assert len(json.loads(friend.evaluate("localStorage.getItem('kurskatalog.list')"))) == number


def test_at_most_four_are_compared(readers: Any, states: Site, catalogue: Catalogue) -> None:
    paths = [f"kurs/{ident}" for ident in catalogue.courses][:6]
    page = readers.open(states, f"finn/liste/?l={','.join(paths)},kurs/finnes/ikke,javascript:alert(1)")
    page.wait_for_selector(".kk-compare thead th")
    assert page.locator(".kk-mine-list li").count() == len(paths)
    assert page.locator(".kk-compare thead th").count() == 4
    assert page.locator(".kk-mine-list input:disabled").count() == len(paths) - 4


def test_what_is_read_alone_has_no_deadline_to_compare(readers: Any, states: Site) -> None:
    page = readers.open(
        states, "finn/liste/?l=kurs/kystskolen/apent,kurs/kystskolen/egen-hand,moduler/kystskolen/grunnlag"
    )
    page.wait_for_selector(".kk-compare thead th")
    rows = {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts()
        for row in page.locator(".kk-compare tbody tr").all()
    }
    assert rows["Neste søknadsfrist"] == ["15. jan. 2027", "ingen søknad", "ingen søknad"]
    assert rows["Start"] == ["1. feb. 2027", "når du vil", "når du vil"]
    assert rows["Sted"] == ["Bodø", "hvor som helst", "hvor som helst"]
    wide = page.locator(".kk-compare-scroll").evaluate("box => box.firstElementChild.offsetWidth / box.clientWidth")
    assert wide > 0.99


def test_a_course_is_kept_from_the_calendar(readers: Any, states: Site) -> None:
    page = readers.open(states, "kalender/")
    star = page.locator(".kk-day:visible", has_text="Åpent kurs").first.locator(".kk-keep")
    star.click()
    assert star.get_attribute("aria-pressed") == "true"
    assert json.loads(page.evaluate("localStorage.getItem('kurskatalog.list')")) == ["kurs/kystskolen/apent"]


def test_a_browser_that_keeps_nothing_is_no_trouble(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/", own=True)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('nei'); } })")
    page.goto(f"{states[0].address}kurs/")
    page.locator(".kk-list .kk-keep").first.click()
    page.goto(f"{states[0].address}finn/liste/")
    page.wait_for_selector(".kk-finder-status")


# --- for everyone ----------------------------------------------------------------------------------------------------------------------

LIST = "finn/liste/?l=kurs/kystskolen/apent,kurs/kystskolen/snart,moduler/kystskolen/grunnlag"


@pytest.mark.parametrize("path", ["finn/?q=kystskolen&soknad=open", "finn/?q=kystskolen", LIST])
def test_axe_finds_nothing(readers: Any, states: Site, path: str) -> None:
    """On a wide screen in the light, on a phone in the dark, with everything that can be folded open; nothing is too wide."""
    page = settled(readers.open(states, path, calm=True))
    expect(page.locator(".kk-finder-status")).to_have_text(re.compile("[a-z]"))
    unfold(page)
    assert violations(page) == []
    assert widths(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    if "liste" not in path:  # under the menu, which is open as well
        page.locator(".kk-filter-button").dispatch_event("click")
        assert page.locator(".kk-filters").is_visible()
    assert violations(page) == []


def test_axe_finds_nothing_in_the_header_s_results(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/", calm=True)
    page.keyboard.press("/")
    page.keyboard.type("kurs")
    page.locator("#kk-hit-0").wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    assert page.locator("#kk-hit-0").is_visible()
    assert violations(page) == []
