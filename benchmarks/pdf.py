"""Time and memory of PDFs, beside WeasyPrint: `python benchmarks/pdf.py [--modules 1000] [--runs 3]`.

Seeded modules of about 680 words (benchmarks/seed.py). Every run is a fresh process from its start to its end, as a user starts
it; texts have been checked before, so that the store has their XHTML. WeasyPrint sets the same parts (the XHTML of the e-books)
with the same fonts on A4, hyphenated, with contents and page numbers, as PDF/UA-1, in as many processes.

It needs Pango from the system: on Debian and Ubuntu `apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0`. Its
packages are pinned in benchmarks/engines-weasyprint.txt (`--lock` renews them).
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from environments import CannotInstall, binaries, environment, renew_lock
from invented import Module, seed_catalogue
from measure import Failed, Run, Series, measure
from seed import write_catalogue
from subjects import copy_program

from kurskatalog.output.epub import make_epub
from kurskatalog.pipeline.load import check_reading, with_store
from kurskatalog.pipeline.reading import read_files
from kurskatalog.pipeline.store import Store
from kurskatalog.project import Project
from kurskatalog.view import build_site
from kurskatalog.view.prints import build_prints

HOME = Path(__file__).resolve().parent.parent
DAY = "2026-11-21"
FEW, BESIDE = 100, 20
"""Modules whose PDFs are made, and how many of them WeasyPrint makes."""
BARS = {"cold": 5.0, "nothing": 0.3, "changed": 0.6, "book": 60.0, "memory": 1500.0, "ratio": 12.0}
STYLE = """
@font-face { font-family: Literata; src: url("{fonts}/literata-regular.ttf"); }
@font-face { font-family: Literata; font-weight: bold; src: url("{fonts}/literata-bold.ttf"); }
@font-face { font-family: Literata; font-style: italic; src: url("{fonts}/literata-italic.ttf"); }
@font-face { font-family: "Schibsted Grotesk"; src: url("{fonts}/schibsted-grotesk-regular.ttf"); }
@font-face { font-family: "Schibsted Grotesk"; font-weight: bold; src: url("{fonts}/schibsted-grotesk-bold.ttf"); }
@font-face { font-family: "JetBrains Mono"; src: url("{fonts}/jetbrains-mono-regular.ttf"); }
@page { size: A4; margin: 30mm 32mm 30mm 36mm; @bottom-right { content: "Side " counter(page) " av " counter(pages); } }
@page { @top-left { content: string(title); } }
body { font: 10.5pt/1.4 Literata; hyphens: auto; }
h1 { string-set: title content(); }
h1, h2, h3, h4, table, dl.facts { font-family: "Schibsted Grotesk"; }
code, pre { font-family: "JetBrains Mono"; }
nav ol { list-style: none; }
nav a::after { content: leader(".") target-counter(attr(href), page); }
"""


class Press:
    """A catalogue of so many modules, and the program that prints it."""

    def __init__(self, root: Path, count: int, jobs: int, seed: int) -> None:
        self.root, self.jobs = root, jobs
        self.modules = seed_catalogue(count, seed).modules
        write_catalogue(root, seed_catalogue(count, seed))
        self.run("check")

    def run(self, *arguments: str) -> Run:
        """One command in a fresh process."""
        jobs = () if arguments[0] == "check" else ("--jobs", str(self.jobs))
        command = [sys.executable, "-m", "kurskatalog", *arguments, "--root", str(self.root), "--today", DAY, *jobs]
        return measure(command, self.root.with_suffix(".log"), {"PYTHONPATH": str(self.root.parent / "program")})

    def forget(self) -> None:
        """As if no PDF had ever been made; the checked texts stay."""
        for place in ("cache/pdf", "cache/print", "pdf"):
            shutil.rmtree(self.root / "build" / place, ignore_errors=True)

    def change(self, module: Module, number: int) -> None:
        """A sentence more in one text."""
        path = self.root / "modules" / module.id / "module.nb.md"
        text = path.read_text("utf-8")
        path.write_text(text.replace("## Oppgave\n\n", f"## Oppgave\n\nSetning {number} er ny. ", 1), "utf-8")

    def pages(self, count: int, folder: Path) -> list[str]:
        """The parts of so many modules as HTML, as their e-books have them, with a contents that wants page numbers."""
        folder.mkdir(parents=True, exist_ok=True)
        style = STYLE.replace("{fonts}", (HOME / "theme/print/fonts").as_uri())
        for number, raw in enumerate(with_store(self.project, lambda store: self._books(store, count))):
            with zipfile.ZipFile(io.BytesIO(raw)) as book:
                page, nav, css = (book.read(f"book/{n}").decode() for n in ("start.xhtml", "nav.xhtml", "style.css"))
            contents = nav[nav.index("<nav") : nav.index("</nav>") + 6].replace('"start.xhtml', '"')
            page = re.sub(r"<link [^>]*>", lambda _: f"<style>{css}{style}</style>", page)  # noqa: B023 - used at once
            (folder / f"{number}.html").write_text(page.replace("</header>", f"</header>{contents}"), "utf-8")
        return [str(folder / f"{number}.html") for number in range(count)]

    def _books(self, store: Store, count: int) -> list[bytes]:
        day = dt.date.fromisoformat(DAY)
        loaded = check_reading(self.project, read_files(self.project, store, 1), day)
        assert loaded.catalogue
        prints = build_prints(loaded.catalogue, build_site(loaded.catalogue, "nb", day, ""), day)
        views = [view for view in prints if view.kind == "module"][:count]
        return [make_epub(view, store.html, {}, HOME / "theme") for view in views]

    @property
    def project(self) -> Project:
        """Where things lie."""
        return Project(root=self.root, out=self.root / "site", home=HOME)


def few(work: Path, args: argparse.Namespace) -> tuple[dict[str, Series], Press]:
    """PDFs of a hundred modules: cold, with nothing changed, with one text changed."""
    press = Press(work / "few", FEW, args.jobs, args.seed)
    names = [module.id for module in press.modules]
    found = {"cold": Series(), "nothing": Series(), "changed": Series()}
    for number in range(args.runs):
        press.forget()
        found["cold"].runs.append(press.run("pdf", *names))
        assert len(list((press.root / "build" / "pdf").rglob("*.pdf"))) == FEW
        found["nothing"].runs.append(press.run("pdf", *names))
        press.change(press.modules[number * 7 % FEW], number)
        found["changed"].runs.append(press.run("pdf", *names))
    return found, press


def book(work: Path, args: argparse.Namespace) -> Series:
    """All texts of a large catalogue as one book (in volumes, with the contents of all)."""
    press = Press(work / "book", args.modules, args.jobs, args.seed)
    found = Series()
    for _ in range(args.book_runs):
        press.forget()
        found.runs.append(press.run("pdf", "--texts", "katalog-med-tekster"))
    return found


def beside(press: Press, jobs: int) -> tuple[float, float]:
    """WeasyPrint's seconds for twenty of the modules, by the clock and of CPU, its imports included."""
    program = binaries(environment("weasyprint")) / "python"
    files = press.pages(BESIDE, press.root.with_name("weasy"))
    before, begin = os.times(), time.perf_counter()
    parts = [files[at::jobs] for at in range(jobs)]
    started = [subprocess.Popen([program, "-P", HOME / "benchmarks" / "weasy.py", *part]) for part in parts]
    codes = [one.wait() for one in started]
    if any(codes):
        raise Failed("WeasyPrint failed; is Pango there? See benchmarks/pdf.py")
    after = os.times()
    seconds = time.perf_counter() - begin
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    assert all(Path(file).with_suffix(".pdf").stat().st_size > 10_000 for file in files)
    return seconds, cpu


