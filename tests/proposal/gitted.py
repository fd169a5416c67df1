"""A small catalogue in a git repository of its own, to be changed and compared."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from small import TODAY, Small, small_files, write

from kurskatalog.proposal.changes import Report
from kurskatalog.proposal.comment import as_comment
from kurskatalog.proposal.compare import report_on
from kurskatalog.proposal.sides import with_sides
from kurskatalog.words import Words

ENV = {
    **os.environ,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    **{
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "x"), ("EMAIL", "x@example.org"))
    },
}


def git(root: Path, *arguments: str) -> str:
    """Run git as nobody in particular."""
    done = subprocess.run(["git", *arguments], cwd=root, env=ENV, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@dataclass
class Gitted:
    """The catalogue's root, which is the repository's too, and a program's home for it."""

    root: Path
    home: Path

    @classmethod
    def begin(cls, root: Path, home: Path, files: dict[str, Any] | None = None) -> Gitted:
        """A repository with one commit, `main`."""
        one = cls(root, home)
        write(root, {**(files or small_files()), ".gitignore": "build/\nsite/\n"})
        git(root, "init", "-q", "-b", "main")
        one.commit("base")
        return one

    def change(self, files: dict[str, Any]) -> None:
        """Write files; None takes one away."""
        write(self.root, files)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text in a file."""
        path = self.root / name
        text = path.read_text("utf-8")
        assert old in text, (name, old)
        path.write_text(text.replace(old, new), "utf-8")

    def commit(self, message: str) -> str:
        """Commit everything; the commit's id."""
        git(self.root, "add", "-A")
        git(self.root, "commit", "-q", "-m", message)
        return git(self.root, "rev-parse", "HEAD")

    @property
    def small(self) -> Small:
        """The catalogue, to be built."""
        return Small(self.root, self.home)

    def report(self, base: str = "main", head: str = "", lang: str = "nb") -> Report:
        """What a proposal means."""
        words = Words(lang)
        return with_sides(self.small.project, base, head, TODAY, 1, lambda sides: report_on(sides, words, TODAY))

    def comment(self, base: str = "main", head: str = "", **options: Any) -> str:
        """The same as a comment, without the signs that part words from what they could call."""
        return as_comment(self.report(base, head), Words("nb"), **options)
