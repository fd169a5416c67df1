"""Engine processes side by side: each builds parts of the generated documents into folders of their own."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any

WORKER = [sys.executable, "-X", "utf8", "-m", "kurskatalog.output.site.worker"]
"""The engine, as one value: a program that reads settings files and answers in JSON lines."""


class EngineFailed(Exception):
    """Raised when the engine could not build; the text is its own words."""


@dataclass(frozen=True, slots=True)
class Part:
    """A folder `docs` of Markdown files, built into `out` with the settings in `file`."""

    file: Path
    docs: Path
    out: Path


class Engines:
    """Up to `jobs` worker processes, started when first needed or ahead of time; they build any number of parts, of any site."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.workers: list[subprocess.Popen[str]] = []

    def start(self, count: int = 1) -> None:
        """Have `count` workers running (at most `jobs`); they warm up while other work goes on. One that has died is replaced."""
        self._end([worker for worker in self.workers if worker.poll() is not None])
        env = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent / "extension"), *sys.path]),
            "NO_MKDOCS_2_WARNING": "1",
        }
        while len(self.workers) < min(count, self.jobs):
            self.workers.append(
                subprocess.Popen(
                    WORKER,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                    encoding="utf-8",
                    env=env,
                )
            )

    def build(self, parts: Sequence[Part]) -> None:
        """Build all parts; raises EngineFailed with the words of the first that failed, OSError when the disk is full."""
        self.start(len(parts))
        queue: SimpleQueue[Part] = SimpleQueue()
        for part in parts:
            queue.put(part)
        failures: list[dict[str, Any]] = []
        threads = [Thread(target=_serve, args=(worker, queue, failures), daemon=True) for worker in self.workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for failure in failures:
            if failure.get("errno") in (errno.ENOSPC, errno.EDQUOT):
                raise OSError(failure["errno"], failure["log"])
        if failures:
            raise EngineFailed(failures[0]["log"])

    def stop(self) -> None:
        """End all workers."""
        self._end(self.workers)

    def _end(self, workers: Sequence[subprocess.Popen[str]]) -> None:
        for worker in workers:
            if worker.stdin:
                with suppress(OSError):  # it may have died with words of ours unread
                    worker.stdin.close()
            worker.terminate()
        for worker in workers:
            worker.wait()
            if worker.stdout:
                worker.stdout.close()
        self.workers = [worker for worker in self.workers if worker not in workers]

    def __enter__(self) -> Engines:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def _serve(worker: subprocess.Popen[str], queue: SimpleQueue[Part], failures: list[dict[str, Any]]) -> None:
    while not failures:
        try:
            part = queue.get_nowait()
        except Empty:
            return
        try:
            assert worker.stdin is not None and worker.stdout is not None  # noqa: S101, PT018 - both are pipes
            worker.stdin.write(f"{part.file}\n")
            worker.stdin.flush()
            line = worker.stdout.readline()
            answer = json.loads(line) if line.strip() else {"ok": False, "log": "the engine ended without a word"}
        except (
            OSError,
            ValueError,
        ) as error:  # ValueError: closed, or half an answer, because the build was interrupted
            answer = {"ok": False, "log": str(error)}
        if not answer["ok"]:
            failures.append(answer)


def write_settings(path: Path, settings: dict[str, object]) -> None:
    """Settings as JSON, which every YAML reader takes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(settings, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
