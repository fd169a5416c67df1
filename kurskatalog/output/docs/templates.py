"""The templates in `theme/docs`, compiled once and kept; for many pages with the words of their language in them."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, TemplateError, nodes
from jinja2.visitor import NodeTransformer

from kurskatalog.files import digest
from kurskatalog.output.docs.filters import link, say
from kurskatalog.view.states import state_words
from kurskatalog.words import Words, catalogue

MANY = 500
"""Pages of a language for which it pays to compile the templates for that language."""


class _Said(NodeTransformer):
    """`_('Level')` becomes `'Nivå'` when a template is compiled: a list asks for the same eight words in every row."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:  # noqa: N802 - the library's name
        self.generic_visit(node, *args, **kwargs)
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str(text))], kwargs=[]):
                return nodes.Const(self.words(text), lineno=node.lineno)
        return node


class _Environment(Environment):
    """An environment whose templates speak one language, given `words`, or ask for each word when a page is made."""

    def __init__(self, words: Words | None, **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain mapping: the library's chain of two is looked through at every page."""
        return {**self.globals, **(d or {})}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        if self.words:
            _Said(self.words).visit(template)
        return template


class _Kept(FileSystemBytecodeCache):
    """Compiled templates; another text is another template, and so is another translation of what speaks one language."""

    def __init__(self, folder: Path, lang: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder))
        self.words = repr(catalogue(lang)) if lang else ""

    def get_source_checksum(self, source: str) -> str:
        """Of the text and of the words that come into it."""
        return digest(self.words, source)


def environment(theme: Path, lang: str, cache: Path | None = None, pages: int = 0) -> Environment:
    """The template environment of one language. Values are escaped; an unknown name is an error.

    For many `pages` the templates are compiled for that language alone, which pays from some hundred on.
    """
    words = Words(lang)
    speaks = pages >= MANY or (cache is not None and (cache / lang).is_dir())
    kept = None
    if cache:
        kept = _Kept(cache / lang, lang) if speaks else _Kept(cache / "all")
    env = _Environment(
        words if speaks else None,
        loader=FileSystemLoader(theme / "docs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=kept,
    )
    env.filters |= {"say": say, "link": link}
    env.globals["_"] = words
    env.globals["state_words"] = state_words(words)
    return env


def compile_templates(theme: Path, languages: Iterable[str], cache: Path) -> None:
    """Compile all templates into the cache, for many pages. One that cannot be used is named when it is needed."""
    for lang in languages:
        env = environment(theme, lang, cache, MANY)
        for name in env.list_templates():
            with suppress(TemplateError, UnicodeDecodeError, OSError):
                env.get_template(name)
