"""One page of every kind, in `projects/good/states`, and what can be asked of any page."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

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
    "calendar": "kalender/",
    "times": "tid/",
    "time": "tid/semester/",
    "plans": "planer/",
    "plan": "planer/kystarbeider/",
    "written": "om/",
    "status": "status/",
    "finder": "finn/",
    "list": "finn/liste/",
}

_AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def settled(page: Any) -> Any:
    """The page, when its scripts have put everything there that they put there by themselves."""
    page.wait_for_function(
        """() => (!document.querySelector(".kk-finder") || document.querySelector(".kk-finder-ready"))
          && (!document.querySelector(".kk-shortlist") || document.querySelector(".kk-finder-status")?.textContent)"""
    )
    return page


def violations(page: Any) -> list[tuple[str, str, str]]:
    """(rule, what is wrong, where) of everything that axe finds on the page as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(_RULES)}, resultTypes: ['violations']}})")
    return [
        (violation["id"], node["failureSummary"], node["html"][:200])
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def unfold(page: Any) -> None:
    """Everything that can be folded is open."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def widths(page: Any) -> list[tuple[int, int]]:
    """(the window's width, the page's) where the page is wider: at 320 px, which is also what 400 % zoom leaves of 1280 px, and at
    640 px, which is 200 % zoom (WCAG 1.4.4, 1.4.10), with everything open."""
    found = []
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 700})
        found.append((width, page.evaluate("document.documentElement.scrollWidth")))
    return [(width, needed) for width, needed in found if needed > width]


def other_languages(page: Any) -> dict[str, list[str]]:
    """Where the language switch leads: for each language the address, and the language and the chosen switch of the page there."""
    told: dict[str, list[str]] = page.evaluate(
        """async () => Object.fromEntries(await Promise.all(
          [...document.querySelectorAll(".kk-languages a[hreflang]")].filter((link) => link.checkVisibility()).map(async (link) => {
            const there = new DOMParser().parseFromString(await (await fetch(link.href)).text(), "text/html");
            return [link.hreflang, [link.href, there.documentElement.lang, there.querySelector(".kk-languages [aria-current]").hreflang]];
          })))"""
    )
    return told


def links(page: Any) -> set[str]:
    """Where the links that can be seen in the text lead."""
    return set(
        page.locator("article a:visible").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    )
