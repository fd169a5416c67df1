"""Short ways through MkDocs for documents that are HTML with a head of JSON: what they would be read for is known already."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import markdown
from jinja2 import Environment, FileSystemBytecodeCache
from markdown.util import Registry
from mkdocs.plugins import BasePlugin
from mkdocs.utils import meta

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

_BEGIN, _END = "---\n", "\n---\n"
_reads_head = meta.get_data


class HtmlOnly(markdown.Markdown):
    """Hands a document through. What the engine would have run on its Markdown is taken and never asked for."""

    def __init__(self, **_settings: Any) -> None:
        self.preprocessors, self.treeprocessors, self.postprocessors = Registry(), Registry(), Registry()

    def registerExtensions(self, *_: Any) -> HtmlOnly:  # noqa: N802 - the library's name
        """None is needed: `kurskatalog_html` would do what this class does."""
        return self

    def convert(self, source: str) -> str:
        """The same, as the extension `kurskatalog_html` gives it back."""
        return source.strip()


def read_head(document: str) -> tuple[str, dict[str, Any]]:
    """A document and its facts. They are JSON, over which the engine's YAML reader takes as long as over all else."""
    head, ends, rest = document.partition(_END)
    if ends and head.startswith(_BEGIN + "{"):
        with suppress(ValueError):
            return rest.lstrip("\n"), json.loads(head[len(_BEGIN) :])
    return _reads_head(document)


@contextmanager
def short_ways() -> Iterator[None]:
    """Put the two above where the engine looks for its readers of Markdown and of what stands above it."""
    reads_markdown = markdown.Markdown
    markdown.Markdown, meta.get_data = HtmlOnly, read_head  # type: ignore[misc, assignment]
    try:
        yield
    finally:
        markdown.Markdown, meta.get_data = reads_markdown, _reads_head  # type: ignore[misc]


class ShortWays(BasePlugin):  # type: ignore[no-untyped-call, type-arg]
    """Documents are read at once, and compiled templates of the frame kept in `cache`, where one is given."""

    def __init__(self, cache: str | None) -> None:
        super().__init__()
        self.cache = cache

    def on_page_read_source(self, *, page: Page, **_: Any) -> str:
        """A document's text: no byte-order mark is in it."""
        with open(page.file.abs_src_path or "", "rb") as file:  # noqa: PTH123 - thousands of times
            return file.read().decode()

    def on_env(self, env: Environment, *, config: MkDocsConfig, **_: Any) -> Environment:
        """The templates' environment, before a template is asked for. The engine's own site map would be thrown away."""
        config.theme.static_templates.discard("sitemap.xml")
        if self.cache:
            Path(self.cache).mkdir(parents=True, exist_ok=True)
            env.bytecode_cache = FileSystemBytecodeCache(self.cache)
        return env
