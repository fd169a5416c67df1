"""What a finished PDF says of itself: how many pages it has, and on which page its named places are.

Only for PDFs that the press made: Typst writes their objects plainly, one after the other.
"""

from __future__ import annotations

import re

_PAGES = re.compile(rb"/Type\s*/Pages\s*/Count\s+(\d+)")


def count_pages(raw: bytes) -> int:
    """Pages of a PDF that the press made."""
    return max(int(n) for n in _PAGES.findall(raw))


def places(raw: bytes) -> dict[str, int]:
    """Name of a place in a PDF that the press made -> its page, from 1."""
    kids = re.search(rb"/Type\s*/Pages\s*/Count\s+\d+\s*/Kids\s*\[([^\]]*)\]", raw)
    order = {number: at for at, number in enumerate(re.findall(rb"(\d+) 0 R", kids[1] if kids else b""), 1)}
    goals = {m[1]: order.get(m[2], 0) for m in re.finditer(rb"(?<=\n)(\d+) 0 obj\s*\[(\d+) 0 R\s*/XYZ", raw)}
    named = re.finditer(rb"\(([a-z0-9-]+)\)(\d+) 0 R", raw)
    return {m[1].decode(): goals[m[2]] for m in named if goals.get(m[2])}
