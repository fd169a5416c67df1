"""Comments that ask for silence: `# kurskatalog: ignore K309 <reason> until 2027-06-01`, in YAML and in Markdown texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kurskatalog.source.comments import find_comments

MARK = "kurskatalog"
"""Files without this word are not searched."""

_ASKS = re.compile(r"kurskatalog(?:\s*:|\s+ignore\b)", re.IGNORECASE)
_YAML = re.compile(
    r"(?:^|(?<=[ \t]))#[# \t]*(?P<said>kurskatalog(?:\s*:|\s+ignore\b).*)$", re.IGNORECASE | re.MULTILINE
)
_WHOLE = re.compile(r"kurskatalog: ignore (?P<code>\S+) (?P<reason>.*\S) until (?P<day>\S+)\Z")
# A link definition that nothing refers to: every Markdown reader drops it, and it is no HTML.
_TEXT = re.compile(r"[ \t]*\[//\]:[ \t]*#[ \t]*(?P<open>[(\"']?)(?P<said>kurskatalog.*?)(?P<close>[)\"']?)[ \t]*\Z")
_FENCE = re.compile(r"[ \t>]*(?:[-*+] |\d+[.)] )?[ \t]*(?P<fence>`{3,}|~{3,})")
_CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Ignore:
    """One such comment: where it stands, the line it speaks of (0: none), and what it says.

    `code`, `reason` and `day` are as written, and empty when the comment has another form.
    """

    line: int
    column: int
    of: int
    code: str = ""
    reason: str = ""
    day: str = ""


def in_yaml(text: str, first_line: int = 1) -> list[Ignore]:
    """The comments of a YAML text that can be read; `first_line` is the line of the file on which it begins."""
    if MARK not in text.casefold() or not _ASKS.search(text):
        return []
    lines = text.split("\n")
    ignores = []
    for comment in find_comments(text):
        if match := _YAML.match(comment.text):
            row, column = comment.row, comment.column
            of = row if lines[row][:column].strip() else _next(lines, row, "#")
            code, reason, day = _parts(match["said"])
            ignores.append(Ignore(row + first_line, column + 1, of + first_line if of >= 0 else 0, code, reason, day))
    return ignores


def in_text(body: str, body_line: int, html: str) -> list[Ignore]:
    """The comments of a Markdown text, whose first line is `body_line`; `html` is what its readers see.

    A comment that readers see, because it does not stand by itself, is given without what it says.
    """
    if MARK not in body.casefold() or not _ASKS.search(body):
        return []
    is_seen = bool(_ASKS.search(_CODE.sub("", html)))
    lines = body.split("\n")
    ignores = []
    for row in _outside_fences(lines):
        match = _TEXT.match(lines[row])
        if match is None:
            continue
        column = len(lines[row]) - len(lines[row].lstrip())
        stands = row == 0 or not lines[row - 1].strip() or bool(_TEXT.match(lines[row - 1])) or not is_seen
        whole = stands and (match["open"], match["close"]) == ("(", ")") and not set("()") & set(match["said"])
        code, reason, day = _parts(match["said"]) if whole else ("", "", "")
        of = _next(lines, row, "[//]:")
        ignores.append(Ignore(row + body_line, column + 1, of + body_line if of >= 0 else 0, code, reason, day))
    return ignores


def _parts(said: str) -> tuple[str, str, str]:
    match = _WHOLE.match(said.strip())
    return (match["code"], match["reason"], match["day"]) if match else ("", "", "")


def _next(lines: Sequence[str], row: int, comment: str) -> int:
    """The next line that holds something; -1 when there is none."""
    rest = range(row + 1, len(lines))
    return next((n for n in rest if lines[n].strip() and not lines[n].lstrip().startswith(comment)), -1)


def _outside_fences(lines: Sequence[str]) -> Iterator[int]:
    """Numbers of the lines that are not fenced code."""
    fence = ""
    for number, line in enumerate(lines):
        match = _FENCE.match(line)
        if match and not fence:
            fence = match["fence"]
        elif match and match["fence"].startswith(fence) and line.strip(" \t>").strip(fence[0]) == "":
            fence = ""
        elif not fence:
            yield number
