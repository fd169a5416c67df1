"""A checked text made ready to be set: regular, with its links resolved, notes at their places and answers taken to the end."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from kurskatalog.output.pdf.quizzes import Answers
from kurskatalog.output.pdf.tables import regular
from kurskatalog.output.pdf.tree import BREAK, classes, is_block, settle, soften, text_of

Place = tuple[str, str]
"""(label of a place in the same document or empty, address on the net or empty)."""

DEEPEST = 8
"""Lists, quotes and boxes that are nested deeper than this stand beside each other: there is no room further in."""

_HOLDERS = {"li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "figcaption": ("figure",), "summary": ("details",)}
_HOLDERS |= {"tr": ("table", "thead", "tbody", "tfoot"), "caption": ("table",)}
_HOLDERS |= dict.fromkeys(("thead", "tbody", "tfoot"), ("table",)) | dict.fromkeys(("td", "th"), ("tr",))
_UNMARKED = frozenset({"h2", "h3", "h4", "h5", "h6"})
_DEEP = frozenset({"ul", "ol", "blockquote", "details", "dl", "div", "section"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a text stands in its document.

    `label` begins the names of its places, `page` is the address of its page (`moduler/a/b`), `depth` the level that its `<h2>`
    have, `folder` where its pictures lie, `pictures` their names in the stage, `find` what a path and an anchor lead to.
    """

    label: str
    page: str
    depth: int
    folder: str
    pictures: Mapping[str, str]
    find: Callable[[str, str], Place]


@dataclass(slots=True)
class Text:
    """`body` as XML; at the chapter's end `answers` as XML and `short`, the abbreviations with what they stand for."""

    body: str = ""
    answers: str = ""
    short: dict[str, str] = field(default_factory=dict)


def prepare(xhtml: str, setting: Setting) -> Text:
    """Make a checked text ready; `xhtml` is what `check` let through."""
    return _Work(setting).run(ET.fromstring(f"<text>{xhtml}</text>"))  # noqa: S314 - what check wrote


def targets(xhtml: str, page: str) -> set[tuple[str, str]]:
    """(path, anchor) of every link to a page of the catalogue, so that documents know which places must have names."""
    found = re.findall(r'<a [^>]*?href="([^"]*)"', xhtml)
    return {place for href in found if (place := inside(href.replace("&amp;", "&"), page))}


def inside(href: str, page: str) -> tuple[str, str] | None:
    """(path, anchor) when the address leads to a page of the catalogue; None when it leads out."""
    if urlsplit(href).scheme or href.startswith("//"):
        return None
    whole, anchor = urldefrag(urljoin(f"http://k/{page}/", href))
    return urlsplit(whole).path.strip("/"), anchor


