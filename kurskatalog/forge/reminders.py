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
_MORE = Message("... and {number} more")
_LINKS_TITLE = Message("Links that lead nowhere: {provider}")
_LINKS = Message("These links have not answered for four weeks. Mend them, or take them away.")
_INTRO = Message(
    "These texts and dates are older than they say they may be. Look at them, and set the new day where they hold."
)


def by_provider(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """The reminders that are due, by the provider whose folder they lie in."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        provider = provider_of(problem.place.file)
        if problem.code in CODES and provider:
            found.setdefault(provider, []).append(problem)
    return found


def provider_of(file: str) -> str:
    """The provider in whose folder a file lies; empty for none."""
    parts = file.split("/")
    if len(parts) < 3:
        return ""
    return parts[1] if parts[0] == "modules" else parts[2] if parts[:2] == ["content", "providers"] else ""


def dead_links(failing: Iterable[tuple[str, str]], words: Words) -> str:
    """The text of a note on links that lead nowhere: (file, address) each."""
    lines = [words.say(_LINKS), ""]
    found = sorted(set(failing))
    lines += [f"- [ ] {plain(file, 200)}: {plain(address, 400)}" for file, address in found[:MOST]]
    if len(found) > MOST:
        lines.append(f"- {words.say(Message(_MORE.text, number=len(found) - MOST))}")
    return "\n".join(lines) + "\n"


def reminder(problems: Sequence[Problem], words: Words) -> str:
    """The text of a reminder, with nothing contributed in it that acts."""
    lines = [words.say(_INTRO), ""]
    for problem in problems[:MOST]:
        data = as_dict(problem, words)
        lines.append(f"- [ ] {plain(str(data['file']), 200)}: {plain(str(data['message']), 400)}")
    if len(problems) > MOST:
        lines.append(f"- {words.say(Message(_MORE.text, number=len(problems) - MOST))}")
    return "\n".join(lines) + "\n"


def keep_reminders(due: Mapping[str, Sequence[Problem]], words: Words, forge: Forge) -> dict[str, str]:
    """One open issue for each provider with texts or dates that are due."""
    return _keep({p: reminder(problems, words) for p, problems in due.items()}, "paaminnelse", _TITLE, words, forge)


def keep_dead_links(dead: Mapping[str, Iterable[tuple[str, str]]], words: Words, forge: Forge) -> dict[str, str]:
    """One open issue for each provider with links that lead nowhere."""
    return _keep({p: dead_links(found, words) for p, found in dead.items()}, "lenker", _LINKS_TITLE, words, forge)


def _keep(texts: Mapping[str, str], subject: str, title: Message, words: Words, forge: Forge) -> dict[str, str]:
    """Have one open issue of ours for each provider with a text; what was done by provider.

    An issue of which nothing is due any more is closed. Issues of people who write the mark are not ours.
    """
    ours = _ours(forge, subject)
    done = {}
    for provider, text in sorted(texts.items()):
        body = f"{MARK.format(subject=subject, provider=provider)}\n{text}"
        old = ours.get(provider)
        if old is None:
            said = words.say(Message(title.text, provider=provider))
            forge.send("POST", "issues", {"title": said, "body": body})
            done[provider] = "made"
        elif str(old.get("body")).replace("\r\n", "\n").strip() != body.strip():
            forge.send("PATCH", f"issues/{old['number']}", {"body": body})
            done[provider] = "changed"
        else:
            done[provider] = "same"
    for provider, old in ours.items():
        if provider not in texts:
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
