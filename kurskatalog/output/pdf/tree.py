"""White space and long words of texts: paragraphs settled as a reader sees them, with places where a line may end."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from kurskatalog.view.prints.texts import is_block

VERBATIM = frozenset({"pre", "code", "kbd", "samp"})
"""Elements in which white space means something."""

_SPACE = re.compile(r"[ \t\r\n]+")
_LONG = re.compile(r"[^\s\u200b\u00ad-]{28,}")
_PIECES = re.compile(r"[^/.?&=_#%]*[/.?&=_#%]+|[^/.?&=_#%]+")
_STEP = 14
BREAK = "\u200b"
"""A place where a line may end, and nothing to see."""


def soften(text: str) -> str:
    """The text with places to break in words that no line could hold (addresses, or 200 letters in a row)."""
    return _LONG.sub(_broken, text) if len(text) >= 28 else text


def _broken(match: re.Match[str]) -> str:
    """First where an address has its joints, then wherever a piece is still too long."""
    pieces = [piece[i : i + _STEP] for piece in _PIECES.findall(match[0]) for i in range(0, len(piece), _STEP)]
    return BREAK.join(pieces)


def settle(element: ET.Element, verbatim: bool = False) -> None:
    """Make every element hold either only blocks or only words, and white space what a reader sees of it.

    Words beside blocks become paragraphs, so that who sets the text need not look around.
    """
    verbatim = verbatim or element.tag in VERBATIM
    for child in element:
        settle(child, verbatim)
    if verbatim:
        return
    element.text = _SPACE.sub(" ", element.text or "")
    for child in element:
        child.tail = _SPACE.sub(" ", child.tail or "")
    if any(is_block(child) for child in element) or element.tag in ("table", "tr", "ul", "ol", "dl"):
        _wrap_words(element)
    elif element.tag not in ("span", "a") and is_block(element):
        _trim(element)


def _wrap_words(element: ET.Element) -> None:
    """Paragraphs around words that stand beside blocks."""
    old = list(element)
    for child in old:
        element.remove(child)
    text, element.text = element.text or "", ""
    run = ET.Element("p")
    run.text = text

    def close() -> None:
        nonlocal run
        if len(run) or (run.text or "").strip():
            _trim(run)
            element.append(run)
        run = ET.Element("p")
        run.text = ""

    for child in old:
        tail, child.tail = child.tail or "", ""
        if is_block(child):
            close()
            element.append(child)
            run.text = tail
        else:
            run.append(child)
            child.tail = tail
    close()


def _trim(element: ET.Element) -> None:
    """No spaces at the ends of a paragraph."""
    element.text = (element.text or "").lstrip(" ")
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip(" ")
    else:
        element.text = element.text.rstrip(" ")
