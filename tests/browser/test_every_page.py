"""Every kind of page in a real browser, under its own headers: nothing breaks, nothing is fetched from elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from served import Served

pytestmark = pytest.mark.xdist_group("browser-pages")

# One page of every kind, in `projects/good/states`.
KINDS = {
    "home": "",
    "course": "kurs/kystskolen/apent/",
    "course with no run": "kurs/kystskolen/uten-datoer/",
    "course on one's own": "kurs/kystskolen/egen-hand/",
    "module": "moduler/kystskolen/grunnlag/",
    "module with things to do": "moduler/kystskolen/oppgaver/",
    "courses": "kurs/",
    "modules": "moduler/",
    "providers": "tilbydere/",
    "provider": "tilbydere/kystskolen/",
    "levels": "nivaa/",
    "level": "nivaa/5.1/",
    "themes": "tema/",
    "theme": "tema/energi/",
    "counties": "fylke/",
    "county": "fylke/18/",
    "plans": "planer/",
    "plan": "planer/kystarbeider/",
    "written": "om/",
    "status": "status/",
}
Site = tuple[Served, dt.date]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_runs_under_its_policy(readers: Any, states: Site, kind: str) -> None:
    """The headers are on, and what the page's scripts do works (the button for the dark view)."""
    served, _ = states
    page = readers.open(states, KINDS[kind])
    assert "script-src 'self'" in served.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in served.headers["Content-Security-Policy"]
    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    page.locator(".kk-theme").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") != scheme


def test_a_broken_policy_is_noticed(readers: Any, states: Site) -> None:
    """The watch over the console works: an inline script is refused, and that is a complaint."""
    page = readers.open(states, "om/", expected="Content Security Policy")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))")
    assert page.evaluate("window.ran") is None
    readers.complaints.clear()
    page = readers.open(states, "om/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'window.ran = true'}))")
    page.evaluate("console.error('slutt')")
    assert any("Content Security Policy" in text for text in readers.complaints)
    readers.complaints.clear()


def test_a_lost_address_leads_home(readers: Any, states: Site) -> None:
    page = readers.open(states, "finnes/ikke/", expected="404")
    page.locator(".kk-lost a").first.click()
    page.wait_for_url(states[0].address)


def test_the_shipped_home_page_runs(readers: Any, shipped: Site) -> None:
    page = readers.open(shipped)
    assert page.locator("h1").count() == 1
