"""One page of the site: where it lies, what it is called, which template shows it, and the data for that template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from kurskatalog.view.parts import Link


@dataclass(frozen=True, slots=True)
class Toc:
    """An entry of a page's own contents."""

    level: int
    anchor: str
    title: str


class FileLink(NamedTuple):
    """A file that a page can be taken along as: its address seen from the language's folder, and what it is, for people."""

    way: str
    label: str
    note: str
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page in one language.

    `path` is its address without language and slashes, `template` the file in `theme/docs`, `data` what only that template needs.
    `body` names the file whose checked XHTML stands in the page, `body_key` its content. `true_lang` is the language of the text
    where it is not the page's own (a fallback). `files` are what the page can be taken along as.
    """

    path: str
    lang: str
    template: str
    title: str
    description: str
    menu: str
    data: Any
    crumbs: tuple[Link, ...] = ()
    toc: tuple[Toc, ...] = ()
    body: str = ""
    body_key: str = ""
    pictures: tuple[str, ...] = ()
    true_lang: str = ""
    source: str = ""
    alternates: tuple[str, ...] = ()
    robots: str = ""
    files: tuple[FileLink, ...] = ()
