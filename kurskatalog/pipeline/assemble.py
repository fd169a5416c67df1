"""Put the new site together beside the old one, and look at every link of what is new."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kurskatalog.files import digest
from kurskatalog.model import addresses
from kurskatalog.output.site.engine import EngineFailed
from kurskatalog.output.site.links import find_broken
from kurskatalog.output.site.tree import MARK, Tree, files_below, redirect_page, sitemap
from kurskatalog.pipeline.manifest import Manifest
from kurskatalog.pipeline.parts import Output
from kurskatalog.project import Project
from kurskatalog.view import Page, SiteView
from kurskatalog.words import Words

NOT_ASSETS = ("sitemap.xml", "sitemap.xml.gz", "search/search_index.json")


def assemble(
    project: Project, sites: list[SiteView], todo: dict[str, list[Page]], outputs: list[Output], old: Manifest, new: Manifest, staged: Path
) -> bool:
    """Make the whole new site at `staged`; False when it would be the same as the old one, which then stays.

    Raises EngineFailed when a finished page has a link that leads nowhere.
    """
    others = dict(_others(sites))
    new.others = {name: digest(text) for name, text in others.items()}
    pictures = _pictures(project, sites)
    new.pictures = {target: key for target, (_, key) in pictures.items()}
    if not outputs:
        new.assets = old.assets
        if _same(project.out, old, new):
            return False
    tree = Tree(staged)
    made = _take_pages(project, sites, todo, outputs, old, new, tree)
    _take_assets(project, outputs, old, new, tree)
    for target, (source, _) in pictures.items():
        tree.copy(source, target)
    for name, text in others.items():
        tree.write(name, text)
    gone = set(old.pages) - set(new.pages) or set(old.assets) - set(new.assets) or set(old.pictures) - set(new.pictures)
    look_at = made if not gone else [_file(site, page) for site in sites for page in site.pages]
    _check_links(tree, look_at)
    tree.write(MARK, new.id + "\n")
    return True


def _file(site: SiteView, page: Page) -> str:
    return f"{site.prefix}{page.path}/index.html" if page.path else f"{site.prefix}index.html"


def _same(out: Path, old: Manifest, new: Manifest) -> bool:
    """Whether the old site is what the new one would be, and is still whole on disk."""
    if old.id != new.id:
        return False
    return (out / MARK).is_file()


def _take_pages(
    project: Project, sites: list[SiteView], todo: dict[str, list[Page]], outputs: list[Output], old: Manifest, new: Manifest, tree: Tree
) -> list[str]:
    """Built pages from the engine, the others from the old site; the files of the built ones."""
    made: list[str] = []
    for output in outputs:
        for page in output.pages:
            name = f"{page.path}/index.html".lstrip("/")
            source = f"{output.folder}/{name}"
            target = f"{output.site.prefix}{name}"
            new.pages[f"{output.site.lang}:{page.path}"].size = os.path.getsize(source)  # noqa: PTH202
            tree.take(source, target)
            made.append(target)
    for site in sites:
        built = {page.path for page in todo[site.lang]}
        for page in site.pages:
            if page.path not in built:
                name = _file(site, page)
                tree.link(f"{project.out}/{name}", name)
    return made


def _take_assets(project: Project, outputs: list[Output], old: Manifest, new: Manifest, tree: Tree) -> None:
    """The engine's styles, scripts, icons and 404 pages: from the parts when the frame changed, from the old site otherwise.

    They lie once, at the root; every language's pages use their own folder's, so they are linked there.
    """
    if old.frame == new.frame and old.assets:
        new.assets = old.assets
        for name in old.assets:
            tree.link(f"{project.out}/{name}", name)
        return
    new.assets = {}
    for output in outputs:
        pages = {f"{page.path}/index.html".lstrip("/") for page in output.pages}
        for name in files_below(output.folder):
            target = f"{output.site.prefix}{name}"
            if name in pages or name == "index.html" or name in NOT_ASSETS or target in new.assets:
                continue
            source = output.folder / name
            new.assets[target] = digest(source.read_bytes())
            tree.take(str(source), target)


def _pictures(project: Project, sites: list[SiteView]) -> dict[str, tuple[Path, str]]:
    """Target in the site -> (source, content hash) of every picture that a page shows."""
    found: dict[str, tuple[Path, str]] = {}
    for site in sites:
        for page in site.pages:
            folder = project.root / page.body.rpartition("/")[0]
            for picture in page.pictures:
                target = f"{site.prefix}{page.path}/{picture}" if page.path else f"{site.prefix}{picture}"
                source = folder / picture
                found[target] = (source, digest(source.read_bytes()))
    return found


def _others(sites: list[SiteView]) -> Iterator[tuple[str, str]]:
    """Files that are neither pages nor assets: the site map, redirects, and a note for hosts that would run Jekyll."""
    first = sites[0]
    prefixes = {site.lang: site.prefix for site in sites}
    pages = [
        (prefixes[site.lang] + (f"{page.path}/" if page.path else ""), {lang: p + (f"{page.path}/" if page.path else "") for lang, p in prefixes.items()})
        for site in sites
        for page in site.pages
    ]
    yield "sitemap.xml", sitemap(first.address, pages)
    yield ".nojekyll", ""
    for site in sites:
        text = Words(site.lang)("The page has moved")
        for old, target in site.redirects:
            yield f"{site.prefix}{old}/index.html", redirect_page(f"{addresses.base(old)}{target}/" if target else addresses.base(old), site.lang, text)


def _check_links(tree: Tree, names: list[str]) -> None:
    broken = sorted({(b.page, b.target) for b in find_broken(((n, tree.read(n)) for n in names), tree.exists, tree.read)})
    if broken:
        shown = "\n".join(f"  {page}: {target}" for page, target in broken[:20])
        raise EngineFailed(f"{len(broken)} links on finished pages lead nowhere:\n{shown}")
