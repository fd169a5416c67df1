"""The short ways through markdown-it give what the long ways give."""

from __future__ import annotations

from functools import cache
from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.renderer import RendererHTML

from kurskatalog.source.markup import quick
from kurskatalog.source.markup import render as module

LINES = (
    "En setning.", "ord", "  innrykk", "    kode", "- ett", "- to", "  - under", "* stjerne", "+ pluss", "1. først", "2) annet",
    "> sitat", "# tittel", "## Læring", "===", "---", "- - -", "***", ":   forklaring", "~ bølge", "| a | b |", "|---|---|", "a | b",
    "--|--", "```", "~~~ python", "[a]: b", "[^1]: note", "tekst[^1] *vekt* `kode`", "*[KI]: kunstig intelligens", "KI er KI",
    "!!! note", "!!! tip \"Tittel\"", "??? info", "=== \"Fane\"", "{#id}", "{lang=en}", "<div>", "<br>", "A &amp; B", "A & B < C > \"D\"",
    "[lenke](https://a.no)", "![bilde](b.png \"tekst\")", "\\*", "slutt  ", "tab\tmellom", "«Sitat», sa hun", "é", "ß", "123", "_a_", "a_b_c",
    "- [ ] oppgave", "- [x] gjort", "Ord:", "-", "a\\", "http://a.no", "\u00a0mellomrom",
)  # fmt: skip


NEW_PARSER = module._parser.__wrapped__


def no_plugin(md: MarkdownIt) -> None:
    """Leaves a parser as it is."""


@cache
def slow_parser() -> MarkdownIt:
    """The same parser without the short ways."""
    with patch.object(module, "quick_plugin", no_plugin), patch.object(module, "ends_plugin", no_plugin):
        md = NEW_PARSER()
    rules = md.renderer.rules
    md.renderer = RendererHTML()
    md.renderer.rules = rules
    return md


def slow(text: str) -> module.Draft:
    """`render` by the long ways."""
    with patch.object(module, "_parser", slow_parser):
        return module.render(text, 1, "nb")


texts = st.lists(
    st.tuples(
        st.sampled_from(("", "", "", "  ", "    ", "> ", "- ", "        ")), st.sampled_from((*LINES, "", "", ""))
    ),
    max_size=14,
).map(lambda lines: "\n".join(indent + line for indent, line in lines))


def test_the_short_ways_are_taken() -> None:
    for rule in ("quick_paragraph", "quick_sign"):
        assert rule in module._parser().block.ruler.get_active_rules()
        assert rule not in slow_parser().block.ruler.get_active_rules()
    text = "En setning.\n\n- ett\n- to\n"
    assert module.render(text, 1, "nb") == slow(text)


@given(texts)
@settings(max_examples=1500)
@example("Ord\n\n: forklaring\n")
@example("- a\n- - b\n")
@example("- a\n    - b\n- c\n")
@example("!!! note\n    En.\n\n    To.\nTre.\n")
@example(":   a\nb\n\n:   c\n")
def test_both_ways_are_the_same(text: str) -> None:
    assert module.render(text, 1, "nb") == slow(text)


@given(st.text(alphabet='a \n-*_#>:|`~[]!<&\\"=\t1.', max_size=60))
@settings(max_examples=1500)
def test_both_ways_are_the_same_for_signs(text: str) -> None:
    assert module.render(text, 1, "nb") == slow(text)


@given(st.one_of(st.from_regex(quick._PLAIN_ADDRESS), st.text(alphabet="modulkrsi:/.#-a1?%æ", max_size=20)))
@settings(max_examples=1500)
def test_plain_addresses_stay_as_they_are(url: str) -> None:
    assert quick._address(url) == normalizeLink(url)
