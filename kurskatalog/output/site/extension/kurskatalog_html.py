"""Python-Markdown extension: the generated documents hold checked HTML, which goes through whole instead of being parsed again.

It stands alone, so that any engine's environment can use it with this folder on its path. Without it an engine builds the same
pages, only more slowly, since the documents are plain HTML blocks.
"""

from __future__ import annotations

from typing import Any

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import Registry


class _Hold(Preprocessor):
    """Takes the whole document out, so that there is nothing to parse."""

    html = ""

    def run(self, lines: list[str]) -> list[str]:
        self.html = "\n".join(lines)
        return []


class _GiveBack(Postprocessor):
    """Puts the document where the parsed text would be."""

    def __init__(self, hold: _Hold) -> None:
        super().__init__()
        self.hold = hold

    def run(self, text: str) -> str:  # noqa: ARG002 - the library's signature
        return self.hold.html


class KurskatalogHtml(Extension):
    """Takes the place of everything that would read the document; what the engine itself adds later still runs."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Leave one step before parsing and one after it."""
        hold = _Hold(md)
        md.preprocessors, md.treeprocessors, md.postprocessors = Registry(), Registry(), Registry()
        md.preprocessors.register(hold, "kurskatalog_hold", 100)
        md.postprocessors.register(_GiveBack(hold), "kurskatalog_give_back", 0)


def makeExtension(**settings: Any) -> KurskatalogHtml:  # noqa: N802 - the library's name
    """The library's way to find the extension."""
    return KurskatalogHtml(**settings)
