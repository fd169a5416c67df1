"""Abbreviations of the catalogue's list are explained where a page uses them first, in what is not a contributed text.

Texts explain their own (`*[KI]: kunstig intelligens`), and a text may mean something else by the same letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_LEFT_ALONE = frozenset(
    {"abbr", "code", "pre", "script", "style", "svg", "title", "option", "select", "textarea", "noscript"}
)


class Abbreviations:
    """Long forms by abbreviation, ready to be looked for."""

    def __init__(self, long: Mapping[str, str]) -> None:
        self.long = dict(long)
        names = "|".join(map(re.escape, sorted(self.long, key=len, reverse=True)))
        # What stands before is looked at later: an expression that begins with a letter is six times as quick.
        self._any = re.compile(rf"(?:{names})(?!\w)") if names else None

    def explain(self, html: str) -> str:
        """`html` (every `<` in it begins a tag) with the first of each abbreviation in an `abbr`."""
        if self._any is None or not self._any.search(html):
            return html
        done: set[str] = set()

        def mark(match: re.Match[str]) -> str:
            name = match[0]
            before = match.string[max(0, match.start() - 1) : match.start()]
            if name in done or before.isalnum() or before in ("_", "-"):
                return name
            done.add(name)
            return f'<abbr title="{escape(self.long[name])}">{name}</abbr>'

        pieces, depth = [], 0
        for piece in _TAG.split(html):
            if piece.startswith("<"):
                tag = _NAME.match(piece)
                if tag and tag[2].lower() in _LEFT_ALONE and not piece.endswith("/>"):
                    depth += -1 if tag[1] else 1
            elif not depth:
                piece = self._any.sub(mark, piece)
            pieces.append(piece)
        return "".join(pieces)
