"""Pictures: what they are called is what they are, and a drawing is a drawing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurskatalog.check.allowed import MAX_PICTURE_BYTES
from kurskatalog.check.pictures import check_picture

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def codes(inside: str, attributes: str = "", name: str = "a.svg") -> list[str]:
    return [p.code for p in check_picture(f"{OPEN} {attributes}>\n{inside}\n</svg>".encode(), name)]


HOSTILE = [
    "<script>alert(1)</script>",
    '<script href="https://ond.example/x.js"/>',
    "<SCRIPT>alert(1)</SCRIPT>",
    '<rect onload="alert(1)"/>',
    '<rect ONCLICK="alert(1)"/>',
    '<a href="https://ond.example"><text>x</text></a>',
    '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
    '<image href="https://ond.example/x.png"/>',
    '<image xlink:href="data:image/png;base64,AAAA"/>',
    '<use href="https://ond.example/x.svg#a"/>',
    '<use href="data:image/svg+xml;base64,AAAA#a"/>',
    '<use xlink:href=" https://ond.example/x.svg#a"/>',
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject>',
    '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    '<x:y xmlns:x="https://ond.example/ns"/>',
    '<set attributeName="href" to="javascript:alert(1)"/>',
    '<animate attributeName="href" values="javascript:alert(1)"/>',
    '<handler type="application/ecmascript">alert(1)</handler>',
    '<listener event="click" handler="#x"/>',
    "<iframe/>",
    "<style>@import 'https://ond.example/x.css';</style>",
    "<style>rect { fill: url(https://ond.example/x#a) }</style>",
    "<style>rect { fill: url( 'https://ond.example/x' ) }</style>",
    "<style>@im&#112;ort 'https://ond.example/x.css';</style>",
    "<style><![CDATA[@import 'x']]></style>",
    "<style>@\\69mport 'x'</style>",
    "<style>rect { x: expression(alert(1)) }</style>",
    '<rect style="fill:url(https://ond.example/x)"/>',
    '<rect style="fill:\\75rl(x)"/>',
    '<rect fill="url(https://ond.example/x)"/>',
    '<rect filter="url(//ond.example/x)"/>',
    '<rect mask="URL(x.svg#a)"/>',
    '<g xml:base="https://ond.example/"/>',
    '<feImage href="https://ond.example/x"/>',
    "<?xml-stylesheet href='https://ond.example/x.css'?>",
    "<discard/>",
]
HARMLESS = [
    '<rect fill="url(#a)" style="stroke: url( \'#b\' )"/>',
    '<use xlink:href="#a"/><use href="#a"/>',
    "<style>.a { fill: url('#g') } /* expression, import */</style>",
    "<title>onload, script og javascript</title><desc>url(x)</desc>",
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:x rdf:about="https://a.no"/></rdf:RDF></metadata>',
    '<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="C:\\x" i:export="url(x)"/>',
    '<text aria-label="Facial expression" font-family="Arial">æøå &lt;script&gt;</text>',
    "<!-- laget for hånd -->",
    '<path d="M0 0"/><linearGradient id="a"><stop offset="0"/></linearGradient>',
]


@pytest.mark.parametrize("inside", HOSTILE)
def test_what_could_run_or_fetch_is_told(inside: str) -> None:
    problems = check_picture(f"{OPEN}>\n{inside}\n</svg>".encode(), "a.svg")
    assert {p.code for p in problems} == {"K411"}
    assert {p.place.line for p in problems} == {2}


@pytest.mark.parametrize("inside", HARMLESS)
def test_drawings_may_be_drawn(inside: str) -> None:
    assert codes(inside) == []


@pytest.mark.parametrize("attributes", ['onload="alert(1)"', 'onunload="x"', 'xml:base="https://a.no"'])
def test_the_outermost_element_counts(attributes: str) -> None:
    assert codes("", attributes) == ["K411"]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"x",
        b"<svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>&ukjent;</svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><g x:y='1'/></svg>",
        b"<?xml version='1.0' encoding='ukjent'?><svg/>",
        b"<html/>",
        "<svg xmlns='http://www.w3.org/2000/svg'>æ</svg>".encode("latin-1"),
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_drawing_is_told(raw: bytes) -> None:
    assert "K410" in {p.code for p in check_picture(raw, "a.svg")}


def test_entities_neither_grow_nor_fetch() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE svg [<!ENTITY a0 "ha">{laughs}]><svg xmlns="http://www.w3.org/2000/svg">&a9;</svg>'
    assert "K411" in {p.code for p in check_picture(text.encode(), "a.svg")}
    text = '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
    assert "K411" in {p.code for p in check_picture(text.encode(), "a.svg")}


def test_deep_drawings_do_not_stop_the_check() -> None:
    text = f"{OPEN}>" + "<g>" * 60_000 + "</g>" * 60_000 + "</svg>"
    assert check_picture(text.encode(), "a.svg") == []


def test_not_all_of_a_thousand_scripts_are_told() -> None:
    assert len(codes("<script/>\n" * 1000)) == 5


PICTURES = {
    "a.png": b"\x89PNG\r\n\x1a\n",
    "a.PNG": b"\x89PNG\r\n\x1a\n",
    "a.jpg": b"\xff\xd8\xff\xe0",
    "a.jpeg": b"\xff\xd8\xff\xe1",
    "a.webp": b"RIFF\x00\x00\x00\x00WEBP",
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_what_its_name_says(name: str) -> None:
    assert check_picture(PICTURES[name], name) == []
    for other, raw in PICTURES.items():
        if other.lower()[:4] != name.lower()[:4]:
            assert [p.code for p in check_picture(raw, name)] == ["K410"]
    assert [p.code for p in check_picture(b"<svg onload=alert(1)>", name)] == ["K410"]


def test_the_limit_is_the_last_size_that_can_be_shown() -> None:
    raw = PICTURES["a.png"].ljust(MAX_PICTURE_BYTES, b"x")
    assert check_picture(raw, "a.png") == []
    assert [p.code for p in check_picture(raw + b"x", "a.png")] == ["K409"]


@given(st.binary(max_size=200) | st.text(alphabet="<svg/>!?-[]&;:'\"= xmlnoca#(){}@", max_size=80).map(str.encode))
def test_no_bytes_make_the_check_raise(raw: bytes) -> None:
    for name in ("a.svg", "a.png", "a.webp"):
        assert {p.code for p in check_picture(raw, name)} <= {"K409", "K410", "K411"}
