"""Programs to compare with, each in a virtual environment of its own, made once from its pinned requirements."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parent
PLACE = HOME / "build" / "engines"
UV = "uv==0.13.8"


class CannotInstall(Exception):
    """Raised when an environment cannot be made; the text is pip's own words."""


def environment(name: str) -> Path:
    """The environment of a program, made when it is not there or when benchmarks/engines-<name>.txt has changed."""
    lock, place = HERE / f"engines-{name}.txt", PLACE / name / "venv"
    wanted = hashlib.sha256(lock.read_bytes() + sys.version.encode() + str(place).encode()).hexdigest()
    stamp = place / ".installed"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        print(f"Setting up {name} from {lock.relative_to(HOME)} (once)", file=sys.stderr, flush=True)
        _install(place, "--require-hashes", "--requirement", str(lock))
        stamp.write_text(wanted, encoding="utf-8")
    return place


def binaries(place: Path) -> Path:
    """Where an environment's programs lie."""
    return place / ("Scripts" if os.name == "nt" else "bin")


def _install(place: Path, *what: str) -> None:
    shutil.rmtree(place, ignore_errors=True)
    venv.create(place, with_pip=True)
    pip = ["-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input", "install"]
    done = subprocess.run([binaries(place) / "python", *pip, *what], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotInstall("\n".join(done.stderr.strip().splitlines()[-4:]))


def renew_lock(name: str, requirements: Iterable[str], script: str = "engines.py") -> None:
    """Resolve requirements anew, with the versions of requirements.lock where it has them, for `script`. Raises CannotInstall."""
    place = PLACE / "lock"
    if not (binaries(place) / "uv").exists():
        _install(place, UV)
    options = ["--quiet", "--no-config", "--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
    options += ["--generate-hashes", "--constraint", "requirements.lock", "--output-file", f"{HERE}/engines-{name}.txt"]
    done = subprocess.run(
        [binaries(place) / "uv", "pip", "compile", *options, "-"],
        input="\n".join(requirements),
        capture_output=True,
        text=True,
        cwd=HOME,
        check=False,
        env={**os.environ, "UV_CUSTOM_COMPILE_COMMAND": f"python benchmarks/{script} --lock"},
    )
    if done.returncode:
        raise CannotInstall(done.stderr.strip())
