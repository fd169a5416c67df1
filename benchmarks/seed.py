"""A seeded catalogue: `python benchmarks/seed.py FOLDER --modules 1000`. The same number and seed: the same files."""

from __future__ import annotations

import argparse
import datetime as dt
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from invented import TODAY, Course, Module, Seeded, seed_catalogue
from texts import count_words

CATALOGUE = """\
title: Prøvekatalogen
description: En katalog med oppdiktet innhold, til å måle med.
address: https://prove.example/
publisher:
  name: Prøvekatalogen
languages: [nb]
licence: CC-BY-4.0
"""
PAGE = """\
---
title: "{title}"
summary: "{title} i en katalog med oppdiktet innhold."
---

## Velkommen

Innholdet er laget av et program.
"""
PROVIDER = """\
name: "{one.name}"
type: {one.type}
summary: "En oppdiktet tilbyder i {one.place}."
homepage: https://{one.id}.example/
places:
  - {{name: {one.place}, county: "{one.county}"}}
"""
SEEN = TODAY - dt.timedelta(days=20)
"""The day on which somebody saw the dates of the runs."""


def write_catalogue(folder: Path, catalogue: Seeded) -> None:
    """The catalogue as files; the folder is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    _write(folder / "catalogue.yml", CATALOGUE)
    providers = folder / "content" / "providers"
    for ident, title in (("index", "Forsiden"), ("om", "Om katalogen")):
        _write(folder / "content" / "pages" / f"{ident}.nb.md", PAGE.format(title=title))
    for provider in catalogue.providers:
        _write(providers / provider.id / "provider.yml", PROVIDER.format(one=provider))
    for course in catalogue.courses:
        owner, _, name = course.id.partition("/")
        _write(providers / owner / "courses" / f"{name}.yml", _lines(_course_file(course)))
    for module in catalogue.modules:
        head = _lines(_module_head(module))
        _write(folder / "modules" / module.id / "module.nb.md", f"---\n{head}---\n\n{module.body}")


def _course_file(course: Course) -> Iterator[str]:
    yield from _common(course)
    if course.level != "none":
        yield f"credits: {course.credits:g}"
    yield "modules:"
    yield from (f"  - {ident}" for ident in course.modules)
    yield from (
        "audience: Alle som arbeider i bransjen.",
        "assessment: [mappe]",
        "language: [nb]",
        "runs:",
        "  - id: start-1",
    )
    yield f"    start: {course.start}"
    yield f"    end: {course.end}"
    yield f"    apply_by: {course.apply_by}"
    yield f"    form: {course.form}"
    yield "    gatherings: 2"
    yield f'    places: [{{name: {course.provider.place}, county: "{course.provider.county}"}}]'
    yield f"    apply_url: {course.address}/sok"
    yield f"    verified_on: {SEEN}"
    yield f"source: {{url: {course.address}, verified_on: {SEEN}}}"


def _module_head(module: Module) -> Iterator[str]:
    yield from _common(module)
    yield f"prerequisites: [{', '.join(module.prerequisites)}]"
    yield from ("dimension: [digital, barekraft]", 'maturity: "2"', 'sdg: ["9", "12"]', "r: [R3]")
    yield f'authors: ["Redaksjonen ved {module.provider.name}"]'
    yield "licence: CC-BY-4.0"
    yield f"updated: {module.updated}"
    yield f"review_by: {module.updated + dt.timedelta(days=730)}"
    yield f'sources: [{{title: "Håndbok i {module.themes[0]}", publisher: Prøveforlaget, year: "2025"}}]'


def _common(record: Course | Module) -> Iterator[str]:
    yield f'title: "{record.title}"'
    yield f'summary: "{record.summary}"'
    yield f'level: "{record.level}"'
    yield f"hours: {record.hours}"
    yield f"themes: [{', '.join(record.themes)}]"
    yield "outcomes:"
    for kind, entries in record.outcomes.items():
        yield f"  {kind}:"
        yield from (f'    - "{entry}"' for entry in entries)


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def main() -> int:
    """Write a catalogue and say how long its texts are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="is made anew")
    parser.add_argument("--modules", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.folder.exists() and any(args.folder.iterdir()) and not (args.folder / "catalogue.yml").is_file():
        print(f"{args.folder} holds something else than a catalogue, so it is left alone", file=sys.stderr)
        return 2
    catalogue = seed_catalogue(args.modules, args.seed)
    write_catalogue(args.folder, catalogue)
    words = [count_words(module.body) for module in catalogue.modules]
    print(f"{len(words)} modules of {min(words)}-{max(words)} words (mean {sum(words) // len(words)})", end=", ")
    print(f"{len(catalogue.courses)} courses, {len(catalogue.providers)} providers")
    return 0


if __name__ == "__main__":
    sys.exit(main())
