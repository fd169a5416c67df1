"""Things to do, on paper: the question stands in the text with letters for its choices, the answers at the end of the chapter."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from kurskatalog.view.prints.texts import classes, remove


def take_answers(root: ET.Element, label: str) -> ET.Element:
    """Take the answers out of a text, for the chapter's end; `label` begins the names of its places.

    A box that asks gets the attribute `answer`, the name of its answer's place.
    """
    answers = ET.Element("answers")
    parents = {child: parent for parent in root.iter() for child in parent}
    for section in [part for part in root.iter("section") if "answers" in classes(part)]:
        for item in [item for part in section if part.tag == "ol" for item in part]:
            item.tag, item.tail = "div", ""
            item.attrib = {"class": "answer", "answer": _name(label, item.get("id", ""))}
            for part in item:
                if "answers-question" in classes(part):
                    part.set("class", "answer-title")
            answers.append(item)
        remove(parents[section], section)
    for box in [part for part in root.iter() if part.tag in ("fieldset", "div", "details")]:
        _ask(box, label)
    for holder in (root, answers):
        for choices in [part for part in holder.iter("ol") if "choices" in classes(part)]:
            _letter(choices)
    return answers


def _name(label: str, anchor: str) -> str:
    return f"{label}-{anchor}"


def _ask(box: ET.Element, label: str) -> None:
    """The way to the answer is a page number on paper; a reflection gets lines to write on."""
    for see in [part for part in box if "see" in classes(part)]:
        link = see.find(".//a")
        if link is not None:
            box.set("answer", _name(label, link.get("href", "").lstrip("#")))
        remove(box, see)
        if "reflection" in classes(box):
            ET.SubElement(box, "lines")


def _letter(choices: ET.Element) -> None:
    """Letters take the place of what one would click."""
    for item in choices:
        item.set("right", "right" if "right" in classes(item) else "")
        item.attrib.pop("class", None)
        for parent in list(item.iter()):
            for box in [part for part in parent if part.tag == "input"]:
                remove(parent, box)
