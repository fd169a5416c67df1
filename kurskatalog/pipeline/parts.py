"""Give the engine its work in parts: a folder of documents each, in every language, side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kurskatalog.files import link_or_copy
from kurskatalog.output.docs.render import document_file
from kurskatalog.output.site.engine import Engines, Part, write_settings
from kurskatalog.output.site.settings import part_settings
from kurskatalog.project import Project

SMALL = 120
"""Pages that one engine process builds as quickly as two."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The pages of one language that the engine is to build, as paths (`kurs/a/b`; empty for the home page)."""

    lang: str
    prefix: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """A part's finished folder, the language's prefix in the site, and the pages in it."""

    prefix: str
    folder: Path
    paths: tuple[str, ...]


def html_file(path: str) -> str:
    """`kurs/a/b/index.html` for the page at `kurs/a/b`."""
    return f"{path}/index.html" if path else "index.html"


def settings_file(project: Project, batch: Batch) -> Path:
    """`build/mkdocs.yml` for the first language, `build/mkdocs.<lang>.yml` for another."""
    return project.work / (f"mkdocs.{batch.lang}.yml" if batch.prefix else "mkdocs.yml")


def build_parts(project: Project, batches: Sequence[Batch], engines: Engines) -> list[Output]:
    """Have the engine build the batches, each in as many parts as pay."""
    parts: list[Part] = []
    templates = str(project.work / "cache" / "frame")
    outputs: list[Output] = []
    busy = sum(1 for batch in batches if batch.paths)
    for batch in batches:
        settings = json.loads(settings_file(project, batch).read_text(encoding="utf-8"))
        for paths in _slices(batch.paths, max(1, engines.jobs // max(1, busy))):
            folder = project.work / "parts" / str(len(parts))
            part = Part(folder / "mkdocs.yml", folder / "docs", folder / "site")
            write_settings(part.file, part_settings(settings, str(part.docs), str(part.out), templates))
            _link_documents(project.work / "docs" / batch.lang, part.docs, paths)
            parts.append(part)
            outputs.append(Output(batch.prefix, part.out, paths))
    if parts:
        engines.build(parts)
    return outputs


def _slices(paths: tuple[str, ...], count: int) -> Iterator[tuple[str, ...]]:
    """Neighbours stay together, so that whole folders of a provider are built in one part."""
    if not paths:
        return
    ordered = sorted(paths)
    size = -(-len(ordered) // (count if len(ordered) > SMALL else 1))
    for begin in range(0, len(ordered), size):
        yield tuple(ordered[begin : begin + size])


def _link_documents(docs: Path, target: Path, paths: tuple[str, ...]) -> None:
    """The part's documents under second names; the home page is in every part, since the engine's nav names it."""
    made: set[str] = set()
    for path in {*paths, ""}:
        name = _part_file(path)
        folder = f"{target}/{name}".rpartition("/")[0]
        if folder not in made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        link_or_copy(f"{docs}/{document_file(path)}", f"{target}/{name}")


def _part_file(path: str) -> str:
    """`kurs/a/b.md`: fewer folders than in build/docs, the same addresses. A page called `index` needs a folder all the same."""
    name = path or "index"
    return f"{name}/index.md" if name.endswith("/index") else f"{name}.md"
