"""Measuring a command: seconds on the wall and the largest single process, each run a fresh process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

METER = Path(__file__).with_name("meter.py")
MIB = 1024 * 1024


class Failed(Exception):
    """Raised when a measured command fails, or did not do what it was measured for; the text says what it printed."""


@dataclass(frozen=True, slots=True)
class Run:
    """Wall-clock seconds, CPU seconds of all processes, peak memory of the largest process in MiB."""

    seconds: float
    cpu: float
    peak: float


@dataclass(slots=True)
class Series:
    """Runs of the same thing."""

    runs: list[Run] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """The median."""
        return median(run.seconds for run in self.runs)

    @property
    def spread(self) -> tuple[float, float]:
        """Quickest and slowest."""
        seconds = [run.seconds for run in self.runs]
        return min(seconds), max(seconds)

    @property
    def cpu(self) -> float:
        """The median of the CPU seconds."""
        return median(run.cpu for run in self.runs)

    @property
    def peak(self) -> float:
        """The largest of all runs, MiB."""
        return max(run.peak for run in self.runs)


def measure(command: Sequence[str], log: Path, env: Mapping[str, str] | None = None) -> Run:
    """Run the command in the folder of `log`, where what it prints goes; raises Failed when its code is not 0."""
    log.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(METER), str(log), *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=log.parent,
        env={**os.environ, **(env or {})},
    )
    if done.returncode:
        raise Failed(f"{' '.join(command)}: {done.stderr.strip()}")
    found = json.loads(done.stdout)
    if found["code"]:
        printed = log.read_text(encoding="utf-8", errors="replace")
        raise Failed(f"{' '.join(command)} ended with {found['code']}:\n{printed[-2000:]}")
    return Run(found["seconds"], found["cpu"], found["peak"] / MIB)
