"""Bags of words that were made before, in a small database in `build/`: a text that is as it was is not taken apart again."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from kurskatalog.output.search.bags import Bag
from kurskatalog.words.search import HEAD

_MANY = 500


class Bags:
    """The database. A damaged one is thrown away: everything in it can be made again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._open()
        except sqlite3.DatabaseError:
            self.forget()

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.db = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        self.db.execute("PRAGMA synchronous=OFF")
        self.db.execute("PRAGMA journal_mode=PERSIST")  # a new database is written once, not into a log first
        self.db.execute("CREATE TABLE IF NOT EXISTS bag (key TEXT PRIMARY KEY, words TEXT) WITHOUT ROWID")

    def forget(self) -> None:
        """Begin again with an empty database: an old log beside it would be played into a new one."""
        self.db.close()
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(self.path.name + end).unlink()
        self._open()

    def get(self, keys: Collection[str]) -> dict[str, Bag]:
        """The bags of these keys, as far as they are there."""
        wanted = sorted(keys)
        found: dict[str, Bag] = {}
        for at in range(0, len(wanted), _MANY):
            part = wanted[at : at + _MANY]
            marks = ",".join("?" * len(part))
            query = f"SELECT key, words FROM bag WHERE key IN ({marks})"  # noqa: S608 - question marks alone
            found.update((key, _read(words)) for key, words in self.db.execute(query, part))
        return found

    def keys(self) -> set[str]:
        """The keys of all bags."""
        return {key for (key,) in self.db.execute("SELECT key FROM bag")}

    def put(self, bags: Mapping[str, Bag]) -> None:
        """Keep these too."""
        self.db.execute("BEGIN")
        rows = ((key, _write(bag)) for key, bag in bags.items())
        self.db.executemany("INSERT OR REPLACE INTO bag VALUES (?, ?)", rows)
        self.db.execute("COMMIT")

    def holding(self, letters: Iterable[str]) -> Iterator[str]:
        """The keys of bags in which one of these stands."""
        probes = list(letters)
        for key, words in self.db.execute("SELECT key, words FROM bag"):
            if any(probe in words for probe in probes):
                yield key

    def forget_others(self, keys: Collection[str]) -> None:
        """Drop what no document has any more, when it has become much."""
        count = self.db.execute("SELECT count(*) FROM bag").fetchone()[0]
        if count > 2 * len(keys) + _MANY:
            gone = [(key,) for (key,) in self.db.execute("SELECT key FROM bag") if key not in keys]
            self.db.executemany("DELETE FROM bag WHERE key=?", gone)

    def close(self) -> None:
        """Give the database back."""
        self.db.close()


def _write(bag: Bag) -> str:
    """A line of forms for each weight."""
    lines: list[list[str]] = [[] for _ in range(HEAD + 1)]
    for form, weight in bag.items():
        lines[weight].append(form)
    return "\n".join(" ".join(line) for line in lines)


def _read(text: str) -> Bag:
    intern = sys.intern  # a word stands in many bags
    return {intern(form): weight for weight, line in enumerate(text.split("\n")) for form in line.split()}
