"""Did you mean ...? The word of a list that is nearest to what was written."""

from __future__ import annotations

import difflib
from collections.abc import Collection

_MOST = 5000  # words that are compared in full; a longer list is first cut down to those that begin alike


def nearest(word: str, known: Collection[str], likeness: float = 0.6) -> str:
    """The known word that is most like `word`; empty when none is alike enough (0-1).

    Of a path, the last step has to be alike as well: two courses of one provider are not.
    """
    if len(word) > 200:
        return ""
    if len(known) > _MOST:
        known = [k for k in known if k[:3] == word[:3]][:_MOST]
    folded = word.casefold()
    same = next((k for k in known if k.casefold() == folded), None)
    if same is not None:
        return same
    for near in difflib.get_close_matches(word, sorted(known), 3, likeness):
        if "/" not in word or _likeness(near.rpartition("/")[2], word.rpartition("/")[2]) >= likeness:
            return near
    return ""


def _likeness(one: str, two: str) -> float:
    return difflib.SequenceMatcher(None, one, two).ratio()
