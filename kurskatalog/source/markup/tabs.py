"""Tabs for markdown-it: `=== "Title"` and an indented block; neighbours make one set that works without script."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

_OPENING = re.compile(r'^===\+?\s+"([^"\n]+)"\s*$')
_INDENT = 4


def tabs_plugin(md: MarkdownIt) -> None:
    """Add the block rule and its rendering (the HTML is what Material's style sheet knows as `tabbed-set`)."""
    md.block.ruler.before("fence", "tab", _tab, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.core.ruler.after("block", "tab_sets", _group)
    md.add_render_rule("tab_set_open", _render_set_open)
    md.add_render_rule("tab_set_close", _render_set_close)


def _tab(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    if state.sCount[start_line] - state.blkIndent >= 4:
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("===", start):
        return False
    match = _OPENING.match(state.src[start : state.eMarks[start_line]])
    if not match:
        return False
    if silent:
        return True
    old_parent, old_max, old_indent = state.parentType, state.lineMax, state.blkIndent
    state.parentType = "tab"
    state.blkIndent += _INDENT
    line = start_line + 1
    while line < end_line and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    while line > start_line + 1 and state.isEmpty(line - 1):
        line -= 1
    state.lineMax = line
    state.env["has_tabs"] = True
    opening = state.push("tab_open", "div", 1)
    opening.attrs = {"class": "tabbed-block"}
    opening.block = True
    opening.meta = {"title": match[1]}
    opening.map = [start_line, line]
    state.md.block.tokenize(state, start_line + 1, line)
    closing = state.push("tab_close", "div", -1)
    closing.block = True
    state.parentType, state.lineMax, state.blkIndent = old_parent, old_max, old_indent
    state.line = line
    return True


def _group(state: StateCore) -> None:
    """Put neighbouring tabs of the same level into a set."""
    if not state.env.get("has_tabs"):
        return
    tokens: list[Token] = []
    open_sets: list[Token] = []
    source = state.tokens
    for index, token in enumerate(source):
        if token.type == "tab_open":
            before = source[index - 1] if index else None
            if not (before and before.type == "tab_close" and before.level == token.level):
                holder = Token("tab_set_open", "div", 1)
                holder.meta = {"titles": []}
                holder.map = token.map
                holder.block = True
                holder.level = token.level
                tokens.append(holder)
                open_sets.append(holder)
            open_sets[-1].meta["titles"].append(token.meta["title"])
        tokens.append(token)
        if token.type == "tab_close":
            after = source[index + 1] if index + 1 < len(source) else None
            if not (after and after.type == "tab_open" and after.level == token.level):
                end = Token("tab_set_close", "div", -1)
                end.block = True
                tokens.append(end)
                open_sets.pop()
    state.tokens = tokens


def _render_set_open(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    number = env["tab_sets"] = int(env.get("tab_sets", 0)) + 1
    titles = token.meta["titles"]
    line = token.attrGet("data-l") or ""
    inputs = "".join(
        f'<input{" checked=" + chr(34) + "checked" + chr(34) if at == 1 else ""} id="__tabbed_{number}_{at}"'
        f' name="__tabbed_{number}" type="radio" />'
        for at in range(1, len(titles) + 1)
    )
    labels = "".join(
        f'<label for="__tabbed_{number}_{at}">{escapeHtml(title)}</label>' for at, title in enumerate(titles, 1)
    )
    return (
        f'<div data-l="{line}" class="tabbed-set tabbed-alternate" data-tabs="{number}:{len(titles)}">'
        f'{inputs}<div class="tabbed-labels">{labels}</div><div class="tabbed-content">'
    )


def _render_set_close(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Close the content and the set."""
    return "</div></div>\n"
