"""How long the preview of a proposal takes that changes one sentence: `python benchmarks/preview.py [--modules 1000]`."""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from invented import seed_catalogue
from seed import write_catalogue

HOME = Path(__file__).resolve().parent.parent
DAY = "2026-11-21"
SENTENCE = "Dette er en ny setning. "


def git(root: Path, *arguments: str) -> None:
    """Run git as nobody in particular."""
    subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments], cwd=root, check=True)


def run(root: Path, *arguments: str) -> str:
    """Seconds by the clock and of CPU of one command in a fresh process."""
    env = {**os.environ, "PYTHONPATH": str(HOME)}
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "kurskatalog", *arguments, "--today", DAY]
    subprocess.run(command, cwd=root, env=env, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{time.perf_counter() - begin:.2f} s ({cpu:.2f} s of CPU)"


def clone(source: Path, place: Path) -> Path:
    """A fresh clone in which one module has one sentence more."""
    shutil.rmtree(place, ignore_errors=True)
    git(source, "clone", "-q", str(source), str(place))
    text = sorted(place.glob("modules/*/*/module.nb.md"))[0]
    text.write_text(text.read_text("utf-8").replace("\n\n## ", f"\n\n{SENTENCE}\n\n## ", 1), "utf-8")
    return place


def main() -> int:
    """Three runs of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--modules", type=int, default=1000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder)
        source = top / "source"
        write_catalogue(source, seed_catalogue(args.modules, args.seed))
        git(source, "init", "-q")
        git(source, "add", "-A")
        git(source, "commit", "-q", "-m", "base")
        for _ in range(3):
            cold = clone(source, top / "cold")
            print("preview, cold clone:", run(cold, "build", "--preview", "HEAD"))
            warm = clone(source, top / "warm")
            shutil.copytree(cold / "build" / "cache", warm / "build" / "cache")
            print("preview, cache restored into a new clone:", run(warm, "build", "--preview", "HEAD"))
            print("diff:", run(warm, "diff", "HEAD"))
    print("average load:", *(f"{load:.1f}" for load in os.getloadavg()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
