"""The program as a process: one that ends, and one that serves until it is told to end."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from pydantic import BaseModel
from small import HOME, TODAY, environment

PATIENCE = 20.0
"""Seconds that anything may take on a machine with much else to do."""


def kurskatalog(*arguments: str, program: Path = HOME, **settings: Any) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own, with the messages in English, which no translation changes."""
    return subprocess.run(
        [sys.executable, "-m", "kurskatalog", *arguments, "--lang", "en"],
        text=True,
        capture_output=True,
        timeout=120,
        env=environment(program, GITHUB_ACTIONS="false"),
        **settings,
    )


class Served:
    """`kurskatalog serve` as a process of its own; `said` is what it has printed."""

    def __init__(self, program: Path, root: Path, *arguments: str) -> None:
        given = ["--root", str(root), "--port", "0", "--lang", "en", "--today", TODAY.isoformat(), *arguments]
        self.process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", "-W", "error", "-m", "kurskatalog", "serve", *given],
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(program),
        )
        self.said = ""
        self._reader = Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line

    @property
    def address(self) -> str:
        """Where the site is, with a slash at the end."""
        self.wait_for(r"http://\S+/")
        match = re.search(r"http://\S+/", self.said)
        assert match
        return match[0]

    def wait_for(self, pattern: str, since: int = 0) -> None:
        """Wait until the program has printed something."""
        until(lambda: re.search(pattern, self.said[since:]), f"{pattern} in what was said", lambda: self.said)

    def get(self, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of what lies at a path."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def end(self, how: int = signal.SIGINT) -> int:
        """End it as Ctrl-C does; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)  # says where every thread is
            self.process.wait(PATIENCE)
            self._reader.join()
            pytest.fail(f"it does not end: {self.said}")
        finally:
            self.process.kill()
            self._reader.join()
            assert self.process.stdout
            self.process.stdout.close()


def until(true: Any, what: str, told: Any = lambda: "") -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            pytest.fail(f"waited {PATIENCE} s for {what}; {told()}")
        time.sleep(0.02)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The record in a field's type, or in a list of it."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in getattr(annotation, "__args__", ()) if (found := model_in(part))), None)
