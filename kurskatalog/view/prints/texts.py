"""Contributed texts outside of the site: their trees made regular, and where their links lead."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from urllib.parse import urldefrag, urljoin, urlsplit

_BLOCKS = (
    "p h2 h3 h4 h5 h6 pre blockquote ul ol li dl dt dd hr table thead tbody tfoot tr td th caption figure figcaption "
    "summary section div details fieldset legend"
)
BLOCKS = frozenset(_BLOCKS.split())
"""Elements that stand on lines of their own."""

_HOLDERS = {"li": ("ul", "ol"), "dt": ("dl",), "dd": ("dl",), "figcaption": ("figure",), "summary": ("details",)}
_HOLDERS |= {"tr": ("table", "thead", "tbody", "tfoot"), "caption": ("table",)}
_HOLDERS |= dict.fromkeys(("thead", "tbody", "tfoot"), ("table",)) | dict.fromkeys(("td", "th"), ("tr",))
_ITEMS = {"ul": ("li",), "ol": ("li",), "dl": ("dd", "dt")}


def read_text(xhtml: str) -> ET.Element:
    """The tree of a checked text, below one root, made regular.

    Tabs stand one after the other, every part of a list or table where it belongs, blocks in blocks: the check looks at
    elements alone, so that a cell may stand outside of a table.
    """
    root = ET.fromstring(f"<text>{xhtml}</text>")  # noqa: S314 - what check wrote
    _tabs(root)
    _house(root)
    _unfold(root)
    return root


def classes(element: ET.Element) -> list[str]:
    """The element's classes."""
    return element.get("class", "").split()


def text_of(element: ET.Element) -> str:
    """All words in the element, on one line."""
    return " ".join("".join(element.itertext()).split())


def is_block(element: ET.Element) -> bool:
    """Whether the element stands on lines of its own, by its name."""
    return element.tag in BLOCKS


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


def anchors(xhtml: str) -> set[str]:
    """Every name that a place in the text has."""
    return set(re.findall(r'<[a-z][^<>]*? id="([^"]*)"', xhtml))


def shown_address(address: str) -> str:
    """An address as it is printed: without the scheme where a reader does not need it."""
    return re.sub(r"^(https?://|mailto:|tel:)", "", address).rstrip("/")


def remove(parent: ET.Element, child: ET.Element) -> None:
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
            elif parent.tag in _ITEMS and child.tag not in _ITEMS[parent.tag]:
                item = ET.Element(_ITEMS[parent.tag][0])
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
