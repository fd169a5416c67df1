"""Contributed text inside a comment: it can be read, and it can do nothing."""

from __future__ import annotations

import re
import unicodedata

JOINER = "\u2060"
"""Takes no room and breaks no line, but what looks for a name behind `@` or a number behind `#` does not find one."""

# A forge finds names, numbers, commits and addresses in the finished text as well, where escaped signs are plain again. So the
# signs that begin such things are parted from what follows (perhaps in the next piece of a text), and long hexadecimal numbers
# (commits) are cut.
_SIGNS = re.compile(r"[@#!$%~&^*_:\[\]\\/.\uff20\uff03-](?! )")
_COMMIT = re.compile(r"[0-9A-Fa-f]{7,}")
_BLANK = re.compile(r"\s+")
_PLAIN = re.compile(r"[^\w ,;?]|_")


def plain(text: str, most: int = 600) -> str:
    """Text as inert Markdown: one line of at most `most` characters; no HTML, links, mentions, references, emoji, commands."""
    text = "".join(" " if c.isspace() else c if _is_shown(c) else "\ufffd" for c in text[: 4 * most])
    text = _BLANK.sub(" ", text)
    if len(text) > most:
        text = text[:most].rstrip() + " …"
    text = _COMMIT.sub(lambda m: JOINER.join(m[0][i : i + 6] for i in range(0, len(m[0]), 6)), text)
    text = _SIGNS.sub(lambda m: m[0] + JOINER, text)
    return _PLAIN.sub(_entity, text)


def _is_shown(char: str) -> bool:
    """Whether a character is itself: no controls, and nothing that reorders or hides what stands beside it."""
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _entity(match: re.Match[str]) -> str:
    char = match[0]
    return f"&#{ord(char)};" if char.isascii() else char
