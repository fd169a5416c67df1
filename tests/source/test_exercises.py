"""Questions, reflections and checklists: what the text becomes, and that nothing of it is lost."""

from __future__ import annotations

import pytest
from html_page import parse
from hypothesis import given
from hypothesis import strategies as st

from kurskatalog.check.markup import Checked, check_markup
from kurskatalog.source.markup.render import render


def checked(text: str, lang: str = "nb") -> Checked:
    return check_markup(render(text, 1, lang), "x.md", "moduler/a/b", text, 1)


QUIZ = """!!! quiz "Hva er *ombruk*?"
    Tenk deg om.

    - [ ] Råstoff

        ```python
        x = 1
        ```

      > Nei.
      >
      > - Det er gjenvinning.
    - [x] Samme ting
      > `ja`

    Etterpå.

Slutt.[^1]

[^1]: En note.
"""


def test_a_question_and_its_answers() -> None:
    page = parse(checked(QUIZ).xhtml)
    field = page.one("fieldset")
    assert field.one("legend").words == "Hva er ombruk?"
    assert [one["type"] for one in field.all("input")] == ["radio", "radio"]
    assert len({one["name"] for one in field.all("input")}) == 1
    assert [label.words for label in field.all("label")] == ["Råstoff", "Samme ting"]
    assert "x = 1" in field.text
    assert "Etterpå." in field.text
    assert "gjenvinning" not in field.text
    answers = page.one("section", class_="answers")
    assert (
        answers.one("li", id=field["id"].replace("oppgave", "svar")).one(class_="answers-question").words
        == "Hva er ombruk?"
    )
    assert [li["class"] for li in answers.one("ol", class_="choices").inside] == ["wrong", "right"]
    assert answers.one("li", class_="right").words == "Riktig. ja"
    assert answers.one("li", class_="wrong").words == "Ikke riktig. Nei. Det er gjenvinning."
    order = [element["class"] for element in page.all("section")]
    assert order == ["answers", "footnotes"]


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_markdowns_own_words_are_in_the_language_of_the_text(lang: str) -> None:
    said = {"nb": "Riktig.", "nn": "Rett.", "en": "Right."}
    text = checked("!!! quiz\n    - [x] a\n      > b\n    - [ ] c\n      > d\n", lang).xhtml
    assert f"<strong>{said[lang]}</strong> b" in text
    assert {"nb": "Test deg selv", "nn": "Test deg sjølv", "en": "Test yourself"}[lang] in text


def test_task_lists_elsewhere_cannot_be_ticked() -> None:
    page = parse(checked("- [x] a\n- [ ] b\n\n!!! checklist\n    - [x] c\n").xhtml)
    assert ["disabled" in one.attributes for one in page.all("input")] == [True, True, False]


def test_an_empty_corner_of_a_table_is_no_heading() -> None:
    page = parse(checked("|   | Vann |\n|---|:----:|\n| Kaldt | 5 |\n").xhtml)
    assert [(cell.tag, cell.words) for cell in page.one("thead").one("tr").inside] == [("td", ""), ("th", "Vann")]


def test_an_author_writes_no_form() -> None:
    for text in ("<fieldset>a</fieldset>", "<legend>a</legend>", '<input type="text" />', "{.quiz}\na\n"):
        assert checked(text).problems, text


words = st.text("abæø <>&\"'*_`[]", min_size=1, max_size=12).map(lambda text: f"x{text}x".replace("\n", " "))


@given(
    st.lists(st.tuples(st.booleans(), words, words), min_size=2, max_size=6).filter(
        lambda rows: any(r[0] for r in rows)
    )
)
def test_every_choice_has_its_explanation(rows: list[tuple[bool, str, str]]) -> None:
    """Whatever is written in them: as many choices as explanations, and the right ones are right."""
    text = '!!! quiz "Q"\n' + "".join(f"    - [{'x' if ok else ' '}] {say}\n      > {why}\n" for ok, say, why in rows)
    result = checked(text)
    assert "K414" not in {problem.code for problem in result.problems}
    if result.problems:
        return  # the words were HTML that no text may hold
    page = parse(result.xhtml)
    assert len(page.all("input")) == len(rows)
    kind = "radio" if sum(ok for ok, _, _ in rows) == 1 else "checkbox"
    assert {one["type"] for one in page.all("input")} == {kind}
    told = [li["class"] for li in page.one("section").one("ol", class_="choices").inside]
    assert told == ["right" if ok else "wrong" for ok, _, _ in rows]
