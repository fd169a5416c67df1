"""A comment shows what strangers wrote, and none of it acts: not in the Markdown, not in the page that a forge makes of it."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from gitted import Gitted
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node
from small import TODAY, module

from kurskatalog.proposal.changes import (
    Affected,
    Change,
    FieldChange,
    NeedState,
    PageChange,
    Paragraph,
    Report,
    TextChange,
    Trouble,
)
from kurskatalog.proposal.comment import MARK, as_comment
from kurskatalog.proposal.escape import JOINER, plain
from kurskatalog.words import Words

CORPUS = [
    "@torvalds se her", "hei @github/security", "x@y.example", "<@123>", "@\u200bnavn", "\uff20navn",
    "#123", "GH-123", "gh-1", "owner/repo#12", "org/repo@0123456789abcdef0123456789abcdef01234567", "!45", "$7", "%milestone", "~label",
    "&12", "&epic", "^alert#3", "[vulnerability:12]", "[epic:1]", "*iteration:1", "PROJ-123",
    "0123456789abcdef0123456789abcdef01234567", "deadbeef", "DEADBEEF1", "1234567",
    "https://evil.example/", "http://evil.example", "www.evil.example", "ftp://evil.example", "//evil.example", "mailto:a@b.example",
    "xmpp:a@b.example", "javascript:alert(1)", "data:text/html,x", "evil.example/path",
    "[x](https://evil.example)", "![x](https://evil.example/x.png)", "[x]: https://evil.example", "[x][y]", "<https://evil.example>",
    "<a@b.example>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</details></del></ins><h1>x</h1>", "<!-- skjult -->", "-->",
    "<!-- kurskatalog: forslag -->", "<svg onload=alert(1)>", "<?php ?>", "<![CDATA[x]]>", "&lt;script&gt;", "&#64;torvalds", "&commat;navn",
    "/close", "/approve", "/merge", "\n/close\n", "\r/assign @x", "\u2028/close", "\u2029/close", "\x0b/close", "\x85/close", "/label ~bug",
    "@dependabot merge", "@bot retest", "/retest", "bors r+", "closes #1", "fixes https://github.com/a/b/issues/1",
    "# Overskrift", "\n\n# Overskrift", "===\n---", "> sitat", "- punkt", "1. punkt", "1) punkt", "    kode", "\tkode", "```\nkode\n```",
    "`kode`", "``", "~~~", "| a | b |\n|---|---|", "*a* _b_ **c** __d__ ~~e~~", "\\@navn", "\\<b>", "[ ] x", "- [x] gjort", "[^1]", "[^1]: note",
    ":tada:", ":+1:", ":smile:", "$x^2$", "$$x$$", "$`x`$", "==merket==", "%%skjult%%", "{{ x }}", "{% raw %}", "${{ github.token }}",
    "::error file=x::y", "::set-output name=x::y", "\x1b[31mrød", "\u202egnp.elif", "a\u200bb", "\u2066x\u2069", "\x00", "\ud800".encode("utf-8", "replace").decode(),
    "> [!WARNING]\n> x", "[!NOTE]", "<details><summary>x</summary>", "---\ntitle: x\n---", "\\", "`" * 50, "<" * 50, "a" * 5000, "\U0001f600",
]  # fmt: skip

ALLOWED = {
    "h2",
    "h3",
    "p",
    "ul",
    "li",
    "b",
    "code",
    "del",
    "ins",
    "sub",
    "strong",
    "a",
    "html",
    "head",
    "body",
    "-text",
}
OUTSIDE = re.compile(
    r"""(?<!\w)[@\uff20][A-Za-z0-9_]            # mentions
    | (?<![\w&])\#\d | (?i:\bgh-\d) | \b[A-Z]{2,}-\d  # issues, keys of trackers
    | (?<!\w)[!$%~^&][\w"]                      # what GitLab refers to
    | \[\w+:\w                                  # [epic:1]
    | (?<![0-9A-Za-z])[0-9a-fA-F]{7,}           # commits
    | (?i:https?:|ftp:|mailto:|xmpp:|javascript:|data:)[/\w]
    | (?i:\bwww\.\w) | [\w.+-]@[\w-]+\.\w       # addresses that become links by themselves
    | (?<!\w):[\w+-]+:                          # emoji
    """,
    re.VERBOSE,
)
COMMAND = re.compile(r"^\s*([-*>]\s*)*/[A-Za-z]", re.MULTILINE)
RAW = re.compile(r"@[A-Za-z0-9]|(?<!&)#\d|https?:|www\.|<script|<img|\]\(|\$\{\{|::error")


def forge(markdown: str) -> HTMLParser:
    """The page that a forge makes: GitHub's Markdown with HTML let through, before it is cleaned."""
    return HTMLParser(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown))


def texts(node: Node) -> list[str]:
    """Texts in which a forge looks for names and numbers: all but code and links."""
    found = []
    for child in node.traverse(include_text=True):
        above = child.parent
        if child.tag == "-text" and above is not None and above.tag not in ("code", "pre", "a"):
            found.append(child.text(deep=False))
    return found


def harmless(comment: str, links: tuple[str, ...] = ()) -> None:
    page = forge(comment)
    assert page.body is not None
    tags = {node.tag for node in page.body.traverse()}
    assert tags <= ALLOWED | {"body"}, tags - ALLOWED
    for node in page.body.traverse():
        assert set(node.attributes) <= ({"href"} if node.tag == "a" else set())
        if node.tag == "a":
            assert node.attributes["href"].startswith(links or "nothing"), node.html
    for text in texts(page.body):
        assert not OUTSIDE.search(text), OUTSIDE.search(text)
    assert not COMMAND.search(comment)
    assert not COMMAND.search(page.body.text())
    rest = comment.removeprefix(MARK)
    assert "<!--" not in rest
    assert not RAW.search(re.sub(r'<a href="[^"]*">[^<]*</a>', "", rest)), RAW.search(rest)
    assert all(c.isprintable() or c in ("\n", JOINER) for c in comment)


def report_with(text: str) -> Report:
    """A report in which everything that can be contributed is that text."""
    half = len(text) // 2
    piece = (
        ("=", text),
        ("-", text),
        ("+", text),
        ("=", text[:half]),
        ("=", text[half:]),
        *(("=", c) for c in text[:40]),
    )
    field = FieldChange(label=text, where=text, before=text, after=text)
    fields = (field, FieldChange(label=text, pieces=piece), FieldChange(label=text, new=(text,), gone=(text,)))
    paragraphs = tuple(Paragraph(state=state, pieces=piece) for state in ("new", "changed", "gone"))
    change: dict[str, Any] = {"kind": "module", "id": text, "title": text, "files": (text,), "fields": fields}
    trouble = Trouble(file=text, line=3, code="K101", severity="error", message=text, hint=text)
    return Report(
        base="0123456789" * 4,
        head="0123456789" * 4,
        today=TODAY,
        changes=tuple(
            Change(state=s, texts=(TextChange(lang=text, paragraphs=paragraphs),), **change)
            for s in ("new", "changed", "gone")
        ),
        affected=(Affected(kind="course", id=text, title=text, because=(text, text)),),
        needs=(NeedState(id=text, title=text, met=True), NeedState(id=text, title=text, met=False)),
        pages=(PageChange(path="moduler/a/b", state="new", title=text, pdf="pdf/moduler/a/b.pdf"),),
        new_problems=(trouble, trouble.model_copy(update={"severity": "warning"})),
        gone_problems=(trouble,),
    )


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("text", CORPUS, ids=range(len(CORPUS)))
def test_nothing_of_the_corpus_acts(text: str, lang: str) -> None:
    comment = as_comment(report_with(text), Words(lang), "https://forslag.example/1/")
    harmless(comment, ("https://forslag.example/1/moduler/",))
    assert len(comment) <= 40_000


@given(
    st.lists(
        st.one_of(st.sampled_from(CORPUS), st.text(max_size=6), st.sampled_from("@#/<>&`*_[]()!:~$%^|\\ \n")),
        max_size=6,
    ).map("".join)
)
def test_nothing_made_of_the_corpus_acts(text: str) -> None:
    harmless(as_comment(report_with(text), Words("nb")))


@given(st.text(max_size=200))
def test_what_is_shown_is_what_was_written(text: str) -> None:
    """But for signs that nobody sees, and with every run of blanks as one space."""
    page = forge(f"- x: {plain(text)}\n")
    (item,) = page.css("li")
    said = html.unescape(plain(text)).replace(JOINER, "")
    assert item.text(strip=False).replace(JOINER, "").strip() == f"x: {said}".strip()
    assert len(page.css("*")) == 5  # html, head, body, ul, li
    seen = [c for c in " ".join(text.split()) if c.isprintable()]
    assert all(c in said for c in seen if c.isalnum())


def test_a_hostile_proposal(repo: Gitted) -> None:
    """Through the whole program: names of files, facts, texts and the messages of problems."""
    bad = "@torvalds <img src=x onerror=alert(1)> [x](https://evil.example) #1 /close\n"
    body = "\n\n".join(CORPUS).replace("\x00", "")
    repo.change({"modules/redaksjonen/ond/module.nb.md": module("Ond", text=body)})
    repo.edit(
        "content/providers/skolen/courses/energi.yml",
        "admission: Fagbrev.",
        f"admission: '{bad.strip()}'\n'{bad.strip()}': x",
    )
    repo.edit("modules/redaksjonen/avvik/module.nb.md", "hours: 1.5", 'hours: "1.5 @torvalds https://evil.example"')
    repo.edit("modules/redaksjonen/sensorer/module.nb.md", "En sensor", f"En <script>{bad}</script> sensor")
    repo.change({"content/providers/skolen/courses/@torvalds [x](https:evil).yml": "title: x"})
    comment = repo.comment(site="https://forslag.example/1/")
    harmless(comment, ("https://forslag.example/1/",))
    assert "torvalds" in comment
