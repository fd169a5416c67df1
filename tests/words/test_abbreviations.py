"""Abbreviations of the list are explained where a page uses them first, and nothing else on the page changes."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from small import Small, course

from kurskatalog.output.docs.render import TEXT_BEGINS, TEXT_ENDS, _explained
from kurskatalog.words.abbreviations import Abbreviations

KNOWN = Abbreviations({"KI": "kunstig intelligens", "HMS": 'helse, miljø & "sikkerhet"', "EU": "Den europeiske union"})
AI = '<abbr title="kunstig intelligens">KI</abbr>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Om KI, og KI igjen</p>", f"<p>Om {AI}, og KI igjen</p>"),
        ("<h1>KI</h1><p>KI</p>", f"<h1>{AI}</h1><p>KI</p>"),
        ("<p>KI-kurs</p>", f"<p>{AI}-kurs</p>"),
        ("<p>generativ-KI KIM SKI KIer KI_2</p>", "<p>generativ-KI KIM SKI KIer KI_2</p>"),
        ('<a href="/KI/" title="KI">om</a>', '<a href="/KI/" title="KI">om</a>'),
        ("<code>KI</code> KI", f"<code>KI</code> {AI}"),
        ("<svg><title>KI</title><path/></svg>KI", f"<svg><title>KI</title><path/></svg>{AI}"),
        ('<abbr title="noe annet">KI</abbr>', '<abbr title="noe annet">KI</abbr>'),
        ("<p>HMS</p>", '<p><abbr title="helse, miljø &amp; &quot;sikkerhet&quot;">HMS</abbr></p>'),
        ("<p>uten</p>", "<p>uten</p>"),
    ],
)
def test_the_first_of_each_is_explained(before: str, after: str) -> None:
    assert KNOWN.explain(before) == after


def test_without_a_list_nothing_changes() -> None:
    assert Abbreviations({}).explain("<p>KI</p>") == "<p>KI</p>"


def test_a_contributed_text_stays_as_it_was_written() -> None:
    text = f"{TEXT_BEGINS}\n<p>KI og EU</p>\n{TEXT_ENDS}"
    made = _explained(f"<h1>KI</h1>\n{text}\n<p>KI og EU</p>", KNOWN)
    assert made == f'<h1>{AI}</h1>\n{text}\n<p>KI og <abbr title="Den europeiske union">EU</abbr></p>'


_words = st.lists(st.sampled_from(["KI", "HMS", "EU", "og", "<", "&", '"', ">", "abbr", "-", "KI-en", " "])).map(
    " ".join
)
_trees = st.recursive(
    _words.map(escape),
    lambda inner: st.builds(
        lambda tag, title, parts: f'<{tag} title="{escape(title)}">{"".join(parts)}</{tag}>',
        st.sampled_from(["p", "a", "code", "abbr", "h2", "li"]),
        _words,
        st.lists(inner, max_size=4),
    ),
)


@given(_trees)
def test_only_marks_are_added(html: str) -> None:
    made = KNOWN.explain(html)
    mark = re.compile(
        r'<abbr title="(?:kunstig intelligens|helse, miljø &amp; &quot;sikkerhet&quot;|Den europeiske union)">(KI|HMS|EU)</abbr>'
    )
    assert mark.sub(r"\1", made) == html
    names = [match[1] for match in mark.finditer(made)]
    assert len(names) == len(set(names))


def test_a_page_explains_its_title(built: Small) -> None:
    terms = [{"id": "XYZ", "label": {"nb": "et langt ord"}}]
    built.put("content/vocabularies/abbreviations.yml", {"name": {"nb": "Forkortelser"}, "terms": terms})
    built.put("content/providers/skolen/courses/energi.yml", course("Kurs i XYZ"))
    built.build()
    page = LexborHTMLParser(built.html("kurs/skolen/energi"))
    assert [one.text() for one in page.css("article abbr[title='et langt ord']")] == ["XYZ"]
    title = page.css_first("title")
    assert title
    assert title.text().startswith("Kurs i XYZ")
