"""Abbreviations for markdown-it: a line `*[KI]: kunstig intelligens` explains every KI of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kurskatalog.source.markup.quick import text_token

_DEFINITION = re.compile(r"^\*\[([^\]\n]{1,60})\]:\s*(\S.*?)\s*$")


def abbreviations_plugin(md: MarkdownIt) -> None:
    """Add the block rule that collects definitions and the core rule that marks the words."""
    md.block.ruler.before("reference", "abbreviation", _definition, {"alt": ["paragraph", "reference"]})
    md.core.ruler.push("abbreviations", _mark)


def _definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("*[", start):
        return False
    match = _DEFINITION.match(state.src[start : state.eMarks[start_line]])
    if not match:
        return False
    if not silent:
        state.env.setdefault("abbreviations", {})[match[1]] = match[2]
        state.line = start_line + 1
    return True


def _mark(state: StateCore) -> None:
    known: dict[str, str] = state.env.get("abbreviations", {})
    if not known:
        return
    words = "|".join(re.escape(word) for word in sorted(known, key=lambda w: (-len(w), w)))
    pattern = re.compile(rf"(?<![\w-])(?:{words})(?!\w)")
    for block in state.tokens:
        # The few lines that may have one are found without the expression, which looks back at every letter.
        if block.type == "inline" and block.children and _may_have(known, block.content):
            block.children = [new for child in block.children for new in _split(child, pattern, known)]


def _may_have(known: Iterable[str], text: str) -> bool:
    return any(map(text.__contains__, known))


def _split(token: Token, pattern: re.Pattern[str], known: dict[str, str]) -> list[Token]:
    if token.type != "text" or not _may_have(known, token.content):
        return [token]
    made: list[Token] = []
    end = 0
    for match in pattern.finditer(token.content):
        if match.start() > end:
            made.append(text_token(token.content[end : match.start()]))
        opening = Token("abbr_open", "abbr", 1)
        opening.attrs = {"title": known[match[0]]}
        made += [opening, text_token(match[0]), Token("abbr_close", "abbr", -1)]
        end = match.end()
    if end < len(token.content):
        made.append(text_token(token.content[end:]))
    return made
