"""Things to do in a text: with script questions answer and are kept in the browser; without it, and on paper, they are lists."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from served import Served

from kurskatalog.words import Words

pytestmark = pytest.mark.xdist_group("browser-learn")
Site = tuple[Served, dt.date]
PAGE = "moduler/kystskolen/oppgaver/"
NB = Words("nb")


def kept(page: Any) -> dict[str, Any]:
    return json.loads(page.evaluate("localStorage.getItem('kurskatalog.laering')") or "{}")


def test_a_question_is_answered_by_keyboard_alone(readers: Any, states: Site) -> None:
    page = readers.open(states, PAGE)
    group = page.get_by_role("group", name="Hva er ombruk?")
    group.get_by_role("radio", name="At tingen blir til råstoff igjen.").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == NB("Check the answer")
    page.keyboard.press("Enter")
    assert group.locator(".kk-told").inner_text() == NB("Not quite. Read why, and try again.")
    assert group.locator(".kk-why:visible").count() == 3
    first = group.get_by_role("radio").first
    why = page.locator(f"#{first.get_attribute('aria-describedby')}")
    assert why.inner_text() == "Ikke riktig. Nei, det er gjenvinning."
    assert page.evaluate("document.activeElement.textContent") == NB("Try again")
    page.keyboard.press("Enter")
    assert group.locator(".kk-why").count() == 0
    page.keyboard.press("ArrowDown")
    assert group.get_by_role("radio").nth(1).is_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert group.locator(".kk-told").inner_text() == NB("Right!")


def test_several_answers_are_right_only_together(readers: Any, states: Site) -> None:
    page = readers.open(states, PAGE)
    group = page.get_by_role("group", name="Hva må du vite før du melder deg på?")
    check, told = group.locator(".kk-check"), group.locator(".kk-told")
    check.click()
    assert told.inner_text() == NB("Choose an answer first.")
    group.get_by_label("Når fristen er.").check()
    check.click()
    assert told.inner_text() == NB("Not quite. Read why, and try again.")
    group.get_by_label("Hva kurset koster.").check()  # another choice hides what was said about the first ones
    assert group.locator(".kk-why").count() == 0
    check.click()
    assert told.inner_text() == NB("Right!")


def test_answers_are_kept_in_this_browser_only_and_can_be_deleted(readers: Any, states: Site) -> None:
    page = readers.open(states, PAGE)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url) if one.method != "GET" or "?" in one.url else None)
    page.get_by_label("At tingen brukes om igjen som den er.").check()
    page.locator("#kk-oppgave-1 .kk-check").click()
    page.get_by_role("textbox", name="Hva kaster dere mest av?").fill("Papp <b>og</b> plast")
    page.get_by_label("Vi har spurt naboen.").check()
    assert page.locator(".checklist .kk-do").inner_text() == "1 av 2 gjort"
    page.reload()
    assert page.get_by_label("At tingen brukes om igjen som den er.").is_checked()
    assert page.locator("#kk-oppgave-1 .kk-told").inner_text() == NB("Right!")
    assert page.get_by_role("textbox", name="Hva kaster dere mest av?").input_value() == "Papp <b>og</b> plast"
    assert page.get_by_label("Vi har spurt naboen.").is_checked()
    assert not page.get_by_label("Vi har sett etter på lageret.").is_checked()
    assert (page.context.cookies(), sent) == ([], [])
    assert list(kept(page)) == ["moduler/kystskolen/oppgaver"]
    # How far the text is read is kept a moment after the page has moved, and that must not come back.
    page.evaluate(
        "() => { scrollTo(0, document.body.scrollHeight); dispatchEvent(new Event('scroll')); document.querySelector('.kk-forget button').click(); }"
    )
    page.locator("#kk-oppgave-1 input:checked").wait_for(state="detached")
    assert kept(page) == {}


def test_a_model_answer_opens(readers: Any, states: Site) -> None:
    page = readers.open(states, PAGE)
    answer = page.locator(".reflection .kk-model p")
    assert not answer.is_visible()
    page.get_by_text(NB("Show a possible answer")).click()
    assert answer.inner_text().startswith("Mange svarer emballasje.")


@pytest.mark.parametrize("way", ["no script", "paper"])
def test_without_script_and_on_paper_the_answers_stand_at_the_end(readers: Any, states: Site, way: str) -> None:
    page = readers.open(states, PAGE, script=way == "paper")
    if way == "paper":
        page.get_by_label("At tingen brennes.").check()
        page.locator("#kk-oppgave-1 .kk-check").click()
        page.emulate_media(media="print")
    assert page.locator("fieldset.quiz .choices > li:visible").count() == 6
    answers = page.locator(".answers")
    assert answers.locator("> ol > li:visible").count() == 3
    assert "Ikke riktig. Nei, det er gjenvinning." in answers.inner_text()
    assert "Mange svarer emballasje." in answers.inner_text()
    assert page.locator(".kk-do:visible, .kk-why:visible, .kk-forget:visible").count() == 0
    order = page.evaluate(
        "() => document.querySelector('.checklist').compareDocumentPosition(document.querySelector('.answers'))"
    )
    assert order & 4, "the answers come after the last thing to do"
    if way == "no script":
        page.locator("#kk-oppgave-1 .see a").click()
        assert page.url.endswith("#kk-svar-1")


def test_how_far_a_module_is_read_shows_in_its_courses(readers: Any, states: Site) -> None:
    page = readers.open(states, PAGE)
    assert not page.locator(".kk-progress").is_visible()
    page.mouse.wheel(0, 20_000)
    page.locator(".kk-progress progress[value='100']").wait_for()
    for path in ("kurs/kystskolen/apent/", "en/kurs/kystskolen/apent/"):
        page.goto(states[0].address + path)
        read = page.locator(".kk-path li", has_text="Oppgaver").locator(".kk-read")
        assert read.inner_text() == Words("en" if path.startswith("en") else "nb")("read")
        assert page.locator(".kk-read").count() == 1


def test_controls_speak_the_language_of_the_page(readers: Any, states: Site) -> None:
    """A text that is not translated has controls in the reader's language, marked as such."""
    page = readers.open(states, f"en/{PAGE}")
    assert page.locator(".kk-text").get_attribute("lang") == "nb"
    assert page.locator(".kk-check").first.inner_text() == "Check the answer"
    assert page.locator(".quiz .kk-do").first.get_attribute("lang") == "en"


def test_a_browser_that_keeps_nothing_still_answers(readers: Any, states: Site) -> None:
    page = readers.open(states, "om/", own=True)
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('none'); }})")
    page.goto(states[0].address + PAGE)
    page.get_by_label("At tingen brukes om igjen som den er.").check()
    page.locator("#kk-oppgave-1 .kk-check").click()
    assert page.locator("#kk-oppgave-1 .kk-told").inner_text() == NB("Right!")


def test_an_abbreviation_is_explained_to_those_who_tap_it(readers: Any, states: Site) -> None:
    page = readers.open(states, "moduler/kystskolen/grunnlag/")
    short = page.locator("abbr", has_text="RMT")
    assert short.get_attribute("title") == "regnskap og mange tall"
    short.click()
    assert page.locator(".kk-long").text_content() == " (regnskap og mange tall)"
    short.click()
    assert page.locator(".kk-long").count() == 0
