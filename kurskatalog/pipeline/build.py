"""From a catalogue to a site: what must be made anew, made anew, put together and swapped in."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kurskatalog import __version__
from kurskatalog.files import digest, exchange, recover
from kurskatalog.output.docs import document_name
from kurskatalog.output.site.engine import Engines
from kurskatalog.output.site.tree import NotOurs, Tree, empty, files_below, may_replace, read_mark
from kurskatalog.pipeline import frame
from kurskatalog.pipeline.assemble import Extras, assemble, page_file
from kurskatalog.pipeline.documents import Desk, write_documents
from kurskatalog.pipeline.load import Loaded, load
from kurskatalog.pipeline.lock import only_one
from kurskatalog.pipeline.manifest import Manifest, PageState, forget_damaged, read_manifest
from kurskatalog.pipeline.parts import build_parts
from kurskatalog.problems import BadContent, Problem
from kurskatalog.project import Project
from kurskatalog.view import Page, SiteView, build_site

DOCS_MARK = ".kurskatalog"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a build is asked for."""

    today: dt.date
    jobs: int = 1
    clean: bool = False


@dataclass(slots=True)
class Built:
    """What a build did: pages in all and made anew, seconds a step, warnings."""

    pages: int = 0
    made: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step."""
        begin = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begin


def build(project: Project, wanted: Wanted) -> Built:
    """Make the site of `project` as of `wanted.today` at `project.out`.

    Raises BadContent when the content has errors, EngineFailed when the engine or the last link check fails, NotOurs when the output
    folder is not a site; in every case the old site stays as it was.
    """
    built = Built()
    recover(project.out)
    if not may_replace(project.out):
        raise NotOurs(str(project.out))
    with only_one(project.work / "cache"), Engines(wanted.jobs) as engines:
        engines.start(1)
        if wanted.clean:
            _forget(project)
        with built.step("read and check"):
            loaded = load(project, today=wanted.today, jobs=wanted.jobs)
        built.problems = loaded.problems
        if loaded.catalogue is None:
            raise BadContent(loaded.problems)
        try:
            with built.step("view"):
                sites = [
                    build_site(loaded.catalogue, lang, wanted.today, __version__) for lang in loaded.catalogue.settings.languages
                ]
            _make(project, wanted, loaded, sites, engines, built)
        finally:
            loaded.store.close()
    return built


def _forget(project: Project) -> None:
    """Everything that was kept from earlier builds, but the lock and the site itself."""
    kept = [project.work / "docs", spare_place(project), *(project.work / "cache").iterdir()]
    for path in kept:
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "lock":
            path.unlink(missing_ok=True)


def _make(project: Project, wanted: Wanted, loaded: Loaded, sites: list[SiteView], engines: Engines, built: Built) -> None:
    cache = project.work / "cache"
    old = read_manifest(cache, read_mark(project.out)) or Manifest()
    forget_damaged(old, project.out)
    new = Manifest(templates=frame.templates_key(project), frame=frame.frame_key(project, sites))
    extras = Extras(project, sites)
    extras.enter(new)
    with built.step("compare"):
        docs_mark = project.work / "docs" / DOCS_MARK
        docs_are_whole = docs_mark.is_file() and docs_mark.read_text() == old.id
        changed = _compare(sites, old, new)
        to_write = changed if docs_are_whole else {site.lang: list(site.pages) for site in sites}
    built.pages = len(new.pages)
    new.assets = old.assets
    if old.id == new.id and docs_are_whole:
        return
    docs_mark.unlink(missing_ok=True)
    with built.step("documents"):
        _write(project, wanted, loaded, sites, to_write, new)
        if set(old.pages) != set(new.pages):
            _remove_gone(project, sites)
    todo = _to_build(sites, changed, old, new)
    built.made = sum(len(pages) for pages in todo.values())
    if old.id != new.id:
        _replace(project, wanted, sites, todo, engines, built, extras, old, new)
    docs_mark.parent.mkdir(parents=True, exist_ok=True)
    docs_mark.write_text(new.id)


def _replace(
    project: Project, wanted: Wanted, sites: list[SiteView], todo: dict[str, list[Page]], engines: Engines, built: Built,
    extras: Extras, old: Manifest, new: Manifest,
) -> None:  # fmt: skip
    """Build what is new, bring the spare tree up to date with it, and let it change places with the site."""
    cache = project.work / "cache"
    parts = project.work / "parts"
    place = spare_place(project)
    try:
        with built.step("engine"):
            if old.frame != new.frame:
                new.assets = {}
            outputs = build_parts(project, sites, todo, engines, wanted.jobs, frame_changed=old.frame != new.frame)
        with built.step("put together"):
            before = read_manifest(cache, read_mark(place))
            if before is None:
                empty(place)
            assemble(sites, outputs, extras, old, new, before or Manifest(), project.out, Tree(place))
        with built.step("swap"):
            new.save(cache, keep=read_mark(project.out))
            exchange(place, project.out)
    finally:
        empty(parts)


def spare_place(project: Project) -> Path:
    """Where the spare tree lies: in `build/`, or beside the site when that is on another file system."""
    name = digest(str(project.out))[:8]
    here = project.work / f"spare-{name}"
    project.work.mkdir(parents=True, exist_ok=True)
    project.out.parent.mkdir(parents=True, exist_ok=True)
    same = project.work.stat().st_dev == project.out.parent.stat().st_dev
    return here if same else project.out.with_name(f".{project.out.name}.spare")


def _compare(sites: list[SiteView], old: Manifest, new: Manifest) -> dict[str, list[Page]]:
    """The pages whose data differ from the last build's, by language; the others' states are taken over."""
    changed: dict[str, list[Page]] = {}
    same_templates = old.templates == new.templates
    for site in sites:
        around = repr((site.title, site.languages, site.edit, site.prefix))
        changed[site.lang] = []
        for page in site.pages:
            name = page_file(site, page)
            key = digest(around, repr(page))
            before = old.pages.get(name)
            if before and before.key == key and same_templates:
                new.pages[name] = before
            else:
                new.pages[name] = PageState(key, "", 0)
                changed[site.lang].append(page)
    return changed


def _write(
    project: Project, wanted: Wanted, loaded: Loaded, sites: list[SiteView], pages: dict[str, list[Page]], new: Manifest
) -> None:
    desk = Desk(
        docs=project.work / "docs",
        theme=project.theme,
        cache=project.work / "cache" / "jinja",
        store=loaded.store.path,
        mark=loaded.store.program,
    )
    for site in sites:
        if not pages[site.lang]:
            continue
        documents = write_documents(site, pages[site.lang], desk, loaded.store, wanted.jobs)
        for page in pages[site.lang]:
            name = page_file(site, page)
            before = new.pages[name]
            new.pages[name] = PageState(before.key, documents[page.path], before.size)


def _remove_gone(project: Project, sites: list[SiteView]) -> None:
    """Generated documents of pages that are no more."""
    docs = project.work / "docs"
    wanted = {f"{site.lang}/{document_name(page.path)}" for site in sites for page in site.pages}
    for name in list(files_below(docs)):
        if name.endswith(".md") and name not in wanted:
            (docs / name).unlink()


def _to_build(sites: list[SiteView], changed: dict[str, list[Page]], old: Manifest, new: Manifest) -> dict[str, list[Page]]:
    """The pages that the engine must build: those whose document differs from the one in the site; all when the frame changed."""
    todo: dict[str, list[Page]] = {}
    for site in sites:
        todo[site.lang] = []
        for page in site.pages if old.frame != new.frame else changed[site.lang]:
            name = page_file(site, page)
            before = old.pages.get(name)
            if old.frame == new.frame and before and before.document == new.pages[name].document:
                new.pages[name].size = before.size
            else:
                todo[site.lang].append(page)
    return todo
