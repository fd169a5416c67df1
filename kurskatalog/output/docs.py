"""Pages -> plain Markdown files with a head of facts, by the Jinja templates in `theme/docs`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kurskatalog.model import addresses
from kurskatalog.view import Page, SiteView
from kurskatalog.words import Words

HtmlOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Document:
    """A generated Markdown file: the page's address and the text."""

    path: str
    text: str

    @property
    def name(self) -> str:
        """Its file below the language's folder."""
        return document_name(self.path)


def document_name(path: str) -> str:
    """`kurs/a/b.md` for the page at `kurs/a/b`: with directory addresses the engine makes `kurs/a/b/index.html` of it."""
    return f"{path}.md" if path else "index.md"


def environment(theme: Path, lang: str, cache: Path | None = None) -> Environment:
    """The template environment of one language. Values are escaped; an unknown name is an error."""
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
    env = Environment(
        loader=FileSystemLoader(theme / "docs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=FileSystemBytecodeCache(str(cache)) if cache else None,
    )
    words = Words(lang)
    env.globals["_"] = words
    env.globals["state_words"] = {
        "open": words("Open for applications"),
        "closing": words("Closing soon"),
        "closed": words("Applications closed"),
        "running": words("Running now"),
        "over": words("Over"),
        "unknown": words("Dates not known"),
        "begun": words("The start has passed; the end is not known"),
    }
    return env


def render_documents(
    site: SiteView, pages: Iterable[Page], html_of: HtmlOf, theme: Path, cache: Path | None = None
) -> Iterator[Document]:
    """A document for each page; `html_of` gives the checked XHTML of a text by its file."""
    env = environment(theme, site.lang, cache)
    templates = {}
    for page in pages:
        if page.template not in templates:
            templates[page.template] = env.get_template(page.template)
        body = Markup(html_of(page.body)) if page.body else ""  # noqa: S704 - checked against the allow-list
        html = templates[page.template].render(
            page=page, data=page.data, base=addresses.base(page.path), body=body, site=site
        )
        yield Document(page.path, f"---\n{_head(site, page)}\n---\n\n{html.strip()}\n")


def _head(site: SiteView, page: Page) -> str:
    """The facts that the theme's frame needs, as JSON on one line, which every YAML reader takes."""
    head: dict[str, object] = {"title": page.title, "description": page.description, "menu": page.menu}
    if page.toc:
        head["toc"] = [[entry.level, entry.anchor, entry.title] for entry in page.toc]
    if page.source and site.edit:
        head["edit"] = site.edit + page.source
    if page.true_lang:
        head["true_lang"] = page.true_lang
    if page.robots:
        head["robots"] = page.robots
    head["way"] = page.path + "/" if page.path else ""
    return json.dumps(head, ensure_ascii=False)
