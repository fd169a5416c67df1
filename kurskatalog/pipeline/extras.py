"""The files of the site that are neither pages nor the engine's: pictures, style sheet, site map, redirects, open data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kurskatalog.files import digest, write_atomic
from kurskatalog.model import addresses
from kurskatalog.output.site.headers import HEADERS_FILE, NGINX_FILE, Headers, headers_file, nginx_snippet
from kurskatalog.output.site.settings import style_sheet
from kurskatalog.output.site.tree import files_below, redirect_page, sitemap
from kurskatalog.pipeline.manifest import Manifest
from kurskatalog.pipeline.replace import DOCS_MARK
from kurskatalog.project import Project
from kurskatalog.view import SiteView
from kurskatalog.words import Words


@dataclass(frozen=True, slots=True)
class Extras:
    """`site` has them by their names in the site; `docs` those beside the documents too, by theirs in `build/docs`."""

    site: Mapping[str, bytes]
    docs: Mapping[str, bytes]


def build_extras(
    project: Project,
    sites: Sequence[SiteView],
    manifest: Manifest,
    made: Iterable[tuple[str, bytes]] = (),
    folders: Mapping[str, Headers] | None = None,
) -> Extras:
    """All of them, with `made` files (name in the site, content) of other outputs; noted in the manifest.

    `folders` have headers of their own.
    """
    beside = {site.lang: dict(files_beside(project, site)) for site in sites}
    pictures = {f"{site.prefix}{name}": raw for site in sites for name, raw in beside[site.lang].items()}
    others = {name: text.encode() for name, text in _others(sites, folders or {})} | dict(made)
    manifest.pictures = {name: digest(raw) for name, raw in pictures.items()}
    manifest.others = {name: digest(raw) for name, raw in others.items()}
    docs = {f"{lang}/{name}": raw for lang, files in beside.items() for name, raw in files.items()}
    return Extras({**pictures, **others}, docs)


def write_beside_documents(docs: Path, extras: Extras, fresh: bool) -> None:
    """Put pictures and the style sheet beside the documents, so that any engine's site has them; take away what is gone.

    Nothing can be gone from a `fresh` folder.
    """
    for name, raw in extras.docs.items():
        target = docs / name
        if not target.is_file() or target.read_bytes() != raw:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(target, raw)
    for name in () if fresh else list(files_below(docs)):
        if not name.endswith((".md", DOCS_MARK)) and name not in extras.docs:
            (docs / name).unlink()


def files_beside(project: Project, site: SiteView) -> Iterator[tuple[str, bytes]]:
    """Every picture that a page shows, and the style sheet that every page asks for."""
    yield "assets/material.css", style_sheet()
    for page in site.pages:
        for picture in page.pictures:
            name = f"{page.path}/{picture}" if page.path else picture
            yield name, (project.root / page.body.rpartition("/")[0] / picture).read_bytes()


def _others(sites: Sequence[SiteView], folders: Mapping[str, Headers]) -> Iterator[tuple[str, str]]:
    """The site map, redirects, headers for hosts, and a note for those that would run Jekyll."""
    ways = {
        site.lang: {page.path: site.prefix + (f"{page.path}/" if page.path else "") for page in site.pages}
        for site in sites
    }
    pages = [
        (way, {lang: others[path] for lang, others in ways.items()})
        for own in ways.values()
        for path, way in own.items()
    ]
    yield "sitemap.xml", sitemap(sites[0].address, pages)
    yield ".nojekyll", ""
    yield HEADERS_FILE, headers_file(sites[0].address, folders)
    yield NGINX_FILE, nginx_snippet(sites[0].address, folders)
    for site in sites:
        text = Words(site.lang)("The page has moved")
        for old, target in site.redirects:
            way = f"{target}/" if target else ""
            page = redirect_page(addresses.base(old) + way, site.address + site.prefix + way, site.lang, text)
            yield f"{site.prefix}{old}/index.html", page
