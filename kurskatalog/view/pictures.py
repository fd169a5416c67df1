"""Drawings that the build makes: a map of counties, a course's runs in time, how its modules build on each other.

Only geometry is worked out here, in units of the drawing or per cent of its width; the templates write the SVG. Each drawing
shows what stands as text beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from kurskatalog.model.catalogue import Course
from kurskatalog.view.parts import Count
from kurskatalog.view.teller import Teller

# The counties as tiles, (column, row) by county number: where they lie to each other, not their shape. Our own drawing.
TILES: Mapping[str, tuple[int, int]] = {
    "55": (3, 0),
    "56": (4, 0),
    "18": (3, 1),
    "50": (2, 2),
    "15": (1, 3),
    "34": (2, 3),
    "46": (0, 4),
    "33": (1, 4),
    "03": (2, 4),
    "32": (3, 4),
    "11": (0, 5),
    "40": (1, 5),
    "39": (2, 5),
    "31": (3, 5),
    "42": (1, 6),
}
STEP = 108
"""From one tile to the next, in units of the drawing; a tile is 100 wide and high."""
SHADES = 4
LETTERS = 11
"""Letters that fit in a line of a tile."""


class Tile(NamedTuple):
    """A county: the corner of its tile, its name in lines, its courses, and a shade from 0 (none) to SHADES."""

    x: int
    y: int
    lines: tuple[str, ...]
    courses: int
    shade: int
    path: str


def county_map(counts: Sequence[Count]) -> tuple[Tile, ...]:
    """Tiles of the counties that have a place on the map; empty when no course has a county."""
    most = max((count.courses for count in counts), default=0)
    if not most:
        return ()
    tiles = []
    for count in counts:
        place = TILES.get(count.link.path.rpartition("/")[2])
        if place:
            shade = -(-SHADES * count.courses // most)
            x, y = (STEP * number for number in place)
            tiles.append(Tile(x, y, _lines(count.link.said.text), count.courses, shade, count.link.path))
    return tuple(sorted(tiles, key=lambda tile: (tile.y, tile.x)))


def _lines(name: str) -> tuple[str, ...]:
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < LETTERS:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines[:3])


class Tick(NamedTuple):
    """A month on the time line, at `x` per cent."""

    x: str
    text: str


class Bar(NamedTuple):
    """A run on the time line: from `x` over `width` per cent at height `y`; `apply` is where its deadline lies, if known."""

    title: str
    y: int
    x: str
    width: str
    apply: str


class TimeLine(NamedTuple):
    """A course's runs in time, between two days (ISO)."""

    first: str
    last: str
    height: int
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]


BAR, TOP = 46, 26
MOST_TICKS = 5


def time_line(teller: Teller, course: Course) -> TimeLine | None:
    """The runs that are not over and whose start is known; None where there are none."""
    runs = [run for run in teller.in_order(course) if run.start and (run.end or run.start) >= teller.today]
    if not runs:
        return None
    days = [day for run in runs for day in (run.apply_by, run.start, run.end) if day]
    first, last = _month(min(days), 0), _month(max(days), 1)
    span = (last - first).days

    def at(day: dt.date) -> str:
        return f"{100 * (day - first).days / span:.2f}%"

    bars = []
    for number, run in enumerate(runs):
        begin = run.start or first
        end = run.end or begin + dt.timedelta(days=max(2, span // 60))
        width = f"{100 * ((end - begin).days + 1) / span:.2f}%"
        apply = at(run.apply_by) if run.apply_by else ""
        bars.append(Bar(teller.run_title(run), TOP + BAR * number, at(begin), width, apply))
    return TimeLine(
        first.isoformat(),
        last.isoformat(),
        TOP + BAR * len(runs) + 2,
        tuple(_ticks(teller, first, last, at)),
        tuple(bars),
    )


def _ticks(teller: Teller, first: dt.date, last: dt.date, at: Callable[[dt.date], str]) -> list[Tick]:
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next(n for n in (1, 2, 3, 6, 12, 24, 60, 600) if -(-months // n) <= MOST_TICKS)
    return [Tick(at(_month(first, n)), teller.words.short_month(_month(first, n))) for n in range(0, months, step)]


def _month(day: dt.date, later: int) -> dt.date:
    """The first day of the month, or of one that comes later."""
    months = day.year * 12 + day.month - 1 + later
    return dt.date(months // 12, months % 12 + 1, 1)


class Node(NamedTuple):
    """A module on a course's path, by its number."""

    x: int
    number: int


class Paths(NamedTuple):
    """How modules build on each other: an arc from one to each that builds on it (SVG path data)."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    arcs: tuple[str, ...]


APART, RADIUS = 64, 18


def module_paths(teller: Teller, course: Course) -> Paths | None:
    """The arcs between a course's modules; None where none builds on another."""
    numbers = {ident: number for number, (ident, _) in enumerate(course.modules)}
    pairs = [
        (numbers[before], numbers[ident])
        for ident in numbers
        for before in teller.catalogue.modules[ident].facts.prerequisites
        if before in numbers and numbers[before] < numbers[ident]
    ]
    if not pairs:
        return None
    rise = max(_rise(b - a) for a, b in pairs)
    floor = rise + RADIUS + 6
    foot = floor - RADIUS
    arcs = tuple(
        f"M{_x(a)} {foot}C{_x(a)} {foot - _rise(b - a)} {_x(b)} {foot - _rise(b - a)} {_x(b)} {foot - 3}"
        for a, b in pairs
    )
    nodes = tuple(Node(_x(number), number + 1) for number in numbers.values())
    return Paths(APART * len(numbers), floor + RADIUS + 2, nodes, arcs)


def _x(number: int) -> int:
    return APART // 2 + APART * number


def _rise(steps: int) -> int:
    """How high an arc over so many steps goes."""
    return 22 + 14 * min(steps, 6)
