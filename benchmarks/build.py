"""Time and memory of building large catalogues: `python benchmarks/build.py --modules 200 1000 5000 --against hugo`.

Every figure is the median of fresh processes, started as a user starts them. Hugo's builds take turns with ours, so
that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from against_hugo import find_hugo, write_hugo
from aside import delete, put_aside
from environments import CannotInstall
from invented import Module, Seeded, seed_catalogue
from measure import Failed, Series
from report import Measured, as_data, as_markdown, brief, write_between_marks
from seed import write_catalogue
from subjects import Hugo, Ours, aside_of, copy_program, expect_on_page, size_of

HOME = Path(__file__).resolve().parent.parent


def main() -> int:
    """Measure, print the table, say which bars are met."""
    args = _arguments()
    found: list[Measured] = []
    try:
        binary = find_hugo() if args.against else None
        copy_program(args.program, args.work / "program")
        for count in sorted(args.modules):
            found.append(_measure(count, args, binary))
            _say(brief(found[-1]))
    except (CannotInstall, Failed) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        delete(aside_of(args.work / "catalogue"))
    text = as_markdown(found, binary, args.jobs)
    print(text)
    if args.out and args.out.suffix == ".json":
        args.out.write_text(
            json.dumps(as_data(found, binary, args.jobs), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    elif args.out:
        write_between_marks(args.out, text)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--modules", type=int, nargs="+", default=[200, 1000, 5000], metavar="N")
    parser.add_argument("--against", choices=["hugo"], help="build the same texts with Hugo, in turns")
    parser.add_argument("--runs", type=int, default=5, metavar="K", help="runs of each; the median counts")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes side by side (2)")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="also write to FILE.json, or into FILE.md between its two marks"
    )
    parser.add_argument(
        "--work",
        type=Path,
        default=HOME / "build" / "bench",
        metavar="DIR",
        help="where catalogues are made (build/bench)",
    )
    parser.add_argument(
        "--program", type=Path, default=HOME, metavar="DIR", help="another clone of the program to measure"
    )
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.work, args.program = args.work.resolve(), args.program.resolve()
    if args.runs < 1 or args.jobs < 1 or min(args.modules) < 1:
        parser.error("numbers begin at 1")
    return args


def _measure(count: int, args: argparse.Namespace, binary: Path | None) -> Measured:
    found = Measured(count, os.getloadavg()[0])
    _say(f"{count} modules: writing")
    catalogue = seed_catalogue(count, args.seed)
    ours = Ours(args.work / f"catalogue-{count}", args.work / "program", args.jobs)
    hugo = Hugo(args.work / f"hugo-{count}", binary, args.jobs) if binary else None
    put_aside(ours.root, aside_of(ours.root))
    write_catalogue(ours.root, catalogue)
    if hugo:
        put_aside(hugo.root, aside_of(hugo.root))
        write_hugo(hugo.root, catalogue)
    _cold(ours, hugo, found, args.runs)
    found.size = size_of(ours.site)
    found.hugo_size = size_of(hugo.site) if hugo else None
    _warm(ours, hugo, found, catalogue, args.runs)
    return found


def _cold(ours: Ours, hugo: Hugo | None, found: Measured, runs: int) -> None:
    for number in range(runs):
        _say(f"cold {number + 1} of {runs}")
        ours.forget()
        found.cold.runs.append(ours.run("build"))
        if hugo:
            hugo.forget()
            found.hugo_cold.runs.append(hugo.run("build"))


def _warm(ours: Ours, hugo: Hugo | None, found: Measured, catalogue: Seeded, runs: int) -> None:
    modules = _spread(catalogue.modules)
    for number in range(runs):
        _say(f"changes {number + 1} of {runs}")
        found.nothing.runs.append(ours.run("build"))
        _change_text(ours, next(modules), number, found.text)
        if hugo:
            _change_text(hugo, next(modules), number, found.hugo_text)
        module = next(modules)
        title = f"{module.title} {number + 1}. utgave"
        ours.change(module, f'title: "{module.title}"', f'title: "{title}"')
        found.title.runs.append(ours.run("build"))
        expect_on_page(ours, module, title)
        ours.run("check")  # reads what was changed; the next one finds nothing new
        found.check.runs.append(ours.run("check"))


def _change_text(subject: Ours | Hugo, module: Module, number: int, into: Series) -> None:
    sentence = f"Denne setningen er ny, nummer {number + 1}."
    subject.change(module, "## Oppgave\n\n", f"## Oppgave\n\n{sentence} ")
    into.runs.append(subject.run("build"))
    expect_on_page(subject, module, sentence)


def _spread(modules: tuple[Module, ...]) -> Iterator[Module]:
    """Modules from all over the catalogue, none twice before all have been given."""
    step = next(n for n in range(len(modules) * 2 // 5 + 1, len(modules) * 3) if _coprime(n, len(modules)))
    at = 0
    while True:
        yield modules[at % len(modules)]
        at += step


def _coprime(a: int, b: int) -> bool:
    while b:
        a, b = b, a % b
    return a == 1


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
