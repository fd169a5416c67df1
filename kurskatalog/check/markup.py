"""The rendered text against the allow-list; what comes out is the checked tree written anew as XHTML."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import chain

from kurskatalog.check import allowed
from kurskatalog.check.exercises import check_exercises
from kurskatalog.check.walk import Checked, Walk
from kurskatalog.problems import Message, Place, Problem
from kurskatalog.source.markup.links import shown
from kurskatalog.source.markup.raw import MARK, VOID
from kurskatalog.source.markup.render import Draft
from kurskatalog.source.text import hidden

__all__ = ["Checked", "check_markup", "serialize"]

_NOT_PLAIN = re.compile(r'[&<>"\r\n\t]')
_IN_VALUES = {ord('"'): "&quot;", ord("\r"): "&#13;", ord("\n"): "&#10;", ord("\t"): "&#09;"}
_TAG = re.compile(r"<(/?)([a-z][a-z0-9_-]*)([^<>]*?)(/?)>")
_CHARACTER = re.compile(r"&#?\w+;")
_ADDRESS = re.compile(r"(?<=<)[a-zA-Z][a-zA-Z0-9+.-]+:[^<>\s]*(?=>)")
_MAY_HIDE = re.compile("[&<]")
"""What a text needs to have a character that its file has not: an entity, or an address in angles, whose host may be coded."""
_LINE = re.compile(r'data-l="(\d+)"')


def check_markup(draft: Draft, name: str, page: str, body: str, first_line: int) -> Checked:
    """Hold a rendered text against the allow-list.

    `name` is the file for problems, `page` the address of the page that it becomes, `body` the Markdown text, which
    begins on `first_line` of the file and holds no hidden characters as they are. The XHTML of the result is only to be
    shown when there are no errors.
    """
    walk = Walk(name, page, body.split("\n"), first_line)
    out = walk.out
    walk.braces(draft.attributes)
    try:
        # Only what the renderer wrote comes here; it writes neither declarations nor entities of its own.
        root = ET.fromstring(f"<kk-root>{draft.xhtml}</kk-root>")  # noqa: S314
    except ET.ParseError:
        _explain(draft.xhtml, walk)
        return out
    walk.tree(root)
    out.problems += _headings(draft, name)
    _notes(draft, walk)
    check_exercises(draft.exercises, walk)
    if all(p.severity == "warning" for p in out.problems):
        xhtml = serialize(root)
        if _MAY_HIDE.search(body) and (sign := hidden(xhtml)):
            _hidden(sign, walk)
        else:
            out.words = len(" ".join(root.itertext()).split())
            out.xhtml = xhtml
    return out


def serialize(root: ET.Element) -> str:
    """The tree's inside as XHTML that an HTML parser reads the same way (`<br />`, but `<td></td>`)."""
    out: list[str] = []
    if root.text:
        out.append(_text(root.text))
    for child in root:
        _write(child, out)
    return "".join(out)


def _write(element: ET.Element, out: list[str]) -> None:
    """One element and the text behind it. ElementTree's own writer knows namespaces and takes three times as long."""
    tag, text, tail = element.tag, element.text, element.tail
    if tag != "kk-l":
        keys = "".join([f' {key}="{_value(value)}"' for key, value in element.items()]) if element.keys() else ""
        if tag in VOID:
            out.append(f"<{tag}{keys} />")
        else:
            out.append(f"<{tag}{keys}>{_text(text)}" if text else f"<{tag}{keys}>")
            for child in element:
                _write(child, out)
            out.append(f"</{tag}>")
    if tail:
        out.append(_text(tail))


def _text(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def _value(value: str) -> str:
    return _text(value).translate(_IN_VALUES) if _NOT_PLAIN.search(value) else value


def _explain(xhtml: str, walk: Walk) -> None:
    """Why a text is no tree: elements that it may not hold (K401), or one that is not closed or not opened (K404)."""
    stack: list[tuple[str, bool, int]] = []
    lost: tuple[str, int] | None = None
    for match in _TAG.finditer(xhtml):
        closing, tag, attributes, empty = match.groups()
        if line := _LINE.search(attributes):
            walk.line = int(line[1])
        raw = MARK in attributes
        if closing:
            if stack and stack[-1][0] == tag:
                stack.pop()
            elif lost is None:
                lost = (f"<{stack[-1][0]}", stack[-1][2]) if stack and stack[-1][1] else (f"</{tag}", walk.line)
        elif raw and tag not in allowed.ELEMENTS:
            walk.forbidden(f"<{tag}", f"<{tag}>")
        if not closing and not empty:
            stack.append((tag, raw, walk.line))
    if any(p.code == "K401" for p in walk.out.problems):
        return
    if lost is None:
        lost = (f"<{stack[-1][0]}", stack[-1][2]) if stack else ("<", walk.first)
    needle, walk.line = lost
    if needle.startswith("</"):
        walk.not_well_formed(needle, Message("'{tag}>' closes an element that is not open here", tag=needle))
    else:
        walk.not_well_formed(needle, Message("the element '{tag}>' is not closed where it should be", tag=needle))


def _hidden(sign: str, walk: Walk) -> None:
    """K408: a character that hides text, written as `&#8238;` or by its name, or coded in an address that is shown."""
    walk.line = walk.first
    body = "\n".join(walk.source)
    entities = (m[0] for m in _CHARACTER.finditer(body) if sign in html.unescape(m[0]))
    addresses = (m[0] for m in _ADDRESS.finditer(body) if sign in shown(m[0]))
    written = chain(entities, addresses)
    walk.problem(
        "K408",
        next(written, ""),
        Message("an invisible control character (U+{code}) stands here", code=f"{ord(sign):04X}"),
        Message("delete it and write the line again; it can hide what the text really says"),
    )


def _headings(draft: Draft, name: str) -> Iterator[Problem]:
    before = 1
    for heading in draft.headings:
        place = Place(name, heading.line, 1)
        if not heading.title:
            yield Problem(place, "K123", Message("the heading is empty"), Message("write a text after the #"))
        if heading.level > before + 1:
            message = Message(
                "the heading '{title}' jumps from level {before} to level {level}",
                title=heading.title,
                before=before,
                level=heading.level,
            )
            yield Problem(place, "K406", message, Message("use {marks} here", marks="#" * (before + 1)))
        before = max(heading.level, 1)
    if draft.too_deep:
        message = Message("lists and quotes are nested deeper than a page can show")
        yield Problem(Place(name, draft.too_deep, 1), "K116", message, Message("use fewer levels"))


def _notes(draft: Draft, walk: Walk) -> None:
    """K413: notes without a reference, and references to notes or link definitions that are not there."""
    walk.line = walk.first
    for label in draft.lone_footnotes:
        walk.problem(
            "K413",
            f"[^{label}]",
            Message("the footnote '{label}' is defined but never used", label=label),
            Message("refer to it in the text with [^{label}], or delete it", label=label),
        )
    for lost in draft.lost:
        walk.line = lost.line
        if lost.is_note:
            message = Message("the footnote '{label}' is not defined", label=lost.label)
            hint = Message("add a line at the end: [^{label}]: the text of the note", label=lost.label)
        else:
            message = Message("the link '{label}' is not defined", label=lost.label)
            hint = Message("add a line at the end: [{label}]: https://...", label=lost.label)
        walk.problem("K413", lost.words, message, hint)
