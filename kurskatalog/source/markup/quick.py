"""Short ways through markdown-it for what most of a text is: paragraphs of one line, lists, headings, lines without markup, tags.

They give the very tokens and HTML that the long ways give; a test compares them on texts of every kind. Together they take
a third off the time that a text needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, heading, list_block
from markdown_it.rules_core import StateCore, normalize, text_join
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kurskatalog.source.markup.tasks import BOXES

# Signs on which an inline rule acts (newline, escape, code, strikethrough, emphasis, link, image, note, HTML, entity). Attributes
# in braces only follow something that begins with one of them.
_MARKUP = re.compile(r"[\n\\`~*_\[<&]")
_UNSAFE = re.compile(r'[&<>"]')
_ITEM = re.compile(r"[-*+] [^\W_]")
# Addresses that the library takes apart, encodes and puts together again as they were.
_PLAIN_ADDRESS = re.compile(r"(?:(?:modul|kurs|side):|(?:\.\./)+)?[a-z0-9-]+(?:[/.][a-z0-9-]+)*(?:#[a-z0-9-]+)?\Z")

Rule = Callable[[StateBlock, int, int, bool], bool]


def quick_plugin(md: MarkdownIt) -> None:
    """Put the short ways before the long ones."""
    md.normalizeLink = _address  # type: ignore[method-assign]
    md.block.ruler.before("table", "quick_paragraph", _paragraph)
    md.block.ruler.before("table", "quick_sign", _sign)
    md.core.ruler.at("block", _block)
    md.core.ruler.at("normalize", _normalize)
    md.core.ruler.at("inline", _inline)
    md.core.ruler.at("text_join", _text_join)


def _address(url: str) -> str:
    """As markdown-it's own."""
    return url if _PLAIN_ADDRESS.match(url) else normalizeLink(url)


def _normalize(state: StateCore) -> None:
    """As markdown-it's own rule; files that have been decoded hold neither of the two."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _paragraph(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A line that begins with a letter or a box to tick, with nothing below it that could belong to it."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    end = state.eMarks[start_line]
    if silent or state.sCount[start_line] - state.blkIndent > 3:
        return False
    if not state.src[begin].isalpha() and state.src[begin : begin + 4] not in BOXES:
        return False
    after = start_line + 1
    if after < state.lineMax and not _ends_before(state, start_line, after):
        return False
    state.line = after
    state.push("paragraph_open", "p", 1).map = [start_line, after]
    inline = state.push("inline", "", 0)
    inline.content = state.src[begin:end].strip()
    inline.map = [start_line, after]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _ends_before(state: StateBlock, line: int, after: int) -> bool:
    """Whether the paragraph on `line` ends there: an empty line without a definition below it, or the next item of a list."""
    if state.isEmpty(after):
        below = after + 1
        if below >= state.lineMax:
            return True
        begin = state.bMarks[below] + state.tShift[below]
        return state.src[begin : begin + 1] not in (":", "~")
    if state.listIndent < 0 or not 0 <= state.sCount[after] - state.listIndent < 4:
        return False
    if state.sCount[after] >= state.blkIndent:
        return False
    begin = state.bMarks[after] + state.tShift[after]
    return _ITEM.match(state.src, begin) is not None


# The one rule that can take a line that begins with this sign, does not stand far in, and is not the head of a table.
_BY_SIGN: dict[str, Rule] = {
    "#": heading,
    **dict.fromkeys("-+*0123456789", list_block),
}


def _sign(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A heading or a list, without asking a dozen other rules first."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    rule = _BY_SIGN.get(state.src[begin])
    if silent or rule is None or state.sCount[start_line] - state.blkIndent > 3:
        return False
    line = state.src[begin : state.eMarks[start_line]]
    is_rule_across = not line.strip("-* \t")
    return "|" not in line and not is_rule_across and rule(state, start_line, end_line, False)


def _token(kind: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
    """As the library's class makes it, without looking through what nobody gave."""
    token: Token = Token.__new__(Token)
    token.type, token.tag, token.nesting = kind, tag, nesting
    token.content = token.markup = token.info = ""
    token.attrs, token.meta = {}, {}
    token.map = token.children = None
    token.level, token.block, token.hidden = 0, False, False
    return token


