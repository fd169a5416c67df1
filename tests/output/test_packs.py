"""Packs to take along, unpacked: everything they need is in them, and a browser shows them from the folder."""

from __future__ import annotations

import posixpath
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from selectolax.lexbor import LexborHTMLParser
from small import Small

PROVIDER, PLAN = "pdf/tilbydere/redaksjonen.zip", "pdf/planer/operator.zip"
SITE = "https://katalog.example/"


@pytest.fixture(scope="session")
def unpacked(printed: Small, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of the packs; their path has a letter and a space that addresses must not trip over."""
    found = {}
    for name in (PROVIDER, PLAN, "nn/pdf/tilbydere/redaksjonen.zip"):
        found[name] = tmp_path_factory.mktemp("pakke å lese")
        with zipfile.ZipFile(printed.out / name) as archive:
            assert archive.testzip() is None
            assert not [n for n in archive.namelist() if n.startswith("/") or ".." in n.split("/")]
            archive.extractall(found[name])
    return found


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_pack_has_its_pages_pictures_and_pdfs(unpacked: dict[str, Path]) -> None:
    provider, plan = names(unpacked[PROVIDER]), names(unpacked[PLAN])
    assert {
        "start.html", "tilbydere/redaksjonen/index.html", "kurs/redaksjonen/maling/index.html", "moduler/redaksjonen/alt/index.html",
        "moduler/redaksjonen/alt/trend.svg", "moduler/redaksjonen/sensorer/sensor.png", "pdf/tilbydere/redaksjonen.pdf",
        "pdf/kurs/redaksjonen/maling.pdf", "pdf/moduler/redaksjonen/alt.pdf",
    } <= provider  # fmt: skip
    assert {
        "planer/operator/index.html",
        "kurs/skolen/energi/index.html",
        "moduler/redaksjonen/sensorer/index.html",
        "pdf/planer/operator.pdf",
    } <= plan
    assert not [name for name in provider if name.startswith(("kurs/skolen", "search/", "finn/"))]
    assert not [name for name in plan if name.startswith("moduler/redaksjonen/alt/")]


def test_every_link_leads_to_a_file_of_the_pack_or_to_the_site(unpacked: dict[str, Path]) -> None:
    for folder in unpacked.values():
        own = names(folder)
        for page in sorted(name for name in own if name.endswith(".html")):
            html = LexborHTMLParser((folder / page).read_text("utf-8"))
            assert not html.css("[href^='/'], [src^='/']"), page
            for node in html.css("a[href], link[href], img[src], script[src], source[src]"):
                goal = node.attributes.get("href") or node.attributes.get("src") or ""
                if re.match(r"[a-z]+:", goal):
                    assert node.tag == "a" or goal.startswith((SITE, "data:")), (page, goal)
                    continue
                way, anchor = urldefrag(unquote(goal))
                file = posixpath.normpath(posixpath.join(posixpath.dirname(page), way)) if way else page
                assert file in own, (page, goal)
                if anchor and file.endswith(".html"):
                    target = LexborHTMLParser((folder / file).read_text("utf-8"))
                    assert target.css_first(f'[id="{anchor}"]') is not None, (page, goal)


@pytest.mark.xdist_group("packs")
def test_a_browser_shows_it_from_the_folder(unpacked: dict[str, Path], browser: Any) -> None:
    folder = unpacked[PROVIDER]
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("request", lambda sent: None if sent.url.startswith(("file:", "data:")) else complaints.append(sent.url))
    page.goto((folder / "start.html").as_uri())
    page.wait_for_url("**/tilbydere/redaksjonen/index.html")
    assert page.title().startswith("Redaksjonen")

    page.click("article a:text-is('Alt på én gang')")
    page.wait_for_url("**/moduler/redaksjonen/alt/index.html")
    shown = page.evaluate("""() => ({
        rules: [...document.styleSheets].length,
        font: getComputedStyle(document.querySelector('article h1, h1')).fontFamily,
        wide: document.querySelector('article').getBoundingClientRect().width,
        cells: getComputedStyle(document.querySelector('article table')).borderCollapse,
        broken: [...document.images].filter((i) => !i.complete || !i.naturalWidth).map((i) => i.src),
        fonts: document.fonts.ready.then(() => [...document.fonts].filter((f) => f.status === 'loaded').length),
    })""")
    assert shown["rules"] >= 1
    assert "Schibsted" in shown["font"]
    assert shown["wide"] < 900
    assert shown["broken"] == []
    assert (
        page.evaluate(
            "document.fonts.ready.then(() => [...document.fonts].filter((f) => f.status === 'loaded').length)"
        )
        > 0
    )

    page.click("article a:text-is('trender')")
    page.wait_for_url("**/moduler/redaksjonen/trender/index.html#laeringsmal")
    assert page.locator("article .kk-files a[href$='pdf/moduler/redaksjonen/trender.pdf']").first.is_visible()
    context.close()
    assert complaints == []
