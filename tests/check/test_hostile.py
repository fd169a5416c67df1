"""What contributors could try: nothing comes through that a browser would run, fetch or hide, and each try is told.

The list of what may come through stands here once more, on its own; the check is held against it by an HTML5 parser.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from kurskatalog.check.reading import FileResult, SourceFile, check_file

FILE = SourceFile("modules/a/b/module.nb.md", "module", "a/b", "nb")
HEAD = "---\ntitle: x\n---\n\nFørst et avsnitt.\n\n"
FIRST = HEAD.count("\n") + 1


def words(text: str) -> list[str]:
    return text.split()


ELEMENTS = set(
    words(
        "html head body p h2 h3 h4 h5 h6 em strong s b i u sub sup kbd mark small abbr dfn q cite code pre blockquote ul "
        "ol li dl dt dd br hr table thead tbody tfoot tr th td colgroup caption figure figcaption details summary section "
        "div span del ins var samp wbr a img input label"
    )
)
ATTRIBUTES = set(
    words(
        "id class lang title href aria-label rel src alt width height start reversed value scope colspan rowspan open type "
        "checked disabled name for data-tabs"
    )
)
# An address goes out by one of these, or stays on the site: a way to another page, or a place on this one.
ADDRESS = re.compile(r"(https?://|mailto:|tel:)|#|\.{1,2}/|\Z")
HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")


def check(text: str) -> FileResult:
    return check_file(FILE, (HEAD + text).encode())


def assert_harmless(html: str) -> None:
    """Every element, attribute and address is one that may be there, as an HTML5 parser sees it."""
    assert not HIDDEN.search(html)
    tree = LexborHTMLParser(f"<body>{html}</body>")
    for node in tree.root.traverse(include_text=False):
        assert node.tag in ELEMENTS, (node.tag, html)
        for key, value in node.attributes.items():
            assert key in ATTRIBUTES, (node.tag, key, html)
            if key == "href":
                assert ADDRESS.match(value or ""), html
            elif key == "src":
                assert re.fullmatch(r"[^/:\\?#.][^/:\\?#]*", value or ""), html
            elif key in ("id", "for"):
                assert re.fullmatch(r"[a-z0-9][a-z0-9-]*|fn\d+|fnref\d+(:\d+)?|__tabbed_\d+_\d+", value or ""), html
            elif key == "name":
                assert re.fullmatch(r"__tabbed_\d+", value or ""), html


SCRIPTS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://ond.example/x.js></SCRIPT>",
    "<script\n>alert(1)</script\n>",
    "<script/xss src=x></script>",
    "<<script>alert(1)//<</script>",
    "<script <b>alert(1)</script>",
    "<script>alert(1)",
    "tekst <script>alert(1)</script> tekst",
    "- punkt <script>alert(1)</script>",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "> <script>alert(1)</script>",
    "!!! note\n    <script>alert(1)</script>",
    '=== "Fane"\n\n    <script>alert(1)</script>',
    "Ord\n:   <script>alert(1)</script>",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "## <script>alert(1)</script>",
    "![<script>alert(1)</script>](x.png)\n\n<script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
]
ELEMENTS_THAT_RUN = [
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><use href="data:image/svg+xml;base64,AAAA#x"/></svg>',
    "<math><mtext></mtext></math>",
    '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>',
    '<iframe src="https://ond.example"></iframe>',
    '<iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe>',
    '<object data="x.swf"></object>',
    "<embed src=x.swf>",
    "<applet code=x></applet>",
    "<video src=x onerror=alert(1)></video>",
    "<audio src=x></audio>",
    '<link rel="stylesheet" href="https://ond.example/x.css">',
    "<style>body { background: url(https://ond.example/x) }</style>",
    '<meta http-equiv="refresh" content="0; url=https://ond.example">',
    '<base href="https://ond.example/">',
    '<form action="https://ond.example"><input name="passord"></form>',
    '<input type="password" name="passord">',
    "<textarea>x</textarea>",
    "<select><option>x</option></select>",
    "<button onclick=alert(1)>x</button>",
    "<isindex type=image src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<dialog open>x</dialog>",
    "<slot></slot>",
    "<portal src=x></portal>",
    "<frameset><frame src=x></frameset>",
    "<plaintext>x",
    "<xmp><script>alert(1)</script></xmp>",
    "<title>x</title>",
    "<body onload=alert(1)>",
    "<html><head></head></html>",
    "<x-element>x</x-element>",
    "<kk-l onclick=alert(1)>x</kk-l>",
    "<kk-root></kk-root>",
    "<kk-declaration>x</kk-declaration>",
    "<label for=x>x</label>",
    '<section class="footnotes">x</section>',
]
ATTRIBUTES_THAT_RUN = [
    "<img src=x onerror=alert(1)>",
    "<img src=x.png alt=x oNeRrOr=alert(1)>",
    '<img src="x.png" alt="x" srcset="https://ond.example/x">',
    "<b onmouseover=alert(1)>x</b>",
    "<b onclick='alert(1)'>x</b>",
    '<b\nonclick="alert(1)">x</b>',
    '<b style="background:url(https://ond.example)">x</b>',
    "<b style=x:expression(alert(1))>x</b>",
    '<b class="md-header">x</b>',
    '<b data-l="1">x</b>',
    '<div data-tabs="1:1">x</div>',
    "<b kk-raw=x>x</b>",
    '<a href="https://a.example" ping="https://ond.example">lenken til siden</a>',
    '<a href="https://a.example" target="_blank">lenken til siden</a>',
    '<a href="https://a.example" download>lenken til siden</a>',
    '<a name="x">x</a>',
    '<a id="getElementById">x</a>',
    '<img src="x.png" alt="x" name="body">',
    "<b id=__proto__>x</b>",
    "<b id=toString>x</b>",
    '<b contenteditable="true">x</b>',
    "<b tabindex=1 autofocus onfocus=alert(1)>x</b>",
    "<b is=x-y>x</b>",
    '<b xmlns="http://www.w3.org/2000/svg">x</b>',
    "<b xlink:href=javascript:alert(1)>x</b>",
    "<b @click=x>x</b>",
    "<b :href=x>x</b>",
    '<b "onclick=alert(1)>x</b>',
    "<b a=1 a=2>x</b>",
    "[lenken](https://a.example){onclick=alert}",
    '[lenken](https://a.example){onclick="alert(1)"}',
    '[lenken](https://a.example){onclick="alert(1)"}{#a}',
    '[lenken](https://a.example){href="javascript:alert(1)"}',
    "[lenken](https://a.example){style=x}",
    "[lenken](https://a.example){.md-button}",
    "[lenken](https://a.example){data-l=abc}",
    "[lenken](https://a.example){x:onclick=1}",
    "![x](x.png){onerror=alert}",
    '![x](x.png){src="y.png"}',
    "`kode`{onclick=alert}",
    "{onclick=alert}\nEt avsnitt.",
    "{onclick=alert}\n```\nkode\n```",
    "{onclick=alert}\n| a |\n|---|\n| b |",
    "{onclick=alert}\n- punkt",
    "## Overskrift {#A}",
    '## Overskrift {#"onclick=alert(1)}\n\n<b onclick=x>y</b>',
]
SPELLINGS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\x01javascript:alert(1)".replace("\x01", "&#1;"),
    "java&#9;script:alert(1)",
    "java&#10;script:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#0000106avascript:alert(1)",
    "&#x6A;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "&#14; javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,<script>alert(1)</script>".replace("<", "&lt;").replace(">", "&gt;"),
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "blob:https://a.example/x",
    "filesystem:https://a.example/x",
    "view-source:https://a.example",
    "ftp://a.example",
    "intent://x#Intent;scheme=x;end",
    "ms-word:ofe|u|https://a.example".replace("|", "&#124;"),
    "feed:javascript:alert(1)",
    "jar:https://a.example!/",
]
ADDRESSES = [
    form.format(address)
    for address in SPELLINGS
    for form in ('<a href="{}">lenken til siden</a>', "[lenken til siden](<{}>)", "[lenken til siden][1]\n\n[1]: <{}>")
]
ADDRESSES += [
    "<javascript:alert(1)>",
    "<a href=javascript:alert(1)>lenken til siden</a>",
    "<a href='javascript:alert(1)'>lenken til siden</a>",
    "<a\nhref\n=\n'javascript:alert(1)'>lenken til siden</a>",
    "[lenken til siden](javascript:alert(1))",
    "[lenken til siden](java\\script:alert(1) 'javascript:x')\n\n<javascript:x>",
    "![bilde](javascript:alert(1))",
    "![bilde](data:image/svg+xml,x)",
    "![bilde](https://ond.example/x.png)",
    "![bilde](//ond.example/x.png)",
    "![bilde](../../../etc/passwd.png)",
    "![bilde](..%2f..%2fx.png)",
    "![bilde](x.png?a=1)",
    "![bilde](%6a.php)",
    '<img src="https://ond.example/x.png" alt="bilde">',
    '<img src="\\\\ond.example\\x.png" alt="bilde">',
]
MUTATIONS = [
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<p><style><![CDATA[</style><img src=x onerror=alert(1)>]]></p>",
    "<table><tr><td><svg><desc><td><img src=x onerror=alert(1)></desc></svg></td></tr></table>",
    "<listing>&lt;img onerror=alert(1) src=x&gt;</listing>",
    '<noembed><img title="</noembed><img src=x onerror=alert(1)>"></noembed>',
    "<b title='<!--'><img src=x onerror=alert(1)></b>",
    '<b title="`onmouseover=alert(1)`" onclick=x>x</b>',
    "<image src=x onerror=alert(1)>",
    '<a href="x" <b onclick=alert(1)>x</a>',
    "<b <script>alert(1)</script>>x</b>",
    "<b>x</b",
    "<div><b></div></b>",
    "</p><script>alert(1)</script>",
    "<br onclick=alert(1)/>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
]
DECLARATIONS = [
    "<!-- hei -->",
    "tekst <!-- hei --> tekst",
    "<!-->--><script>alert(1)</script>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<div>\n<!-- hei -->\n</div>",
    "<details>\n<summary>x</summary>\n<!-- hei -->\n</details>",
    "<![CDATA[ <script>alert(1)</script> ]]>",
    "<div>\n<![CDATA[ x ]]>\n</div>",
    "<?php echo 1 ?>",
    "<div>\n<?xml version='1.0'?>\n</div>",
    "<!DOCTYPE html>",
    "<!ENTITY x 'y'>",
]
UNCLOSED = [
    "<details>\n<summary>x</summary>\n\nTekst.",
    "<details>\n<summary>x\n</details>",
    "</details>",
    "<div>\n\nTekst.\n\n</span>",
    "<b>x",
    "x</b>",
    "<table><tr><td>x</table>",
    "<sup>x</sub>",
]
HIDING = [
    "Betal til &#8238;0987 4321",
    "en&ZeroWidthSpace;skjult",
    "en&#x200b;skjult",
    "en&shy;delt",
    "en\u2066snudd\u2069 tekst",
    "en\ufeffskjult",
    "tekst\U000e0041\U000e0042",
    "null&#0;byte <b>x",
    '<abbr title="&#8238;x">ord</abbr>',
    "[lenken](https://a.example '&#x202e;x')",
    "<https://xn--ab-g4t.example>",  # shown decoded, with U+202E in it
    "<https://a.example/%E2%80%AEx>",
]
HOSTILE = [
    *((text, {"K401", "K404"}) for text in SCRIPTS),
    *((text, {"K401"}) for text in ELEMENTS_THAT_RUN),
    *((text, {"K402", "K404"}) for text in ATTRIBUTES_THAT_RUN),
    *((text, {"K207", "K402", "K403", "K404", "K410"}) for text in ADDRESSES),
    *((text, {"K401", "K402", "K404"}) for text in MUTATIONS),
    *((text, {"K401"}) for text in DECLARATIONS),
    *((text, {"K404"}) for text in UNCLOSED),
    *((text, {"K404", "K408"}) for text in HIDING),
]


@pytest.mark.parametrize(("text", "codes"), HOSTILE, ids=[repr(text)[:60] for text, _ in HOSTILE])
def test_hostile_texts_are_told_with_a_line(text: str, codes: set[str]) -> None:
    result = check(f"{text}\n")
    found = {p.code for p in result.problems}
    assert found & codes, (text, found, result.html)
    assert result.html == ""
    last = FIRST + text.count("\n")
    for problem in result.problems:
        assert FIRST <= problem.place.line <= last, (text, problem)


HARMLESS = [
    "`<script>alert(1)</script>` og `javascript:alert(1)`",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\\<script>alert(1)\\</script>",
    "3 < 4 og 5 > 4 & 6",
    "<b>fet</b>, H<sub>2</sub>O<br>ny linje<BR/>",
    '<span lang="en" title="&quot;x&quot;">ord</span>',
    "<details open><summary>Lov & rett</summary>Tekst</details>",
    "[lenken](https://a.example/?a=1&b=2#c) og <https://a.example>",
    "[lenken](mailto:a@a.example) og <a href=https://a.example/>lenken</a>",
    "en\u00adbinding".replace("\u00ad", "-") + " 👩‍🔧 og e\u0301",
    "{onclick} er bare tekst",
    "# <b>x</b>",
    "a[i][0] og [x]: y",
    "- [ ] <b>x</b>\n- [x] y",
    "*[KI]: <script>\n\nKI",
    '*[KI]: " onclick=alert(1) x="\n\nKI',
    '!!! note "<script>"\n    x'.replace("<script>", "&lt;script&gt;"),
    '=== "<script>"\n\n    x',
    "| <b>a</b> |\n|:-:|\n| b |",
    '```" onclick=x\nkode\n```',
    "<img/src=x.png/onerror=alert(1)>",
    "<hr/onclick=alert(1)>",
    "<! <?",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_texts_come_through(text: str) -> None:
    result = check(f"{text}\n")
    assert [p for p in result.problems if p.severity == "error"] == []
    assert result.html
    assert_harmless(result.html)


def test_every_hostile_text_is_harmless_when_another_rule_lets_it_through() -> None:
    """The same texts one after the other: what comes through of any of them is harmless."""
    for text, _ in HOSTILE:
        for shape in (
            "{}",
            "> {}",
            "- {}",
            "**{}**",
            "!!! note\n    {}",
            "| a |\n|---|\n| {} |",
            "`` {} ``",
            "[{}](side:om)",
        ):
            html = check(shape.format(text.replace("\n", " "))).html
            if html:
                assert_harmless(html)


# --- anything at all -------------------------------------------------------------------------------------------------

TAGS = words(
    "b br img a div span details summary table tr td p h1 h2 svg math script style iframe input label section form "
    "template noscript kk-l kk-raw title textarea pre code ul li DIV Script x:y a- _"
)
KEYS = words(
    "href src alt id class style onclick onerror ONLOAD title lang data-l data-tabs kk-raw kk-refused name for type xmlns "
    "xlink:href target srcset rel width @x :x a.b"
)
VALUES = [
    *words(
        "x x.png https://a.example javascript:x java&#9;script:x &#106;avascript:x data:text/html,x #a a md-header 1"
    ),
    *words("\" ' < > & &lt; &quot; &#0; &#x202e; __proto__ 1:1 ]]> --> modul:a/b kurs:x ../x/module.md"),
    "",
    "\u202e",
    "\x00",
]
MARKUP = [
    *[
        "\n",
        "\n\n",
        "    ",
        "> ",
        "- ",
        "1. ",
        "# ",
        "###### ",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "``` html\n",
        "[",
        "]",
        "](",
    ],
    *[
        ")",
        "![",
        "[^1]",
        "[^1]: ",
        "[x]: ",
        ": ",
        ":   ",
        "!!! note\n    ",
        '??? tip "x"\n    ',
        '=== "x"\n\n    ',
        "- [ ] ",
    ],
    *[
        "{",
        "}",
        "{#",
        "{.x}",
        "{=",
        "*[KI]: ",
        "KI",
        "---\n",
        "===\n",
        "|",
        "\\",
        "\\<",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
    ],
    *["<?", "?>", "<!", "</", "<", ">", "/>", "&", "&amp;", "&#106;", "&copy"],
]

phrases = st.sampled_from(
    ["tekst", "ord og ord", "æøå", "KI", "her", "1", "𝕏", "\u00a0", "javascript:alert(1)", "https://a.example"]
)
attribute = st.builds(
    lambda key, value, quote, gap: f"{gap}{key}={quote}{value}{quote}",
    st.sampled_from(KEYS),
    st.sampled_from(VALUES),
    st.sampled_from(['"', "'", ""]),
    st.sampled_from([" ", "\n", "/", "  ", "\t", ""]),
)
tag = st.builds(
    lambda begin, name, attributes, end: f"{begin}{name}{''.join(attributes)}{end}",
    st.sampled_from(["<", "</", "< ", "<<"]),
    st.sampled_from(TAGS),
    st.lists(attribute, max_size=3),
    st.sampled_from([">", " />", "", ">>", " >"]),
)
braces = st.builds(lambda attributes: "{" + "".join(attributes) + "}", st.lists(attribute, min_size=1, max_size=3))
link = st.builds(
    lambda mark, text, goal: f"{mark}[{text}]({goal})", st.sampled_from(["", "!"]), phrases, st.sampled_from(VALUES)
)
whole = st.builds(
    lambda name, attributes, inside: f"<{name}{''.join(attributes)}>{inside}</{name}>",
    st.sampled_from(TAGS[:12]),
    st.lists(attribute, max_size=2),
    phrases,
)
texts = st.lists(
    st.one_of(phrases, tag, whole, braces, link, st.sampled_from(MARKUP), st.sampled_from(MARKUP), st.text(max_size=4)),
    max_size=14,
).map("".join)


@settings(max_examples=1500)
@given(texts)
def test_whatever_comes_through_is_harmless(text: str) -> None:
    result = check(text)
    if result.html:
        assert_harmless(result.html)
    for problem in result.problems:
        assert problem.place.line <= HEAD.count("\n") + text.count("\n") + text.count("\r") + 2
