"""The rendered text against the allow-list; what comes out is the checked tree written anew as XHTML."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field

from kurskatalog.check import allowed
from kurskatalog.problems import Message, Place, Problem
from kurskatalog.source.markup.links import Link, resolve, scheme
from kurskatalog.source.markup.render import VOID, Draft

_EMPTY = re.compile(r"<(?!(?:" + "|".join(sorted(VOID)) + r")\b)([a-z][a-z0-9]*)((?: [^<>]*)?) />")
_LAST_LINE = re.compile(r'data-l="(\d+)"')


@dataclass(slots=True)
class Checked:
    """XHTML that may be shown, and what stands in it. Links and pictures carry their line and column."""

    xhtml: str = ""
    links: list[tuple[Link, int, int]] = field(default_factory=list)
    pictures: list[tuple[str, int, int]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    words: int = 0
    problems: list[Problem] = field(default_factory=list)


class _Walk:
    """One walk over the tree of one text."""

    def __init__(self, name: str, page: str, source: list[str], first_line: int) -> None:
        self.name = name
        self.page = page
        self.source = source
        self.first = first_line
        self.line = first_line
        self.out = Checked()

    def problem(self, code: str, needle: str, message: Message, hint: Message | None = None) -> None:
        line, column = self.find(needle)
        self.out.problems.append(Problem(Place(self.name, line, column), code, message, hint))

    def find(self, needle: str) -> tuple[int, int]:
        """The line and column of `needle` at or after the block's first line; the block's line when it is not found."""
        start = self.line - self.first
        folded = needle.casefold()
        if folded:
            for number in range(max(start, 0), min(start + 400, len(self.source))):
                at = self.source[number].casefold().find(folded)
                if at >= 0:
                    return number + self.first, at + 1
        return self.line, 1

    def element(self, element: ET.Element, inside_made: bool) -> None:
        tag = element.tag
        own = element.attrib.pop("data-l", None)
        if own:
            self.line = int(own)
        made = inside_made or (tag == "div" and "data-tabs" in element.attrib) or (tag == "ul" and element.get("class") == "contains-task-list")
        if tag not in allowed.ELEMENTS:
            self.forbidden_element(tag, element)
        elif tag in allowed.MADE_ONLY and not made and not (tag == "section" and element.get("class") == "footnotes"):
            self.forbidden_element(tag, element)
        else:
            self.attributes(tag, element)
            if tag == "a":
                self.link(element)
            elif tag == "img":
                self.picture(element)
        for child in element:
            self.element(child, made)

    def forbidden_element(self, tag: str, element: ET.Element) -> None:
        if tag == "kk-l":
            return
        if tag == "h1":
            self.problem(
                "K406", "# ", Message("a heading of level 1 stands in the text"),
                Message("begin with ##; the page's title is its only heading of level 1"),
            )
            return
        shown = (element.text or "").strip()[:20] if tag == "kk-declaration" else f"<{tag}>"
        self.problem(
            "K401",
            shown if tag == "kk-declaration" else f"<{tag}",
            Message("{element} is not among the elements that a text may hold", element=shown),
            Message("write it in Markdown, or leave it out; docs/formats.md lists what can be used"),
        )

    def attributes(self, tag: str, element: ET.Element) -> None:
        own = allowed.ELEMENTS[tag] | allowed.EVERYWHERE | allowed.EXTRA.get(tag, frozenset())
        for key, value in element.attrib.items():
            good = key in own
            if good and (pattern := allowed.VALUES.get(key)):
                good = bool(pattern.match(value))
            elif good and key == "class":
                good = all(allowed.CLASSES.match(c) for c in value.split())
            elif good and key == "id":
                good = bool(allowed.ANCHOR.match(value) or (tag == "input" and allowed.MADE_ANCHOR.match(value)))
                self.anchor(value)
            if not good:
                self.problem(
                    "K402", key if key not in ("class", "id") else value,
                    Message("the attribute {key}=\"{value}\" on <{tag}> is not allowed", key=key, value=value[:60], tag=tag),
                    Message("leave it out; texts get their looks from the theme"),
                )

    def anchor(self, value: str) -> None:
        if value in self.out.anchors:
            self.problem(
                "K412", f"#{value}", Message("the anchor '{anchor}' is used twice in this text", anchor=value),
                Message("give one of them another name"),
            )
        self.out.anchors.add(value)

    def link(self, element: ET.Element) -> None:
        href = element.get("href", "")
        if element.get("class") == "footnote-backref" or not href:
            return
        link = resolve(href, self.page)
        line, column = self.find(href)
        if link.kind == "out" and scheme(href) not in allowed.SCHEMES:
            self.problem(
                "K403", href.strip()[:30], Message("addresses that begin with '{scheme}:' are not allowed", scheme=scheme(href)),
                Message("use https:// or a link to a page of the catalogue"),
            )
        element.set("href", link.url)
        self.out.links.append((link, line, column))
        text = " ".join("".join(element.itertext()).split())
        alt = " ".join(i.get("alt", "") for i in element.iter("img"))
        if text.casefold().strip(" .!:»") in allowed.EMPTY_LINK_TEXTS and not alt:
            self.problem(
                "K407", f"[{text}" if text else href, Message("the link text '{text}' does not say where the link leads", text=text),
                Message("let the name of the page be the link; screen readers list links without their sentence"),
            )
        elif not text and not alt:
            self.problem(
                "K407", href, Message("the link has no text"), Message("write what it leads to between the square brackets")
            )

    def picture(self, element: ET.Element) -> None:
        source = element.get("src", "")
        line, column = self.find(source)
        if not element.get("alt", "").strip():
            self.problem(
                "K405", source, Message("the picture '{source}' has no alternative text", source=source[:60]),
                Message("write what it shows between the square brackets: ![A curve that rises](curve.png)"),
            )
        self.out.pictures.append((source, line, column))


def check_markup(draft: Draft, name: str, page: str, body: str, first_line: int) -> Checked:
    """Hold a rendered text against the allow-list.

    `name` is the file for problems, `page` the address of the page that it becomes, `body` the Markdown text, which begins on
    `first_line` of the file. The XHTML of the result is only to be shown when there are no errors.
    """
    walk = _Walk(name, page, body.split("\n"), first_line)
    out = walk.out
    try:
        root = ET.fromstring(f"<kk-root>{draft.xhtml}</kk-root>")
    except ET.ParseError as error:
        out.problems.append(_not_well_formed(error, draft.xhtml, walk))
        return out
    for child in root:
        walk.element(child, inside_made=False)
    out.problems += _headings(draft, name)
    out.problems += _lone_footnotes(draft, walk)
    if not out.problems or all(p.severity == "warning" for p in out.problems):
        out.words = len(" ".join(root.itertext()).split())
        out.xhtml = serialize(root)
    return out


def serialize(root: ET.Element) -> str:
    """The tree's inside as XHTML that an HTML parser reads the same way (no empty-element form but for void elements)."""
    text = ET.tostring(root, encoding="unicode")
    text = text.removeprefix("<kk-root>").removesuffix("</kk-root>") if text != "<kk-root />" else ""
    if "<kk-l" in text:
        text = text.replace("<kk-l />", "")
    return _EMPTY.sub(r"<\1\2></\1>", text)


