"""`serve` in a real browser: a page reloads when it is built anew; a problem shows in it and goes when it is mended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from commands import Served
from small import Small

pytestmark = pytest.mark.xdist_group("browser")
MODULE = "modules/redaksjonen/sensorer/module.nb.md"
PAGE = "moduler/redaksjonen/sensorer/"


@pytest.fixture
def page(browser: Any, serve: Any) -> Iterator[Any]:
    """A page in a window that closes before the server ends; complaints of scripts and requests to elsewhere fail the test."""
    context = browser.new_context()
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("request", lambda sent: None if "//127.0.0.1:" in sent.url else complaints.append(sent.url))
    yield page
    context.close()
    assert complaints == []


def expect_text(page: Any, selector: str, text: str) -> None:
    page.locator(selector, has_text=text).first.wait_for()


def open_page(page: Any, served: Served, path: str) -> None:
    served.wait_for("Ctrl-C ends it")
    page.goto(served.address + path)
    page.wait_for_load_state("load")


def test_a_change_reloads_the_page(page: Any, serve: Any, built: Small) -> None:
    served = serve(built.root)
    open_page(page, served, PAGE)
    page.evaluate("window.before = true")
    built.change(MODULE, "Gjør dette.", "Gjør noe helt annet.")
    expect_text(page, "article", "Gjør noe helt annet.")
    assert page.evaluate("window.before") is None
    assert page.locator("kurskatalog-live").count() == 0
    built.change("catalogue.yml", "Småkatalogen", "Storkatalogen")
    expect_text(page, "header", "Storkatalogen")


def test_a_problem_shows_and_goes_and_the_last_good_page_stays(page: Any, serve: Any, built: Small) -> None:
    served = serve(built.root)
    open_page(page, served, PAGE)
    page.evaluate("window.before = true")
    hostile = "<img src=x onerror=alert(1)>"
    built.change(MODULE, "hours: 2.5", f'hours: "{hostile}"')
    banner = page.locator("kurskatalog-live details")
    banner.wait_for()
    text = banner.inner_text()
    assert f"{MODULE}:5:8 K125" in text
    assert hostile in text
    assert "Errors in the sources: 1" in text
    assert (banner.get_attribute("role"), banner.get_attribute("lang")) == ("alert", "en")
    assert page.locator("kurskatalog-live img").count() == 0
    assert page.evaluate("window.before") is True
    expect_text(page, "h1", "Sensorer")

    other = page.context.new_page()
    open_page(other, served, "kurs/")
    other.locator("kurskatalog-live details").wait_for()
    other.close()

    built.change(MODULE, "title: ", "titel: ")
    page.wait_for_function("document.querySelector('kurskatalog-live').shadowRoot.querySelectorAll('li').length > 1")
    built.change(MODULE, "titel: ", "title: ")
    built.change(MODULE, f'hours: "{hostile}"', "hours: 3")
    banner.wait_for(state="detached")
    page.wait_for_function("window.before === undefined && document.body.innerText.includes('3')")


def test_the_banner_goes_when_the_mistake_is_taken_back(page: Any, serve: Any, built: Small) -> None:
    served = serve(built.root)
    open_page(page, served, PAGE)
    page.evaluate("window.before = true")
    built.change(MODULE, "hours: 2.5", "hours: to")
    page.locator("kurskatalog-live details").wait_for()
    built.change(MODULE, "hours: to", "hours: 2.5")
    page.locator("kurskatalog-live").wait_for(state="detached")
    page.wait_for_function("window.before === undefined")


def test_a_broken_engine_shows_too(page: Any, serve: Any, built: Small) -> None:
    served = serve(built.root)
    open_page(page, served, "")
    settings = (built.home / "mkdocs.yml").read_text(encoding="utf-8")
    built.put("mkdocs.yml", f"{settings}\nplugins: [no-such-plugin]\n")
    expect_text(page, "kurskatalog-live summary", "no-such-plugin")
    built.put("mkdocs.yml", settings)
    page.locator("kurskatalog-live").wait_for(state="detached")


def test_many_windows_do_not_stand_in_each_others_way(page: Any, serve: Any, built: Small) -> None:
    served = serve(built.root)
    open_page(page, served, PAGE)
    others = [page.context.new_page() for _ in range(8)]
    for other in others:
        other.add_init_script(
            "Object.defineProperty(document, 'hidden', { get: () => true })"
        )  # as behind another window
        open_page(other, served, "kurs/")
    built.change(MODULE, "Gjør dette.", "Gjør noe helt annet.")
    expect_text(page, "article", "Gjør noe helt annet.")
    for other in others:
        other.close()
