"""Figures as a table, held against what is to be reached, with machine and versions."""

from __future__ import annotations

import math
import os
import platform
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from against_hugo import hugo_version
from measure import Series
from subjects import Size

BEGIN, END = "<!-- benchmarks/build.py writes from here -->", "<!-- to here -->"
STEEPEST, CHECK_AT_1000 = 1.05, 1.0


@dataclass(slots=True)
class Measured:
    """Everything that was measured for one number of modules; `load` is the machine's own work before it began."""

    modules: int
    load: float
    cold: Series = field(default_factory=Series)
    nothing: Series = field(default_factory=Series)
    text: Series = field(default_factory=Series)
    title: Series = field(default_factory=Series)
    check: Series = field(default_factory=Series)
    hugo_cold: Series = field(default_factory=Series)
    hugo_text: Series = field(default_factory=Series)
    size: Size = field(default_factory=lambda: Size(0, 0))
    hugo_size: Size | None = None

    @property
    def peak(self) -> float:
        """Largest process of all runs of ours, MiB."""
        return max(series.peak for series in (self.cold, self.nothing, self.text, self.title, self.check))


@dataclass(frozen=True, slots=True)
class Bar:
    """What is to be reached, in seconds or MiB, or as a part of Hugo's time; None where nothing is asked."""

    nothing: float
    change: float
    peak: float
    cold: float | None = None
    cold_to_hugo: float | None = None
    change_to_hugo: float | None = None


