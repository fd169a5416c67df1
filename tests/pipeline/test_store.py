"""What is kept of files from one run to the next, and when a file is read again."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import time
from pathlib import Path

import pytest
from small import Small, small_files, write

from kurskatalog.check.reading import FileResult
from kurskatalog.pipeline import reading
from kurskatalog.pipeline.load import load, open_store
from kurskatalog.pipeline.reading import read_files
from kurskatalog.pipeline.store import RACY_NS, Kept, Store, stat_of

AVVIK = "modules/redaksjonen/avvik/module.nb.md"


def kept(*, changed: int, looked_at: int) -> tuple[Kept, tuple[int, int, int, int]]:
    stat = (100, changed, 7, changed)
    return Kept(stat, looked_at, "key", "facts", "html", "{}"), stat


@pytest.mark.parametrize(
    ("after", "expected"), [(0, False), (RACY_NS, False), (RACY_NS + 1, True), (10 * RACY_NS, True), (-1, False)]
)
def test_what_was_read_within_a_second_of_a_change_is_read_again(after: int, expected: bool) -> None:
    row, stat = kept(changed=1_000, looked_at=1_000 + after)
    assert row.is_fresh(stat) is expected


@pytest.mark.parametrize("at", range(4))
def test_another_size_time_or_inode_is_another_file(at: int) -> None:
    row, stat = kept(changed=0, looked_at=10 * RACY_NS)
    assert row.is_fresh(stat)
    assert not row.is_fresh((*stat[:at], stat[at] + 1, *stat[at + 1 :]))


def test_a_file_is_looked_at_when_reading_begins_not_when_it_ends(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that changes while others are read, in the same tick of the clock, is read again the next time."""
    begin, read_one = time.time_ns(), reading.read_one
    monkeypatch.setattr(reading, "read_one", lambda item: time.sleep(0.02) or read_one(item))
    store = open_store(small.project)
    read_files(small.project, store, 1)
    times = [row.looked_at for row in store.rows().values()]
    store.close()
    assert begin <= min(times) <= max(times) < time.time_ns() - 100_000_000


def test_nothing_is_read_again_when_nothing_changed(small: Small) -> None:
    day = dt.date(2026, 11, 21)
    load(small.project, today=day)
    time.sleep(1.05)
    store = open_store(small.project)
    assert read_files(small.project, store, 1).read == 0  # the first time looks into files that are a second old
    assert read_files(small.project, store, 1).read == 0
    small.change(AVVIK, "En tekst.", "En annen tekst.")
    assert read_files(small.project, store, 1).read == 1
    (small.root / AVVIK).unlink()
    assert read_files(small.project, store, 1).read == 0
    assert AVVIK not in store.rows()
    store.close()


def test_results_are_kept_as_they_were(small: Small) -> None:
    write(
        small.root,
        {
            AVVIK: small_files(("nb",))[AVVIK]
            .replace("hours: 1.5", "hours: 400\ncredits: 1")
            .replace("Øvelse", "Øvelse {#egen}")
        },
    )
    first, second = (load(small.project, today=small.today) for _ in range(2))
    assert first.problems == second.problems
    assert first.problems
    assert first.catalogue == second.catalogue


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_many_processes_read_the_same(small: Small, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WORTH_A_PROCESS", 5)
    expected = load(small.project, today=small.today)
    (small.root / "build" / "cache" / "reading.sqlite").unlink()
    assert load(small.project, today=small.today, jobs=jobs) == expected


def test_a_text_that_was_changed_in_the_store_is_not_believed(small: Small) -> None:
    load(small.project, today=small.today)
    store = open_store(small.project)
    assert "En tekst." in store.html(AVVIK)
    store.db.execute("UPDATE file SET html='<script>' WHERE name=?", (AVVIK,))
    with pytest.raises(sqlite3.DatabaseError, match="damaged"):
        store.html(AVVIK)
    with pytest.raises(KeyError):
        store.html("modules/borte/module.nb.md")
    store.close()


def test_the_store_of_another_program_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    (tmp_path / "file").write_text("x")
    one = Store(path, "1")
    one.save([("file", stat_of(tmp_path / "file"), FileResult(key="k"))], [], [], 0)
    assert set(one.rows()) == {"file"}
    one.close()
    same = Store(path, "1")
    assert set(same.rows()) == {"file"}
    same.close()
    other = Store(path, "2")
    assert not other.rows()
    other.close()


def test_without_a_place_to_write_a_catalogue_is_still_checked(small: Small) -> None:
    (small.root / "build").write_text("a file where the folder should be")
    assert load(small.project, today=small.today).catalogue is not None


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_nothing_is_read_through_a_link(small: Small) -> None:
    secret = small.root.parent / "hemmelig.md"
    (small.root / AVVIK).rename(secret)
    (small.root / AVVIK).symlink_to(secret)
    assert "K106" in {p.code for p in load(small.project, today=small.today).problems}
