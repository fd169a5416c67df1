"""Tokens that Markdown did not make: blocks, words and paragraphs of our own."""

from __future__ import annotations

from markdown_it.token import Token


def open_(tag: str, name: str, lines: list[int] | None = None) -> Token:
    """The begin of a block with a class; `lines` are those of the text that it comes from, from 0."""
    token = Token("made_open", tag, 1)
    token.block, token.map = True, lines
    if name:
        token.attrs = {"class": name}
    return token


def close(tag: str) -> Token:
    """The end of a block."""
    token = Token("made_close", tag, -1)
    token.block = True
    return token


def text(content: str) -> Token:
    """Words, to be escaped when they are written."""
    token = Token("text", "", 0)
    token.content = content
    return token


def paragraph(name: str, words: str, children: list[Token] | None = None) -> list[Token]:
    """A paragraph of words, or of inline tokens."""
    inline = Token("inline", "", 0)
    inline.children = children or [text(words)]
    return [open_("p", name), inline, close("p")]
