"""`build --preview`: the pages that a proposal touches and those that list them, as a small site of its own."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kurskatalog.files import exchange, recover
from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Catalogue
from kurskatalog.output.site.engine import Engines, write_settings
from kurskatalog.output.site.tree import NotOurs, Tree, empty, files_below, may_replace
from kurskatalog.pipeline import frame
from kurskatalog.pipeline.assemble import NOT_ASSETS
from kurskatalog.pipeline.build import Built
from kurskatalog.pipeline.documents import Desk, templates_cache, write_documents
from kurskatalog.pipeline.extras import files_beside
from kurskatalog.pipeline.lock import only_one
from kurskatalog.pipeline.parts import Batch, Output, build_parts, html_file, settings_file
from kurskatalog.project import Project
from kurskatalog.proposal.boxes import FRONT, boxes, front_page
from kurskatalog.proposal.pages import Touched, touched
from kurskatalog.proposal.sides import Sides, with_sides
from kurskatalog.view import Page, SiteView
from kurskatalog.words import Words

ROBOTS = b"User-agent: *\nDisallow: /\n"
_LINK = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)"')
_OUT = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Aside(Project):
    """The same catalogue with a folder of its own for what is generated, so that a preview and the site do not meet."""

    @property
    def work(self) -> Path:
        """Below the folder of the site's build."""
        return self.root / "build" / "preview-work"


@dataclass(frozen=True, slots=True)
class _Shown:
    """The pages of one language that the preview has."""

    touched: Touched
    site: SiteView
    pages: tuple[Page, ...]
    differ: tuple[Page, ...]


def build_preview(project: Project, base: str, today: dt.date, jobs: int, built: Built) -> None:
    """Make the preview at `project.out`; `built.problems` are those of the proposal, errors too.

    Nothing is made when catalogue.yml is so broken that nobody knows what belongs where. Raises NoHistory, EngineFailed, NotOurs
    and Busy; in every case the old preview stays as it was.
    """
    aside = Aside(root=project.root, out=project.out, home=project.home)
    recover(project.out)
    if not may_replace(project.out):
        raise NotOurs(str(project.out))
    with only_one(aside.work / "cache"), Engines(jobs) as engines:
        engines.start()

        def work(sides: Sides) -> None:
            built.problems = sides.after.problems
            _build(aside, sides, today, engines, built)

        with built.step("read"):
            with_sides(project, base, "", today, jobs, work)
        built.seconds["read"] -= sum(seconds for step, seconds in built.seconds.items() if step != "read")


def _build(aside: Aside, sides: Sides, today: dt.date, engines: Engines, built: Built) -> None:
    with built.step("view"):
        shown = [_select(one, sides) for one in touched(sides, today)]
    if not shown:
        return
    front = front_page([(one.touched, one.differ) for one in shown], sides.after.problems)
    shown[0] = replace(shown[0], pages=(*shown[0].pages, front))
    with built.step("documents"):
        empty(aside.work / "docs")
        desk = Desk(
            docs=aside.work / "docs",
            theme=aside.theme,
            cache=templates_cache(aside),
            store=sides.store.path,
            mark=sides.store.program,
        )
        for one in shown:
            write_documents(one.site, one.pages, desk, sides.store, 1)
            write_settings(settings_file(aside, _batch(one)), _settings(aside, one.site))
    with built.step("engine"):
        outputs = build_parts(aside, [_batch(one) for one in shown], engines)
    with built.step("put together"):
        _put_together(aside, shown, outputs)
    built.pages = sum(len(one.touched.site.pages) for one in shown)
    built.made = sum(len(one.pages) for one in shown)


def _select(one: Touched, sides: Sides) -> _Shown:
    """The touched pages of one language, boxes, pages that list them, and the home page."""
    instead = boxes(one, sides)
    differ = {page.path for page in one.pages} | instead.keys()
    catalogue = sides.after.partial.catalogue
    lists = set(_lists(differ, catalogue)) if catalogue else set()
    wanted = [instead.get(page.path, page) for page in one.site.pages if page.path in differ | lists | {""}]
    shown = tuple(replace(page, robots="noindex") for page in wanted)
    return _Shown(one, replace(one.site, pages=shown), shown, tuple(page for page in wanted if page.path in differ))


