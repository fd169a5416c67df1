"""Pages -> plain Markdown files with a head of facts, by the Jinja templates in `theme/docs`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING

from kurskatalog.model import addresses
from kurskatalog.words.abbreviations import Abbreviations

if TYPE_CHECKING:
    from kurskatalog.view import Page, SiteView

TEXT_BEGINS, TEXT_ENDS = "<!-- text -->", "<!-- /text -->"
"""Around a contributed text in a document; the text itself cannot hold them, since the allow-list knows no comments."""

_CUT = "<!-- -->"
"""Where a text was taken out, for a while."""

HtmlOf = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Document:
    """A generated Markdown file: the page's address and the text."""

    path: str
    text: str


def document_file(path: str) -> str:
    """`kurs/a/b/index.md` for the page at `kurs/a/b`: its pictures lie beside it.

    Every engine gives it the same address. For `kurs/a/b.md` Zensical takes relative links in HTML as seen from `kurs/a`.
    """
    return f"{path}/index.md" if path else "index.md"


class TemplateFailed(Exception):
    """Raised when a template of documents cannot be used; the text says which one, where and why."""


def render_documents(
    site: SiteView, pages: Sequence[Page], html_of: HtmlOf, theme: Path, cache: Path | None = None
) -> Iterator[Document]:
    """A document for each page; `html_of` gives the checked XHTML of a text by its file. Raises TemplateFailed."""
    from jinja2 import TemplateError
    from markupsafe import Markup

    from kurskatalog.output.docs.templates import environment  # only when there is work

    env = environment(theme, site.lang, cache, len(pages))
    frame = replace(site, pages=())  # a page does not depend on all others
    abbreviations = Abbreviations(dict(site.abbreviations))
    templates = {}
    for page in pages:
        body = Markup(with_marks(html_of(page.body))) if page.body else ""  # noqa: S704 - checked against the allow-list
        try:
            if page.template not in templates:
                templates[page.template] = env.get_template(page.template)
            html = templates[page.template].render(
                page=page, data=page.data, base=addresses.base(page.path), body=body, site=frame
            )
        except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise TemplateFailed(f"{_where(error, page.template)}: {error}") from error
        yield Document(page.path, f"---\n{_head(site, page)}\n---\n\n{_explained(html.strip(), abbreviations)}\n")


def _explained(document: str, abbreviations: Abbreviations) -> str:
    """A document whose frame explains abbreviations; its text stays as it was written."""
    before, begins, rest = document.partition(TEXT_BEGINS)
    text, ends, after = rest.rpartition(TEXT_ENDS)
    if not begins or not ends:
        return abbreviations.explain(document)
    # The two pieces are one to the reader: what is explained before the text is not explained again behind it.
    before, _, after = abbreviations.explain(f"{before}{_CUT}{after}").partition(_CUT)
    return f"{before}{begins}{text}{ends}{after}"


def _where(error: Exception, template: str) -> str:
    """`theme/docs/module.md.j2:12`: where in the templates the error was raised."""
    lines = [(Path(f.filename).name, f.lineno) for f in extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
    name, line = lines[-1] if lines else (getattr(error, "name", None) or template, getattr(error, "lineno", None))
    return f"theme/docs/{name}:{line}" if line else f"theme/docs/{name}"


def _head(site: SiteView, page: Page) -> str:
    """The facts that the theme's frame needs, as JSON on one line, which every YAML reader takes."""
    head: dict[str, object] = {"title": page.title, "description": page.description, "menu": page.menu}
    if page.toc:
        # One flat list of texts: the engine's YAML reader takes its time over every number and every list.
        head["toc"] = [text for entry in page.toc for text in (str(entry.level), entry.anchor, entry.title)]
    if page.source and site.edit:
        head["edit"] = site.edit + page.source
    if page.true_lang:
        head["true_lang"] = page.true_lang
    if page.robots:
        head["robots"] = page.robots
    head["way"] = page.path + "/" if page.path else ""
    return json.dumps(head, ensure_ascii=False)


def with_marks(html: str) -> str:
    """A contributed text as it stands in a document."""
    return f"{TEXT_BEGINS}\n{html}\n{TEXT_ENDS}"


def replace_text(document: str, html: str) -> str | None:
    """The document with another text in it; None when it does not hold exactly one."""
    before, begins, rest = document.partition(TEXT_BEGINS)
    _, ends, after = rest.rpartition(TEXT_ENDS)
    if not begins or not ends or document.count(TEXT_BEGINS) != 1 or document.count(TEXT_ENDS) != 1:
        return None
    return f"{before}{with_marks(html)}{after}"
