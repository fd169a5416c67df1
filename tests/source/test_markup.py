"""Markdown to XHTML: anchors, lines, links, boxes, tabs, tasks, notes, abbreviations, figures and code."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurskatalog.check.reading import FileResult, SourceFile, check_file
from kurskatalog.source.markup.code import LANGUAGES, highlight
from kurskatalog.source.markup.links import resolve, scheme
from kurskatalog.source.markup.render import render
from kurskatalog.source.markup.slugs import slug, unique


def check(text: str, lang: str = "nb") -> FileResult:
    file = SourceFile(f"modules/a/b/module.{lang}.md", "module", "a/b", lang)
    return check_file(file, f"---\ntitle: x\n---\n{text}".encode())


def html(text: str, lang: str = "nb") -> str:
    result = check(text, lang)
    assert result.problems == []
    return result.html


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Læringsmål", "laeringsmal"),
        ("Øvelse på Ålesund", "ovelse-pa-alesund"),
        ("ÆØÅ æøå", "aeoa-aeoa"),
        ("1. Innledning", "1-innledning"),
        ("C++ & C#: hva nå?", "c-c-hva-na"),
        ("Čáhci ja ŋuorra", "cahci-ja-nuorra"),
        ("Straße, café, naïve", "strasse-cafe-naive"),
        ("2 < 3", "2-3"),
        ("中文", "del"),
        ("–", "del"),
        ("", "del"),
        ("İstanbul ﬁn", "istanbul-fin"),
    ],
)
def test_anchors_of_headings(text: str, anchor: str) -> None:
    assert slug(text) == anchor


def test_equal_headings_get_numbers() -> None:
    taken: set[str] = set()
    assert [unique("Del", taken) for _ in range(5)] == ["del", "del-2", "del-3", "del-4", "del-5"]
    assert unique("Del 3", taken) == "del-3-2"
    assert unique("x" * 500, taken) == "x" * 100


def test_thousands_of_equal_headings_are_quick() -> None:
    taken: set[str] = set()
    begin = time.monotonic()
    assert unique("a", taken) == "a"
    assert len({unique("a", taken) for _ in range(20_000)}) == 20_000
    assert time.monotonic() - begin < 5


@given(st.text())
def test_every_anchor_can_stand_in_an_address(text: str) -> None:
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(text)


@given(st.text(min_size=1).filter(lambda text: text.strip() and "\n" not in text and "\r" not in text))
def test_every_heading_has_an_anchor_that_the_check_takes(text: str) -> None:
    assert "K402" not in {p.code for p in check(f"## {text}\n").problems if "id=" in p.message.text}
    assert [p.code for p in check(f"## {text}\n\n## {text}\n").problems if p.code == "K412"] == []


def test_headings_have_levels_anchors_titles_and_lines() -> None:
    draft = render("## Ett *ord* og `kode`\n\nTekst\n\n### To {#to}\n\nTre\n---\n", 10, "nb")
    found = [(h.level, h.anchor, h.title, h.line) for h in draft.headings]
    assert found == [(2, "ett-ord-og-kode", "Ett ord og kode", 10), (3, "to", "To", 14), (2, "tre", "Tre", 16)]


@pytest.mark.parametrize(
    ("address", "kind", "target", "anchor", "url"),
    [
        ("../c/module.md", "module", "a/c", "", "../../../moduler/a/c/"),
        ("../c/module.nb.md#x", "module", "a/c", "x", "../../../moduler/a/c/#x"),
        ("../../p/c/module.md", "module", "p/c", "", "../../../moduler/p/c/"),
        ("modul:p/c#x", "module", "p/c", "x", "../../../moduler/p/c/#x"),
        ("kurs:p/k", "course", "p/k", "", "../../../kurs/p/k/"),
        ("tilbyder:p", "provider", "p", "", "../../../tilbydere/p/"),
        ("plan:q", "plan", "q", "", "../../../planer/q/"),
        ("side:om#x", "page", "om", "x", "../../../om/#x"),
        ("side:index", "page", "index", "", "../../../"),
        ("#x", "anchor", "", "x", "#x"),
        ("https://a.no/#x", "out", "", "", "https://a.no/#x"),
        ("mailto:a@a.no", "out", "", "", "mailto:a@a.no"),
        ("../module.md", "lost", "../module.md", "", "../module.md"),
        ("../../c/module.md", "lost", "../../c/module.md", "", "../../c/module.md"),
        ("../p/c/module.md", "lost", "../p/c/module.md", "", "../p/c/module.md"),
        ("module.md", "lost", "module.md", "", "module.md"),
        ("//a.no", "lost", "//a.no", "", "//a.no"),
        ("/om", "lost", "/om", "", "/om"),
        ("om.md", "lost", "om.md", "", "om.md"),
        ("modul:", "out", "", "", "modul:"),
    ],
)
def test_links_from_a_module(address: str, kind: str, target: str, anchor: str, url: str) -> None:
    link = resolve(address, "moduler/a/b")
    assert (link.kind, link.target, link.anchor, link.url) == (kind, target, anchor, url)


def test_links_from_a_page_and_from_home() -> None:
    assert resolve("om.md", "bidra").url == "../om/"
    assert resolve("om.nb.md#x", "").url == "./om/#x"
    assert resolve("modul:a/b", "").url == "./moduler/a/b/"
    assert resolve("../c/module.md", "om").kind == "lost"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("javascript:x", "javascript"),
        (" JaVa\tscr\nipt:x", "javascript"),
        ("\x01javascript:x", "javascript"),
        ("https://a.no", "https"),
        ("../a:b", None),
        ("#a:b", None),
        ("a/b:c", None),
        ("1a:b", None),
    ],
)
def test_schemes_as_a_browser_reads_them(address: str, name: str | None) -> None:
    assert scheme(address) == name


def test_boxes_have_titles_in_the_language_of_the_text() -> None:
    assert '<p class="admonition-title">Merk</p>' in html("!!! note\n    x\n")
    assert '<p class="admonition-title">Døme</p>' in html("!!! example\n    x\n", "nn")
    assert '<p class="admonition-title">Note</p>' in html("!!! note\n    x\n", "en")
    assert '<p class="admonition-title">Min <em>egen</em></p>' in html('!!! note "Min *egen*"\n    x\n')
    assert "<summary>Tips</summary>" in html("??? tip\n    x\n")
    assert '<details class="tip" open="open"><summary>Tips</summary>' in html("???+ tip\n    x\n").replace("\n", "")


def test_tabs_work_without_script() -> None:
    made = html('=== "A"\n\n    a\n\n=== "B <b>"\n\n    b\n')
    assert made.count('type="radio"') == 2
    assert '<label for="__tabbed_1_2">B &lt;b&gt;</label>' in made
    assert 'data-tabs="1:2"' in made
    assert "data-l" not in made


def test_tasks_are_boxes_that_nobody_can_change() -> None:
    made = html("- [ ] a\n- [x] *b*\n    - [X] c\n- d\n- [y] e\n")
    assert made.count('disabled="disabled"') == 3
    assert made.count('checked="checked"') == 2
    assert made.count('class="contains-task-list"') == 2
    assert made.count('class="task-list-item"') == 3
    assert "[y] e" in made


def test_notes_abbreviations_lists_and_tables() -> None:
    made = html(
        "KI og KIer, AI-KI.[^1]\n\n*[KI]: kunstig intelligens\n\n[^1]: Noten.\n\n"
        "Ord\n:   Forklaring\n\n| a | b |\n|:-|-:|\n| 1 | 2 |\n"
    )
    assert made.count('<abbr title="kunstig intelligens">KI</abbr>') == 1
    assert '<section class="footnotes" aria-label="Noter">' in made
    assert "<dt>Ord</dt>" in made
    assert '<th class="kk-left">a</th>' in made
    assert '<td class="kk-right">2</td>' in made


def test_a_picture_alone_with_a_title_is_a_figure() -> None:
    made = html('![Tre bøtter.](a.svg "Rekkefølge & orden")\n')
    assert (
        made
        == '<figure><img src="a.svg" alt="Tre bøtter." /><figcaption>Rekkefølge &amp; orden</figcaption></figure>\n'
    )
    assert "<figure>" not in html('Se ![Tre bøtter.](a.svg "Rekkefølge").\n')


def test_what_html_authors_write_is_xhtml_afterwards() -> None:
    made = html("H<SUB>2</SUB>O<br>x<img src=a.png alt='b & c'>&nbsp;&lt;&copy;\n")
    assert made == '<p>H<sub>2</sub>O<br />x<img src="a.png" alt="b &amp; c" />\u00a0&lt;©</p>\n'


def test_code_is_shown_and_never_run() -> None:
    made = html('```python\nprint("<b>")\n```\n\n```ukjent\n<b>\n```\n\n    <i>\n')
    assert '<span class="nb">print</span>' in made
    assert "&lt;b&gt;" in made
    assert "<b>" not in made
    assert "<i>" not in made


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_can_be_shown(language: str) -> None:
    assert highlight("a = 1\n", language)


def test_lines_of_problems_count_front_matter() -> None:
    result = check("\n\nTekst\n\n- a\n- b <script>x</script>\n")
    assert [(p.code, p.place.line, p.place.column) for p in result.problems] == [("K401", 9, 5)]


def test_the_same_mistake_twice_has_two_places() -> None:
    result = check("<font>a</font> og <font>b</font>\n<font>c</font>\n")
    assert [(p.place.line, p.place.column) for p in result.problems] == [(4, 1), (4, 19), (5, 1)]


# Texts that are slow for a parser that looks back or ahead too often.
SLOW = {
    "brackets": "[" * 20_000,
    "pictures": "![" * 10_000,
    "stars": "*a " * 30_000,
    "backticks": "".join("`" * n + " " for n in range(600)),
    "headings": "## a\n" * 20_000,
    "underlined headings": "a\n---\n\n" * 10_000,
    "tasks": "- [ ] a\n" * 10_000,
    "open tags": "<a " * 30_000,
    "open tags with quotes": '<a b="' * 40_000,
    "comments": "<!--" * 50_000,
    "elements": "<b>" * 20_000 + "</b>" * 20_000,
    "elements in a block": "<div>\n" + "<b>" * 20_000 + "</b>" * 20_000 + "\n</div>",
    "braces": "[a](https://a.no)" + "{a=b}" * 20_000,
    "abbreviations": "".join(f"*[a{n}]: x\n" for n in range(4_000)) + "\na b c " * 8_000,
    "notes": "".join(f"[^{n}]" for n in range(4_000)) + "\n\n" + "\n".join(f"[^{n}]: x" for n in range(4_000)),
    "lost notes": "[^a]" * 40_000,
    "wide tables": "|" + "a|" * 10_000 + "\n|" + "-|" * 10_000 + "\n" + "|1|\n" * 5_000,
    "code": "".join(f"```csharp\n{'$' * 7_000}\n```\n" for _ in range(8)),
    "boxes": "\n".join("    " * n + "!!! note" for n in range(200)),
    "tabs": '=== "x"\n\n    a\n\n' * 8_000,
    "quotes": "\n".join(">" * n + " a" for n in range(600)),
    "empty links": "[](x)" * 10_000,
    "forbidden elements": "<x>a</x>\n" * 15_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_no_text_stops_the_check(name: str) -> None:
    begin = time.monotonic()
    result = check(f"\n{SLOW[name]}\n")
    assert len(result.problems) <= 300
    assert time.monotonic() - begin < 15
