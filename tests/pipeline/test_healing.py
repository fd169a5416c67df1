"""What lies in `build/` and `site/` can be damaged or deleted: the next builds make it good, byte for byte."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small import Small, same

from kurskatalog.pipeline.replace import spare_place

AVVIK = "modules/redaksjonen/avvik/module.nb.md"
PAGE = "moduler/redaksjonen/avvik/index.html"


def texts(small: Small) -> None:
    """A change of one text: the short way."""
    small.change(AVVIK, "Gjør dette.", "Gjør dette nå.")


def facts(small: Small) -> None:
    """A change that other pages show."""
    small.change(AVVIK, 'title: "Avvik', 'title: "Avvik og feil')


def frame(small: Small) -> None:
    """A change that every page shows."""
    small.change("catalogue.yml", "Utgiveren", "Den nye utgiveren")


def nothing(small: Small) -> None:
    """No change."""


CHANGES = [nothing, texts, facts, frame]


@pytest.fixture
def built(small: Small) -> Small:
    """A small catalogue built twice, so that it has a spare tree."""
    small.build()
    small.change(AVVIK, "En tekst.", "En annen tekst.")
    small.build()
    assert spare_place(small.project).is_dir()
    return small


def heals(small: Small) -> None:
    """Two builds give the clean site: the first from what is damaged, the second with the trees changed over."""
    small.build()
    clean = small.clean_site(small.root.with_name("clean"))
    same(small.site(), clean)
    small.change("modules/redaksjonen/trender/module.nb.md", "Gjør dette.", "Gjør dette nå.")
    small.build()
    same(small.site(), small.clean_site(small.root.with_name("clean")))


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "name", [PAGE, "index.html", "assets/kk.css", "moduler/redaksjonen/sensorer/sensor.png", "sitemap.xml", "404.html"]
)
def test_a_file_of_the_site_is_made_again(built: Small, name: str, change: Callable[[Small], None]) -> None:
    (built.out / name).unlink()
    change(built)
    heals(built)


def test_a_page_removed_by_hand_is_the_only_one_made_again(built: Small) -> None:
    (built.out / PAGE).unlink()
    assert built.build().made == 1
    assert (built.out / PAGE).is_file()


def test_a_cut_page_is_made_again(built: Small) -> None:
    raw = (built.out / PAGE).read_bytes()
    (built.out / PAGE).unlink()
    (built.out / PAGE).write_bytes(raw[:100])
    assert built.build().made == 1
    heals(built)


def test_a_deleted_site_is_made_again(built: Small) -> None:
    shutil.rmtree(built.out)
    heals(built)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("what", ["deleted", "cut", "other JSON", "empty"])
def test_a_damaged_manifest_is_written_again(built: Small, what: str, change: Callable[[Small], None]) -> None:
    for path in (built.root / "build" / "cache").glob("site-*.json"):
        raw = path.read_bytes()
        path.unlink()
        if what != "deleted":
            path.write_bytes({"cut": raw[: len(raw) // 2], "other JSON": b'{"pages": {"a": 1}}', "empty": b""}[what])
    change(built)
    heals(built)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.6, 0.95])
def test_a_cut_store_is_filled_again(built: Small, share: float, change: Callable[[Small], None]) -> None:
    store = built.root / "build" / "cache" / "reading.sqlite"
    raw = store.read_bytes()
    store.write_bytes(raw[: int(len(raw) * share)])
    change(built)
    heals(built)


@pytest.mark.parametrize("seed", range(6))
def test_a_store_with_overwritten_blocks_is_filled_again(built: Small, seed: int) -> None:
    store = built.root / "build" / "cache" / "reading.sqlite"
    raw = bytearray(store.read_bytes())
    at = random.Random(seed).randrange(0, len(raw) - 4096, 4096)
    raw[at : at + 4096] = random.Random(seed).randbytes(4096)
    store.write_bytes(raw)
    facts(built)
    heals(built)


def test_a_store_that_is_a_text_is_thrown_away(built: Small) -> None:
    (built.root / "build" / "cache" / "reading.sqlite").write_text("not a database" * 1000)
    facts(built)
    heals(built)


def test_a_deleted_store_is_filled_again(built: Small) -> None:
    for path in (built.root / "build" / "cache").glob("reading.sqlite*"):
        path.unlink()
    texts(built)
    heals(built)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "name", ["", PAGE, "assets/kk.css", "moduler/redaksjonen/sensorer/sensor.png", "sitemap.xml", ".kurskatalog"]
)
def test_a_damaged_spare_tree_is_made_good(built: Small, name: str, change: Callable[[Small], None]) -> None:
    lost = spare_place(built.project) / name
    if lost.is_dir():
        shutil.rmtree(lost)
    else:
        lost.unlink()
    change(built)
    heals(built)


def test_a_foreign_file_in_the_site_goes_and_stays_away(built: Small) -> None:
    (built.out / "notat.txt").write_text("glemt")
    texts(built)
    built.build()
    heals(built)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "name",
    ["", "nb", ".kurskatalog", "nb/index.md", "nb/moduler/redaksjonen/avvik.md", "nb/moduler/redaksjonen/trender.md"],
)
def test_deleted_documents_are_written_again(built: Small, name: str, change: Callable[[Small], None]) -> None:
    lost = built.root / "build" / "docs" / name
    if lost.is_dir():
        shutil.rmtree(lost)
    else:
        lost.unlink()
    change(built)
    heals(built)


@pytest.mark.parametrize("change", CHANGES)
def test_documents_changed_by_hand_do_not_reach_the_site(built: Small, change: Callable[[Small], None]) -> None:
    for path in (built.root / "build" / "docs").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        path.unlink()
        path.write_text(text.replace("</article>", "<p>Endret for hånd</p></article>"), encoding="utf-8")
    change(built)
    heals(built)


@pytest.mark.parametrize("change", CHANGES)
def test_deleted_settings_of_the_engine_are_written_again(built: Small, change: Callable[[Small], None]) -> None:
    (built.root / "build" / "mkdocs.yml").unlink()
    change(built)
    heals(built)


@pytest.mark.parametrize("change", [texts, frame])
def test_a_deleted_build_folder_is_made_again(built: Small, change: Callable[[Small], None]) -> None:
    shutil.rmtree(built.root / "build")
    change(built)
    heals(built)


def test_left_over_parts_do_no_harm(built: Small) -> None:
    for name in ("docs/moduler/redaksjonen/rest.md", "site/rest/index.html", "docs/index.md"):
        path = built.root / "build" / "parts" / "0" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("rest")
    texts(built)
    heals(built)


def test_a_file_where_the_build_folder_should_be_is_said_plainly(small: Small) -> None:
    Path(small.root / "build").write_text("")
    with pytest.raises(OSError, match=r"build"):
        small.build()
