"""The search index of a build: small changes touch few files, what is lost is made again, and it can be left out."""

from __future__ import annotations

import json
import shutil

import pytest
from small import Small

from kurskatalog.pipeline.build import Built, Wanted, build
from kurskatalog.pipeline.replace import spare_place

AVVIK = "modules/redaksjonen/avvik/module.nb.md"


def index(small: Small) -> dict[str, bytes]:
    return {name: raw for name, raw in small.site().items() if name.startswith("search/")}


def terms(small: Small) -> set[str]:
    return {term for name, raw in index(small).items() if "/p/" in name and raw for term in json.loads(raw)}


def edited(small: Small, old: str, new: str) -> tuple[set[str], Built]:
    """The files of the index that a change makes anew."""
    before = index(small)
    small.change(AVVIK, old, new)
    made = small.build()
    after = index(small)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}, made


def test_a_word_touches_its_own_files(built: Small) -> None:
    files, made = edited(built, "En tekst.", "En tekst om vedlikehold.")
    assert made.made == 1
    assert {name.split("/")[1] for name in files} == {"p", "w"}
    assert len(files) == 2
    assert "vedlikehold" in terms(built)
    edited(built, "En tekst om vedlikehold.", "En tekst.")
    assert "vedlikehold" not in terms(built)
    built.is_clean()


def test_a_new_word_takes_compounds_apart_elsewhere(built: Small) -> None:
    edited(built, "En tekst.", "Om trykkluftanlegg.")
    built.change("content/pages/om.nb.md", "## Først", "Om trykkluft.\n\n## Først")
    built.build()
    built.change("modules/redaksjonen/trender/module.nb.md", "En tekst.", "Et anlegg.")
    built.build()
    assert {"anlegg", "trykkluft", "trykkluftanlegg"} <= terms(built)
    built.is_clean()
    built.change("modules/redaksjonen/trender/module.nb.md", "Et anlegg.", "En tekst.")
    built.build()
    built.is_clean()


@pytest.mark.parametrize("lost", ["words.sqlite", "search-*.json", "both"])
def test_what_is_lost_is_made_again(built: Small, lost: str) -> None:
    cache = built.root / "build" / "cache"
    for pattern in ("words.sqlite*", "search-*.json") if lost == "both" else (f"{lost}*",):
        for path in cache.glob(pattern):
            path.unlink()
    edited(built, "En tekst.", "En tekst om vedlikehold.")
    assert "vedlikehold" in terms(built)
    built.is_clean()


def test_a_damaged_database_of_words_is_made_again(built: Small) -> None:
    (built.root / "build" / "cache" / "words.sqlite").write_bytes(b"ikke en database" * 1000)
    edited(built, "En tekst.", "En tekst om vedlikehold.")
    assert "vedlikehold" in terms(built)
    built.is_clean()


def test_a_file_of_the_index_that_was_changed_by_hand_is_made_again(built: Small) -> None:
    for path in (built.out / "search" / "p").iterdir():
        path.write_bytes(b" " * path.stat().st_size)
    edited(built, "En tekst.", "En tekst om vedlikehold.")
    assert "vedlikehold" in terms(built)
    built.is_clean()


def test_a_file_of_the_index_that_is_gone_is_made_again(built: Small) -> None:
    shutil.rmtree(built.out / "search" / "w")
    built.build()
    built.is_clean()


def test_the_index_can_be_left_out_and_comes_back(built: Small) -> None:
    without = Wanted(today=built.today, search=False)
    build(built.project, without)
    assert index(built) == {}
    assert "finn/data/kurs.json" in built.site()
    assert "search" not in build(built.project, without).seconds
    built.change(AVVIK, "En tekst.", "En tekst om vedlikehold.")
    build(built.project, without)
    assert index(built) == {}
    built.build()
    assert "vedlikehold" in terms(built)
    built.is_clean()


def test_states_of_the_index_do_not_pile_up(built: Small) -> None:
    for number in range(4):
        edited(built, "Gjør dette.", f"Gjør dette. Ny{number}.")
    assert len(list((built.root / "build" / "cache").glob("search-*.json"))) <= 2
    assert spare_place(built.project).exists()
