"""Anchors from headings: `Læringsmål` -> `laeringsmal`."""

from __future__ import annotations

import re
import unicodedata

# Norwegian and Northern Sami letters that Unicode does not decompose to ASCII.
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th"})


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; `del` when nothing is left."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    ascii_only = folded.encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "del"


def unique(text: str, taken: set[str]) -> str:
    """A slug that is not taken yet, with `-2`, `-3` ... behind it where needed; it is taken afterwards."""
    base = slug(text)
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    taken.add(candidate)
    return candidate
