"""The engine as a process of its own: it builds parts of the generated documents into folders of their own, side by side."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from select import select
from typing import Any

WORKER = [sys.executable, "-X", "utf8", "-m", "kurskatalog.output.site.worker"]
"""The engine, as one value: a program that reads requests and answers in JSON lines (see `worker`)."""

PATIENCE = 600
"""Seconds without an answer after which an engine is given up: thousands of pages take it a few."""


class EngineFailed(Exception):
    """Raised when the engine could not build; the text is its own words."""


@dataclass(frozen=True, slots=True)
class Part:
    """A folder `docs` of Markdown files, built into `out` with the settings in `file`."""

    file: Path
    docs: Path
    out: Path


class Engines:
    """A worker that is started when first needed or ahead of time, and builds any number of parts of any site.

    Up to `jobs` parts are built at a time, by processes that the worker splits off: they are as warm as it is.
    """

    def __init__(self, jobs: int, patience: float = PATIENCE) -> None:
        self.jobs, self.patience = jobs, patience
        self.worker: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Have the worker running; it warms up while other work goes on. One that has died is replaced."""
        if self.worker and self.worker.poll() is None:
            return
        self.stop()
        self.worker = subprocess.Popen(
            WORKER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent / "extension"), *sys.path]),
                "NO_MKDOCS_2_WARNING": "1",
            },
            process_group=0,  # so that all that it splits off end with it
        )

    def build(self, parts: Sequence[Part]) -> None:
        """Build all parts; raises EngineFailed with the words of the first that failed, OSError when the disk is full."""
        if not parts:
            return
        self.start()
        failures = [answer for answer in self._ask([str(part.file) for part in parts]) if not answer["ok"]]
        for failure in failures:
            if failure.get("errno") in (errno.ENOSPC, errno.EDQUOT):
                raise OSError(failure["errno"], failure["log"])
        if failures:
            raise EngineFailed(failures[0]["log"])

    def _ask(self, files: list[str]) -> list[dict[str, Any]]:
        """The worker's answer for each settings file. A worker that does not answer is ended."""
        assert self.worker and self.worker.stdin and self.worker.stdout  # noqa: S101, PT018 - both are pipes
        try:
            self.worker.stdin.write(json.dumps({"files": files, "jobs": self.jobs}) + "\n")
            self.worker.stdin.flush()
            if not select([self.worker.stdout], [], [], self.patience)[0]:
                raise OSError(f"the engine gave no answer in {self.patience:g} seconds")
            line = self.worker.stdout.readline()
            answers: list[dict[str, Any]] = json.loads(line) if line.strip() else []
        except (
            OSError,
            ValueError,
        ) as error:  # ValueError: closed, or half an answer, because the build was interrupted
            self.stop()
            return [{"ok": False, "log": str(error)}]
        if not answers:
            self.stop()
        return answers or [{"ok": False, "log": "the engine ended without a word"}]

    def stop(self) -> None:
        """End the worker, and what it has split off."""
        worker, self.worker = self.worker, None
        if worker is None:
            return
        if worker.stdin:
            with suppress(OSError):  # it may have died with words of ours unread
                worker.stdin.close()
        with suppress(ProcessLookupError, PermissionError):  # none of its group is left
            os.killpg(worker.pid, signal.SIGKILL)  # it has nothing to put in order
        worker.wait()
        if worker.stdout:
            worker.stdout.close()

    def __enter__(self) -> Engines:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def write_settings(path: Path, settings: dict[str, object]) -> None:
    """Settings as JSON, which every YAML reader takes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(settings, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
