"""What the last `pdf` has made, and from what: the same asked again with nothing changed is answered without a look at it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kurskatalog.files import write_atomic
from kurskatalog.pipeline.shortcut import keep_warnings, revive_warnings
from kurskatalog.problems import Problem
from kurskatalog.project import Project


@dataclass(frozen=True, slots=True)
class PrintNote:
    """The finished documents, by their names in the folder that they are put in, and the warnings of the content."""

    files: Mapping[str, Path]
    problems: Sequence[Problem]


def read_note(project: Project, inputs: str) -> PrintNote | None:
    """What the last `pdf` made from these inputs; None when it had others, or when a document is not whole any more."""
    try:
        kept = json.loads(_place(project).read_text(encoding="utf-8"))
        if kept["inputs"] != inputs:
            return None
        finished = _finished(project)
        files = {name: finished / file for name, file in kept["files"].items()}
        whole = all(path.stat().st_size == int(path.name.split("-")[1]) for path in files.values())
        return PrintNote(files, revive_warnings(kept["warnings"])) if whole else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def write_note(project: Project, inputs: str, note: PrintNote) -> None:
    """Keep it for the next time, if the warnings can be kept."""
    warnings = keep_warnings(list(note.problems))
    if warnings is not None:
        files = {name: path.name for name, path in note.files.items()}
        text = json.dumps({"inputs": inputs, "files": files, "warnings": warnings}, ensure_ascii=False)
        write_atomic(_place(project), text)


def _place(project: Project) -> Path:
    return project.work / "cache" / "printed.json"


def _finished(project: Project) -> Path:
    return project.work / "cache" / "pdf"
