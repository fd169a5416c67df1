"""Which proposal a run belongs to, and its one comment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kurskatalog.forge.api import Forge
from kurskatalog.forge.artifact import NotTrusted
from kurskatalog.problems import Message
from kurskatalog.proposal.changes import Report
from kurskatalog.proposal.comment import MARK

MOST_REPORT = 8_000_000
"""Bytes of a report that is read."""

_NUMBER = re.compile(rb"[1-9][0-9]{0,8}\n?\Z")
_COMMIT = re.compile(r"([0-9a-f]{40}|[0-9a-f]{64})\Z")


def read_number(path: Path) -> int:
    """The number in a file that a proposal's own run has written. Raises NotTrusted for anything but one."""
    try:
        with path.open("rb") as file:
            raw = file.read(64)
    except OSError:
        raw = b""
    if path.is_symlink() or not _NUMBER.match(raw):
        raise NotTrusted(Message("the proposal's number is not a number"))
    return int(raw)


def matches(number: int, head: str, fork: str, forge: Forge) -> bool:
    """Whether the forge itself says that this open proposal, from that fork to this repository, is at that commit now.

    The number comes from a run of the proposal's own code, the commit from the forge's event: a stranger who writes another
    proposal's number has another commit. A proposal that has moved on meanwhile gets its comment from its next run.
    """
    if not _COMMIT.match(head):
        raise NotTrusted(Message("'{value}' is not a commit", value=head[:80]))
    found = forge.get(f"pulls/{number}")
    names = [_of(_of(found, side), "repo").get("full_name") for side in ("base", "head")]
    return (
        found.get("number") == number
        and found.get("state") == "open"
        and _of(found, "head").get("sha") == head
        and [str(name).casefold() for name in names] == [forge.repository.casefold(), fork.casefold()]
    )


def _of(data: Any, key: str) -> dict[str, Any]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}


def read_report(path: Path) -> Report:
    """A report that a proposal's own run has written: plain data of the right shape, or NotTrusted."""
    try:
        if path.is_symlink() or path.stat().st_size > MOST_REPORT:
            raise NotTrusted(Message("the report is too large"))
        return Report.model_validate_json(path.read_bytes())
    except (OSError, ValidationError, ValueError, RecursionError) as error:
        raise NotTrusted(Message("the report cannot be read")) from error


def keep_comment(number: int, body: str, forge: Forge) -> str:
    """Have one comment of ours at the proposal, with this text: "made", "changed" or "same".

    Ours is the first that begins with the mark and was written by a program: people who write the mark are not followed.
    """
    for comment in forge.pages(f"issues/{number}/comments"):
        text, ident = comment.get("body"), comment.get("id")
        is_ours = _of(comment, "user").get("type") == "Bot" and isinstance(ident, int)
        if is_ours and isinstance(text, str) and text.startswith(MARK):
            if text.replace("\r\n", "\n").strip() == body.strip():
                return "same"
            forge.send("PATCH", f"issues/comments/{ident}", {"body": body})
            return "changed"
    forge.send("POST", f"issues/{number}/comments", {"body": body})
    return "made"
