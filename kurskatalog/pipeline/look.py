"""What differs from the last build: pages by their data, and the files beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from json import JSONEncoder
from typing import TYPE_CHECKING

from kurskatalog.files import digest
from kurskatalog.model.catalogue import Catalogue
from kurskatalog.output.finder import finder_files
from kurskatalog.output.gaps import gap_files
from kurskatalog.output.site.headers import Headers
from kurskatalog.pipeline.apart import apart
from kurskatalog.pipeline.extras import Extras, build_extras
from kurskatalog.pipeline.manifest import Manifest, PageState
from kurskatalog.pipeline.parts import html_file
from kurskatalog.project import Project
from kurskatalog.view import Page, SiteView
from kurskatalog.view.finder import FinderView, build_finder

if TYPE_CHECKING:
    from kurskatalog.pipeline.build import Wanted

Pages = dict[str, list[Page]]
"""Language -> pages."""

MANY = 1000
"""Pages of a language whose data are compared sooner by several processes than by one."""
_FIELDS = tuple(field.name for field in fields(Page))
_as_text = JSONEncoder(ensure_ascii=False, check_circular=False, default=repr).encode
"""Of frozen data; takes two thirds of the time that `repr` takes."""


class Look:
    """What differs from the last build: pages by language, and the files beside them. Noted in the new manifest."""

    changed: Pages
    extras: Extras

    def __init__(
        self,
        project: Project,
        wanted: Wanted,
        catalogue: Catalogue,
        sites: list[SiteView],
        texts: Mapping[str, str],
        old: Manifest,
        new: Manifest,
    ) -> None:
        self.project, self.wanted, self.catalogue, self.sites = project, wanted, catalogue, sites
        self.texts, self.old, self.new = texts, old, new

    def __call__(self, jobs: int = 1) -> None:
        """Look; to be called once. With `jobs` processes for the pages, where there are many and nothing else goes on."""
        self.changed = _compare(self.sites, self.texts, self.old, self.new, jobs, self._beside_pages)

    def _beside_pages(self) -> None:
        finders = [build_finder(self.catalogue, site.lang, self.wanted.today) for site in self.sites]
        made = [*_made(self.catalogue, finders)]
        folders: Mapping[str, Headers] = {}
        if self.wanted.editor:
            from kurskatalog.pipeline.editing import make_editor  # a build without the editor does without it

            more, folders = make_editor(self.project, self.catalogue)
            made += more
        self.extras = build_extras(self.project, self.sites, self.new, made, folders)


def page_file(site: SiteView, page: Page) -> str:
    """A page's file in the site: `nn/kurs/a/b/index.html`."""
    return site.prefix + html_file(page.path)


def _made(catalogue: Catalogue, finders: list[FinderView]) -> Iterator[tuple[str, bytes]]:
    """Files of open data, and what the finder filters by, with their names in the site."""
    for name, text in gap_files(catalogue):
        yield name, text.encode()
    for finder in finders:
        for name, raw in finder_files(finder):
            yield finder.prefix + name, raw


def _compare(
    sites: list[SiteView],
    texts: Mapping[str, str],
    old: Manifest,
    new: Manifest,
    jobs: int,
    meanwhile: Callable[[], None],
) -> Pages:
    """The pages whose data differ from the last build's; the others' states are taken over. `meanwhile` is done too."""
    changed: Pages = {}
    same_templates = old.templates == new.templates
    for site in sites:
        keys = _keys_of(site, texts, jobs, None if changed else meanwhile)
        changed[site.lang] = []
        for page in site.pages:
            name, key = page_file(site, page), keys[page.path]
            before = old.pages.get(name)
            if before and before.key == key and same_templates:
                new.pages[name] = before
            else:
                new.pages[name] = PageState(key, "")
                changed[site.lang].append(page)
    return changed


def _keys_of(
    site: SiteView, texts: Mapping[str, str], jobs: int, meanwhile: Callable[[], None] | None
) -> dict[str, str]:
    """A key of everything that a page shows, by its path."""
    around = repr(replace(site, pages=()))

    def keys(pages: Sequence[Page]) -> dict[str, str]:
        return {
            page.path: digest(around, _as_text([getattr(page, name) for name in _FIELDS]), texts.get(page.body, ""))
            for page in pages
        }

    if jobs > 1 and len(site.pages) >= MANY:
        return {path: key for part in apart(keys, site.pages, jobs, meanwhile) for path, key in part.items()}
    if meanwhile:
        meanwhile()
    return keys(site.pages)