def main() -> int:
    """Print a table, and which bars are met."""
    args = _arguments()
    if args.lock:
        renew_lock("weasyprint", ["weasyprint"], "pdf.py")
        return 0
    load = os.getloadavg()[0]
    shutil.rmtree(args.work, ignore_errors=True)
    copy_program(HOME, args.work / "program")
    try:
        series, press = few(args.work, args)
        seconds, cpu = beside(press, args.jobs)
        series["book"] = book(args.work, args)
    except (CannotInstall, Failed) as error:
        print(error, file=sys.stderr)
        return 1
    _tell(series, seconds, cpu, args, load)
    return 0


def _tell(series: dict[str, Series], seconds: float, cpu: float, args: argparse.Namespace, load: float) -> None:
    names = {
        "cold": f"{FEW} module PDFs, cold",
        "nothing": "nothing changed",
        "changed": "one text changed",
        "book": f"{args.modules:,} modules as one book",
    }
    print("| | at most | median (spread) | CPU | largest process | |\n|---|---:|---:|---:|---:|---|")
    for key, found in series.items():
        low, high = found.spread
        met = _met(found.seconds <= BARS[key])
        told = f"{found.seconds:.2f} s ({low:.2f}-{high:.2f}) | {found.cpu:.2f} s | {found.peak:.0f} MB | {met} |"
        print(f"| {names[key]} | {BARS[key]:g} s | {told}")
    peak = series["book"].peak
    print(f"| memory for the book | {BARS['memory']:g} MB | {peak:.0f} MB | | | {_met(peak <= BARS['memory'])} |")
    ours, theirs = series["cold"].seconds / FEW, seconds / BESIDE
    clock, work = theirs / ours, (cpu / BESIDE) / (series["cold"].cpu / FEW)
    told = f"{clock:.1f} by the clock, {work:.1f} in CPU time"
    print(
        f"| WeasyPrint's time / ours, a module | {BARS['ratio']:g} or more | {told} | | | {_met(clock >= BARS['ratio'])} |"
    )
    print(f"\nWeasyPrint: {BESIDE} of the modules in {seconds:.2f} s, {cpu:.2f} s of CPU. ", end="")
    print(f"Load before: {load:.1f}, after: {os.getloadavg()[0]:.1f}; {args.jobs} processes; {os.cpu_count()} cores.")


def _met(met: bool) -> str:
    return "met" if met else "**not met**"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--modules", type=int, default=1000, metavar="N", help="modules in the book (1000)")
    parser.add_argument("--runs", type=int, default=5, metavar="K", help="runs of each; the median counts")
    parser.add_argument("--book-runs", type=int, default=1, metavar="K", help="runs of the book (1)")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes side by side (2)")
    parser.add_argument("--work", type=Path, default=HOME / "build" / "bench-pdf", metavar="DIR", help="is made anew")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lock", action="store_true", help="only renew benchmarks/engines-weasyprint.txt")
    args = parser.parse_args()
    args.work = args.work.resolve()
    return args


if __name__ == "__main__":
    sys.exit(main())