def _not_well_formed(error: ET.ParseError, xhtml: str, walk: _Walk) -> Problem:
    row, column = error.position
    lines = f"<kk-root>{xhtml}</kk-root>".split("\n")
    before = "\n".join([*lines[: row - 1], lines[row - 1][:column]])
    marks = _LAST_LINE.findall(before)
    walk.line = int(marks[-1]) if marks else walk.first
    tag = re.search(r"</?[A-Za-z][\w-]*", lines[row - 1][column:])
    line, at = walk.find(tag[0] if tag else "<")
    return Problem(
        Place(walk.name, line, at), "K404", Message("the HTML here is not well-formed: an element is not closed or not opened"),
        Message("close every element that you open, in the right order, with quotes around the values of attributes"),
    )


def _headings(draft: Draft, name: str) -> Iterator[Problem]:
    before = 1
    for heading in draft.headings:
        if not heading.title:
            yield Problem(Place(name, heading.line, 1), "K123", Message("the heading is empty"), Message("write a text after the #"))
        if heading.level > before + 1:
            yield Problem(
                Place(name, heading.line, 1), "K406",
                Message("the heading '{title}' jumps from level {before} to level {level}", title=heading.title, before=before, level=heading.level),
                Message("use {marks} here", marks="#" * (before + 1)),
            )
        before = max(heading.level, 1)
    if draft.too_deep:
        yield Problem(
            Place(name), "K116", Message("lists and quotes are nested deeper than a page can show"), Message("use fewer levels")
        )


def _lone_footnotes(draft: Draft, walk: _Walk) -> Iterator[Problem]:
    walk.line = walk.first
    for label in draft.lone_footnotes:
        line, column = walk.find(f"[^{label}]")
        yield Problem(
            Place(walk.name, line, column), "K413", Message("the footnote '{label}' is defined but never used", label=label),
            Message("refer to it in the text with [^{label}], or delete it", label=label),
        )
    defined = {line.split("]:")[0] for line in walk.source if line.startswith("[^")}
    for number, line in enumerate(walk.source):
        for match in re.finditer(r"\[\^([^\]\s]+)\](?!:)", line):
            if f"[^{match[1]}" not in defined and "`" not in line:
                yield Problem(
                    Place(walk.name, number + walk.first, match.start() + 1), "K413",
                    Message("the footnote '{label}' is not defined", label=match[1]),
                    Message("add a line at the end: [^{label}]: the text of the note", label=match[1]),
                )
