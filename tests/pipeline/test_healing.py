"""What lies in `build/` and `site/` can be damaged or deleted: the next builds make it good, byte for byte."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small import Small

from kurskatalog.pipeline.replace import spare_place

AVVIK = "modules/redaksjonen/avvik/module.nb.md"
PAGE = "moduler/redaksjonen/avvik/index.html"
PICTURE = "moduler/redaksjonen/sensorer/sensor.png"


def nothing(small: Small) -> None:
    """No change."""


def texts(small: Small) -> None:
    """A change of one text: the short way."""
    small.change(AVVIK, "Gjør dette.", "Gjør dette nå.")


def facts(small: Small) -> None:
    """A change that other pages show."""
    small.change(AVVIK, 'title: "Avvik', 'title: "Avvik og feil')


def frame(small: Small) -> None:
    """A change that every page shows."""
    small.change("catalogue.yml", "Utgiveren", "Den nye utgiveren")


def name_of(value: object) -> str:
    """A parameter's name in a test's."""
    return getattr(value, "__name__", None) or str(value)


each_change = pytest.mark.parametrize("change", [nothing, texts, facts, frame])


def remove(path: Path) -> None:
    """Delete a file or a folder, which must be there."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def replace(path: Path, raw: bytes) -> None:
    """A new file in place of another, which may have a second name in another tree."""
    path.unlink()
    path.write_bytes(raw)


def heals(small: Small) -> None:
    """Two builds give the clean site: the first from what is damaged, the second with the trees changed over."""
    small.build()
    small.is_clean()
    small.change("modules/redaksjonen/trender/module.nb.md", "Gjør dette.", "Gjør dette nå.")
    small.build()
    small.is_clean()


@pytest.mark.parametrize(
    ("names", "change"),
    [
        *(([PAGE], change) for change in (nothing, texts, facts)),
        *((["index.html", PICTURE], change) for change in (texts, facts, frame)),
        *((["assets/kk.css", "sitemap.xml", "404.html"], change) for change in (nothing, frame)),
    ],
    ids=name_of,
)
def test_lost_files_of_the_site_are_made_again(built: Small, names: list[str], change: Callable[[Small], None]) -> None:
    for name in names:
        remove(built.out / name)
    change(built)
    heals(built)


@pytest.mark.parametrize("name", [PAGE, PICTURE, "assets/kk.css", "sitemap.xml"])
def test_cut_files_of_the_site_are_made_again(built: Small, name: str) -> None:
    replace(built.out / name, (built.out / name).read_bytes()[:50])
    heals(built)


def test_a_page_removed_by_hand_is_the_only_one_made_again(built: Small) -> None:
    remove(built.out / PAGE)
    assert built.build().made == 1
    assert built.build().made == 0
    built.is_clean()


def test_a_deleted_site_is_made_again(built: Small) -> None:
    remove(built.out)
    heals(built)


@pytest.mark.parametrize(
    ("raw", "change"),
    [(None, texts), (b'{"pages": {"a": 1}}', facts), (b"[]", texts), (b'{"pages": {', nothing)],
    ids=name_of,
)
def test_a_damaged_manifest_is_written_again(built: Small, raw: bytes | None, change: Callable[[Small], None]) -> None:
    for path in (built.root / "build" / "cache").glob("site-*.json"):
        remove(path) if raw is None else replace(path, raw)
    change(built)
    heals(built)


@pytest.mark.parametrize(
    ("share", "change"), [(0, texts), (0.001, facts), (0.3, nothing), (0.6, facts), (0.95, texts), (0.95, frame)]
)
def test_a_cut_store_is_filled_again(built: Small, share: float, change: Callable[[Small], None]) -> None:
    store = built.root / "build" / "cache" / "reading.sqlite"
    raw = store.read_bytes()
    store.write_bytes(raw[: int(len(raw) * share)])
    change(built)
    heals(built)


@pytest.mark.parametrize("seed", range(8))
def test_a_store_with_overwritten_blocks_is_filled_again(built: Small, seed: int) -> None:
    store = built.root / "build" / "cache" / "reading.sqlite"
    raw = bytearray(store.read_bytes())
    at = random.Random(seed).randrange(0, len(raw), 4096)
    raw[at : at + 4096] = random.Random(seed).randbytes(4096)
    store.write_bytes(raw)
    (frame if seed % 2 else facts)(built)
    heals(built)


def test_a_store_that_is_something_else_is_thrown_away(built: Small) -> None:
    (built.root / "build" / "cache" / "reading.sqlite").write_text("not a database" * 1000)
    (built.root / "build" / "cache" / "reading.sqlite-journal").write_text("not a log" * 1000)
    facts(built)
    heals(built)


@pytest.mark.parametrize("change", [texts, facts, frame])
@pytest.mark.parametrize(
    "names", [[""], [".kurskatalog"], [PAGE, PICTURE, "assets/kk.css", "sitemap.xml"]], ids=name_of
)
def test_a_damaged_spare_tree_is_made_good(built: Small, names: list[str], change: Callable[[Small], None]) -> None:
    for name in names:
        remove(spare_place(built.project) / name)
    change(built)
    heals(built)


def test_cut_files_of_the_spare_tree_do_not_reach_the_site(built: Small) -> None:
    for name in (PAGE, PICTURE, "assets/kk.css"):
        replace(spare_place(built.project) / name, b"cut")
    heals(built)


def test_a_foreign_file_in_the_site_goes_and_stays_away(built: Small) -> None:
    (built.out / "notat.txt").write_text("glemt")
    (built.out / "kurs" / "notat.txt").write_text("glemt")
    texts(built)
    built.build()
    heals(built)


@pytest.mark.parametrize(
    ("names", "change"),
    [([""], nothing), ([""], frame), ([".kurskatalog"], texts), (["nb/index.md"], nothing), (["nb/index.md"], texts)]
    + [
        (["nb/moduler/redaksjonen/avvik/index.md", "nb/kurs/index.md"], change)
        for change in (nothing, texts, facts, frame)
    ],
    ids=name_of,
)
def test_deleted_documents_are_written_again(built: Small, names: list[str], change: Callable[[Small], None]) -> None:
    for name in names:
        remove(built.root / "build" / "docs" / name)
    change(built)
    heals(built)


@each_change
def test_documents_changed_by_hand_do_not_reach_the_site(built: Small, change: Callable[[Small], None]) -> None:
    for path in (built.root / "build" / "docs").rglob("*.md"):
        replace(path, path.read_bytes().replace(b"</article>", "<p>Endret for hånd</p></article>".encode()))
    change(built)
    heals(built)


@pytest.mark.parametrize("change", [texts, facts])
def test_deleted_settings_of_the_engine_are_written_again(built: Small, change: Callable[[Small], None]) -> None:
    remove(built.root / "build" / "mkdocs.yml")
    change(built)
    heals(built)


@pytest.mark.parametrize("change", [texts, frame])
def test_a_deleted_build_folder_is_made_again(built: Small, change: Callable[[Small], None]) -> None:
    remove(built.root / "build")
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
    (small.root / "build").write_text("")
    with pytest.raises(OSError, match="build"):
        small.build()
