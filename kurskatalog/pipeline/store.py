"""What files said last time: a small database in `build/`, so that an unchanged file is neither read nor rendered again."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kurskatalog.check.reading import FileResult, from_json, to_json
from kurskatalog.files import digest

# A file changed within this time before it was last looked at may have changed again within the clock's grain: it is read.
RACY_NS = 1_000_000_000
BATCH = 100

Stat = tuple[int, int, int, int]


def stat_of(entry: os.DirEntry[str] | Path) -> Stat:
    """Size, time of change, inode and time of inode change: together they change whenever the content does."""
    s = entry.stat(follow_symlinks=False)
    return (s.st_size, s.st_mtime_ns, s.st_ino, s.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of the store without its HTML.

    `key` is of the file's bytes, `html_key` of its rendered text, `facts` of everything else that other pages may depend on.
    """

    stat: Stat
    looked_at: int
    key: str
    facts: str
    html_key: str
    result: str

    def is_fresh(self, stat: Stat) -> bool:
        """Whether a file with this stat surely has the content that was read."""
        return stat == self.stat and max(stat[1], stat[3]) + RACY_NS < self.looked_at


class Store:
    """The database; a damaged or foreign one is thrown away, since everything in it can be made again."""

    VERSION = 2

    def __init__(self, path: Path, program: str) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.program = program
        self.mark = f"{self.VERSION}:{program}"
        try:
            self.db = self._open()
        except sqlite3.DatabaseError:
            self._delete()
            self.db = self._open()

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, isolation_level=None, timeout=30)
        db.execute("PRAGMA synchronous=OFF")
        db.execute("PRAGMA page_size=16384")  # texts are longer than the usual page
        db.execute("PRAGMA journal_mode=PERSIST")  # a new database is written once, not into a log first
        db.execute("CREATE TABLE IF NOT EXISTS program (mark TEXT)")
        row = db.execute("SELECT mark FROM program").fetchone()
        if row is None or row[0] != self.mark:
            db.execute("DROP TABLE IF EXISTS file")
            db.execute("DELETE FROM program")
            db.execute("INSERT INTO program VALUES (?)", (self.mark,))
        db.execute(
            "CREATE TABLE IF NOT EXISTS file (name TEXT PRIMARY KEY, size INT, mtime INT, inode INT, ctime INT, looked INT,"
            " key TEXT, facts TEXT, html_key TEXT, result TEXT, html TEXT)"
        )
        return db

    def _delete(self) -> None:
        """The database with what SQLite keeps beside it: an old log would be played into a new database."""
        for end in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(self.path.name + end).unlink()

    def forget(self) -> None:
        """Begin again with an empty database."""
        self.db.close()
        self._delete()
        self.db = self._open()

    def rows(self) -> dict[str, Kept]:
        """Everything that is kept, by file name."""
        query = "SELECT name, size, mtime, inode, ctime, looked, key, facts, html_key, result FROM file"
        return {
            name: Kept((size, mtime, inode, ctime), looked, *rest)
            for name, size, mtime, inode, ctime, looked, *rest in self.db.execute(query)
        }

    def save(
        self,
        found: Iterable[tuple[str, Stat, FileResult]],
        touched: Iterable[tuple[str, Stat]],
        gone: Iterable[str],
        looked_at: int,
    ) -> None:
        """Keep new results as they come, note that others were looked at again, forget files that are gone.

        `looked_at` is the time (ns) before the first file was looked at: a file may have changed while others were read.
        Results are kept in batches: another program never waits long, and what was read before an interruption is not lost.
        """
        rows = (
            (name, *stat, looked_at, r.key, r.facts, r.html_key, json.dumps(to_json(r), ensure_ascii=False), r.html)
            for name, stat, r in found
        )
        while batch := list(islice(rows, BATCH)):
            with self._change() as cursor:
                cursor.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", batch)
        with self._change() as cursor:
            cursor.executemany(
                "UPDATE file SET size=?, mtime=?, inode=?, ctime=?, looked=? WHERE name=?",
                ((*stat, looked_at, name) for name, stat in touched),
            )
            cursor.executemany("DELETE FROM file WHERE name=?", ((name,) for name in gone))

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Cursor]:
        """All of it or nothing."""
        with closing(self.db.cursor()) as cursor:
            cursor.execute("BEGIN")
            try:
                yield cursor
            except BaseException:
                if self.db.in_transaction:  # a full disk has ended it already
                    cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")

    def html(self, name: str) -> str:
        """The checked XHTML of a text, by its file."""
        row = self.db.execute("SELECT html, html_key FROM file WHERE name=?", (name,)).fetchone()
        if row is None:
            raise KeyError(name)
        if digest(row[0]) != row[1]:
            raise sqlite3.DatabaseError(f"the text of {name} is damaged")
        return str(row[0])

    def all_html(self) -> Iterator[tuple[str, str]]:
        """(file, checked XHTML) of every text."""
        yield from self.db.execute("SELECT name, html FROM file WHERE html != ''")

    def close(self) -> None:
        """Give the database back."""
        self.db.close()


def revive(kept: Kept, name: str) -> FileResult:
    """A kept result as it was."""
    return from_json(json.loads(kept.result), name, kept.key)
