"""What a line of broken YAML could have been meant to be: proposals, each of which is tried before it is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import get_origin

from kurskatalog.problems import Message

Lines = Sequence[str]

_LINE = re.compile(r"( *(?:- +)*)(?:([\w./-]+): +)?(\S.*?)\s*\Z")
_NO_BLANK = re.compile(r"( *(?:- +)*)([a-z_]+):([^\s/].*)\Z")
_NO_DASH_BLANK = re.compile(r"( *)-([^\s-].*)\Z")
_NO_COLON = re.compile(r"( *(?:- +)*)([a-z_]+)\s*[ =]\s*(\S.*)\Z")
_KEY_OR_DASH = re.compile(r"( *)(?:- |-\Z|([a-z_]+):(?: |\Z))")
_BLOCK_TEXT = re.compile(r".*:\s+[|>][+-]?\s*\Z")
_SMART = "“”„‟"

COLON = Message("a colon inside a value makes YAML think that a new key begins")
INDENTATION = Message("the indentation does not fit with the lines above")
BRACKET = Message("a bracket or brace is not closed")
NO_COLON = Message("a line without a colon stands where a key was expected")


@dataclass(frozen=True, slots=True)
class Mend:
    """What is wrong at `row` and `column` (both from 0), and the line as it should be."""

    row: int
    column: int
    code: str
    message: Message
    line: str


@lru_cache(maxsize=1)
def _known_keys() -> dict[str, bool]:
    """Every key that a file of a catalogue can have, and whether it holds a list."""
    from pydantic import BaseModel  # only when a file is broken

    from kurskatalog.model import records

    shapes = [s for s in vars(records).values() if isinstance(s, type) and issubclass(s, BaseModel)]
    known = {key: get_origin(f.annotation) is tuple for s in shapes for key, f in s.model_fields.items()}
    return {**known, **dict.fromkeys(("providers", "courses", "nb", "nn", "en", "se"), False)}


def quoted(value: str) -> str:
    """A value in quotes that it does not hold itself, so that it can be copied as it is."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    if "'" not in value:
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def proposals(lines: Lines, row: int) -> Iterator[Mend]:
    """Mends of one line, the likeliest first. A proposal is a guess: whoever uses it parses the text with it."""
    line = lines[row]
    if not line.strip() or line.lstrip().startswith("#"):
        return
    for propose in (_spacing, _value, _indentation, _lonely_text):
        yield from propose(lines, row)


def _spacing(lines: Lines, row: int) -> Iterator[Mend]:
    """A blank that is missing after a colon or a dash."""
    line = lines[row]
    if (match := _NO_BLANK.match(line)) and match[2] in _known_keys():
        value = match[3].rstrip()
        value = quoted(value) if _has_colon(value) else value
        message = Message("a space is missing after the colon")
        yield Mend(row, match.end(2), "K110", message, f"{match[1]}{match[2]}: {value}")
    if match := _NO_DASH_BLANK.match(line):
        message = Message("a space is missing after the dash")
        yield Mend(row, match.end(1), "K110", message, f"{match[1]}- {match[2].rstrip()}")


def _value(lines: Lines, row: int) -> Iterator[Mend]:
    """A value that needs quotes, or other ones."""
    if not (match := _LINE.match(lines[row])):
        return
    lead, key, value = match[1], match[2], match[3]
    start = f"{lead}{key}: " if key else lead
    judge: Callable[[int, str], Iterator[tuple[int, str, Message, str]]]
    if value[0] in "\"'":
        judge = _quote
    elif value[0] in "[{":
        judge = _flow
    elif _is_special(value):
        judge = _special
    elif key or not re.fullmatch(r"[\w./-]+:", value):
        judge = _plain
    else:
        return
    if judge is _plain and lead and key and key not in _known_keys() and _has_colon(value):
        # «- Lære: gjøre: lage»: the first colon belongs to the text as well
        yield Mend(row, len(lead) + len(key), "K112", COLON, lead + quoted(f"{key}: {value}"))
    if judge is _special and key and value.startswith("- ") and _known_keys().get(key):
        message = Message("a list with dashes begins on the line below its key")
        yield Mend(row, match.start(3), "K110", message, f"{lead}{key}: [{value[2:].strip()}]")
    for column, code, message, new in judge(match.start(3), value):
        yield Mend(row, column, code, message, start + new)


def _has_colon(value: str) -> bool:
    return ": " in value or value.endswith(":")


def _is_special(value: str) -> bool:
    return value[0] in "%@`*&!|>,]}" or value.startswith(("- ", "? ")) or value in ("-", "?")


def _plain(column: int, value: str) -> Iterator[tuple[int, str, Message, str]]:
    text, comment = _without_comment(value)
    if _has_colon(text):
        at = text.index(": ") if ": " in text else len(text) - 1
        bare = text[1:-1] if text[0] in _SMART and text[-1] in _SMART else text
        yield column + at, "K112", COLON, quoted(bare) + comment


def _special(column: int, value: str) -> Iterator[tuple[int, str, Message, str]]:
    text, comment = _without_comment(value)
    message = Message("'{sign}' cannot begin a value without quotes", sign=value[0])
    yield column, "K110", message, quoted(text) + comment


def _without_comment(value: str) -> tuple[str, str]:
    text, blank, comment = value.partition(" #")
    return text.rstrip(), blank + comment


