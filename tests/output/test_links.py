"""The last check of finished pages: links, anchors, pictures, scripts, and what would be fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest

from kurskatalog.output.site.links import Broken, anchors_of, look_at, settle

SITE = {
    "index.html": '<h1 id="topp">Hjem</h1>',
    "404.html": "<h1>Borte</h1>",
    "kurs/index.html": '<h2 id="kurs">Kurs</h2>',
    "kurs/a/b/index.html": '<h2 id="maal">Mål</h2>',
    "moduler/a/æøå/index.html": '<h2 id="øvelse">Øvelse</h2>',
    "moduler/a/æøå/bilde.png": "",
    "assets/kk.css": "",
    "assets/kk.js": "",
    "assets/a&b.svg": "",
    "nn/index.html": "",
    "fil uten endelse": "",
}
PAGE = "moduler/a/c/index.html"


def find_broken(
    pages: list[tuple[str, str]], exists: Callable[[str], bool], read: Callable[[str], str]
) -> Iterator[Broken]:
    """Every page looked at by itself, as by processes of its own."""
    return settle([look_at([page], exists) for page in pages], read)


def broken(html: str, page: str = PAGE, site: Mapping[str, str] = SITE) -> list[str]:
    """What `find_broken` says of a page in the small site."""
    whole = {**site, page: html}
    return [b.target for b in find_broken([(page, html)], whole.__contains__, whole.__getitem__)]


@pytest.mark.parametrize(
    "target",
    [
        "../../../",
        "../../../kurs/",
        "../../../kurs/a/b/",
        "../../../kurs/a/b/#maal",
        "../../../kurs/a/b/index.html",
        "../../..",
        ".",
        "./",
        "../c/",
        "#her",
        "",
        "#",
        "#top",
        "?q=energi",
        "?q=energi#her",
        "../../../kurs/?tema=ki",
        "../../../kurs/?tema=ki#kurs",
        "/kurs/",
        "/",
        "/kurs/a/b/#maal",
        "../æøå/",
        "../%C3%A6%C3%B8%C3%A5/",
        "../æøå/#øvelse",
        "../æøå/#%C3%B8velse",
        "../æøå/bilde.png",
        "../../../assets/a&amp;b.svg",
        "../../../fil%20uten%20endelse",
        "../../../../../../kurs/",  # a browser stops at the root
        "https://andre.example/finnes/kanskje",
        "http://andre.example",
        "//andre.example/x",
        "mailto:post@skolen.example",
        "tel:+4722222222",
        "MAILTO:post@skolen.example",
        "&#109;ailto:post@skolen.example",
    ],
)
def test_a_link_that_leads_somewhere(target: str) -> None:
    assert broken(f'<p id="her"><a href="{target}">x</a></p>') == []


@pytest.mark.parametrize(
    "target",
    [
        "../../../borte/",
        "../../../kurs/a/",  # a folder without a page of its own
        "../../../kurs/a/b",  # without the slash it is another address
        "../../../kurs/a/b/#borte",
        "../../../kurs/a/b/#Maal",
        "#borte",
        "bilde.png",
        "../d/",
        "/borte/",
        "/kurs/#borte",
        "../../../kurs?tema=ki",
        "../../../borte/?q=1#x",
        "../æøå/#borte",
        "../æøå/annet.png",
        "../%C3%A6/",
        "../../../assets/a%26amp;b.svg",
        "../../../../../../borte/",
    ],
)
def test_a_link_that_leads_nowhere(target: str) -> None:
    assert broken(f'<p id="her"><a href="{target}">x</a></p>') == [target]


@pytest.mark.parametrize(
    "html",
    [
        '<a class="x" title="y" href="borte/">x</a>',
        "<a href='borte/'>x</a>",
        "<a href=borte/>x</a>",
        '<a\n  class="x"\n  href="borte/"\n>x</a>',
        '<img alt="" src="borte/">',
        '<img src="borte/" alt=""/>',
        '<script src="borte/"></script>',
        '<script defer src="borte/"></script>',
        '<link rel="stylesheet" href="borte/">',
        '<link rel="alternate" type="application/rss+xml" href="borte/">',
        '<source src="borte/">',
        '<form action="borte/"></form>',
        '<svg><use href="borte/"/></svg>',
        '<iframe src="borte/"></iframe>',
    ],
)
def test_everything_that_leads_somewhere_is_looked_at(html: str) -> None:
    assert broken(html) == ["borte/"]


def test_every_broken_link_is_named_once_a_page() -> None:
    html = '<a href="borte/">1</a><a href="borte/">2</a><a href="#x">3</a><a href="../../../">4</a>'
    assert sorted(broken(html)) == ["#x", "borte/"]
    pages = [("index.html", html), ("kurs/index.html", html)]
    found = {
        (b.page, b.target) for b in find_broken(pages, lambda name: not name.endswith("borte/index.html"), lambda _: "")
    }
    assert found == {
        ("index.html", "borte/"),
        ("index.html", "#x"),
        ("kurs/index.html", "borte/"),
        ("kurs/index.html", "#x"),
    }


def test_the_page_for_lost_addresses_is_read_at_the_root() -> None:
    assert (
        broken('<a href="/">Hjem</a><a href="/nn/">Heim</a><link rel="stylesheet" href="/assets/kk.css">', "404.html")
        == []
    )
    assert broken('<a href="/en/">Home</a>', "404.html") == ["/en/"]
    assert broken('<a href="kurs/">Kurs</a>', "404.html") == []


def test_entities_in_addresses_and_anchors() -> None:
    site = {**SITE, "a&b/index.html": '<h2 id="x&amp;y">Z</h2>'}
    assert broken('<a href="../../../a&amp;b/#x&amp;y">x</a>', site=site) == []
    assert broken('<a href="../../../a&amp;c/">x</a>', site=site) == ["../../../a&c/"]


def test_what_looks_like_an_anchor_in_a_text_is_none() -> None:
    assert broken('<p>Skriv id=borte i feltet.</p><a href="#borte">x</a>') == ["#borte"]
    assert broken('<meta name="borte"><a href="#borte">x</a>') == ["#borte"]


@pytest.mark.parametrize("id_", ['id="a"', "id='a'", "id=a", 'class="b" id="a"', 'data-id="b" id="a"'])
def test_anchors(id_: str) -> None:
    assert anchors_of(f"<h2 {id_}>x</h2>") == {"a"}


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<script async src="//cdn.example/x.js"></script>',
        '<img alt="" src="https://andre.example/bilde.png">',
        '<img alt="" src=http://andre.example/bilde.png>',
        '<link rel="stylesheet" href="https://fonts.example/css">',
        '<link href="https://fonts.example/css" rel="stylesheet">',
        '<link rel="preconnect" href="https://fonts.example">',
        '<link rel="icon" href="//andre.example/x.ico">',
        '<iframe src="https://video.example/1"></iframe>',
        '<video src="https://video.example/1.mp4"></video>',
        '<SCRIPT SRC="https://cdn.example/x.js"></SCRIPT>',
        '<img alt="" srcset="https://andre.example/bilde.png 2x" src="bilde.png">',
    ],
)
def test_what_would_be_fetched_from_elsewhere_is_reported(html: str) -> None:
    site = {**SITE, "moduler/a/c/bilde.png": ""}
    assert any("example" in target for target in broken(html, site=site))


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://andre.example/">x</a>',
        '<link rel="canonical" href="https://katalog.example/">',
        '<link rel="alternate" hreflang="nn" href="https://katalog.example/nn/">',
        '<form action="https://skolen.example/sok"></form>',
    ],
)
def test_links_out_that_a_reader_follows_are_fine(html: str) -> None:
    assert broken(html) == []
