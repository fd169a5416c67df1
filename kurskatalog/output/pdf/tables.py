"""Tables of texts made regular: every row has as many cells as the table has columns, and it is known how wide they are."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from kurskatalog.view.prints.texts import text_of

ROOM, ROOM_SMALL, ROOM_TURNED = 78, 98, 150
"""Letters that a line of a table has room for: upright, in small type, and on a page that is turned."""
MOST = 60
"""Columns at most; what stands further out is put into the last one."""


def regular(table: ET.Element, may_turn: bool) -> None:
    """Lay the cells out on a grid: `cols`, `head` and `foot` rows, `fit` (normal, small, turned); missing cells are added."""
    groups = _groups(table)
    caption = next((child for child in table if child.tag == "caption"), None)
    for child in list(table):
        table.remove(child)
    columns = max((_width(rows) for _, rows in groups), default=0)
    columns = max(1, min(columns, MOST))
    lines: list[ET.Element] = []
    counts = {"thead": 0, "tbody": 0, "tfoot": 0}
    for kind, rows in groups:
        counts[kind] += len(rows)
        lines += _filled(rows, columns)
    if caption is not None:
        table.append(caption)
    table.extend(lines)
    table.attrib.update(
        {"cols": str(columns), "head": str(counts["thead"]), "foot": str(counts["tfoot"]), "fit": _fit(lines, may_turn)}
    )


def _groups(table: ET.Element) -> list[tuple[str, list[ET.Element]]]:
    """Head, bodies, foot, in that order, each with its rows; a first row of headings is a head."""
    found: dict[str, list[ET.Element]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in table:
        if child.tag in found:
            found[child.tag] += [_row(row) for row in child]
        elif child.tag != "caption":
            found["tbody"].append(_row(child))
    body = found["tbody"]
    if not found["thead"] and len(body) > 1 and len(body[0]) and all(cell.tag == "th" for cell in body[0]):
        found["thead"] = [body.pop(0)]
    return [(kind, rows) for kind, rows in found.items() if rows]


def _row(child: ET.Element) -> ET.Element:
    """A row; what an author put between rows becomes one."""
    if child.tag == "tr":
        return child
    row = ET.Element("tr")
    row.append(child)
    return row


def _span(cell: ET.Element, key: str) -> int:
    return max(1, int(cell.get(key, "1") or 1))


def _cells(row: ET.Element) -> list[ET.Element]:
    """The row's cells; what an author put beside them becomes one too."""
    for number, child in enumerate(list(row)):
        if child.tag not in ("td", "th"):
            cell = ET.Element("td")
            row[number] = cell
            cell.append(child)
    return list(row)


def _width(rows: Sequence[ET.Element]) -> int:
    """Columns that the rows need, with what hangs down from rows above."""
    hanging: dict[int, int] = {}
    widest = 0
    for row in rows:
        at = 0
        taken = {column for column, left in hanging.items() if left > 0}
        fresh: dict[int, int] = {}
        for cell in _cells(row):
            while at in taken:
                at += 1
            for column in range(at, min(at + _span(cell, "colspan"), MOST)):
                fresh[column] = _span(cell, "rowspan") - 1
            at += _span(cell, "colspan")
        widest = max(widest, at, *(c + 1 for c in taken)) if taken else max(widest, at)
        hanging = {c: left - 1 for c, left in hanging.items() if left > 1} | fresh
    return widest


def _filled(rows: Sequence[ET.Element], columns: int) -> list[ET.Element]:
    """The rows of a group with spans that end where the group ends, and empty cells where there are none."""
    hanging: dict[int, int] = {}
    filled: list[ET.Element] = []
    for number, row in enumerate(rows):
        line = ET.Element("tr")
        taken = {column for column, left in hanging.items() if left > 0}
        hanging = {c: left - 1 for c, left in hanging.items() if left > 1}
        at = 0
        for cell in _cells(row):
            while at in taken:
                at += 1
            if at >= columns:
                last = line if len(line) else filled[-1]
                last[-1].extend(_as_blocks(cell))
                continue
            room = next((c for c in range(at, columns) if c in taken), columns) - at
            wide, deep = min(_span(cell, "colspan"), room), min(_span(cell, "rowspan"), len(rows) - number)
            cell.attrib.update({"colspan": str(wide), "rowspan": str(deep), "x": str(at)})
            line.append(cell)
            for column in range(at, at + wide):
                if deep > 1:
                    hanging[column] = deep - 1
            at += wide
        for column in range(at, columns):
            if column not in taken:
                line.append(ET.Element("td", {"colspan": "1", "rowspan": "1", "x": str(column)}))
        filled.append(line)
    return filled


def _as_blocks(cell: ET.Element) -> list[ET.Element]:
    """What stands in a cell that has no place of its own."""
    cell.tag = "div"
    return [cell]


def _fit(lines: Sequence[ET.Element], may_turn: bool) -> str:
    """By the longest words of the columns, and by how much stands in them."""
    words: dict[str, int] = {}
    letters: dict[str, int] = {}
    for line in lines:
        for cell in line:
            if cell.get("colspan") == "1":
                text = text_of(cell)
                at = cell.get("x", "0")
                words[at] = max(words.get(at, 1), *(min(len(word), 28) for word in text.split() or [""]))
                letters[at] = max(letters.get(at, 1), min(len(text), 22))
    needed = sum(max(words[at], letters[at] * 2 // 3) + 3 for at in words)
    if needed <= ROOM:
        return "normal"
    return "turned" if may_turn and needed > ROOM_SMALL else "small"
