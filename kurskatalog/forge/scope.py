"""What a proposal may touch at once: content, or the program, never both."""

from __future__ import annotations

from collections.abc import Iterable

CONTENT = ("catalogue.yml", "content/", "modules/")
WITH_CONTENT = (".github/CODEOWNERS", "CODEOWNERS", ".gitlab/CODEOWNERS")
"""Files that the program writes from the content."""


def out_of_scope(paths: Iterable[str]) -> list[str]:
    """Files beside the content in a proposal that changes content; empty when it does not, or changes nothing else."""
    touched = sorted(set(paths))
    content = [path for path in touched if path == CONTENT[0] or path.startswith(CONTENT[1:])]
    others = [path for path in touched if path not in content and path not in WITH_CONTENT]
    return others if content else []
