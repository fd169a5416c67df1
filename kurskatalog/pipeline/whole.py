"""The full way: check everything, view everything, and make the pages whose data, templates or frame changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kurskatalog import __version__
from kurskatalog.output.docs.render import document_file
from kurskatalog.output.site.engine import Engines, write_settings
from kurskatalog.output.site.tree import files_below, read_mark
from kurskatalog.pipeline import frame
from kurskatalog.pipeline.apart import beside
from kurskatalog.pipeline.documents import (
    WORTH_COMPILING,
    Desk,
    compile_ahead,
    document_place,
    is_document,
    templates_cache,
    write_documents,
)
from kurskatalog.pipeline.extras import write_beside_documents
from kurskatalog.pipeline.load import check_reading
from kurskatalog.pipeline.look import Look, Pages, page_file
from kurskatalog.pipeline.manifest import Kept, Manifest, PageState, TextState
from kurskatalog.pipeline.parts import Batch, settings_file
from kurskatalog.pipeline.reading import Reading
from kurskatalog.pipeline.replace import docs_are_whole, docs_begin, docs_end, replace_site, spare_place
from kurskatalog.pipeline.searching import make_search
from kurskatalog.pipeline.shortcut import keep_warnings
from kurskatalog.pipeline.store import Store
from kurskatalog.problems import BadContent
from kurskatalog.project import Project
from kurskatalog.view import SiteView, build_site
from kurskatalog.view.found_by import build_found_by

if TYPE_CHECKING:
    from kurskatalog.pipeline.build import Built, Wanted
    from kurskatalog.pipeline.packs import Late


def build_whole(
    project: Project,
    wanted: Wanted,
    reading: Reading,
    store: Store,
    old: Manifest,
    inputs: str,
    engines: Engines,
    built: Built,
) -> None:
    """Check, view, write documents, build, swap. Raises BadContent and EngineFailed."""
    with built.step("check"):
        loaded = check_reading(project, reading, wanted.today)
    built.problems = loaded.problems
    if loaded.catalogue is None:
        raise BadContent(loaded.problems)
    with built.step("view"):
        languages = loaded.catalogue.settings.languages
        with beside(partial(compile_ahead, project, languages), reading.read > WORTH_COMPILING and wanted.jobs > 1):
            sites = [build_site(loaded.catalogue, lang, wanted.today, __version__) for lang in languages]
    prints: dict[str, Path] = {}
    if wanted.prints:
        from kurskatalog.pipeline.print_site import print_site  # a build without PDFs does without it

        sites, shelf = print_site(project, wanted, loaded.catalogue, sites, reading, store, built)
        prints = {name: printed.file for name, printed in shelf.printed.items()}
    new = Manifest(templates=frame.templates_key(project), frame=frame.frame_key(project, sites), sizes=dict(old.sizes))
    if wanted.prints:
        new.prints = {name: printed.key for name, printed in shelf.printed.items()}
        new.sizes |= {name: printed.size for name, printed in shelf.printed.items()}
    look = Look(project, wanted, loaded.catalogue, sites, reading.texts(), old, new)
    whole = docs_are_whole(project, old)
    if whole:
        with built.step("compare"):
            look(wanted.jobs)
    with built.step("documents"):
        fresh = not (project.work / "docs").exists()
        docs_begin(project)
        if whole:
            _write(project, wanted, store, sites, written := look.changed, new)
        else:  # all must be written, whatever has changed: they can be compared as they are
            written = {site.lang: list(site.pages) for site in sites}
            _write(project, wanted, store, sites, written, new, look)
        if not fresh and (set(old.pages) != set(new.pages) or old.templates != new.templates or not whole):
            _remove_gone(project, sites)
        todo = _to_build(sites, look.changed, old, new)
        _write(project, wanted, store, sites, _damaged(project, sites, todo, written, new), new)
        if old.pictures != new.pictures or not whole:
            write_beside_documents(project.work / "docs", look.extras, fresh)
    files = dict(look.extras.site)
    if wanted.search:
        with built.step("search"):
            found_by = build_found_by(loaded.catalogue)
            files |= make_search(project, found_by, reading.texts(), store, _whole_search(old), new)
    late: Late = {}
    if wanted.prints:
        from kurskatalog.pipeline.packs import pack_site

        late = pack_site(loaded.catalogue, sites, new)
    _remember(new, sites, reading, inputs, keep_warnings(loaded.problems))
    _write_settings(project, sites)
    new.assets = old.assets if old.frame == new.frame else {}
    batches = [Batch(site.lang, site.prefix, tuple(page.path for page in todo[site.lang])) for site in sites]
    built.pages, built.made = len(new.pages), sum(len(batch.paths) for batch in batches)
    if old.id == new.id:
        new.save(project.work / "cache", keep=read_mark(spare_place(project)))
    else:
        replace_site(project, batches, files, old, new, engines, built, prints, late)
    docs_end(project, new)


def _whole_search(old: Manifest) -> Manifest:
    """The last build, without its index when a file of the site is damaged: then all files are made anew."""
    return old if old.frame else replace(old, search="")


def _write(
    project: Project,
    wanted: Wanted,
    store: Store,
    sites: list[SiteView],
    pages: Pages,
    new: Manifest,
    meanwhile: Callable[[], None] | None = None,
) -> None:
    desk = Desk(
        docs=project.work / "docs",
        theme=project.theme,
        cache=templates_cache(project),
        store=store.path,
        mark=store.program,
    )
    for site in sites:
        if not pages[site.lang]:
            continue
        documents = write_documents(site, pages[site.lang], desk, store, wanted.jobs, meanwhile)
        meanwhile = None
        for page in pages[site.lang]:
            name = page_file(site, page)
            new.pages[name] = PageState(new.pages[name].key, documents[page.path])


def _damaged(project: Project, sites: list[SiteView], todo: Pages, written: Pages, new: Manifest) -> Pages:
    """Pages whose documents the engine will read and that are not as they were written: `build/docs` is open to everybody."""
    damaged: Pages = {}
    for site in sites:
        paths = {page.path for page in todo[site.lang]} | {""}  # the home page is in every part
        paths -= {page.path for page in written[site.lang]}
        damaged[site.lang] = [
            page
            for page in site.pages
            if page.path in paths
            and not is_document(
                document_place(project, site.lang, page.path), new.pages[page_file(site, page)].document
            )
        ]
    return damaged


def _remove_gone(project: Project, sites: list[SiteView]) -> None:
    """Generated documents of pages that are no more."""
    docs = project.work / "docs"
    wanted = {f"{site.lang}/{document_file(page.path)}" for site in sites for page in site.pages}
    for name in list(files_below(docs)):
        if name.endswith(".md") and name not in wanted:
            (docs / name).unlink()


def _to_build(sites: list[SiteView], changed: Pages, old: Manifest, new: Manifest) -> Pages:
    """The pages that the engine must build: those whose document differs from the one in the site; all when the frame changed."""
    if old.frame != new.frame:
        return {site.lang: list(site.pages) for site in sites}
    todo: Pages = {}
    for site in sites:
        todo[site.lang] = []
        for page in changed[site.lang]:
            name = page_file(site, page)
            before = old.pages.get(name)
            if not before or before.document != new.pages[name].document:
                todo[site.lang].append(page)
    return todo


def _remember(new: Manifest, sites: list[SiteView], reading: Reading, inputs: str, warnings: list[Kept] | None) -> None:
    """What the next build needs to know to take the shortcut."""
    texts = reading.texts()
    new.texts = {
        page_file(site, page): TextState(page.body, texts[page.body], site.lang, site.prefix, page.path)
        for site in sites
        for page in site.pages
        if page.body
    }
    new.inputs = inputs if warnings is not None else ""
    new.warnings = warnings or []


def _write_settings(project: Project, sites: list[SiteView]) -> None:
    """For every language; those of languages that are no more go."""
    named = {settings_file(project, Batch(site.lang, site.prefix, ())): site for site in sites}
    for path in project.work.glob("mkdocs*.yml"):
        if path not in named:
            path.unlink()
    for path, site in named.items():
        write_settings(path, frame.settings_for(project, site, f"docs/{site.lang}", f"engine/{site.prefix}"))
