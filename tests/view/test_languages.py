"""Several languages: each page in its own place, linked with its other versions, and honest about texts that are not translated."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
from html_page import Element, parse
from small import LANGUAGES, TRANSLATION, Small, catalogue, module, small_files, write

from kurskatalog.pipeline.load import load
from kurskatalog.words import Words

ADDRESS = "https://katalog.example/"
PREFIXES = {"nb": "", "nn": "nn/", "en": "en/"}
FALLBACKS = {  # (path, language of the page) -> language of its text
    **{
        (path, lang): "nb"
        for path in ("moduler/redaksjonen/sensorer", "moduler/redaksjonen/avvik", "")
        for lang in ("nn", "en")
    },
    ("moduler/redaksjonen/trender", "en"): "nb",
    ("om", "en"): "nb",
}


@pytest.fixture(scope="module")
def pages(site: Small) -> dict[tuple[str, str], Element]:
    """(path, language) -> the page, of the small catalogue in three languages."""
    found: dict[tuple[str, str], Element] = {}
    for name, raw in site.site().items():
        if name.endswith("index.html"):
            way = name.removesuffix("index.html")
            lang = way[:2] if way.startswith(("nn/", "en/")) else "nb"
            found[way.removeprefix(PREFIXES[lang]).strip("/"), lang] = parse(raw.decode())
    return found


def goal(path: str, lang: str, link: str) -> str:
    """Where in the site a link on a page leads."""
    here = f"/{PREFIXES[lang]}{path}/" if path else f"/{PREFIXES[lang]}"
    there = posixpath.normpath(posixpath.join(here, unquote(link).partition("#")[0]))
    return there.strip("/") + "/" if there != "/" else ""


def test_every_page_is_there_in_every_language(pages: dict[tuple[str, str], Element]) -> None:
    paths = {path for path, _ in pages}
    assert set(pages) == {(path, lang) for path in paths for lang in LANGUAGES}
    assert len(paths) > 20


def test_a_page_says_its_language(pages: dict[tuple[str, str], Element]) -> None:
    assert {(lang, page.one("html")["lang"]) for (_, lang), page in pages.items()} == {
        (lang, lang) for lang in LANGUAGES
    }


def test_every_page_names_all_its_versions(pages: dict[tuple[str, str], Element]) -> None:
    for (path, lang), page in pages.items():
        found = {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate")}
        way = f"{path}/" if path else ""
        expected = {code: f"{ADDRESS}{prefix}{way}" for code, prefix in PREFIXES.items()}
        assert found == {**expected, "x-default": f"{ADDRESS}{way}"}, (path, lang)


def test_the_true_address_is_that_of_the_text(pages: dict[tuple[str, str], Element]) -> None:
    for (path, lang), page in pages.items():
        true = FALLBACKS.get((path, lang), lang)
        way = f"{path}/" if path else ""
        assert page.one("link", rel="canonical")["href"] == f"{ADDRESS}{PREFIXES[true]}{way}", (path, lang)


def test_the_switch_leads_to_the_same_page(pages: dict[tuple[str, str], Element]) -> None:
    for (path, lang), page in pages.items():
        for name in ("kk-languages", "kk-tongues"):
            links = page.one("nav", class_=name).all("a")
            assert [link["hreflang"] for link in links] == list(LANGUAGES)
            assert [link["lang"] for link in links] == list(LANGUAGES)
            way = f"{path}/" if path else ""
            assert [goal(path, lang, link["href"]) for link in links] == [
                f"{PREFIXES[code]}{way}" for code in LANGUAGES
            ]
            assert [link["hreflang"] for link in links if link.attributes.get("aria-current")] == [lang]


def test_links_stay_in_the_readers_language(pages: dict[tuple[str, str], Element]) -> None:
    for (path, lang), page in pages.items():
        for link in page.one("main").all("a"):
            if not link.attributes["href"].startswith(("http", "mailto", "#")) and "/api/" not in link["href"]:
                there = goal(path, lang, link["href"])
                assert (there[:2] if there[:3] in ("nn/", "en/") else "nb") == lang, (path, link["href"])


def test_a_text_that_is_not_translated_is_marked_and_says_so(pages: dict[tuple[str, str], Element]) -> None:
    for (path, lang), page in pages.items():
        true = FALLBACKS.get((path, lang))
        texts = page.all("div", class_="kk-text")
        notices = page.all("p", class_="kk-fallback")
        if true:
            assert [text.language for text in texts] == [true], (path, lang)
            words = Words(lang)
            said = words("This text is not translated yet. You are reading it in {language}.").format(
                language=words.language(true)
            )
            assert [notice.words for notice in notices] == [said], (path, lang)
            assert notices[0].language == lang
        else:
            assert not notices, (path, lang)
            assert {text.language for text in texts} <= {lang}, (path, lang)


def test_titles_and_outcomes_in_another_language_are_marked(pages: dict[tuple[str, str], Element]) -> None:
    for (path, lang), true in FALLBACKS.items():
        if path.startswith("moduler/"):
            page = pages[path, lang]
            assert page.one("h1").inside[-1].language == true
            assert {item.inside[0].language for item in page.one("section", class_="kk-outcomes").all("li")} == {true}
    row = next(link for link in pages["kurs", "en"].all("a") if link.words == "Energi i bygg")
    assert row.inside[0].language == "nb"
    row = next(link for link in pages["moduler", "nn"].all("a") if link.words == "Trendar")
    assert row.language == "nn"


def test_headings_in_the_contents_are_those_of_the_text(pages: dict[tuple[str, str], Element]) -> None:
    found = {
        lang: [a.words for a in pages["moduler/redaksjonen/trender", lang].one("nav", class_="md-nav").all("a")]
        for lang in LANGUAGES
    }
    assert "Øvelse" in found["nb"]
    assert "Øving" in found["nn"]
    assert "Øvelse" in found["en"]


def test_every_word_of_the_frame_is_translated(pages: dict[tuple[str, str], Element]) -> None:
    skip = {lang: pages["om", lang].one("a", class_="kk-skip").words for lang in LANGUAGES}
    assert skip == {lang: Words(lang)("Skip to content") for lang in LANGUAGES}
    assert len(set(skip.values())) == 3
    menus = {lang: [a.words for a in pages["om", lang].one("nav", class_="kk-tabs").all("a")] for lang in LANGUAGES}
    assert menus["nb"][:2] == ["Kurs", "Moduler"]
    assert menus["nn"][:2] == ["Kurs", "Modular"]
    assert menus["en"][:2] == ["Courses", "Modules"]


def test_the_menu_marks_where_the_reader_is(pages: dict[tuple[str, str], Element]) -> None:
    for path, expected in {
        "kurs": "kurs",
        "kurs/skolen/energi": "kurs",
        "moduler/redaksjonen/avvik": "moduler",
        "tema/ki": "tema",
    }.items():
        marked = [
            a for a in pages[path, "nn"].one("nav", class_="kk-tabs").all("a") if a.attributes.get("aria-current")
        ]
        assert [goal(path, "nn", a["href"]) for a in marked] == [f"nn/{expected}/"]


def test_edit_this_page_leads_to_the_source_in_its_true_language(pages: dict[tuple[str, str], Element]) -> None:
    edit = "https://git.example/katalog/edit/main/"
    expected = {
        ("moduler/redaksjonen/trender", "nb"): "modules/redaksjonen/trender/module.nb.md",
        ("moduler/redaksjonen/trender", "nn"): "modules/redaksjonen/trender/module.nn.md",
        ("moduler/redaksjonen/trender", "en"): "modules/redaksjonen/trender/module.nb.md",
        ("kurs/skolen/energi", "en"): "content/providers/skolen/courses/energi.yml",
        ("om", "nn"): "content/pages/om.nn.md",
        ("planer/operator", "nb"): "content/plans/operator.yml",
        ("tilbydere/skolen", "nb"): "content/providers/skolen/provider.yml",
    }
    for at, file in expected.items():
        assert pages[at].one("p", class_="kk-edit").one("a")["href"] == edit + file
    assert not pages["kurs", "nb"].all("p", class_="kk-edit")


def test_the_site_map_names_every_page_with_its_versions(site: Small, pages: dict[tuple[str, str], Element]) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    root = ET.fromstring((site.out / "sitemap.xml").read_bytes())
    found = {
        u.find("s:loc", space).text: {a.get("hreflang"): a.get("href") for a in u.findall("x:link", space)}
        for u in root
    }
    expected = {}
    for path, lang in pages:
        way = f"{path}/" if path else ""
        expected[f"{ADDRESS}{PREFIXES[lang]}{way}"] = {
            code: f"{ADDRESS}{prefix}{way}" for code, prefix in PREFIXES.items()
        }
    assert found == expected


def test_a_lost_reader_is_helped_in_every_language(site: Small) -> None:
    for name, first in (("404.html", "nb"), ("nn/404.html", "nn"), ("en/404.html", "en")):
        page = parse((site.out / name).read_text(encoding="utf-8"))
        assert page.one("html")["lang"] == first
        assert page.one("meta", name="robots")["content"] == "noindex"
        sections = page.one("main").all("section")
        assert {section["lang"] for section in sections} == set(LANGUAGES)
        for section in sections:
            assert Words(section["lang"])("The page is not here") in section.words
            home = unquote(section.one("a")["href"])
            assert posixpath.normpath(posixpath.join("/", home)).strip("/") == PREFIXES[section["lang"]].strip("/")
        for link in (*page.all("a"), *page.all("link"), *page.all("script")):
            target = link.attributes.get("href") or link.attributes.get("src", "")
            assert target.startswith(("/", "#")), f"{name}: {target} leads elsewhere from a lost address"


# --- redirects, and a site below a path ---


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Small:
    """The small catalogue in two languages, at an address with a path, with redirects."""
    root = tmp_path_factory.mktemp("below") / "katalog"
    redirects = {
        "kurs/skolen/gammelt": "kurs/skolen/energi",
        "gammel-side": "om",
        "moduler/redaksjonen/a": "moduler/redaksjonen/avvik",
    }
    settings: dict[str, Any] = catalogue(("nb", "nn"), address="https://org.example/katalog/", redirects=redirects)
    write(root, {**small_files(("nb", "nn")), "catalogue.yml": settings})
    small = Small(root, home)
    small.build()
    return small


@pytest.mark.parametrize("prefix", ["", "nn/"])
@pytest.mark.parametrize(("old", "new"), [("kurs/skolen/gammelt", "kurs/skolen/energi"), ("gammel-side", "om")])
def test_a_moved_page_leads_to_its_new_address(below: Small, prefix: str, old: str, new: str) -> None:
    page = parse(below.html(f"{prefix}{old}"))
    lang = prefix.strip("/") or "nb"
    assert page.one("html")["lang"] == lang
    assert page.one("title").text == Words(lang)("The page has moved")
    assert page.one("link", rel="canonical")["href"] == f"https://org.example/katalog/{prefix}{new}/"
    refresh = next(meta for meta in page.all("meta") if meta.attributes.get("http-equiv") == "refresh")
    for link in (refresh["content"].partition("url=")[2], page.one("a")["href"]):
        assert goal(old, lang, link) == f"{prefix}{new}/"
    assert f"{prefix}{old}/" not in (below.out / "sitemap.xml").read_text(encoding="utf-8")


def test_a_site_below_a_path_names_its_whole_address(below: Small) -> None:
    page = parse(below.html("nn/om"))
    assert page.one("link", rel="canonical")["href"] == "https://org.example/katalog/nn/om/"
    lost = parse((below.out / "nn/404.html").read_text(encoding="utf-8"))
    targets = [
        e.attributes.get("href") or e.attributes.get("src", "")
        for tag in ("a", "link", "script")
        for e in lost.all(tag)
    ]
    assert all(target.startswith(("/katalog/", "#")) for target in targets), targets


def test_one_language_needs_no_switch(tmp_path: Path, home: Path) -> None:
    write(tmp_path, small_files(("nb",)))
    small = Small(tmp_path, home)
    small.build()
    page = parse(small.html("om"))
    assert not page.all("nav", class_="kk-languages")
    assert not page.all("nav", class_="kk-tongues")
    assert [link["hreflang"] for link in page.all("link", rel="alternate")] == ["nb", "x-default"]


# --- what would break in one language only is a problem with a place ---


def problems(root: Path, home: Path, files: dict[str, Any]) -> list[tuple[str, int, str]]:
    write(root, files)
    small = Small(root, home)
    found = load(small.project, today=small.today).problems
    return [(p.place.file, p.place.line, p.code) for p in found]


def test_a_link_to_a_heading_leads_to_one_in_every_language(tmp_path: Path, home: Path) -> None:
    avvik = "modules/redaksjonen/avvik/module.nb.md"
    text = module("Avvik", text="Se [trender](../trender/module.md#ovelse).", hours="1.5")
    assert problems(tmp_path / "nb", home, {**small_files(("nb",)), avvik: text}) == []
    line = text.split("\n").index("Se [trender](../trender/module.md#ovelse).") + 1
    assert problems(tmp_path / "nn", home, {**small_files(("nb", "nn")), avvik: text}) == [(avvik, line, "K208")]
    nn = "modules/redaksjonen/avvik/module.nn.md"
    own = TRANSLATION.format(title="Avvik", summary="Om avvik.", text="Sjå [trendar](../trender/module.md#oving).")
    files = {**small_files(("nb", "nn")), avvik: text, nn: own}
    assert problems(tmp_path / "both", home, files) == []
    files["catalogue.yml"] = catalogue(("nb", "nn", "en"))  # readers of English get both texts in bokmål
    assert problems(tmp_path / "en", home, files) == []


@pytest.mark.parametrize(
    "old", ["nn", "nn/om", "nn/kurs", "status", "om", "kurs", "tema/ki", "kurs/skolen/energi", "assets"]
)
def test_a_redirect_never_takes_the_place_of_a_page(tmp_path: Path, home: Path, old: str) -> None:
    settings = catalogue(("nb", "nn"), redirects={old: "planer/operator"})
    found = problems(tmp_path, home, {**small_files(("nb", "nn")), "catalogue.yml": settings})
    assert [(file, code) for file, _, code in found] == [("catalogue.yml", "K132")]
