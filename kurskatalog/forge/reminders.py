"""One reminder per provider, kept up to date: dates that nobody has confirmed for long, and modules to be read again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kurskatalog.forge.api import Forge
from kurskatalog.problems import Message, Problem
from kurskatalog.proposal.escape import plain
from kurskatalog.report import as_dict
from kurskatalog.words import Words

CODES = ("K309", "K312")
"""A module past its `review_by`; a date claim older than its validity."""

MARK = "<!-- kurskatalog: {subject} {provider} -->"
MOST = 100

_TITLE = Message("To be looked at again: {provider}")
_INTRO = Message(
    "These texts and dates are older than they say they may be. Look at them, and set the new day where they hold."
)


def by_provider(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """The reminders that are due, by the provider whose folder they lie in."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        parts = problem.place.file.split("/")
        provider = parts[1] if parts[0] == "modules" else parts[2] if parts[:2] == ["content", "providers"] else ""
        if problem.code in CODES and provider:
            found.setdefault(provider, []).append(problem)
    return found


def reminder(problems: Sequence[Problem], words: Words) -> str:
    """The text of a reminder, with nothing contributed in it that acts."""
    lines = [words.say(_INTRO), ""]
    for problem in problems[:MOST]:
        data = as_dict(problem, words)
        lines.append(f"- [ ] {plain(str(data['file']), 200)}: {plain(str(data['message']), 400)}")
    if len(problems) > MOST:
        more = words.say(Message("... and {number} more", number=len(problems) - MOST))
        lines.append(f"- {more}")
    return "\n".join(lines) + "\n"


def keep_reminders(due: Mapping[str, Sequence[Problem]], words: Words, forge: Forge) -> dict[str, str]:
    """Have one open issue of ours for each provider with something due; what was done by provider.

    An issue of which nothing is due any more is closed. Issues of people who write the mark are not ours.
    """
    ours = _ours(forge, "paaminnelse")
    done = {}
    for provider, problems in sorted(due.items()):
        mark = MARK.format(subject="paaminnelse", provider=provider)
        body = f"{mark}\n{reminder(problems, words)}"
        old = ours.get(provider)
        if old is None:
            title = words.say(Message(_TITLE.text, provider=provider))
            forge.send("POST", "issues", {"title": title, "body": body})
            done[provider] = "made"
        elif str(old.get("body")).replace("\r\n", "\n").strip() != body.strip():
            forge.send("PATCH", f"issues/{old['number']}", {"body": body})
            done[provider] = "changed"
        else:
            done[provider] = "same"
    for provider, old in ours.items():
        if provider not in due:
            forge.send("PATCH", f"issues/{old['number']}", {"state": "closed"})
            done[provider] = "closed"
    return done


def _ours(forge: Forge, subject: str) -> dict[str, dict[str, Any]]:
    """Provider -> the open issue of ours about this subject."""
    head, tail = MARK.format(subject=subject, provider="\0").split("\0")
    found: dict[str, dict[str, Any]] = {}
    for issue in forge.pages("issues?state=open"):
        body, user = issue.get("body"), issue.get("user")
        first = body.split("\n", 1)[0].strip() if isinstance(body, str) else ""
        is_ours = isinstance(user, dict) and user.get("type") == "Bot" and isinstance(issue.get("number"), int)
        if is_ours and "pull_request" not in issue and first.startswith(head) and first.endswith(tail):
            found.setdefault(first[len(head) : -len(tail)], issue)
    return found
