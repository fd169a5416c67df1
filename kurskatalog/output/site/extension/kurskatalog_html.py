"""Python-Markdown extension: the generated documents hold checked HTML, which goes through whole instead of being parsed again.

It stands alone, so that any engine's environment can use it with this folder on its path. Without it an engine builds the same
pages, only more slowly, since the documents are plain HTML blocks.
"""

from __future__ import annotations

from typing import Any

from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor


class _HandThrough(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """The whole document becomes one raw block."""
        return [self.md.htmlStash.store("\n".join(lines).strip())]


class KurskatalogHtml(Extension):
    """Runs after white space is normalised (priority 30) and before HTML is looked for (20)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the preprocessor."""
        md.preprocessors.register(_HandThrough(md), "kurskatalog_html", 25)


def makeExtension(**settings: Any) -> KurskatalogHtml:  # noqa: N802 - the library's name
    """The library's way to find the extension."""
    return KurskatalogHtml(**settings)
