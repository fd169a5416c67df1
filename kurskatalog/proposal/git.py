"""Reads a catalogue's files as they are in a commit, as data: nothing is checked out, no hook, filter or submodule runs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kurskatalog.check.reading import READ_AT_MOST
from kurskatalog.files import link_or_copy
from kurskatalog.problems import Message
from kurskatalog.project import is_ignored

TOPS = ("catalogue.yml", "content", "modules")
"""What a catalogue is made of, below its root."""

MOST_FILES = 200_000
_LINK, _FILES = "120000", ("100644", "100755", "100664")

# What a repository's own settings could make git run or fetch is off; a pager, a prompt and replaced objects too.
_SAFE = ("--no-pager", "--no-optional-locks", "--literal-pathspecs", "--no-replace-objects")
_SETTINGS = ("core.hooksPath=/dev/null", "core.fsmonitor=false", "protocol.allow=never", "log.showSignature=false")
_ENV = {"GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
_TAKEN_AWAY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF", "GIT_PREFIX")


class NoHistory(Exception):
    """Raised when git cannot give what is asked for; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a commit: what kind of entry it is (git's mode), the id of its content, its size in bytes."""

    mode: str
    id: str
    size: int

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == _LINK


class Git:
    """The repository that a catalogue lies in; the catalogue's root may be a folder of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.hash = "sha1"
        try:
            self.prefix = self._ask("rev-parse", "--show-prefix").removesuffix("\n")
            if len(self._ask("hash-object", "--stdin").strip()) == 64:
                self.hash = "sha256"
        except FileNotFoundError:
            raise NoHistory(Message("git is not installed, so there is nothing to compare with")) from None
        except _Refused:
            raise NoHistory(Message("{path} is not in a git repository", path=str(root))) from None

    def commit(self, revision: str) -> str:
        """The id of the commit that a revision names. Raises NoHistory when there is none."""
        try:
            if not revision or revision.startswith("-") or not revision.isprintable():
                raise _Refused
            return self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").strip()
        except _Refused:
            why = Message("there is no revision '{name}' in this repository", name=revision)
            raise NoHistory(why) from None

    def fork(self, base: str, head: str) -> str:
        """The commit at which `head` left `base`; `base` itself when the history does not go back that far."""
        try:
            return self._ask("merge-base", base, head).split()[0]
        except (_Refused, IndexError):
            return base

    def files(self, commit: str) -> dict[str, Blob]:
        """The catalogue's files in a commit, by their path from the catalogue's root. Submodules are left out."""
        tree = f"{commit}:{self.prefix}" if self.prefix else f"{commit}^{{tree}}"
        try:
            listing = self._ask_bytes("ls-tree", "-r", "-z", "-l", "--full-tree", tree)
        except _Refused:  # the commit has no such folder
            return {}
        found: dict[str, Blob] = {}
        for entry in listing.split(b"\0")[:MOST_FILES]:
            facts, _, raw = entry.partition(b"\t")
            name = os.fsdecode(raw)
            if facts and _is_ours(name):
                mode, _, ident, size = facts.decode().split()
                if mode in (*_FILES, _LINK):
                    found[name] = Blob(mode, ident, int(size))
        return found

    def paths_between(self, base: str, head: str) -> list[str]:
        """Every path of the repository that differs between two commits, renamed ones under both names."""
        try:
            listing = self._ask_bytes(
                "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", base, head
            )
        except _Refused:
            raise NoHistory(Message("git cannot compare the two revisions")) from None
        return [os.fsdecode(raw) for raw in listing.split(b"\0") if raw]

    def read(self, blobs: Iterable[Blob]) -> Iterator[bytes]:
        """The contents, in order; of a file that is too large for a catalogue as much as shows that."""
        wanted = list(blobs)
        if not wanted:
            return
        command = self._command("cat-file", "--batch")
        with subprocess.Popen(
            command, cwd=self.root, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            if process.stdin is None or process.stdout is None:
                raise OSError
            try:
                for blob in wanted:
                    process.stdin.write(f"{blob.id}\n".encode())
                    process.stdin.flush()
                    head = process.stdout.readline().split()
                    if len(head) != 3 or head[1] != b"blob":
                        raise NoHistory(Message("git does not have the file {id}", id=blob.id))
                    size = int(head[2])
                    raw = process.stdout.read(min(size, READ_AT_MOST))
                    _skip(process.stdout, size - len(raw) + 1)
                    yield raw
            finally:
                process.stdin.close()
                process.stdout.close()

    def blob_id(self, raw: bytes) -> str:
        """The id that git would give a file with this content."""
        return hashlib.new(self.hash, b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()

    def _command(self, *arguments: str) -> list[str]:
        return ["git", *_SAFE, *(part for value in _SETTINGS for part in ("-c", value)), *arguments]

    def _ask(self, *arguments: str) -> str:
        return self._ask_bytes(*arguments).decode("utf-8", "replace")

    def _ask_bytes(self, *arguments: str) -> bytes:
        command = self._command(*arguments)
        done = subprocess.run(command, cwd=self.root, env=_environment(), stdin=subprocess.DEVNULL, capture_output=True)
        if done.returncode:
            raise _Refused
        return done.stdout


class _Refused(Exception):
    """Git said no."""


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in _TAKEN_AWAY} | _ENV


def _skip(stream: Any, count: int) -> None:
    while count > 0:
        count -= len(stream.read(min(count, 1 << 20))) or count


def _is_ours(name: str) -> bool:
    """Whether a path of a commit is part of the catalogue, and one that can be written below a folder and nowhere else."""
    parts = name.split("/")
    if parts[0] not in TOPS or "\\" in name or "\0" in name:
        return False
    return not any(part in ("", ".", "..") or is_ignored(part) for part in parts)


def lay_out(git: Git, files: Mapping[str, Blob], folder: Path, like: Path, same: Iterable[str]) -> None:
    """Write the files of a commit below an empty folder; those in `same` are as below `like`, and get a second name.

    Links come last and lead nowhere, so that no file is ever written through one.
    """
    here = set(same)
    made: set[Path] = set()

    def place(name: str) -> Path:
        target = folder / name
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        return target

    plain = {name: blob for name, blob in files.items() if not blob.is_link}
    others = [name for name in plain if name not in here]
    for name in plain.keys() & here:
        link_or_copy(str(like / name), str(place(name)))
    for name, raw in zip(others, git.read(plain[name] for name in others), strict=True):
        place(name).write_bytes(raw)
    for name in sorted(files.keys() - plain.keys()):
        target = place(name)
        if not target.exists():
            target.symlink_to("nowhere")


def forget(folder: Path) -> None:
    """Take away what was laid out."""
    shutil.rmtree(folder, ignore_errors=True)