BARS = {
    200: Bar(cold=5, nothing=0.6, change=1.2, peak=150),
    1000: Bar(cold_to_hugo=2.5, nothing=1.0, change=1.6, change_to_hugo=0.4, peak=250),
    5000: Bar(cold_to_hugo=2.5, nothing=3, change=4, change_to_hugo=0.25, peak=600),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing to be reached, and whether it is; `met` is None where it was not measured."""

    what: str
    value: str
    bar: str
    met: bool | None


def growth(found: list[Measured]) -> tuple[int, int, float] | None:
    """(from, to, exponent) of cold builds: the slope of time over modules, both logarithmic."""
    if len(found) < 2:
        return None
    first, last = found[0], found[-1]
    slope = math.log(last.cold.seconds / first.cold.seconds) / math.log(last.modules / first.modules)
    return first.modules, last.modules, slope


def verdicts(found: list[Measured]) -> Iterator[Verdict]:
    """Every bar with its figure."""
    for one in found:
        bar = BARS.get(one.modules)
        if bar is None:
            continue
        name = f"{one.modules:,} modules"
        if bar.cold:
            yield _absolute(f"{name}, cold", one.cold.seconds, bar.cold)
        if bar.cold_to_hugo:
            yield _relative(f"{name}, cold", one.cold, one.hugo_cold, bar.cold_to_hugo)
        yield _absolute(f"{name}, nothing changed", one.nothing.seconds, bar.nothing)
        for kind, series in (("a sentence", one.text), ("a title", one.title)):
            yield _absolute(f"{name}, {kind} changed", series.seconds, bar.change)
            if bar.change_to_hugo:
                yield _relative(f"{name}, {kind} changed", series, one.hugo_text, bar.change_to_hugo)
        yield Verdict(f"{name}, largest process", f"{one.peak:.0f} MB", f"{bar.peak:.0f} MB", one.peak <= bar.peak)
        if one.modules == 1000:
            yield _absolute(f"{name}, check alone", one.check.seconds, CHECK_AT_1000)
    slope = growth(found)
    if slope and slope[0] == 200 and slope[1] == 5000:
        yield Verdict("growth of cold builds, 200 to 5,000", f"N^{slope[2]:.2f}", f"N^{STEEPEST}", slope[2] <= STEEPEST)


def _absolute(what: str, seconds: float, bar: float) -> Verdict:
    return Verdict(what, f"{seconds:.2f} s", f"{bar:g} s", seconds <= bar)


def _relative(what: str, ours: Series, hugo: Series, bar: float) -> Verdict:
    if not hugo.runs:
        return Verdict(what, "-", f"{bar:g} x Hugo", None)
    ratio = ours.seconds / hugo.seconds
    return Verdict(what, f"{ratio:.2f} x Hugo", f"{bar:g} x Hugo", ratio <= bar)


def as_markdown(found: list[Measured], hugo: Path | None, jobs: int) -> str:
    """The tables, the bars, the machine."""
    blocks = [_table(OURS, found)]
    if hugo:
        blocks.append(_table(AGAINST, [one for one in found if one.hugo_size]))
    if slope := growth(found):
        blocks.append(f"Cold builds grow with N^{slope[2]:.2f} from {slope[0]:,} to {slope[1]:,} modules.")
    told = list(verdicts(found))
    if told:
        head = "| to reach | at most | measured | |\n|---|---:|---:|---|\n"
        blocks.append(head + "\n".join(f"| {v.what} | {v.bar} | {v.value} | {_mark(v.met)} |" for v in told))
        met = sum(v.met is True for v in told)
        blocks.append(f"{met} of {len(told)} are met.")
    blocks.append("; ".join(f"{name} {value}" for name, value in surroundings(hugo, jobs).items()) + ".")
    return "\n\n".join(blocks) + "\n"


Column = tuple[str, Callable[[Measured], str]]

OURS: tuple[Column, ...] = (
    ("modules", lambda one: f"{one.modules:,}"),
    ("cold", lambda one: _seconds(one.cold)),
    ("nothing changed", lambda one: _seconds(one.nothing)),
    ("a sentence changed", lambda one: _seconds(one.text)),
    ("a title changed", lambda one: _seconds(one.title)),
    ("`check` alone", lambda one: _seconds(one.check)),
    ("largest process", lambda one: f"{one.peak:.0f} MB"),
    ("pages", lambda one: f"{one.size.pages:,}"),
    ("size", lambda one: f"{one.size.bytes / 1e6:.1f} MB"),
    ("load before", lambda one: f"{one.load:.1f}"),
)
AGAINST: tuple[Column, ...] = (
    ("modules", lambda one: f"{one.modules:,}"),
    ("Hugo cold", lambda one: _seconds(one.hugo_cold)),
    ("Hugo, a sentence changed", lambda one: _seconds(one.hugo_text)),
    ("ours / Hugo, cold", lambda one: f"{one.cold.seconds / one.hugo_cold.seconds:.2f}"),
    ("... in CPU time", lambda one: f"{one.cold.cpu / one.hugo_cold.cpu:.2f}"),
    ("ours / Hugo, a sentence", lambda one: f"{one.text.seconds / one.hugo_text.seconds:.2f}"),
    ("Hugo's largest process", lambda one: f"{max(one.hugo_cold.peak, one.hugo_text.peak):.0f} MB"),
    ("pages", lambda one: f"{one.hugo_size.pages:,}" if one.hugo_size else "-"),
    ("size", lambda one: f"{one.hugo_size.bytes / 1e6:.1f} MB" if one.hugo_size else "-"),
)


def _table(columns: tuple[Column, ...], found: list[Measured]) -> str:
    rows = ["| " + " | ".join(name for name, _ in columns) + " |", "|" + "---:|" * len(columns)]
    rows += ["| " + " | ".join(show(one) for _, show in columns) + " |" for one in found]
    return "\n".join(rows)


def brief(one: Measured) -> str:
    """One line while the rest is being measured."""
    kinds = ("cold", "nothing", "text", "title", "check", "hugo_cold", "hugo_text")
    told = [(kind.replace("_", " "), getattr(one, kind)) for kind in kinds]
    return f"{one.modules:,} modules: " + ", ".join(f"{kind} {s.seconds:.2f} s" for kind, s in told if s.runs)


def _seconds(series: Series) -> str:
    low, high = series.spread
    return f"{series.seconds:.2f} s ({low:.2f}-{high:.2f})"


def _mark(met: bool | None) -> str:
    return {True: "met", False: "**not met**", None: "not measured"}[met]


def surroundings(hugo: Path | None, jobs: int) -> dict[str, str]:
    """Machine and versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = {
        "MkDocs": "mkdocs",
        "Material": "mkdocs-material",
        "markdown-it-py": "markdown-it-py",
        "Jinja": "jinja2",
    }
    found = {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "jobs": str(jobs),
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        **{name: _version(package) for name, package in packages.items()},
    }
    if hugo:
        found["Hugo"] = hugo_version(hugo)
    return found


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    match = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return match[1] if match else platform.machine()


def as_data(found: list[Measured], hugo: Path | None, jobs: int) -> dict[str, object]:
    """The same as plain data, with every run."""
    kinds = ("cold", "nothing", "text", "title", "check", "hugo_cold", "hugo_text")
    slope = growth(found)
    return {
        "surroundings": surroundings(hugo, jobs),
        "sizes": [
            {
                "modules": one.modules,
                "pages": one.size.pages,
                "bytes": one.size.bytes,
                "peak_mib": one.peak,
                "load": one.load,
                "hugo_pages": one.hugo_size.pages if one.hugo_size else None,
                "hugo_bytes": one.hugo_size.bytes if one.hugo_size else None,
                **{kind: [[run.seconds, run.cpu, run.peak] for run in getattr(one, kind).runs] for kind in kinds},
            }
            for one in found
        ],
        "growth": slope[2] if slope else None,
        "bars": [{"what": v.what, "value": v.value, "bar": v.bar, "met": v.met} for v in verdicts(found)],
    }


def write_between_marks(path: Path, text: str) -> None:
    """Put the text between the two marks of a Markdown file; a file without them becomes the text."""
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    before, mark, rest = old.partition(BEGIN)
    _, end, after = rest.partition(END)
    whole = f"{before}{BEGIN}\n\n{text}\n{END}{after}" if mark and end else text
    path.write_text(whole, encoding="utf-8", newline="\n")
