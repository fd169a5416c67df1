"""Pages with links to the documents that they can be taken along as, with size and number of pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kurskatalog.view.pages import FileLink, Page
from kurskatalog.view.prints.documents import WHOLE, WHOLE_WITH_TEXTS
from kurskatalog.view.site import SiteView
from kurskatalog.words import Words


class Finished(NamedTuple):
    """A finished file: its size in bytes, and its pages (0 where it has none)."""

    size: int
    pages: int = 0


WAYS_IN = ("home.md.j2", "list.md.j2", "plans.md.j2")
"""Templates of pages that show what there is in the catalogue: those without a document of their own lead to the whole."""


def link_files(site: SiteView, sites: Sequence[SiteView], finished: Mapping[str, Finished]) -> SiteView:
    """The site with its pages' links; `finished` has files by their names in the site (`nn/pdf/kurs/a/b.pdf`)."""
    words = Words(site.lang)
    prefixes = {other.lang: other.prefix for other in sites}
    pages = tuple(replace(page, files=tuple(_links(page, site, prefixes, finished, words))) for page in site.pages)
    return replace(site, pages=pages)


def _links(
    page: Page, site: SiteView, prefixes: Mapping[str, str], finished: Mapping[str, Finished], words: Words
) -> list[FileLink]:
    said = getattr(page.data, "said", None)
    lang = page.true_lang or (said.lang if said is not None else "")
    own = [f"{page.path}.pdf", f"{page.path}.epub", f"{page.path}.zip"]
    if not any(f"{site.prefix}pdf/{name}" in finished for name in own) and page.template in WAYS_IN:
        own = [f"{WHOLE}.pdf", f"{WHOLE_WITH_TEXTS}.pdf"]
    found = []
    for name in own:
        for code in (site.lang, lang):
            file = f"{prefixes.get(code, site.prefix)}pdf/{name}"
            if file in finished:
                way = ("../" if site.prefix else "") + file if code != site.lang else f"pdf/{name}"
                other = "" if code == site.lang else code
                note = ", ".join(filter(None, (words.language(code) if other else "", _note(finished[file], words))))
                found.append(FileLink(way, _label(name, words), note, other))
                break
    return found


def _label(name: str, words: Words) -> str:
    if name == f"{WHOLE}.pdf":
        return words("The whole catalogue as PDF")
    if name == f"{WHOLE_WITH_TEXTS}.pdf":
        return words("All module texts as PDF")
    return {"pdf": words("As PDF"), "epub": words("E-book (EPUB)"), "zip": words("Offline pack (zip)")}[
        name.rpartition(".")[2]
    ]


def _note(file: Finished, words: Words) -> str:
    """`5 sider, 126 kB`."""
    parts = []
    if file.pages:
        parts.append(words("1 page") if file.pages == 1 else words("{number} pages").format(number=file.pages))
    if file.size:
        parts.append(size_text(file.size, words))
    return ", ".join(parts)


def size_text(size: int, words: Words) -> str:
    """A size in bytes for people: `126 kB`, `2,3 MB`."""
    if size < 995_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{words.number(round(size / 1_000_000, 1))} MB"
