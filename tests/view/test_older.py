"""A translation whose original has been changed since says so on its page, and leads to the original."""

from __future__ import annotations

from pathlib import Path

import pytest
from html_page import Element, parse
from small import TRANSLATION, Small, page, small_files, write

TRENDER = "modules/redaksjonen/trender/module"


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Small:
    """The small catalogue with originals that are newer than what was translated, built."""
    root = tmp_path_factory.mktemp("older") / "katalog"
    files = small_files()
    original = files[f"{TRENDER}.nb.md"].replace("updated: 2026-11-01", "updated: 2026-11-03")
    later = TRANSLATION.replace("translates: 2026-11-01", "translates: 2026-11-03")
    write(
        root,
        {
            **files,
            f"{TRENDER}.nb.md": original,
            f"{TRENDER}.en.md": later.format(title="Trends", summary="On trends.", text="A text."),
            "content/pages/om.nn.md": page("Om", translates="2026-11-01"),
            "content/pages/index.nn.md": page("Framsida", translates="2026-10-30"),
        },
    )
    site = Small(root, home)
    site.build()  # a link that leads nowhere would stop it
    return site


def notices(site: Small, name: str) -> list[Element]:
    return parse(site.html(name)).all("p", class_="kk-warning")


@pytest.mark.parametrize(
    ("name", "then", "day", "way"),
    [
        (
            "nn/moduler/redaksjonen/trender",
            "1. november 2026",
            "3. november 2026",
            "../../../../moduler/redaksjonen/trender/",
        ),
        ("nn/om", "1. november 2026", "2. november 2026", "../../om/"),
        ("nn", "30. oktober 2026", "2. november 2026", "./../"),
    ],
)
def test_an_older_translation_says_so_and_leads_to_the_original(
    changed: Small, name: str, then: str, day: str, way: str
) -> None:
    notice = notices(changed, name)[0]
    assert notice.words.startswith(f"Originalen på norsk (bokmål) vart endra {day}.")
    assert then in notice.words
    link = notice.one("a")
    assert (link["href"], link["hreflang"]) == (way, "nb")


@pytest.mark.parametrize("name", ["moduler/redaksjonen/trender", "en/moduler/redaksjonen/trender", "om", "en/om", ""])
def test_originals_fresh_translations_and_fallbacks_say_nothing(changed: Small, name: str) -> None:
    assert notices(changed, name) == []


def test_the_check_says_the_same(changed: Small) -> None:
    warned = {(p.code, p.place.file) for p in changed.build().problems}
    assert {file for code, file in warned if code == "K313"} == {
        f"{TRENDER}.nn.md",
        "content/pages/om.nn.md",
        "content/pages/index.nn.md",
    }
    assert "K314" not in {code for code, _ in warned}
