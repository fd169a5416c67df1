"""Reading one file as text: size, encoding, links out of the tree, invisible characters."""

from __future__ import annotations

import re
from pathlib import Path

from kurskatalog.problems import Message, Place, Problem

MAX_BYTES = 256 * 1024

MAX_PROBLEMS = 100
"""Problems of one kind that are told of one file; a reader mends the first and looks again."""

# Characters that hide or reorder what a reviewer sees (Unicode TR 36, "Trojan Source"): bidirectional controls,
# zero-width characters, fillers, tags, and C0/C1 controls but tab and line ends. A tab in YAML has its own problem.
HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e"
    "\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0000-\U000e0fff]"
)

# What nearly every text is made of; to see that a text has nothing else takes half the time.
_COMMON = re.compile("[\t\n\r -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u20ac\u2122\u2190-\u21ff]*")


def hidden(text: str) -> str:
    """The first character of a text that hides or reorders others; empty when there is none."""
    match = None if _COMMON.fullmatch(text) else HIDDEN.search(text)
    return match[0] if match else ""


class Unreadable(Exception):
    """Raised when a file cannot be read as text; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_text(path: str | Path, name: str) -> str:
    """The file's text with line feeds as line ends; `name` is its path from the root, for problems.

    Raises Unreadable: K102, K103, K104, K105, K106.
    """
    path = Path(path)
    if path.is_symlink():
        raise Unreadable(
            Problem(
                Place(name),
                "K106",
                Message("this is a symbolic link, not a file"),
                Message("put a copy of the file here; links could lead out of the catalogue"),
            )
        )
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Unreadable(_unreadable(name, error)) from None
    return decode(raw, name)


def decode(raw: bytes, name: str) -> str:
    """Bytes -> text, or Unreadable."""
    if len(raw) > MAX_BYTES:
        raise Unreadable(
            Problem(
                Place(name),
                "K105",
                Message("the file is larger than {limit} KB", limit=MAX_BYTES // 1024),
                Message("split it in two, or move pictures and data out of it"),
            )
        )
    if raw.startswith(b"\xef\xbb\xbf"):
        raise Unreadable(
            Problem(
                Place(name, 1, 1),
                "K104",
                Message("the file begins with an invisible byte-order mark"),
                Message('save it as "UTF-8", not as "UTF-8 with BOM"'),
            )
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        raise Unreadable(
            Problem(
                Place(name, line, column),
                "K103",
                Message("the file is not UTF-8: here is a character that cannot be read"),
                Message('save it as "UTF-8" in your editor'),
            )
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def hidden_characters(text: str, name: str, code: str) -> list[Problem]:
    """A problem for each line with invisible or direction-changing characters (code K119 in YAML, K408 in a text)."""
    if not hidden(text):
        return []
    found: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        if len(found) < MAX_PROBLEMS and (match := HIDDEN.search(line)):
            found.append(
                Problem(
                    Place(name, number, match.start() + 1),
                    code,
                    Message("an invisible control character (U+{code}) stands here", code=f"{ord(match[0]):04X}"),
                    Message("delete it and write the line again; it can hide what the text really says"),
                )
            )
    return found


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(
        Place(name),
        "K102",
        Message("the file cannot be read: {why}", why=error.strerror or type(error).__name__),
        Message("look at its permissions, and whether it is a plain file"),
    )
