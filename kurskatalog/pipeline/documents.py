"""Write the generated Markdown of the pages that changed, side by side where there are many."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kurskatalog.files import digest
from kurskatalog.output.docs.render import Document, TemplateFailed, document_file, render_documents
from kurskatalog.output.site.engine import EngineFailed
from kurskatalog.pipeline.apart import apart
from kurskatalog.pipeline.store import Store
from kurskatalog.project import Project

if TYPE_CHECKING:
    from kurskatalog.view import Page, SiteView

WORTH_A_PROCESS = 250  # pages to write before a second process pays for its start
WORTH_COMPILING = 1000  # files to read anew before it pays to compile the templates for each language ahead of time


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where documents are written and what they are written with."""

    docs: Path
    theme: Path
    cache: Path
    store: Path
    mark: str


def templates_cache(project: Project) -> Path:
    """Where compiled templates are kept."""
    return project.work / "cache" / "jinja"


def compile_ahead(project: Project, languages: Sequence[str]) -> None:
    """Compile the templates once, for all processes that will write documents."""
    from kurskatalog.output.docs.templates import compile_templates

    compile_templates(project.theme, languages, templates_cache(project))


def write_documents(
    site: SiteView,
    pages: Sequence[Page],
    desk: Desk,
    store: Store,
    jobs: int,
    meanwhile: Callable[[], None] | None = None,
) -> dict[str, str]:
    """Write `<docs>/<lang>/<path>.md` for each page; path -> content hash. `meanwhile` as other processes write many."""
    if jobs < 2 or len(pages) < WORTH_A_PROCESS:
        if meanwhile:
            meanwhile()
        return dict(_write(site, pages, desk, store))
    return dict(pair for part in apart(partial(_write_apart, site, desk), pages, jobs, meanwhile) for pair in part)


def _write_apart(site: SiteView, desk: Desk, pages: Sequence[Page]) -> list[tuple[str, str]]:
    """The same in a process of its own, with its own connection to the store."""
    store = Store(desk.store, desk.mark)
    try:
        return _write(site, pages, desk, store)
    finally:
        store.close()


def _write(site: SiteView, pages: Sequence[Page], desk: Desk, store: Store) -> list[tuple[str, str]]:
    top = f"{desk.docs}/{site.lang}"
    made: set[str] = set()
    written = []
    for document in _rendered(site, pages, desk, store):
        target = f"{top}/{document_file(document.path)}"
        folder = target.rpartition("/")[0]
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - thousands of times
            made.add(folder)
        written.append((document.path, write_document(target, document.text)))
    return written


def _rendered(site: SiteView, pages: Sequence[Page], desk: Desk, store: Store) -> Iterator[Document]:
    try:
        yield from render_documents(site, pages, store.html, desk.theme, desk.cache)
    except TemplateFailed as error:
        raise EngineFailed(str(error)) from error


def write_document(target: str, text: str) -> str:
    """Write a document anew (the old file may still be linked into a part); its content hash."""
    raw = text.encode()
    try:
        file = open(target, "xb")  # noqa: PTH123, SIM115 - thousands of times
    except FileExistsError:
        os.unlink(target)  # noqa: PTH108
        file = open(target, "xb")  # noqa: PTH123, SIM115
    with file:
        file.write(raw)
    return digest(raw)


def document_place(project: Project, lang: str, path: str) -> Path:
    """Where the document of a page lies."""
    return project.work / "docs" / lang / document_file(path)


def is_document(place: Path, key: str) -> bool:
    """Whether the document is there and as it was written."""
    try:
        return digest(place.read_bytes()) == key
    except OSError:
        return False
