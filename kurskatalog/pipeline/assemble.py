"""Put the new site together in the spare tree, and look at every link of what is new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kurskatalog.files import digest
from kurskatalog.model import addresses
from kurskatalog.output.site.engine import EngineFailed
from kurskatalog.output.site.links import find_broken
from kurskatalog.output.site.tree import Tree, files_below, redirect_page, sitemap
from kurskatalog.pipeline.manifest import Manifest
from kurskatalog.pipeline.parts import Output
from kurskatalog.project import Project
from kurskatalog.view import Page, SiteView
from kurskatalog.words import Words

NOT_ASSETS = ("sitemap.xml", "sitemap.xml.gz", "search/search_index.json")


def page_file(site: SiteView, page: Page) -> str:
    """A page's file in the site: `nn/kurs/a/b/index.html`."""
    return f"{site.prefix}{page.path}/index.html" if page.path else f"{site.prefix}index.html"


class Extras:
    """The files that are neither pages nor the engine's: pictures from the sources, the site map, redirects."""

    def __init__(self, project: Project, sites: list[SiteView]) -> None:
        self.pictures = dict(_pictures(project, sites))
        self.others = {name: text.encode() for name, text in _others(sites)}

    def enter(self, manifest: Manifest) -> None:
        """Note them in the manifest."""
        manifest.pictures = {name: digest(raw) for name, raw in self.pictures.items()}
        manifest.others = {name: digest(raw) for name, raw in self.others.items()}


def assemble(
    sites: list[SiteView], outputs: list[Output], extras: Extras, old: Manifest, new: Manifest, spare: Manifest, live: Path, tree: Tree
) -> None:
    """Bring `tree`, which holds what `spare` says, to the state of `new`.

    What the engine built comes from `outputs`, what did not change from the `live` site (`old`). Raises EngineFailed when a finished
    page has a link that leads nowhere.
    """
    fresh = not spare.frame
    made = _sizes(outputs, new)
    assets = _assets(outputs, old, new)
    have, want = spare.files(), new.files()
    for name in sorted(set(have) - set(want), reverse=True):
        tree.remove(name)
    if fresh:
        for output in outputs:
            folder = Path(f"{tree.top}/{output.site.prefix}")
            folder.mkdir(exist_ok=True, parents=True)
            Tree(folder).take_all(output.folder)
    sources = {**made, **assets}
    for name, key in want.items():
        if name in extras.pictures or name in extras.others:
            if have.get(name) != key:
                tree.write(name, extras.pictures.get(name) or extras.others.get(name, b""))
        elif name in sources:
            if not fresh:
                tree.take(sources[name], name)
        elif have.get(name) != key:
            tree.link(f"{live}/{name}", name)
    gone = set(old.files()) - set(want)
    look_at = [page_file(site, page) for site in sites for page in site.pages] if gone else list(made)
    _check_links(tree, look_at)
    tree.finish(new.id)


def _sizes(outputs: list[Output], new: Manifest) -> dict[str, str]:
    """Where the engine put each page that it built; notes their sizes."""
    made: dict[str, str] = {}
    for output in outputs:
        for page in output.pages:
            source = output.folder / f"{page.path}/index.html".lstrip("/")
            name = page_file(output.site, page)
            new.pages[name].size = source.stat().st_size
            made[name] = str(source)
    return made


def _assets(outputs: list[Output], old: Manifest, new: Manifest) -> dict[str, str]:
    """Where the engine put its styles, scripts, icons and 404 pages, when the frame changed; else the old ones stay.

    What no page needs (the engine's own site map, second home pages, doubles from other parts) is taken away.
    """
    reuse = old.frame == new.frame and bool(old.assets)
    if reuse:
        new.assets = old.assets
    found: dict[str, str] = {}
    for output in outputs:
        pages = {f"{page.path}/index.html".lstrip("/") for page in output.pages}
        for name in files_below(output.folder):
            if name in pages:
                continue
            target = f"{output.site.prefix}{name}"
            path = output.folder / name
            if reuse or name in NOT_ASSETS or name == "index.html" or target in found:
                path.unlink()
            else:
                found[target] = str(path)
                new.assets[target] = digest(path.read_bytes())
    return found


def _pictures(project: Project, sites: list[SiteView]) -> Iterator[tuple[str, bytes]]:
    """(file in the site, bytes) of every picture that a page shows."""
    for site in sites:
        for page in site.pages:
            for picture in page.pictures:
                target = f"{site.prefix}{page.path}/{picture}" if page.path else f"{site.prefix}{picture}"
                yield target, (project.root / page.body.rpartition("/")[0] / picture).read_bytes()


def _others(sites: list[SiteView]) -> Iterator[tuple[str, str]]:
    """The site map, redirects, and a note for hosts that would run Jekyll."""
    ways = {site.lang: {page.path: site.prefix + (f"{page.path}/" if page.path else "") for page in site.pages} for site in sites}
    pages = [(way, {lang: others[path] for lang, others in ways.items()}) for own in ways.values() for path, way in own.items()]
    yield "sitemap.xml", sitemap(sites[0].address, pages)
    yield ".nojekyll", ""
    for site in sites:
        text = Words(site.lang)("The page has moved")
        for old, target in site.redirects:
            way = f"{addresses.base(old)}{target}/" if target else addresses.base(old)
            yield f"{site.prefix}{old}/index.html", redirect_page(way, site.lang, text)


def _check_links(tree: Tree, names: list[str]) -> None:
    broken = sorted({(b.page, b.target) for b in find_broken(((n, tree.read(n)) for n in names), tree.exists, tree.read)})
    if broken:
        shown = "\n".join(f"  {page}: {target}" for page, target in broken[:20])
        raise EngineFailed(f"{len(broken)} links on finished pages lead nowhere:\n{shown}")
