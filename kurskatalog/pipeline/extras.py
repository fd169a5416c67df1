"""The files of the site that are neither pages nor the engine's: pictures from the sources, the site map, redirects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kurskatalog.files import digest
from kurskatalog.model import addresses
from kurskatalog.output.site.tree import redirect_page, sitemap
from kurskatalog.pipeline.manifest import Manifest
from kurskatalog.project import Project
from kurskatalog.view import SiteView
from kurskatalog.words import Words


def build_extras(project: Project, sites: Sequence[SiteView], manifest: Manifest) -> dict[str, bytes]:
    """Name in the site -> bytes; noted in the manifest."""
    pictures = dict(_pictures(project, sites))
    others = {name: text.encode() for name, text in _others(sites)}
    manifest.pictures = {name: digest(raw) for name, raw in pictures.items()}
    manifest.others = {name: digest(raw) for name, raw in others.items()}
    return {**pictures, **others}


def _pictures(project: Project, sites: Sequence[SiteView]) -> Iterator[tuple[str, bytes]]:
    """Every picture that a page shows."""
    for site in sites:
        for page in site.pages:
            for picture in page.pictures:
                target = f"{site.prefix}{page.path}/{picture}" if page.path else f"{site.prefix}{picture}"
                yield target, (project.root / page.body.rpartition("/")[0] / picture).read_bytes()


def _others(sites: Sequence[SiteView]) -> Iterator[tuple[str, str]]:
    """The site map, redirects, and a note for hosts that would run Jekyll."""
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
    for site in sites:
        text = Words(site.lang)("The page has moved")
        for old, target in site.redirects:
            way = f"{addresses.base(old)}{target}/" if target else addresses.base(old)
            yield f"{site.prefix}{old}/index.html", redirect_page(way, site.lang, text)
