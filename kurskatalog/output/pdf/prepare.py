"""A checked text made ready to be set: regular, with its links resolved, notes at their places and answers taken to the end."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kurskatalog.output.pdf.fonts import INVISIBLE
from kurskatalog.output.pdf.quizzes import take_answers
from kurskatalog.output.pdf.tables import regular
from kurskatalog.output.pdf.tree import BREAK, settle, soften
from kurskatalog.view.prints.texts import classes, inside, is_block, read_text, remove, shown_address, text_of

Place = tuple[str, str]
"""(label of a place in the same document or empty, address on the net or empty)."""

DEEPEST = 11
"""Elements within each other at most (five lists); what is deeper stands beside: there is no room further in, and Typst stops."""

_UNMARKED = frozenset({"h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a text stands in its document.

    `label` begins the names of its places, `page` is the address of its page (`moduler/a/b`), `depth` the level that its `<h2>`
    have, `folder` where its pictures lie, `pictures` their names in the stage, `find` what a path and an anchor lead to,
    `printed` the addresses that the chapter has printed already, with the names of their notes (empty for those below a heading).
    """

    label: str
    page: str
    depth: int
    folder: str
    pictures: Mapping[str, str]
    find: Callable[[str, str], Place]
    printed: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Text:
    """`body` as XML; at the chapter's end `answers` as XML and `short`, the abbreviations with what they stand for."""

    body: str = ""
    answers: str = ""
    short: dict[str, str] = field(default_factory=dict)


def prepare(xhtml: str, setting: Setting) -> Text:
    """Make a checked text ready; `xhtml` is what `check` let through."""
    return _Work(setting).run(read_text(xhtml))


class _Work:
    """What is known on the way through one text."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.out = Text()
        self.notes: dict[str, ET.Element] = {}
        self.noted: set[str] = set()
        self.level = setting.depth - 1

    def run(self, root: ET.Element) -> Text:
        """All steps, in the order in which they need each other."""
        self._take_notes(root)
        _flatten(root)
        settle(root)
        answers = take_answers(root, self.setting.label)
        self._walk(root, in_heading=False, top=True)
        self._walk(answers, in_heading=False, top=False)
        self.out.body = ET.tostring(root, encoding="unicode")
        self.out.answers = ET.tostring(answers, encoding="unicode") if len(answers) else ""
        return self.out

    def _take_notes(self, root: ET.Element) -> None:
        """Notes leave the end of the text, to be set on the page of their first reference."""
        parents = {child: parent for parent in root.iter() for child in parent}
        for section in [s for s in root.iter("section") if "footnotes" in classes(s)]:
            for item in section.iter("li"):
                for parent in item.iter():
                    for back in [a for a in parent if a.tag == "a" and "footnote-backref" in classes(a)]:
                        remove(parent, back)
                self.notes[item.get("id", "")] = item
            remove(parents[section], section)

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
        """No level is left out, whatever the text does: a reader of headings would look for what is missing.

        One without words (a picture alone) has no place in an outline.
        """
        if all(c.isspace() or ord(c) in INVISIBLE for c in text_of(heading)):
            heading.tag = "div"
            return
        wanted = int(heading.tag[1]) - 2 + self.setting.depth
        self.level = max(self.setting.depth, min(wanted, self.level + 1))
        heading.set("level", str(self.level))

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
        printed = self.setting.printed
        if address in printed:
            if marked and printed[address]:
                link.set("again", printed[address])
        elif marked:
            name = printed[address] = f"{self.setting.label}-url{len(printed)}"
            link.set("note", name)
            link.set("shown", soften(shown))
        else:
            printed[address] = ""
            link.set("below", soften(shown))


def _soften(element: ET.Element) -> None:
    for part in (element, *element):
        if part is element and part.text:
            part.text = soften(part.text)
        elif part is not element and part.tail:
            part.tail = soften(part.tail)


def _flatten(element: ET.Element, depth: int = 0) -> None:
    """What is nested too deeply becomes paragraphs of plain words, with its pictures between them."""
    if depth < DEEPEST:
        for child in element:
            _flatten(child, depth + 1)
    elif len(element):
        leaves = list(_leaves(element))
        for child in list(element):
            element.remove(child)
        element.text = ""
        if is_block(element):
            element.extend(leaves)
        else:
            element.text = " ".join(text_of(leaf) for leaf in leaves)


def _leaves(element: ET.Element) -> Iterator[ET.Element]:
    """The words below an element, a paragraph for each block, and its pictures."""
    words: list[str] = [element.text or ""]

    def paragraph() -> Iterator[ET.Element]:
        if text := "".join(words).strip():
            made = ET.Element("p")
            made.text = text
            yield made
        words.clear()

    for child in element:
        if child.tag == "img":
            yield from paragraph()
            holder = ET.Element("p")
            holder.append(ET.Element("img", child.attrib))
            yield holder
        elif is_block(child) or len(child):
            yield from paragraph()
            yield from _leaves(child)
        else:
            words.append("".join(child.itertext()))
        words.append(child.tail or "")
    yield from paragraph()
