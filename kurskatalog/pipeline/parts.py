"""Give the engine its work in parts: a folder of documents each, in every language, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kurskatalog.files import link_or_copy
from kurskatalog.output.docs import document_name
from kurskatalog.output.site.engine import Engines, Part, write_settings
from kurskatalog.pipeline.frame import settings_for
from kurskatalog.project import Project
from kurskatalog.view import Page, SiteView

SMALL = 120
"""Pages that one engine process builds as quickly as two."""


@dataclass(frozen=True, slots=True)
class Output:
    """A part's finished folder and the pages in it."""

    site: SiteView
    folder: Path
    pages: tuple[Page, ...]


def build_parts(
    project: Project, sites: list[SiteView], todo: dict[str, list[Page]], engines: Engines, jobs: int, *, frame_changed: bool
) -> list[Output]:
    """Have the engine build the pages in `todo`; every language gets a part when the frame changed (for its assets)."""
    for site in sites:
        own = "mkdocs.yml" if not site.prefix else f"mkdocs.{site.lang}.yml"
        if frame_changed or not (project.work / own).is_file():
            settings = settings_for(project, site, f"docs/{site.lang}", f"engine/{site.prefix}")
            write_settings(project.work / own, settings)
    parts: list[Part] = []
    outputs: list[Output] = []
    for site in sites:
        for pages in _slices(todo[site.lang], jobs if len(sites) < jobs else 1):
            number = len(parts)
            folder = project.work / "parts" / str(number)
            part = Part(folder / "mkdocs.yml", folder / "docs", folder / "site")
            write_settings(part.file, settings_for(project, site, str(part.docs), str(part.out)))
            _link_documents(project.work / "docs" / site.lang, part.docs, pages)
            parts.append(part)
            outputs.append(Output(site, part.out, pages))
    if parts:
        engines.build(parts)
    return outputs


def _slices(pages: list[Page], count: int) -> Iterator[tuple[Page, ...]]:
    """Neighbours stay together, so that whole folders of a provider are built in one part."""
    if not pages:
        return
    ordered = sorted(pages, key=lambda page: page.path)
    if len(pages) <= SMALL:
        count = 1
    size = -(-len(ordered) // count)
    for begin in range(0, len(ordered), size):
        yield tuple(ordered[begin : begin + size])


def _link_documents(docs: Path, target: Path, pages: tuple[Page, ...]) -> None:
    """The part's documents under second names; the home page is in every part, since the engine's nav names it."""
    made: set[str] = set()
    for name in {*(document_name(page.path) for page in pages), "index.md"}:
        folder = f"{target}/{name}".rpartition("/")[0]
        if folder not in made:
            Path(folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        link_or_copy(f"{docs}/{name}", f"{target}/{name}")
