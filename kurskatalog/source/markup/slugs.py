"""Anchors from headings: `Læringsmål` -> `laeringsmal`."""

from __future__ import annotations

import re
import unicodedata

# Norwegian and Northern Sami letters that Unicode does not decompose to ASCII.
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th"})


LONGEST = 100
"""Characters of an anchor, before a number."""


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; `del` when nothing is left."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    ascii_only = folded.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "del"


def unique(text: str, taken: set[str]) -> str:
    """A slug that is not taken yet, with `-2`, `-3` ... behind it where needed; it is taken afterwards."""
    base = slug(text)[:LONGEST].rstrip("-")
    candidate = base
    if base in taken:
        # Numbers are given one after the other, so the first free one is found by halves: a text may have thousands.
        free = 2
        while f"{base}-{free}" in taken:
            free *= 2
        low = free // 2
        while free - low > 1:
            middle = (low + free) // 2
            low, free = (middle, free) if f"{base}-{middle}" in taken else (low, middle)
        candidate = f"{base}-{free}"
    taken.add(candidate)
    return candidate