def _quote(column: int, value: str) -> Iterator[tuple[int, str, Message, str]]:
    """A quote that is not closed, closes too early, or holds an escape that does not exist."""
    quote, rest = value[0], value[1:]
    end = closing(value)
    if end is not None and re.match(r"\s*(#.*)?\Z", value[end:]):
        if quote == '"' and "\\" in value:
            message = Message("a backslash inside double quotes has a meaning of its own")
            yield column + value.index("\\"), "K110", message, f"'{value[1 : end - 1]}'{value[end:]}"
        return
    message = Message("a quotation mark ({quote}) that opens here is not closed as it should be", quote=quote)
    if end is None:
        text = rest[:-1] if rest and rest[-1] in _SMART and not set(rest[:-1]) & set(_SMART) else rest
        fits = quote not in text and not (quote == '"' and "\\" in text)
        yield column, "K113", message, f"{quote}{text}{quote}" if fits else quoted(text)
        return
    text, comment = _without_comment(value)
    if text.endswith(quote) and text.count(quote) > 2:
        yield column, "K113", message, quoted(text[1:-1]) + comment
    yield column, "K113", message, quoted(text) + comment


def closing(value: str) -> int | None:
    """The index behind the quote that closes the one at the beginning of `value`; None when none does."""
    pattern = r'"(?:[^"\\]|\\.)*"' if value[0] == '"' else r"'(?:[^']|'')*'"
    match = re.match(pattern, value)
    return match.end() if match else None


def _flow(column: int, value: str) -> Iterator[tuple[int, str, Message, str]]:
    """A value in brackets or braces: not closed, followed by text, or with an item that needs quotes."""
    end = _closing_bracket(value)
    if end is None:
        pair = {"[": "]", "{": "}"}[value[0]]
        yield column, "K110", BRACKET, value.rstrip().rstrip(",") + pair
        mended, code, at = _requoted(value[1:])
        if code:
            end_is_there = value.rstrip()[-1] == pair
            yield column + 1 + at, code, _FLOW_MESSAGES[code], value[0] + mended + ("" if end_is_there else pair)
        return
    if behind := value[end:].strip():
        if not behind.startswith("#"):
            message = Message("'{sign}' cannot begin a value without quotes", sign=value[0])
            yield column, "K110", message, quoted(value.rstrip())
        return
    mended, code, at = _requoted(value[1 : end - 1])
    if code:
        yield column + 1 + at, code, _FLOW_MESSAGES[code], value[0] + mended + value[end - 1 :]


_FLOW_MESSAGES = {
    "K110": Message("a value inside brackets or braces needs quotes"),
    "K112": COLON,
    "K113": Message("a quotation mark inside brackets or braces is not closed as it should be"),
}


def _closing_bracket(value: str) -> int | None:
    depth, at = 0, 0
    while at < len(value):
        char = value[at]
        if char in "\"'" and (at == 0 or value[at - 1] in " [{,"):
            end = closing(value[at:])
            if end is None:
                return None
            at += end
            continue
        depth += (char in "[{") - (char in "]}")
        at += 1
        if depth == 0:
            return at
    return None


def _requoted(inside: str) -> tuple[str, str, int]:
    """The items between two brackets with quotes where needed; the code and the column of the first that did."""
    code, column, at = "", 0, 0
    items = []
    for item in re.split(r"(,\s+)", inside):
        new, found = (item, "") if item.startswith(",") else _requoted_item(item)
        if found and not code:
            code, column = found, at + len(item) - len(item.lstrip())
        items.append(new)
        at += len(item)
    return "".join(items), code, column


def _requoted_item(item: str) -> tuple[str, str]:
    match = re.match(r"(\s*[\w-]+: +|\s*)(.*)", item, re.DOTALL)
    start, value = (match[1], match[2].rstrip()) if match else ("", item)
    if not value or value[0] in "[{":
        return item, ""
    if value[0] in "\"'":
        if closing(value) == len(value):
            return item, ""
        tail = re.search(r"[]}]+\Z", value)
        body = value[1 : tail.start()] if tail else value[1:]
        return start + quoted(body.rstrip(value[0])) + (tail[0] if tail else ""), "K113"
    if _has_colon(value):
        return start + quoted(value), "K112"
    return (start + quoted(value), "K110") if _is_special(value) else (item, "")


def _indentation(lines: Lines, row: int) -> Iterator[Mend]:
    """A key or a dash that stands too far to the left or right."""
    match = _KEY_OR_DASH.match(lines[row])
    if not match or (match[2] and match[2] not in _known_keys()):
        return
    own = len(match[1])
    columns: set[int] = set() if row else {0}
    for number in range(row - 1, max(-1, row - 200), -1):
        if above := _KEY_OR_DASH.match(lines[number]):
            columns.add(len(above[1]))
            if dash := re.match(r" *- +", lines[number]):
                columns.add(dash.end())
            if lines[number].rstrip().endswith(":"):
                columns.add(len(above[1]) + 2)
            if not above[1]:
                break
    for column in sorted(columns - {own}, key=lambda c: (abs(c - own), c)):
        yield Mend(row, own, "K110", INDENTATION, " " * column + lines[row].strip())


def _lonely_text(lines: Lines, row: int) -> Iterator[Mend]:
    """Text without a key: a colon forgotten, or a line of a longer text without its indentation."""
    line = lines[row]
    if line.lstrip().startswith(("- ", "---", "...")):
        return
    own = len(line) - len(line.lstrip())
    if (match := _NO_COLON.match(line)) and match[2] in _known_keys():
        yield Mend(row, match.end(2), "K110", NO_COLON, f"{match[1]}{match[2]}: {match[3].rstrip()}")
    if row and (above := next((x for x in reversed(lines[max(0, row - 50) : row]) if x.strip()), "")):
        deeper = len(above) - len(above.lstrip()) + (2 if ":" in above or above.lstrip().startswith("- ") else 0)
        if deeper > own or _BLOCK_TEXT.match(above):
            message = Message("the lines of a long text begin with spaces, more than the key above them")
            yield Mend(row, own, "K110", message, " " * max(deeper, 2) + line.strip())
