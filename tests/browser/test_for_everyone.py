"""WCAG 2.1 A and AA on every kind of page, light and dark; small windows, keyboard, no script, less motion, three languages."""

from __future__ import annotations

import datetime as dt
import json
from importlib.resources import files
from typing import Any

import pytest
from served import Served
from test_every_page import KINDS

pytestmark = pytest.mark.xdist_group("browser-everyone")
Site = tuple[Served, dt.date]
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def violations(page: Any) -> list[tuple[str, str, str]]:
    """(rule, what is wrong, where) of everything that axe finds on the page as it is now."""
    page.evaluate(AXE)
    found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}, resultTypes: ['violations']}})")
    return [
        (violation["id"], node["failureSummary"], node["html"][:200])
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("kind", [*KINDS, "lost"])
def test_axe_finds_nothing(readers: Any, states: Site, kind: str) -> None:
    """On a wide screen in the light, on a phone in the dark; with everything open that can be folded."""
    path = KINDS.get(kind, "finnes/ikke/")
    page = readers.open(states, path, expected="404" if kind == "lost" else "")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert violations(page) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_in_an_answered_quiz(readers: Any, states: Site, dark: bool) -> None:
    page = readers.open(states, KINDS["module with things to do"], dark=dark)
    page.get_by_label("At tingen brennes.").check()
    page.locator("#kk-oppgave-1 .kk-check").click()
    page.get_by_label("Når fristen er.").check()
    page.locator("#kk-oppgave-2 .kk-check").click()
    page.locator(".kk-model summary").click()
    page.get_by_label("Vi har spurt naboen.").check()
    assert violations(page) == []


def test_axe_finds_nothing_on_shipped_pages(readers: Any, shipped: Site) -> None:
    """The longest module, which has most kinds of markup, the longest course, and the home page; on the narrowest phone."""
    top = shipped[0].top
    for pattern in ("moduler/*/*/index.html", "kurs/*/*/index.html", "index.html"):
        longest = max(sorted(top.glob(pattern)), key=lambda path: path.stat().st_size)
        page = readers.open(shipped, f"{longest.relative_to(top).parent}/".removeprefix("./"), width=320, dark=True)
        assert violations(page) == []


def test_no_shipped_text_scrolls_sideways(readers: Any, shipped: Site) -> None:
    top = shipped[0].top
    page = readers.open(shipped, width=320)
    texts = sorted(top.glob("moduler/*/*/index.html"))
    assert texts
    for path in texts:
        page.goto(f"{shipped[0].address}{path.relative_to(top).parent}/")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_axe_would_find_something(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/")
    page.evaluate("document.querySelector('h1').append(document.createElement('img'))")
    assert [rule for rule, _, _ in violations(page)] == ["image-alt"]


@pytest.mark.parametrize("language", ["nn", "en"])
def test_axe_finds_nothing_in_other_languages(readers: Any, states: Site, language: str) -> None:
    for kind in ("home", "course", "module with things to do", "written"):
        assert violations(readers.open(states, f"{language}/{KINDS[kind]}")) == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_scrolls_sideways(readers: Any, states: Site, kind: str) -> None:
    """At 320 px, which is also what 400 % zoom leaves of 1280 px, and at 640 px, which is 200 % zoom (WCAG 1.4.4, 1.4.10)."""
    page = readers.open(states, KINDS[kind], width=320)
    for width in (320, 640):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("kind", ["home", "course", "module with things to do", "counties", "home.en"])
def test_everything_is_reached_by_keyboard_with_a_visible_focus(readers: Any, states: Site, kind: str) -> None:
    """Tab comes to every link, button and field that can be seen, in the order of the page, and each shows that it is there."""
    path = "en/" if kind == "home.en" else KINDS[kind]
    page = readers.open(states, path)
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    wanted = page.evaluate(
        """() => {
          const radios = new Set();
          const found = [...document.querySelectorAll("a[href], button, input, textarea, select, summary, [tabindex='0']")].filter((one) => {
            if (one.tabIndex < 0 || one.disabled || !one.checkVisibility({ visibilityProperty: true })) return false;
            if (one.type !== "radio") return true;
            return !radios.has(one.name) && radios.add(one.name);
          });
          found.forEach((one, at) => { one.dataset.stop = at; });
          return found.length;
        }"""
    )
    stops = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        stop, ring = page.evaluate(
            """() => {
              const one = document.activeElement;
              const style = getComputedStyle(one);
              return [Number(one.dataset.stop), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
            }"""
        )
        stops.append(stop)
        assert ring, page.evaluate("document.activeElement.outerHTML")
    assert stops == list(range(wanted))


def test_less_motion_is_less(readers: Any, states: Site) -> None:
    for path in ("", KINDS["module with things to do"]):
        page = readers.open(states, path, calm=True)
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((one) => [null, "::before", "::after"].some((part) => {
                 const style = getComputedStyle(one, part);
                 return style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0)
                   && style.transitionProperty !== "none" || style.animationName !== "none";
               })).map((one) => one.outerHTML.slice(0, 100))"""
        )
        assert moving == []
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


@pytest.mark.parametrize("kind", KINDS)
def test_the_language_switch_stays_on_the_page(readers: Any, states: Site, kind: str) -> None:
    page = readers.open(states, KINDS[kind])
    for language in ("nn", "en", "nb"):
        page.locator(f".kk-languages a[hreflang={language}]").click()
        page.wait_for_url(f"{states[0].address}{'' if language == 'nb' else f'{language}/'}{KINDS[kind]}")
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator(".kk-languages [aria-current]").get_attribute("hreflang") == language


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_can_be_read_without_script(readers: Any, states: Site, kind: str) -> None:
    """The title, the facts and every link in the text are there; nothing waits for a script that does not come."""
    with_script = readers.open(states, KINDS[kind])
    without = readers.open(states, KINDS[kind], script=False)
    assert without.locator("h1").inner_text() == with_script.locator("h1").inner_text()
    hrefs = "(links) => links.map((link) => link.getAttribute('href'))"
    links = [set(page.locator("article a:visible").evaluate_all(hrefs)) for page in (with_script, without)]
    assert links[0] <= links[1]
    assert without.locator("button:not([type=submit]):visible, progress:visible, textarea:visible").count() == 0


@pytest.mark.parametrize("kind", ["course", "course on one's own", "module", "module with things to do"])
def test_the_first_screen_of_a_phone_answers(readers: Any, states: Site, kind: str) -> None:
    """What one will be able to do, level, how long, when, where, price and how to apply: all on the first 844 px."""
    page = readers.open(states, KINDS[kind], width=390)
    boxes = [page.locator("h1"), page.locator(".kk-able li").first, *page.locator(".kk-answers-first dl > div").all()]
    boxes.append(page.locator(".kk-answers-first .kk-button:visible"))
    for box in boxes:
        found = box.bounding_box()
        assert found["y"] + found["height"] <= 844, box.inner_text()
    assert len(boxes) == 9


def test_on_paper_there_is_a_page_and_no_frame(readers: Any, states: Site) -> None:
    page = readers.open(states, KINDS["course"])
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("h1").is_visible()
    assert page.locator("nav:visible, button:visible, .kk-button:visible").count() == 0
    light = page.evaluate("getComputedStyle(document.body).getPropertyValue('--kk-paper').trim()")
    assert light == "#fff"
