"""Every kind of page in a real browser, under its own headers: one visit each, in which everything is asked that holds for all pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from kinds import KINDS, links, other_languages, settled, unfold, violations, widths
from served import Served

pytestmark = pytest.mark.xdist_group("browser-pages")
Site = tuple[Served, dt.date]
LANGUAGES = {"nb": "", "nn": "nn/", "en": "en/"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_page_is_for_everyone(readers: Any, states: Site, kind: str) -> None:
    """axe finds nothing on a wide screen in the light and on a phone in the dark, with everything open; nothing scrolls sideways.

    WCAG 2.1 A and AA. The button for the dark view works, so the page's scripts run under its policy. The switch leads to the
    same page in other languages. Without script title and links are there; nothing waits for a script that does not come.
    """
    page = settled(readers.open(states, KINDS[kind], calm=True))
    others, shown, title = other_languages(page), links(page), page.locator("h1").inner_text()
    fits(page, finder=kind == "finder")
    assert others == {
        language: [f"{states[0].address}{folder}{KINDS[kind]}", language, language]
        for language, folder in LANGUAGES.items()
    }
    without = readers.open(states, KINDS[kind], script=False)
    assert without.locator("h1").inner_text() == title
    if kind != "finder":  # the ways to every course without it have a test of their own
        assert shown <= links(without)
    assert without.locator("button:not([type=submit]):visible, progress:visible, textarea:visible").count() == 0


def test_a_lost_page_is_for_everyone(readers: Any, states: Site) -> None:
    fits(readers.open(states, "finnes/ikke/", calm=True, expected="404"))


def fits(page: Any, *, finder: bool = False) -> None:
    """Nobody is shut out of the page as it stands, wide or narrow, light or dark."""
    found: dict[str, Any] = {"wide": violations(page)}
    unfold(page)
    found["sideways"] = widths(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    if finder:  # under the menu, which is open as well
        page.locator(".kk-filter-button").dispatch_event("click")
    found["phone"] = violations(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator(".kk-theme").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") != scheme


def test_the_policy_allows_no_script_in_the_page(readers: Any, states: Site) -> None:
    policy = states[0].headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    page = readers.open(states, "om/", expected="Content Security Policy")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))")
    assert page.evaluate("window.ran") is None


def test_a_broken_policy_is_noticed(readers: Any, states: Site) -> None:
    """The watch over the console works: an inline script is refused, and that is a complaint."""
    page = readers.open(states, "om/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))")
    page.evaluate("console.error('slutt')")
    assert any("Content Security Policy" in text for text in readers.complaints)
    readers.complaints.clear()


def test_a_request_to_another_host_is_noticed(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/")
    page.evaluate("fetch('https://annetsteds.example/').catch(() => null)")
    page.evaluate("console.error('slutt')")
    assert readers.complaints
    readers.complaints.clear()


def test_axe_would_find_something(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/")
    page.evaluate("document.querySelector('h1').append(document.createElement('img'))")
    assert [rule for rule, _, _ in violations(page)] == ["image-alt"]


def test_a_page_that_is_too_wide_would_be_found(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/")
    page.evaluate("document.querySelector('article h1').style.minWidth = '700px'")
    assert [width for width, _ in widths(page)] == [640, 320]


def test_the_language_switch_is_pressed(readers: Any, states: Site) -> None:
    page = readers.open(states, KINDS["course"])
    for language, folder in list(LANGUAGES.items())[::-1]:
        page.locator(f".kk-languages a[hreflang={language}]").click()
        page.wait_for_url(f"{states[0].address}{folder}{KINDS['course']}")
        assert page.locator("html").get_attribute("lang") == language


def test_a_lost_address_leads_home(readers: Any, states: Site) -> None:
    page = readers.open(states, "finnes/ikke/", expected="404")
    page.locator(".kk-lost a").first.click()
    page.wait_for_url(states[0].address)


def test_the_shipped_home_page_runs(readers: Any, shipped: Site) -> None:
    page = readers.open(shipped)
    assert page.locator("h1").count() == 1
