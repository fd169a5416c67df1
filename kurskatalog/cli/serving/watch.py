"""Notices changes of a catalogue's sources."""

from __future__ import annotations

import os
import time
import warnings
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from kurskatalog.project import Project, is_ignored

FILES = ("catalogue.yml", "mkdocs.yml")
FOLDERS = ("content", "modules", "theme")
QUIET, AT_MOST = 0.1, 2.0
"""Seconds without a change before a build begins, and the longest that changes without a pause can put it off."""

_CHANGES = {"created", "modified", "moved", "deleted", "closed"}  # reading a file makes events too


class Sources(FileSystemEventHandler):
    """The sources of a project. `start` before `wait`; the observer's threads end with `stop`."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._changed = Event()
        self._watched: dict[Path, Any] = {}
        self._new: set[str] = set()
        self._observer: Any = None

    def start(self) -> None:
        """Begin to watch; by looking again and again where the system has no watches left to give."""
        # A folder that comes with folders in it may be seen twice; the library says so, and that is all that happens.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        try:
            self._begin(Observer())
        except OSError:
            self._observer.stop()
            self._watched = {}
            self._begin(PollingObserver())

    def _begin(self, observer: Any) -> None:
        self._observer = observer
        observer.start()
        observer.schedule(self, str(self._project.root), recursive=False)
        self.follow()

    def follow(self) -> None:
        """Watch folders that have come since, or that have come again."""
        came, self._new = self._new, set()
        for folder in {self._project.theme, *(self._project.root / name for name in FOLDERS)}:
            if not folder.is_dir() or (folder in self._watched and not came & _spellings(folder)):
                continue
            if watch := self._watched.pop(folder, None):
                self._observer.unschedule(watch)
            with suppress(FileNotFoundError):  # gone again
                self._watched[folder] = self._observer.schedule(self, str(folder), recursive=True)

    def stop(self) -> None:
        """End the observer's threads."""
        self._observer.stop()
        self._observer.join(5)

    def touch(self) -> None:
        """Act as if something had changed."""
        self._changed.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Return when something has changed and then nothing for a moment: editors and git write in several steps.

        False when nothing has changed in so many seconds.
        """
        if not self._changed.wait(seconds):
            return False
        begin = time.monotonic()
        while self._changed.is_set() and time.monotonic() - begin < AT_MOST:
            self._changed.clear()
            self._changed.wait(QUIET)
        self._changed.clear()
        return True

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change of a source."""
        if event.event_type not in _CHANGES or (event.is_directory and event.event_type == "modified"):
            return
        paths = {os.fsdecode(path) for path in (event.src_path, event.dest_path) if path}
        if any(self._is_source(path) for path in paths):
            if event.is_directory:
                self._new |= paths
            self._changed.set()

    def _is_source(self, path: str) -> bool:
        if (parts := _below(path, self._project.theme)) or path in _spellings(self._project.theme):
            return not any(is_ignored(name) for name in parts)
        first, *rest = _below(path, self._project.root) or ("",)
        return (first in FILES or first in FOLDERS) and not any(is_ignored(name) for name in rest)


def _below(path: str, folder: Path) -> tuple[str, ...]:
    """The names that lead from the folder to the path; none when it is not below."""
    for top in _spellings(folder):
        if path.startswith(f"{top}/"):
            return tuple(path[len(top) + 1 :].split("/"))
    return ()


def _spellings(folder: Path) -> set[str]:
    """A folder's path as it was given and without links, since systems tell one or the other."""
    return {str(folder), os.path.realpath(folder)}
