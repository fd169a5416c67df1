"""Packs to take along, made of finished pages: which there are, what they are made from, and how each is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from kurskatalog.files import digest
from kurskatalog.model.catalogue import Catalogue
from kurskatalog.output.site.pack import Pack, make_pack
from kurskatalog.pipeline.manifest import Manifest
from kurskatalog.view import SiteView
from kurskatalog.view.prints.packs import PackView, build_packs

Late = Mapping[str, Callable[[str], bytes]]
"""Files of the site that are made of its other files: name -> a function from the folder of the finished site to the bytes."""


def pack_site(catalogue: Catalogue, sites: Sequence[SiteView], new: Manifest) -> dict[str, Callable[[str], bytes]]:
    """Every pack of the site that `new` describes; their keys are noted there."""
    late: dict[str, Callable[[str], bytes]] = {}
    for site in sites:
        pictures = {page.path: page.pictures for page in site.pages}
        for view in build_packs(catalogue, site):
            files = tuple(_files(view, pictures, new))
            pack = Pack(
                start=view.start,
                title=view.title,
                lang=view.lang,
                pages=view.pages,
                files=files,
                address=site.address + site.prefix,
            )
            late[view.name] = partial(_make, pack, site.prefix)
            documents = [new.pages[f"{site.prefix}{page}/index.html"].document for page in view.pages]
            keys = {**new.pictures, **new.prints}
            own = [keys[f"{site.prefix}{file}"] for file in files]
            new.prints[view.name] = digest(new.frame, repr(pack), *documents, *own)
    return late


def _files(view: PackView, pictures: Mapping[str, tuple[str, ...]], new: Manifest) -> list[str]:
    """What belongs to the pages of a pack: their pictures and PDFs, by names in the language's folder."""
    found = [f"{page}/{picture}" for page in view.pages for picture in pictures[page]]
    printed = [f"pdf/{page}.pdf" for page in view.pages]
    return found + [name for name in printed if f"{view.prefix}{name}" in new.prints]


def _make(pack: Pack, prefix: str, top: str) -> bytes:
    return make_pack(pack, lambda name: Path(f"{top}/{prefix}{name}").read_bytes())
