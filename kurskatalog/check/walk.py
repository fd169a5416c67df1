"""One walk over the tree of a rendered text: every element, attribute, address and picture against the allow-list."""

from __future__ import annotations

import html
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from urllib.parse import unquote

from kurskatalog.check import allowed
from kurskatalog.problems import Message, Place, Problem
from kurskatalog.source.markup.links import Link, resolve, scheme
from kurskatalog.source.markup.raw import BROKEN, DECLARATION, MARK, REFUSED
from kurskatalog.source.markup.render import Attribute
from kurskatalog.source.text import MAX_PROBLEMS

_LOOK_AHEAD = 400  # lines of a block that are searched for what is wrong in it


@dataclass(slots=True)
class Checked:
    """XHTML that may be shown, and what stands in it. Links and pictures carry their line and column."""

    xhtml: str = ""
    links: list[tuple[Link, int, int]] = field(default_factory=list)
    pictures: list[tuple[str, int, int]] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    words: int = 0
    problems: list[Problem] = field(default_factory=list)


class Walk:
    """What is known on the way: the file, the line of the block, and what was found."""

    def __init__(self, name: str, page: str, source: list[str], first_line: int) -> None:
        self.name = name
        self.page = page
        self.source = source
        self.first = first_line
        self.line = first_line
        self.out = Checked()
        self._folded = "\n".join(source).casefold()
        self._lines = self._folded.split("\n")
        self._found: dict[tuple[int, str], tuple[int, int]] = {}
        self._told: set[tuple[str, str, str]] = set()

    def problem(self, code: str, where: str | tuple[int, int], message: Message, hint: Message | None = None) -> None:
        """Note a problem at a place, or at the next place where a text stands, from the block's line on."""
        if len(self.out.problems) < MAX_PROBLEMS:
            line, column = self.find(where, again=True) if isinstance(where, str) else where
            self.out.problems.append(Problem(Place(self.name, line, column), code, message, hint))

    def find(self, needle: str, again: bool = False) -> tuple[int, int]:
        """The line and column of `needle` at or after the block's first line; the block's line when it is not found.

        With `again`, asking twice gives the second place: two equal mistakes in one paragraph are two problems.
        """
        folded = needle.casefold()
        row, column = max(self.line - self.first, 0), 0
        if again:
            row, column = self._found.get((self.line, folded), (row, 0))
        if folded:
            is_there = folded in self._folded  # what Markdown made itself, as the way to a note, is not
            for number in range(row, min(row + _LOOK_AHEAD, len(self._lines))) if is_there else ():
                at = self._lines[number].find(folded, column)
                if at >= 0:
                    if again:
                        self._found[self.line, folded] = (number, at + len(folded))
                    return number + self.first, at + 1
                column = 0
            if not again or (self.line, folded) not in self._found:
                return self._find_entities(folded)
        return self.find(needle) if again and (self.line, folded) in self._found else (self.line, 1)

    def _find_entities(self, folded: str) -> tuple[int, int]:
        """As `find`, where letters are written as `&#106;` or by their names."""
        row = max(self.line - self.first, 0)
        for number, line in enumerate(self.source[row : row + _LOOK_AHEAD], row) if "&" in self._folded else ():
            if "&" in line and (at := html.unescape(line).casefold().find(folded)) >= 0:
                return number + self.first, at + 1
        return self.line, 1

    def braces(self, attributes: tuple[Attribute, ...]) -> None:
        """K402: attributes that stand in braces behind or above something."""
        for a in attributes:
            good = a.key not in allowed.NOT_IN_BRACES
            if not (good and allowed.attribute_is_allowed(a.tag, a.key, a.value, made=False)):
                self.line = self._line_of_braces(a)
                self._bad_attribute(a.tag, a.key, a.value)
                self._told.add((a.tag, a.key, a.value))

    def _line_of_braces(self, attribute: Attribute) -> int:
        """The line of the braces: above a block, or somewhere in it."""
        row = attribute.line - self.first - 1
        while row >= 0 and self.source[row].lstrip().startswith("{"):
            if attribute.key in self.source[row] or attribute.value in self.source[row]:
                return row + self.first
            row -= 1
        return attribute.line

    def tree(self, root: ET.Element) -> None:
        """Everything in the tree, in the order of the text."""
        elements = root.iter()
        next(elements)  # the root itself
        for element in elements:
            made = True
            if element.keys():  # to ask a plain element for its attributes would make it some
                made = element.attrib.pop(MARK, None) is None
                if made and (own := element.attrib.pop("data-l", None)):
                    self.line = int(own)
                if not made or element.attrib:
                    self._element(element, made)
                    continue
            if element.tag not in allowed.PLAIN:
                self._element(element, made)

    def _element(self, element: ET.Element, made: bool) -> None:
        tag = element.tag
        if tag == "h1":
            self._title(element, made)
        if not allowed.element_is_allowed(element.tag, made):
            self._not_allowed(tag, element, made)
            return
        if element.keys():
            self._attributes(element.tag, element, made)
        if tag == "a":
            self._link(element)
        elif tag == "img":
            self._picture(element)

    def _title(self, element: ET.Element, made: bool) -> None:
        """K406: the page has a title of its own; a second one is shown as a heading of level 2."""
        element.tag = "h2"
        hint = Message("begin with ##; the page's title is its only heading of level 1")
        self.problem("K406", "# " if made else "<h1", Message("a heading of level 1 stands in the text"), hint)

    def _not_allowed(self, tag: str, element: ET.Element, made: bool) -> None:
        text = "".join(element.itertext()).strip()
        if made and tag == "kk-l":
            return
        if made and tag == DECLARATION:
            self.forbidden(text.split("\n")[0][:20], text[:20])
        elif made and tag == BROKEN:
            begin = text[text.index("<") :] if "<" in text else text
            name = begin.strip("</").split(" ")[0].split("\n")[0].lower()[:20]
            if name in allowed.ELEMENTS:
                self.not_well_formed(begin[: len(name) + 1], Message("the tag '{tag}' has no end", tag=begin[:40]))
            else:
                self.forbidden(begin[: len(name) + 1], f"<{name}>")
        else:
            self.forbidden(f"<{tag}", f"<{tag}>")

    def forbidden(self, needle: str, shown: str) -> None:
        """K401."""
        self.problem(
            "K401",
            needle,
            Message("{element} is not among the elements that a text may hold", element=shown),
            Message("write it in Markdown, or leave it out; docs/formats.md lists what can be used"),
        )

    def not_well_formed(self, needle: str, message: Message) -> None:
        """K404, with what to do about it."""
        hint = Message("close every element that you open, in the right order; a < that is no tag is written &lt;")
        self.problem("K404", needle, message, hint)

    def _attributes(self, tag: str, element: ET.Element, made: bool) -> None:
        for key in element.attrib.pop(REFUSED, "").split() if not made else ():
            self._bad_attribute(tag, key, "...")
        for key, value in element.attrib.items():
            if key == "id":
                self._anchor(value)
            if not allowed.attribute_is_allowed(tag, key, value, made) and (tag, key, value) not in self._told:
                self._bad_attribute(tag, key, value)

    def _bad_attribute(self, tag: str, key: str, value: str) -> None:
        self.problem(
            "K402",
            key if key not in ("class", "id") else value,
            Message('the attribute {key}="{value}" on <{tag}> is not allowed', key=key, value=value[:60], tag=tag),
            Message("leave it out; texts get their looks from the theme"),
        )

    def _anchor(self, value: str) -> None:
        if value in self.out.anchors:
            self.problem(
                "K412",
                f"#{value}",
                Message("the anchor '{anchor}' is used twice in this text", anchor=value),
                Message("give one of them another name"),
            )
        self.out.anchors.add(value)

    def _link(self, element: ET.Element) -> None:
        href = element.get("href")
        if href is None or element.get("class") == "footnote-backref":
            return
        link = resolve(href, self.page)
        place = self.find(self._written(href) or "]()", again=True)
        self._address(href, link, place)
        if link.kind == "lost" or (link.kind == "anchor" and not link.anchor):
            self._lost(link, place)
        element.set("href", link.url)
        self.out.links.append((link, *place))
        text = " ".join("".join(element.itertext()).split())
        if not any(i.get("alt") for i in element.iter("img")):
            self._link_text(text, place)

    def _lost(self, link: Link, place: tuple[int, int]) -> None:
        if link.kind == "anchor":
            hint = Message("write an address between the round brackets")
            self.problem("K207", place, Message("the link has no address"), hint)
        else:
            self.problem(
                "K207",
                place,
                Message("the link '{target}' leads nowhere", target=link.target[:80]),
                Message("write modul:<provider>/<module>, kurs:<provider>/<course>, side:<page> or a whole address"),
            )

    def _written(self, address: str) -> str:
        """An address as it stands in the text; Markdown writes other letters than ASCII with per cent signs."""
        if "%" in address and self.find(address) == (self.line, 1):
            return unquote(address)
        return address

    def _address(self, href: str, link: Link, place: tuple[int, int]) -> None:
        hidden = "%" in href and bool(set(unquote(href)) & allowed.CONTROLS)
        found = scheme(unquote(href) if hidden else href)
        if found is not None and (found not in allowed.SCHEMES if link.kind == "out" else hidden):
            self.problem(
                "K403",
                place,
                Message("addresses that begin with '{scheme}:' are not allowed", scheme=found),
                Message("use https:// or a link to a page of the catalogue"),
            )
        elif found in ("http", "https") and link.kind == "out" and not allowed.WEB_ADDRESS.match(href.strip()):
            self.problem(
                "K125",
                place,
                Message("'{value}' is not an address", value=href.strip()[:80]),
                Message("write the whole address: https://..."),
            )

    def _link_text(self, text: str, place: tuple[int, int]) -> None:
        if not text:
            hint = Message("write what it leads to between the square brackets")
            self.problem("K407", place, Message("the link has no text"), hint)
        elif text.casefold().strip(" .!:»«›→") in allowed.EMPTY_LINK_TEXTS:
            self.problem(
                "K407",
                text,
                Message("the link text '{text}' does not say where the link leads", text=text),
                Message("let the name of the page be the link; screen readers list links without their sentence"),
            )

    def _picture(self, element: ET.Element) -> None:
        source = element.get("src", "")
        written = self._written(source)
        place = self.find(written or "](", again=True)
        if not element.get("alt", "").strip():
            self.problem(
                "K405",
                place,
                Message("the picture '{source}' has no alternative text", source=written[:60]),
                Message("write what it shows between the square brackets: ![A curve that rises](curve.png)"),
            )
        if any(sign in written for sign in "/\\:?#") or not written or written.startswith("."):
            self.problem(
                "K410",
                place,
                Message("the picture '{source}' does not lie beside the text", source=written[:80]),
                Message("put the file in the same folder and write only its name"),
            )
        elif written.rpartition(".")[2].lower() not in allowed.PICTURES:
            self.problem(
                "K410",
                place,
                Message("'{source}' is not a picture that a page can show", source=written[:80]),
                Message("use .png, .jpg, .webp or .svg"),
            )
        else:
            self.out.pictures.append((written, *place))
