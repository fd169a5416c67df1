"""Texts that nobody would set by hand: a readable PDF comes out, or it is said what is wrong and where."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper import Paper, letters, set_text
from small import HOME, LONG, PNG

from kurskatalog.check import allowed
from kurskatalog.output.pdf.fonts import code_points, covered
from kurskatalog.output.pdf.press import Press, PrintFailed
from kurskatalog.output.pdf.tree import BREAK

THEME = Path(__file__).parents[2] / "theme"
MARGIN_RIGHT = 595.28 - 20  # points: nothing stands further out than this


def right_edge(paper: Paper) -> float:
    """The furthest point to the right where there is ink, in points from the left of an upright page."""
    edge = 0.0
    for number in range(1, paper.pages + 1):
        picture = paper.picture(number, scale=1)
        box = picture.point(lambda shade: 255 if shade < 200 else 0).getbbox()
        if box and picture.width < picture.height:
            edge = max(edge, box[2])
    return edge


def test_a_word_of_200_letters_and_a_long_address_stay_on_the_page(press: Press) -> None:
    word, way = "hypermegaordet" * 15, "https://sted.example/" + "a1b2c3d4" * 25
    paper = set_text(press, f'<p>{word}</p><p><a href="{way}">dit</a></p><table><tr><td>{word}</td><td>ord</td></tr></table>'
                            f'<pre><code>{word}{word}</code></pre><h2 id="o">{word}</h2><ul><li>{word}</li></ul>')  # fmt: skip
    assert paper.letters.count(word) == 6
    assert right_edge(paper) < MARGIN_RIGHT


def test_a_paragraph_of_3000_words_goes_over_pages(press: Press) -> None:
    text = " ".join(f"ord{n}" for n in range(3000))
    paper = set_text(press, f"<p>{text}</p>")
    assert letters(text) in paper.letters
    assert paper.pages > 4


def test_uneven_tables_lose_no_words(press: Press) -> None:
    rows = "".join(f"<tr>{''.join(f'<td>r{r}c{c}</td>' for c in range(r + 1))}</tr>" for r in range(6))
    spans = (
        '<tr><td colspan="99" rowspan="99">bred</td></tr><tr><td rowspan="0" colspan="0">null</td><td>siste</td></tr>'
    )
    paper = set_text(
        press, f"<table><thead><tr><th>a</th></tr></thead><tbody>{rows}{spans}</tbody></table><table></table>"
    )
    for word in [f"r{r}c{c}" for r in range(6) for c in range(r + 1)] + ["bred", "null", "siste"]:
        assert word in paper.letters, word


def test_a_table_over_several_pages_repeats_its_head(press: Press) -> None:
    rows = "".join(f"<tr><td>rad {n}</td><td>verdi</td></tr>" for n in range(90))
    paper = set_text(
        press, f"<table><thead><tr><th>Navnet</th><th>Verdien</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    seen = [paper.page_text(number) for number in range(1, paper.pages + 1)]
    assert sum("Navnet" in text for text in seen) >= 3
    assert len(paper.roles("TH")) == 2  # once for those who listen


def test_a_head_with_a_link_stands_once(press: Press) -> None:
    """What is repeated is decoration to those who listen, and decoration may hold no links."""
    rows = "".join(f"<tr><td>rad {n}</td><td>verdi</td></tr>" for n in range(90))
    head = '<th><a href="https://sted.example/rapport">Navnet</a></th><th><span id="her">Verdien</span></th>'
    paper = set_text(
        press, f'<p><a href="#her">dit</a></p><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    )
    assert paper.pages > 2
    assert "https://sted.example/rapport" in paper.addresses
    assert len(paper.roles("Note")) == 1


def test_lists_forty_deep_keep_their_words(press: Press) -> None:
    deep = "".join(f"<ul><li>lag{n} " for n in range(40)) + "</li></ul>" * 40
    quotes = "".join(f"<blockquote><p>sitat{n}</p>" for n in range(40)) + "</blockquote>" * 40
    paper = set_text(press, deep + quotes)
    assert [n for n in range(40) if f"lag{n}" not in paper.letters or f"sitat{n}" not in paper.letters] == []
    assert right_edge(paper) < MARGIN_RIGHT


def test_an_empty_text_is_a_pdf_with_its_facts(press: Press) -> None:
    paper = set_text(press, "")
    assert "Prøven" in paper.text
    assert paper.pages == 1


def test_other_alphabets_directions_and_pictures_as_letters(press: Press) -> None:
    told = "Norsk, עברית, العربية, ελληνικά, русский, čáŋŧžšđ, 🙂 👍🏽 🇳🇴 ½ ≤ → ☑"
    paper = set_text(press, f'<p>{told}</p><p lang="ar">مرحبا بالعالم</p><p>中文 og \U0001f9ff</p>')
    for word in ("Norsk", "ελληνικά", "русский", "čáŋŧžšđ", "≤", "→", "☑"):
        assert word in paper.text, word
    assert set("עברית") <= set(unicodedata.normalize("NFKC", paper.text))
    assert "[U+4E2D][U+6587]" in paper.text.replace(BREAK, "")  # no font has them: their numbers are shown


def test_every_text_font_has_the_letters_of_norwegian_and_northern_sami() -> None:
    wanted = set(map(ord, "abcdefghijklmnopqrstuvwxyzæøåáčđŋšŧžABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅÁČĐŊŠŦŽéèêòóôüöä«»–—…§½"))
    fonts = sorted(
        p for p in (THEME / "print/fonts").glob("*.ttf") if re.match(r"literata|schibsted|jetbrains", p.name)
    )
    assert len(fonts) == 10
    for font in fonts:
        assert wanted - set(code_points(font.read_bytes())) == set(), font.name
    assert wanted <= covered(THEME / "print" / "fonts")


def test_every_character_of_the_shipped_catalogue_has_its_sign() -> None:
    """None is printed as its number, as the 2 of CO₂ once was."""
    files = [
        path for top in ("content", "modules") for path in (HOME / top).rglob("*") if path.suffix in (".yml", ".md")
    ]
    wanted = set(map(ord, "".join(path.read_text("utf-8") for path in files)))
    assert [chr(code) for code in sorted(wanted - covered(THEME / "print" / "fonts"))] == []


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.svg"])
def test_a_picture_that_cannot_be_decoded_is_named(press: Press, name: str) -> None:
    raw = {"png": PNG[:45], "jpg": b"\xff\xd8\xff\xe0 nei", "webp": b"RIFF\x10\0\0\0WEBPVP8 nei", "svg": b"<svg <"}[
        name[2:]
    ]
    with pytest.raises(PrintFailed) as failed:
        set_text(press, f'<p><img src="{name}" alt="bilde" /></p>', {name: raw})
    assert failed.value.picture == f"modules/skolen/prove/{name}"
    assert failed.value.why


def test_a_heading_with_nothing_to_read_is_none(press: Press) -> None:
    odd = '<h2>\u00ad\u200b</h2><h2><img src="a.png" alt="bilde" /></h2><h2><br /></h2><h3>Tittel</h3>'
    paper = set_text(press, odd, {"a.png": PNG})
    assert paper.headings == [(1, "Tittel")]


def test_an_address_is_broken_at_its_joints(press: Press) -> None:
    way = "https://etaten.example/moduler-for-alle/vedlikeholdstiltaket?aar=2026"
    paper = set_text(press, f'<p><a href="{way}">her</a></p>')
    assert f"moduler-for-alle/{BREAK}vedlikeholdsti{BREAK}ltaket?{BREAK}aar=" in paper.text


def test_headings_that_jump_do_not_jump_on_paper(press: Press) -> None:
    paper = set_text(press, '<h4 id="a">Fire</h4><p>x</p><h2 id="b">To</h2><h6 id="c">Seks</h6><h3 id="d">Tre</h3>')
    assert [(level, text) for level, text in paper.headings if text != "Innhold"] == [
        (1, "Fire"),
        (1, "To"),
        (2, "Seks"),
        (2, "Tre"),
    ]


_TAGS = sorted({*allowed.ELEMENTS, *allowed.MADE_ELEMENTS} - {"br", "hr", "wbr", "img", "input"})


def _elements() -> st.SearchStrategy[str]:
    words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=12).map(
        _escaped
    )
    leaf = words | st.sampled_from(
        ["<br />", "<hr />", "<wbr />", '<input type="checkbox" />', '<img src="a.png" alt="x" />']
    )
    spans = st.sampled_from(
        ["", ' colspan="3"', ' rowspan="2"', ' lang="en"', ' lang="se"', ' class="quiz"', ' open="open"']
    )

    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        return st.builds(
            lambda tag, more, kids: f"<{tag}{more}>{''.join(kids)}</{tag}>",
            st.sampled_from(_TAGS),
            spans,
            st.lists(inner, max_size=4),
        )

    return st.lists(st.recursive(leaf, grow, max_leaves=25), max_size=5).map("".join)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@settings(max_examples=1000 if LONG else 80)
@given(_elements())
def test_whatever_the_allow_list_lets_through_can_be_set(press: Press, xhtml: str) -> None:
    assert set_text(press, xhtml, {"a.png": PNG}).pages >= 1
