"""The templates in `theme/docs`, compiled once and kept; for many pages with the words of their language in them."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, TemplateError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from jinja2.visitor import NodeTransformer

from kurskatalog.files import digest
from kurskatalog.output.docs.filters import escaped, link, say
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


class _Writer(CodeGenerator):
    """Templates whose values are escaped by `escaped`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Context(Context):
    """What a page's templates see."""

    @internalcode
    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 - the library's names
        """As the library's; macros, which are most of what is called, are not asked what they would like to be given."""
        if type(__obj) is not Macro:
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return __obj(__self.eval_ctx, *args, **kwargs)


class _Environment(Environment):
    """An environment whose templates speak one language, given `words`, or ask for each word when a page is made."""

    code_generator_class = _Writer
    context_class = _Context
    escaped = staticmethod(escaped)

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
    """Compiled templates; another text is another template, as is another translation of what speaks one language.

    So is what another version of this file would compile.
    """

    def __init__(self, folder: Path, lang: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder))
        self.words = repr(catalogue(lang)) if lang else ""
        self.compiler = Path(__file__).read_bytes()

    def get_source_checksum(self, source: str) -> str:
        """Of the text and of the words that come into it."""
        return digest(self.compiler, self.words, source)


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
