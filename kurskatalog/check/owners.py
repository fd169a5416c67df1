"""CODEOWNERS: who is asked about changes of a provider's files, written from `owners` of each provider.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kurskatalog.check.context import Context, Rule
from kurskatalog.model.records import ProviderFile
from kurskatalog.problems import Message, Place, Problem
from kurskatalog.source.text import Unreadable, read_text

CODEOWNERS = ".github/CODEOWNERS"

BEGIN = "# kurskatalog: begin"
END = "# kurskatalog: end"
_ABOUT = (
    "# Written by 'kurskatalog codeowners' from owners: of each provider.yml; lines outside of this block are kept."
)


def with_owners(text: str, providers: Mapping[str, ProviderFile]) -> str:
    """The file with the providers' lines in its block; at its end when it has none, since the last line that fits counts."""
    before, block, after = split_block(text)
    lines = owner_lines(providers)
    if not lines and not block:
        return text
    if before and not before.endswith("\n"):
        before += "\n"
    return before + "\n".join([BEGIN, _ABOUT, *lines, END]) + "\n" + after


def owner_lines(providers: Mapping[str, ProviderFile]) -> list[str]:
    """A line for each folder of each provider that has owners, sorted by id."""
    return [
        f"/{folder}/{ident}/ {' '.join(provider.owners)}"
        for ident, provider in sorted(providers.items())
        if provider.owners
        for folder in ("content/providers", "modules")
    ]


def split_block(text: str) -> tuple[str, str, str]:
    """What stands before the block, the block with its marks, and what stands after it."""
    begin = _line(text, BEGIN, 0)
    end = _line(text, END, begin) if begin >= 0 else -1
    if end < 0:
        return text, "", ""
    behind = text.find("\n", end)
    behind = len(text) if behind < 0 else behind + 1
    return text[:begin], text[begin:behind], text[behind:]


def _line(text: str, line: str, since: int) -> int:
    """Where a line begins; -1 when there is none."""
    at = text.find(line, since)
    while at > 0 and text[at - 1] != "\n":
        at = text.find(line, at + 1)
    return at


def codeowners_is_up_to_date(ctx: Context) -> Iterator[Problem]:
    """K151: CODEOWNERS, where there is one, names the owners of every provider."""
    path = ctx.places.root / CODEOWNERS
    if not path.is_symlink() and not path.is_file():
        return
    if set(ctx.providers) != ctx.known["provider"]:  # what a broken provider.yml would say, nobody knows
        return
    try:
        text = read_text(path, CODEOWNERS)
    except Unreadable as error:
        yield error.problem
        return
    wanted = with_owners(text, ctx.providers)
    if wanted == text:
        return
    old, new = text.split("\n"), wanted.split("\n")
    row = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old) - 1)
    message = Message("the owners here are not those that the providers' files name")
    hint = Message("run '{command}' and commit the file", command="kurskatalog codeowners")
    yield Problem(Place(CODEOWNERS, row + 1, 1), "K151", message, hint)


RULES: tuple[Rule, ...] = (codeowners_is_up_to_date,)