class _Work:
    """What is known on the way through one text."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.out = Text()
        self.notes: dict[str, ET.Element] = {}
        self.noted: set[str] = set()
        self.printed: dict[str, str] = {}
        self.level = setting.depth - 1

    def run(self, root: ET.Element) -> Text:
        """All steps, in the order in which they need each other."""
        _tabs(root)
        self._take_notes(root)
        _house(root)
        _unfold(root)
        _flatten(root, 0)
        settle(root)
        answers = Answers(self.setting.label)
        answers.take(root)
        self._walk(root, in_heading=False, top=True)
        self._walk(answers.root, in_heading=False, top=False)
        self.out.body = ET.tostring(root, encoding="unicode")
        self.out.answers = ET.tostring(answers.root, encoding="unicode") if len(answers.root) else ""
        return self.out

    def _take_notes(self, root: ET.Element) -> None:
        """Notes leave the end of the text, to be set on the page of their first reference."""
        parents = {child: parent for parent in root.iter() for child in parent}
        for section in [s for s in root.iter("section") if "footnotes" in classes(s)]:
            for item in section.iter("li"):
                for parent in item.iter():
                    for back in [a for a in parent if a.tag == "a" and "footnote-backref" in classes(a)]:
                        _remove(parent, back)
                self.notes[item.get("id", "")] = item
            _remove(parents[section], section)

    def _walk(self, element: ET.Element, *, in_heading: bool, top: bool) -> None:
        for child in list(element):
            if child.tag == "sup" and "footnote-ref" in classes(child):
                self._note(child)
                continue
            if child.tag in _UNMARKED:
                self._heading(child)
            elif child.tag == "a":
                self._link(child, marked=not in_heading)
            elif child.tag == "abbr" and child.get("title"):
                self.out.short.setdefault(text_of(child), child.get("title", ""))
            elif child.tag == "img":
                child.set("file", self.setting.pictures[f"{self.setting.folder}/{child.get('src', '')}"])
            self._walk(child, in_heading=in_heading or child.tag in _UNMARKED, top=top and child.tag in ("text", "p"))
            if child.tag == "table":
                regular(child, may_turn=top)
            self._name(child)
        _soften(element)

    def _name(self, element: ET.Element) -> None:
        """The place gets a name only where something leads to it."""
        anchor = element.attrib.pop("id", "")
        if anchor and self.setting.find(self.setting.page, anchor)[0] == f"{self.setting.label}-{anchor}":
            element.set("name", f"{self.setting.label}-{anchor}")

    def _heading(self, heading: ET.Element) -> None:
        """No level is left out, whatever the text does: a reader of headings would look for what is missing."""
        wanted = int(heading.tag[1]) - 2 + self.setting.depth
        self.level = max(self.setting.depth, min(wanted, self.level + 1))
        if text_of(heading) or heading.find(".//img") is not None:
            heading.set("level", str(self.level))
        else:
            heading.tag = "div"

    def _note(self, mark: ET.Element) -> None:
        """A reference to a note: the note itself at the first one."""
        link = mark.find(".//a")
        name = (link.get("href", "") if link is not None else "").lstrip("#")
        note = self.notes.get(name)
        tail = mark.tail
        mark.clear()
        mark.tag, mark.tail = "note", tail
        mark.set("name", f"{self.setting.label}-{name}")
        if name in self.noted:
            mark.set("again", "again")
        elif note is not None:
            self.noted.add(name)
            settle(note)
            mark.extend(list(note))
            mark.text = note.text
            self._walk(mark, in_heading=False, top=False)

    def _link(self, link: ET.Element, *, marked: bool) -> None:
        """Where it leads: a place in this document, or an address, which is printed at the first link that has it."""
        href = link.attrib.pop("href", "")
        goal = inside(href, self.setting.page)
        label, address = self.setting.find(*goal) if goal else ("", href)
        if label:
            link.set("to", label)
        elif address:
            link.set("url", address)
            self._print_address(link, address, marked)

    def _print_address(self, link: ET.Element, address: str, marked: bool) -> None:
        shown = shown_address(address)
        if shown.replace(" ", "") in text_of(link).replace(" ", "").replace(BREAK, ""):
            return
        if address in self.printed:
            if marked and self.printed[address] == "note":
                link.set("again", f"{self.setting.label}-url{list(self.printed).index(address)}")
        elif marked:
            self.printed[address] = "note"
            link.set("note", f"{self.setting.label}-url{len(self.printed) - 1}")
            link.set("shown", soften(shown))
        else:
            self.printed[address] = "below"
            link.set("below", soften(shown))


def shown_address(address: str) -> str:
    """An address as it is printed: without the scheme where a reader does not need it."""
    return re.sub(r"^(https?://|mailto:|tel:)", "", address).rstrip("/")


def _soften(element: ET.Element) -> None:
    for part in (element, *element):
        if part is element and part.text:
            part.text = soften(part.text)
        elif part is not element and part.tail:
            part.tail = soften(part.tail)


def _remove(parent: ET.Element, child: ET.Element) -> None:
    """Take an element out; the words behind it stay."""
    at = list(parent).index(child)
    if child.tail:
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _tabs(root: ET.Element) -> None:
    """Tabs stand one after the other, each under its title."""
    for tabs in [d for d in root.iter("div") if "tabbed-set" in classes(d)]:
        labels = [label for group in tabs if "tabbed-labels" in classes(group) for label in group]
        blocks = [block for group in tabs if "tabbed-content" in classes(group) for block in group]
        for child in list(tabs):
            tabs.remove(child)
        for title, block in zip(labels, blocks, strict=False):
            title.tag, title.tail = "p", ""
            title.attrib = {"class": "tab-title"}
            block.attrib["class"] = "tab"
            block.insert(0, title)
            title.tail, block.text = block.text, ""
            tabs.append(block)
        tabs.attrib = {"class": "tabs"}


_ONE_LINE = frozenset({"h2", "h3", "h4", "h5", "h6", "pre", "code", "kbd", "samp"})


def _unfold(element: ET.Element) -> bool:
    """Blocks stand in blocks: what holds one becomes one, but for headings and code; whether the element is or holds a block."""
    if element.tag in _ONE_LINE:
        for inner in element.iter():
            if inner is not element and is_block(inner):
                inner.tag = "span"
        return is_block(element)
    inside = [_unfold(child) for child in element]
    if any(inside) and (element.tag == "p" or not is_block(element)) and element.tag != "text":
        element.tag = "div"
    return is_block(element)


def _house(root: ET.Element) -> None:
    """Parts of lists and tables that stand outside of one become plain blocks, lists hold nothing but their items."""
    for parent in list(root.iter()):
        for number, child in enumerate(list(parent)):
            if child.tag in _HOLDERS and parent.tag not in _HOLDERS[child.tag]:
                child.tag = "div"
            elif parent.tag in ("ul", "ol") and child.tag != "li":
                item = ET.Element("li")
                item.tail, child.tail = child.tail, ""
                parent[number] = item
                item.append(child)
        if parent.tag in ("ul", "ol", "dl", "table", "tr", "thead", "tbody", "tfoot"):
            _house_words(parent)


def _house_words(parent: ET.Element) -> None:
    """Words straight inside a list or a table: browsers show them, so nothing is lost here either."""
    inner = {"ul": "li", "ol": "li", "dl": "dd", "tr": "td"}.get(parent.tag, "tr")
    if (parent.text or "").strip():
        item = ET.Element(inner)
        item.text, parent.text = parent.text, ""
        parent.insert(0, item)
    for child in list(parent):
        if (child.tail or "").strip():
            item = ET.Element(inner)
            item.text, child.tail = child.tail, ""
            parent.insert(list(parent).index(child) + 1, item)


def _flatten(element: ET.Element, depth: int) -> None:
    """What is nested too deeply comes out to the last level that has room."""
    for child in list(element):
        inner = depth + (child.tag in _DEEP)
        if inner > DEEPEST and child.tag in _DEEP:
            child.tag = "div"
            child.attrib = {"class": "flat"}
            for item in child:
                if item.tag in ("li", "dt", "dd", "summary"):
                    item.tag = "div"
        _flatten(child, inner)
