"""Which characters the print fonts have, read from the fonts themselves; what none of them has is shown by its number."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

INVISIBLE = frozenset(map(ord, "\t\n\r\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f")) | frozenset(range(0xE0020, 0xE0080))
"""Characters that have no sign of their own: spaces, joiners, and what chooses a form of the sign before."""


@lru_cache(maxsize=4)
def covered(folder: Path) -> frozenset[int]:
    """Every code point that some font in the folder has."""
    found: set[int] = set(INVISIBLE)
    for path in sorted(folder.glob("*.ttf")):
        found |= set(code_points(path.read_bytes()))
    return frozenset(found)


def code_points(raw: bytes) -> Iterator[int]:
    """The code points of one TrueType font, from its `cmap` table (formats 4 and 12)."""
    count = struct.unpack(">H", raw[4:6])[0]
    tables = (struct.unpack(">4sLLL", raw[at : at + 16]) for at in range(12, 12 + 16 * count, 16))
    begin = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    for number in range(struct.unpack(">H", raw[begin + 2 : begin + 4])[0]):
        platform, _, offset = struct.unpack(">HHL", raw[begin + 4 + 8 * number : begin + 12 + 8 * number])
        if platform in (0, 3):
            yield from _segments(raw, begin + offset)


def _segments(raw: bytes, at: int) -> Iterator[int]:
    kind = struct.unpack(">H", raw[at : at + 2])[0]
    if kind == 12:
        for number in range(struct.unpack(">L", raw[at + 12 : at + 16])[0]):
            first, last, _ = struct.unpack(">LLL", raw[at + 16 + 12 * number : at + 28 + 12 * number])
            yield from range(first, last + 1)
    elif kind == 4:
        count = struct.unpack(">H", raw[at + 6 : at + 8])[0] // 2
        ends = struct.unpack(f">{count}H", raw[at + 14 : at + 14 + 2 * count])
        starts = struct.unpack(f">{count}H", raw[at + 16 + 2 * count : at + 16 + 4 * count])
        for first, last in zip(starts, ends, strict=True):
            yield from range(first, min(last, 0xFFFE) + 1)


def replacements(text: str, known: frozenset[int]) -> dict[int, str]:
    """For `str.translate`: characters that no font has, shown by their number."""
    return {code: f"[U+{code:04X}]" for code in set(map(ord, set(text))) - known}
