"""Every element that the allow-list lets through has a rendering, and its words are in the PDF."""

from __future__ import annotations

import pytest
from paper import letters, set_text
from small import PNG

from kurskatalog.check import allowed
from kurskatalog.output.pdf.press import Press, PrintFailed
from kurskatalog.view.prints.texts import BLOCKS

EMPTY = {"br", "hr", "wbr", "img", "input"}
INSIDE = {
    "li": "<ul><li>{}</li></ul>",
    "dt": "<dl><dt>{}</dt><dd>svar</dd></dl>",
    "dd": "<dl><dt>spørsmål</dt><dd>{}</dd></dl>",
    "td": "<table><tbody><tr><td>{}</td></tr></tbody></table>",
    "th": "<table><thead><tr><th>{}</th></tr></thead><tbody><tr><td>celle</td></tr></tbody></table>",
    "tr": "<table><tbody><tr><td>{}</td></tr></tbody></table>",
    "thead": "<table><thead><tr><th>{}</th></tr></thead><tbody><tr><td>celle</td></tr></tbody></table>",
    "tbody": "<table><tbody><tr><td>{}</td></tr></tbody></table>",
    "tfoot": "<table><tbody><tr><td>celle</td></tr></tbody><tfoot><tr><td>{}</td></tr></tfoot></table>",
    "table": "<table><tr><td>{}</td></tr></table>",
    "caption": "<table><caption>{}</caption><tbody><tr><td>celle</td></tr></tbody></table>",
    "figcaption": '<figure><img src="a.png" alt="bilde" /><figcaption>{}</figcaption></figure>',
    "figure": '<figure><img src="a.png" alt="bilde" />{}</figure>',
    "summary": "<details><summary>{}</summary><p>mer</p></details>",
    "details": "<details><summary>tittel</summary>{}</details>",
    "ul": "<ul><li>{}</li></ul>",
    "ol": "<ol><li>{}</li></ol>",
    "dl": "<dl><dt>{}</dt></dl>",
    "img": '<p>{} <img src="a.png" alt="bilde" /></p>',
    "input": '<p>{} <input type="checkbox" disabled="disabled" /></p>',
    "a": '<p><a href="https://sted.example/">{}</a></p>',
    "abbr": '<p><abbr title="kunstig intelligens">{}</abbr></p>',
}
ALL = sorted({*allowed.ELEMENTS, *allowed.MADE_ELEMENTS})


def sample(tag: str) -> str:
    """The element in the place where it belongs, with words in it or beside it."""
    words = f"Ordene i {tag} står her"
    if tag in INSIDE:
        return INSIDE[tag].format(words)
    if tag in EMPTY:
        return f"<p>{words} <{tag} /> og her</p>"
    element = f"<{tag}>{words}</{tag}>"
    return element if tag in BLOCKS else f"<p>{element}</p>"


def test_every_element_has_a_rendering(press: Press) -> None:
    paper = set_text(press, "".join(map(sample, ALL)), {"a.png": PNG})
    assert [tag for tag in ALL if letters(f"Ordene i {tag} står her") not in paper.letters] == []


def test_an_element_without_one_fails_and_names_the_source(press: Press) -> None:
    with pytest.raises(PrintFailed) as failed:
        set_text(press, "<p>Her er <blink>noe nytt</blink>.</p>")
    assert failed.value.file == "modules/skolen/prove/module.nb.md"
    assert "<blink>" in failed.value.why
    assert "theme/print/text.typ" in failed.value.why


HOLDERS = ("ul", "dl", "table", "tr", "em", "p", "td", "h2", "a", "summary", "figure", "pre")


@pytest.mark.parametrize("tag", sorted(set(ALL) - EMPTY))
def test_elements_out_of_place_lose_no_words(press: Press, tag: str) -> None:
    """The allow-list looks at each element alone: a cell may stand outside of a table, a paragraph in a list."""
    odd = "".join(
        f"<div><{holder}>før{n}<{tag}>midt{n}<p>avsnitt{n}</p></{tag}>etter{n}</{holder}></div>"
        for n, holder in enumerate(HOLDERS)
    )
    paper = set_text(press, odd)
    lost = [w for n in range(len(HOLDERS)) for w in (f"før{n}", f"midt{n}", f"avsnitt{n}", f"etter{n}")]
    assert [word for word in lost if word not in paper.letters] == []