def _lists(paths: Iterable[str], catalogue: Catalogue) -> Iterable[str]:
    """Pages that name the records of these pages: the provider's, courses that use a module, plans with it."""
    for path in paths:
        kind, _, ident = path.partition("/")
        if kind not in (addresses.MODULE, addresses.COURSE) or "/" not in ident:
            continue
        yield kind
        yield addresses.provider(ident.partition("/")[0])
        if kind == addresses.MODULE:
            yield from (addresses.course(course) for course in catalogue.uses.get(ident, ()))
        for plan in catalogue.plans.values():
            if any(ident in (step.module, step.course) for step in plan.facts.steps):
                yield f"{addresses.PLAN}/{plan.id}"


def _batch(one: _Shown) -> Batch:
    return Batch(one.site.lang, one.site.prefix, tuple(page.path for page in one.pages))


def _settings(aside: Aside, site: SiteView) -> dict[str, Any]:
    """The engine's settings with the band that every page of a preview has."""
    settings = frame.settings_for(aside, site, f"docs/{site.lang}", f"engine/{site.prefix}")
    words = Words(site.lang)
    said = words("This is a proposal; it is not published.")
    settings["extra"]["kk"]["preview"] = [words("Preview"), said, FRONT, words("What is different")]
    return settings


def _put_together(aside: Aside, shown: Sequence[_Shown], outputs: Sequence[Output]) -> None:
    """A new tree with the pages, the engine's assets and the pictures, swapped in as a whole."""
    place = aside.work / "new"
    empty(place)
    tree = Tree(place)
    for one in shown:
        for name, raw in files_beside(aside, one.site):
            tree.write(one.site.prefix + name, raw)
    pages: dict[str, Path] = {}
    for output in outputs:
        made = {html_file(path) for path in output.paths}
        for name in files_below(output.folder):
            target = output.prefix + name
            if name in made:
                pages[target] = output.folder / name
            elif (
                not name.endswith("404.html")
                and not NOT_ASSETS.fullmatch(name)
                and name != "index.html"
                and not tree.exists(target)
            ):
                tree.take(str(output.folder / name), target)
    tree.write("robots.txt", ROBOTS)
    address = shown[0].site.address
    for name, source in pages.items():
        html = source.read_text(encoding="utf-8")
        tree.write(name, _with_links(html, name, pages, tree, address).encode())
    tree.finish("preview")
    aside.out.parent.mkdir(parents=True, exist_ok=True)
    if aside.out.parent.stat().st_dev == place.stat().st_dev:
        exchange(place, aside.out)
    else:
        beside = aside.out.with_name(f".{aside.out.name}.new")
        empty(beside)
        shutil.copytree(place, beside)
        exchange(beside, aside.out)
        empty(beside)
    for gone in (place, aside.work / "parts"):
        empty(gone)


def _with_links(html: str, name: str, pages: Mapping[str, Path], tree: Tree, address: str) -> str:
    """Links to what the preview does not have lead to the published site."""
    folder = posixpath.dirname(name)

    def lead(match: re.Match[str]) -> str:
        target = unescape(match[2])
        if not target or _OUT.match(target):
            return match[0]
        way, _, anchor = target.partition("#")
        path = posixpath.normpath(posixpath.join("/", folder, unquote(way))).lstrip("/")
        file = posixpath.join(path, "index.html") if way.endswith("/") or not path else path
        if file in pages or tree.exists(file):
            return match[0]
        whole = address + path + ("/" if path and way.endswith("/") else "") + (f"#{anchor}" if anchor else "")
        return f'{match[1]}{escape(whole)}"'

    return _LINK.sub(lead, html)
