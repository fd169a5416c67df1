"""A comment as text for a terminal: what stands for a sign is that sign again, and what is new or gone is marked."""

from __future__ import annotations

import html
import re

from kurskatalog.proposal.escape import JOINER

_MARKS = {"<ins>": "[+", "</ins>": "+]", "<del>": "[-", "</del>": "-]"}
_TAG = re.compile(r"<!--.*?-->\n?|<[^<>]*>")


def as_text(comment: str) -> str:
    """`comment` is one of `as_comment`: every `<` in it begins a tag of ours, and it holds no controls."""
    lines = _TAG.sub(lambda tag: _MARKS.get(tag[0], ""), comment)
    return html.unescape(lines).replace(JOINER, "")
