"""Things to do, on paper: the question stands in the text without its answer, and the answers at the end of the chapter."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from copy import deepcopy

from kurskatalog.output.pdf.tree import classes


class Answers:
    """Takes the answers out of a text's quizzes and reflections; `root` has them."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.root = ET.Element("answers")

    def take(self, root: ET.Element) -> None:
        """Go through the whole text, in order."""
        for box in list(root.iter("div")) + list(root.iter("details")):
            kinds = classes(box)
            if "quiz" in kinds:
                self._quiz(box)
            elif "reflection" in kinds:
                self._reflection(box)

    def _answer(self, box: ET.Element, kind: str) -> ET.Element:
        """An empty answer with the question's title; box and answer know each other's names."""
        number = len(self.root) + 1
        box.set("asks", f"{self.label}-ask{number}")
        box.set("answer", f"{self.label}-answer{number}")
        answer = ET.SubElement(self.root, "div", {"class": "answer", "kind": kind})
        answer.attrib.update({"asks": box.get("asks", ""), "answer": box.get("answer", "")})
        title = next((child for child in box if _is_title(child)), None)
        if title is not None:
            copy = deepcopy(title)
            for part in copy.iter():
                part.attrib.pop("id", None)
            copy.tag, copy.attrib = "p", {"class": "answer-title"}
            answer.append(copy)
        return answer

    def _quiz(self, box: ET.Element) -> None:
        """Choices lose their ticks and explanations; the answer has letters, ticks and explanations."""
        lists = [part for part in box.iter() if part.tag in ("ul", "ol") and "contains-task-list" in classes(part)]
        if not lists:
            return
        answer = self._answer(box, "quiz")
        for choices in lists:
            solved = ET.SubElement(answer, "ol", {"class": "choices"})
            choices.tag, choices.attrib = "ol", {"class": "choices"}
            for item in choices:
                self._choice(item, solved)

    def _choice(self, item: ET.Element, solved: ET.Element) -> None:
        box = item.find(".//input")
        right = box is not None and box.get("checked") is not None
        whys = [child for child in item if child.tag == "blockquote"]
        for why in whys:
            item.remove(why)
        for parent in item.iter():
            for part in [p for p in parent if p.tag == "input"]:
                parent.text = (parent.text or "") + (part.tail or "")
                parent.remove(part)
        item.attrib.pop("class", None)
        copy = ET.SubElement(solved, "li", {"right": "right" if right else ""})
        for part in item:
            fresh = deepcopy(part)
            for inner in fresh.iter():
                inner.attrib.pop("id", None)
            copy.append(fresh)
        copy.text = item.text
        if not any(child.tag in ("p", "div", "ul", "ol") for child in copy) and (copy.text or len(copy)):
            words = ET.Element("p")
            words.text, copy.text = copy.text, ""
            for part in list(copy):
                copy.remove(part)
                words.append(part)
            copy.append(words)
        for why in whys:
            why.tag, why.attrib = "div", {"class": "why"}
            copy.append(why)

    def _reflection(self, box: ET.Element) -> None:
        """The body is the model answer; in the text there are lines to write on."""
        body = [child for child in box if not _is_title(child)]
        if not body:
            return
        answer = self._answer(box, "reflection")
        for part in body:
            box.remove(part)
            answer.append(part)
        ET.SubElement(box, "lines")


def _is_title(element: ET.Element) -> bool:
    return element.tag == "summary" or "admonition-title" in classes(element)
