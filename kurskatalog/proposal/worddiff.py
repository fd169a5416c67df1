"""What changed in a text, paragraph by paragraph and word by word, in a bounded time whatever the texts are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kurskatalog.proposal.changes import Paragraph, Piece

MOST_PARAGRAPHS = 40
"""Changed paragraphs of one text that are kept."""

AROUND = 12
"""Words that stay, shown before and after those that changed."""

CELLS = 3_000_000
"""Work for all texts of a proposal: each is a comparison of two words or paragraphs. What comes later is shown whole."""

LONG = 3_000
"""Characters of one paragraph that are kept."""

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_FENCE = re.compile(r"\s*(```|~~~)")


@dataclass(slots=True)
class Effort:
    """How much work is left."""

    cells: int = CELLS

    def spend(self, cells: int) -> bool:
        """Whether that much may be done; it counts as done then."""
        if cells > self.cells or cells > CELLS // 6:
            return False
        self.cells -= cells
        return True


def paragraphs(text: str) -> list[str]:
    """A Markdown text in the parts between empty lines; a block of code stays whole."""
    parts: list[list[str]] = [[]]
    fence = ""
    for line in text.split("\n"):
        if match := _FENCE.match(line):
            fence = "" if fence == match[1] else fence or match[1]
        if line.strip() or fence:
            parts[-1].append(line)
        elif parts[-1]:
            parts.append([])
    return ["\n".join(part) for part in parts if part]


def compare_texts(before: str, after: str, effort: Effort) -> tuple[list[Paragraph], int]:
    """The paragraphs that differ, in order, and how many more there are than are kept."""
    changed = list(_changes(paragraphs(before), paragraphs(after), effort))
    kept = [_paragraph(*pair, effort) for pair in changed[:MOST_PARAGRAPHS]]
    return kept, len(changed) - len(kept)


def compare_words(before: str, after: str, effort: Effort) -> tuple[Piece, ...]:
    """Words that stayed, went and came; long stretches that stayed are cut in the middle."""
    old, new = _WORD.findall(before[:LONG]), _WORD.findall(after[:LONG])
    pieces: list[Piece] = []
    for sign, words in _steps(old, new, effort):
        text = _short(words, bool(pieces)) if sign == "=" else "".join(words)
        pieces.append((sign, text))  # type: ignore[arg-type]
    if pieces and pieces[-1][0] == "=":
        pieces[-1] = ("=", _cut_end(pieces[-1][1]))
    if len(before) > LONG or len(after) > LONG:
        pieces.append(("=", " …"))
    return tuple(pieces)


def _paragraph(before: str, after: str, effort: Effort) -> Paragraph:
    if not before:
        return Paragraph(state="new", pieces=(("+", _clip(after)),))
    if not after:
        return Paragraph(state="gone", pieces=(("-", _clip(before)),))
    return Paragraph(state="changed", pieces=compare_words(before, after, effort))


def _changes(old: list[str], new: list[str], effort: Effort) -> Iterator[tuple[str, str]]:
    """(before, after) of paragraphs that differ; one of them is empty where there is nothing like it."""
    gone: list[str] = []
    came: list[str] = []
    for sign, parts in [*_steps(old, new, effort), ("=", [])]:
        if sign == "-":
            gone += parts
        elif sign == "+":
            came += parts
        else:
            yield from _pairs(gone, came)
            gone, came = [], []


def _pairs(gone: list[str], came: list[str]) -> Iterator[tuple[str, str]]:
    """Paragraphs that are versions of each other, in order; the others alone."""
    at = 0
    for text in gone:
        near = next((i for i in range(at, min(at + 8, len(came))) if _alike(text, came[i])), None)
        if near is None:
            yield text, ""
            continue
        yield from (("", other) for other in came[at:near])
        yield text, came[near]
        at = near + 1
    yield from (("", other) for other in came[at:])


def _alike(one: str, two: str) -> bool:
    """Whether at least a third of the words of the longer are in both."""
    a, b = (Counter(re.findall(r"\w+", text[:LONG].casefold())) for text in (one, two))
    return 3 * (a & b).total() >= max(a.total(), b.total())


def _steps(old: Sequence[str], new: Sequence[str], effort: Effort) -> list[tuple[str, list[str]]]:
    """Runs of items that stayed ("="), went ("-") and came ("+"): the longest common subsequence where work is left."""
    head = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = min(len(old), len(new)) - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    signs: list[tuple[str, str]] = [("=", item) for item in old[:head]]
    if a and b and effort.spend(len(a) * len(b)):
        signs += _common(a, b)
    else:
        signs += [("-", item) for item in a] + [("+", item) for item in b]
    signs += [("=", item) for item in old[len(old) - tail :]]
    return _grouped(signs)


def _common(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, str]]:
    table = [[0] * (len(b) + 1)]
    for item in reversed(a):
        below = table[-1]
        row = [0] * (len(b) + 1)
        for j in range(len(b) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if item == b[j] else max(below[j], row[j + 1])
        table.append(row)
    table.reverse()
    signs = []
    i = j = 0
    while i < len(a) and j < len(b):
        if a[i] == b[j]:
            signs.append(("=", a[i]))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            signs.append(("-", a[i]))
            i += 1
        else:
            signs.append(("+", b[j]))
            j += 1
    return signs + [("-", item) for item in a[i:]] + [("+", item) for item in b[j:]]


def _grouped(signs: list[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    """Neighbours of a kind together; between two that stayed, first all that went and then all that came.

    A space alone between changed words is no reason to begin anew.
    """
    groups: list[tuple[list[str], list[str], list[str]]] = [([], [], [])]
    for number, (sign, item) in enumerate(signs):
        stayed, went, came = groups[-1]
        if sign == "=":
            following = signs[number + 1][0] if number + 1 < len(signs) else "="
            if item.isspace() and went and came and following != "=":
                went.append(item)
                came.append(item)
                continue
            if went or came:
                groups.append(([item], [], []))
            else:
                stayed.append(item)
        else:
            (went if sign == "-" else came).append(item)
    return [(sign, part) for group in groups for sign, part in zip("=-+", group, strict=True) if part]


def _short(words: list[str], inside: bool) -> str:
    """Words that stayed, cut in the middle (at the beginning, when nothing stands before them)."""
    if len(words) <= 4 * AROUND:
        return "".join(words)
    end = "".join(words[-2 * AROUND :])
    return f"{''.join(words[: 2 * AROUND])} … {end}" if inside else f"… {end}"


def _cut_end(text: str) -> str:
    words = _WORD.findall(text)
    return text if len(words) <= 2 * AROUND else "".join(words[: 2 * AROUND]) + " …"


def _clip(text: str) -> str:
    return text if len(text) <= LONG else text[:LONG] + " …"
