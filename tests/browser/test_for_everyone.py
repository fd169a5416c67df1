"""For everyone: WCAG where a page has changed under somebody's hands, shipped texts, keyboard, less motion, paper, the first screen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from kinds import KINDS, settled, unfold, violations
from served import Served

pytestmark = pytest.mark.xdist_group("browser-everyone")
Site = tuple[Served, dt.date]


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
    """The frame is the same around all texts, so each takes the place of the one before, as it is without script; those with most
    cells are visited, where a script has put their tables into boxes."""
    top = shipped[0].top
    addresses = {
        f"{shipped[0].address}{path.relative_to(top).parent}/": path.read_text("utf-8").count("<td")
        for path in sorted(top.glob("moduler/*/*/index.html"))
    }
    page = readers.open(shipped, width=320)
    for address in sorted(addresses, key=addresses.__getitem__)[-4:]:
        page.goto(address)
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    for address in addresses:
        page.evaluate(
            """async (address) => {
              const there = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
              history.replaceState(null, "", address);
              document.querySelector("article").replaceWith(there.querySelector("article"));
              const pictures = [...document.querySelectorAll("article img")];
              await Promise.all(pictures.map((picture) => { picture.loading = "eager"; return picture.decode(); }));
            }""",
            address,
        )
        unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


@pytest.mark.parametrize("language", ["nn", "en"])
def test_axe_finds_nothing_in_other_languages(readers: Any, states: Site, language: str) -> None:
    for kind in ("home", "course", "module with things to do", "written"):
        assert violations(readers.open(states, f"{language}/{KINDS[kind]}")) == []


@pytest.mark.parametrize("kind", ["home", "course", "module with things to do", "counties", "finder", "home.en"])
def test_everything_is_reached_by_keyboard_with_a_visible_focus(readers: Any, states: Site, kind: str) -> None:
    """Tab comes to every link, button and field that can be seen, in the order of the page, and each shows that it is there."""
    path = "en/" if kind == "home.en" else KINDS[kind]
    page = settled(readers.open(states, path))
    unfold(page)
    wanted = page.evaluate(
        """() => {
          const radios = new Set();
          const found = [...document.querySelectorAll("a[href], button, input, textarea, select, summary, [tabindex='0']")].filter((one) => {
            if (one.tabIndex < 0 || one.disabled || !one.checkVisibility({ visibilityProperty: true })) return false;
            if (one.type !== "radio") return true;
            return !radios.has(one.name) && radios.add(one.name);
          });
          window.stops = [];
          document.addEventListener("focusin", ({ target }) => {
            const { outlineStyle, outlineWidth } = getComputedStyle(target);
            window.stops.push([found.indexOf(target), outlineStyle !== "none" && parseFloat(outlineWidth) >= 2, target.outerHTML.slice(0, 200)]);
          });
          return found.length;
        }"""
    )
    for _ in range(wanted):
        page.keyboard.press("Tab")
    stops = page.evaluate("window.stops")
    assert [where for _, ring, where in stops if not ring] == []
    assert [number for number, _, _ in stops] == list(range(wanted))


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