def text_token(content: str) -> Token:
    """Plain words of a line."""
    token = _token("text", "", 0)
    token.content = content
    return token


class QuickState(StateBlock):
    """The library's state with tokens that are quickly made."""

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Push a new token."""
        token = _token(ttype, tag, nesting)
        token.block = True
        if nesting < 0:
            self.level -= 1
        token.level = self.level
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


class QuickInline(StateInline):
    """The same for lines."""

    def pushPending(self) -> Token:  # noqa: N802 - the library's name
        """Push the words that have been passed."""
        token = text_token(self.pending)
        token.level = self.pendingLevel
        self.tokens.append(token)
        self.pending = ""
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Push a new token."""
        if self.pending:
            self.pushPending()
        token = _token(ttype, tag, nesting)
        meta: dict[str, Any] | None = None
        if nesting < 0:
            self.level -= 1
            self.delimiters = self._prev_delimiters.pop()
        token.level = self.level
        if nesting > 0:
            self.level += 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
            meta = {"delimiters": self.delimiters}
        self.pendingLevel = self.level
        self.tokens.append(token)
        self.tokens_meta.append(meta)
        return token


def _block(state: StateCore) -> None:
    """As markdown-it's own rule."""
    if state.src:
        lines = QuickState(state.src, state.md, state.env, state.tokens)
        state.md.block.tokenize(lines, lines.line, lines.lineMax)


def _inline(state: StateCore) -> None:
    """As markdown-it's own rule; a text without markup is one token."""
    parser = state.md.inline
    last_rules = parser.ruler2.getRules("")
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.children is None:
            token.children = []
        if _MARKUP.search(token.content):
            line = QuickInline(token.content, state.md, state.env, token.children)
            parser.tokenize(line)
            for rule in last_rules:
                rule(line)
        elif token.content:
            token.children.append(text_token(token.content))


def _text_join(state: StateCore) -> None:
    """As markdown-it's own rule; a line of one text has nothing to join."""
    lines = [t for t in state.tokens if t.children and (len(t.children) > 1 or t.children[0].type != "text")]
    text_join(SimpleNamespace(tokens=lines))  # type: ignore[arg-type]


class QuickRenderer(RendererHTML):
    """The library's renderer with short ways for tags, for signs that need no escape, and for plain lines."""

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:  # noqa: N802
        """A line of a paragraph, heading or cell."""
        if len(tokens) == 1 and tokens[0].type == "text":
            return _escaped(tokens[0].content)
        return super().renderInline(tokens, options, env)

    def renderToken(  # noqa: N802
        self,
        tokens: Sequence[Token],
        idx: int,
        options: OptionsDict,  # noqa: ARG002 - XHTML always
        env: EnvType,  # noqa: ARG002
    ) -> str:
        """An opening, closing or empty tag, with a new line behind a block's where no text of its own follows."""
        token = tokens[idx]
        if token.hidden:
            return ""
        if token.nesting == -1:
            return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
        begin, end = "<", " />" if token.nesting == 0 else ">"
        if token.block:
            if idx and tokens[idx - 1].hidden:
                begin = "\n<"
            after = tokens[idx + 1] if token.nesting == 1 and idx + 1 < len(tokens) else None
            if after is None or not (
                after.type == "inline" or after.hidden or (after.nesting == -1 and after.tag == token.tag)
            ):
                end += "\n"
        return f"{begin}{token.tag}{self.renderAttrs(token) if token.attrs else ''}{end}"

    @staticmethod
    def renderAttrs(token: Token) -> str:  # noqa: N802
        """Attributes as they stand in a tag."""
        attrs = token.attrs
        if len(attrs) == 1 and (line := attrs.get("data-l")):  # what most blocks have, and nobody but us writes
            return f' data-l="{line}"'
        return "".join([f' {_escaped(key)}="{_escaped(str(attrs[key]))}"' for key in attrs]) if attrs else ""


def _escaped(text: str) -> str:
    return escapeHtml(text) if _UNSAFE.search(text) else text
