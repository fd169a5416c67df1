"""Markdown text -> XHTML in which every block carries the line it came from (`data-l`), not yet checked."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from kurskatalog.source.markup.abbreviations import abbreviations_plugin
from kurskatalog.source.markup.code import highlight
from kurskatalog.source.markup.slugs import unique
from kurskatalog.source.markup.tabs import tabs_plugin

MAX_NESTING = 60
VOID = frozenset({"br", "hr", "img", "input", "wbr"})

_VOID_TAG = re.compile(r"<(br|hr|img|input|wbr)\b([^<>]*?)\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|#)[A-Za-z][A-Za-z0-9]*;")
_HEADING_ATTRS = re.compile(r"\s*\{:?\s*#([^\s{}]+)\s*\}\s*$")

# Titles of boxes that have none of their own, in the language of the text.
KINDS: dict[str, dict[str, str]] = {
    "note": {"nb": "Merk", "nn": "Merk", "en": "Note"},
    "abstract": {"nb": "Kort sagt", "nn": "Kort sagt", "en": "In short"},
    "info": {"nb": "Til orientering", "nn": "Til orientering", "en": "Information"},
    "tip": {"nb": "Tips", "nn": "Tips", "en": "Tip"},
    "success": {"nb": "Bra å vite", "nn": "Bra å vite", "en": "Good to know"},
    "question": {"nb": "Spørsmål", "nn": "Spørsmål", "en": "Question"},
    "warning": {"nb": "Obs", "nn": "Obs", "en": "Warning"},
    "danger": {"nb": "Fare", "nn": "Fare", "en": "Danger"},
    "example": {"nb": "Eksempel", "nn": "Døme", "en": "Example"},
    "quote": {"nb": "Sitat", "nn": "Sitat", "en": "Quote"},
}
_FOOTNOTES = {"nb": ("Noter", "Tilbake til teksten"), "nn": ("Notar", "Tilbake til teksten"), "en": ("Notes", "Back to the text")}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1-6, anchor, plain text and line in the file."""

    level: int
    anchor: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Draft:
    """XHTML with `data-l` on every block; not checked, not to be shown."""

    xhtml: str
    headings: tuple[Heading, ...]
    too_deep: bool
    lone_footnotes: tuple[str, ...]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": True, "xhtmlOut": True, "maxNesting": MAX_NESTING})
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False).use(deflist_plugin).use(tasklists_plugin)
    md.use(admon_plugin).use(tabs_plugin).use(abbreviations_plugin)
    md.use(attrs_plugin, allowed=()).use(attrs_block_plugin, allowed=())
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # the check says what is wrong, with a line
    md.core.ruler.push("finish", _finish)
    rules: dict[str, Any] = {
        "fence": _fence,
        "code_block": _fence,
        "html_block": _html_block,
        "html_inline": _html_inline,
        "footnote_block_open": _footnotes_open,
        "footnote_anchor": _footnote_back,
    }
    for name, rule in rules.items():
        md.add_render_rule(name, rule)
    return md


def render(text: str, first_line: int, lang: str) -> Draft:
    """XHTML of a Markdown text that begins on `first_line` of its file; `lang` chooses the words that Markdown leaves out."""
    md = _parser()
    env: dict[str, Any] = {"first_line": first_line, "lang": lang, "headings": [], "taken": set()}
    tokens = md.parse(text, env)
    xhtml = md.renderer.render(tokens, md.options, env)
    footnotes = env.get("footnotes", {})
    lone = [label[1:] for label, number in footnotes.get("refs", {}).items() if number < 0]
    deepest = max((token.level for token in tokens), default=0)
    return Draft(xhtml, tuple(env["headings"]), deepest >= MAX_NESTING - 2, tuple(lone))


def _finish(state: StateCore) -> None:
    """The last look at the tokens: lines, heading anchors, attributes, boxes that fold, figures, table alignment."""
    first: int = state.env["first_line"]
    tokens = state.tokens
    folding: list[bool] = []
    for index, token in enumerate(tokens):
        _give_back_attributes(token)
        if token.children:
            for child in token.children:
                _give_back_attributes(child)
        if token.map and token.nesting >= 0 and token.type != "inline":
            token.attrSet("data-l", str(token.map[0] + first))
        if token.type == "heading_open":
            _heading(state, token, tokens[index + 1], first)
        elif token.type.startswith("admonition"):
            _box(token, tokens, index, folding, state.env["lang"])
        elif token.type in ("th_open", "td_open") and (style := token.attrGet("style")):
            del token.attrs["style"]
            token.attrSet("class", str(style).replace("text-align:", "kk-"))
        elif token.type == "paragraph_open":
            _figure(tokens, index)


def _give_back_attributes(token: Token) -> None:
    """The attribute plugin takes everything off; put it back, so that the check sees what the author wrote."""
    for key, value in token.meta.pop("insecure_attrs", {}).items() if token.meta else ():
        token.attrSet(key, value)


def _heading(state: StateCore, token: Token, inline: Token, first: int) -> None:
    own = None
    last = inline.children[-1] if inline.children else None
    if last is not None and last.type == "text" and (match := _HEADING_ATTRS.search(last.content)):
        own = match[1]
        last.content = last.content[: match.start()]
    title = plain(inline.children or [])
    taken: set[str] = state.env["taken"]
    anchor = str(token.attrGet("id") or own or unique(title, taken))
    taken.add(anchor)
    token.attrSet("id", anchor)
    line = (token.map[0] if token.map else 0) + first
    state.env["headings"].append(Heading(int(token.tag[1:]), anchor, title, line))


def plain(tokens: list[Token]) -> str:
    """The words of inline tokens, without markup."""
    parts = [t.content if t.type in ("text", "code_inline", "image") else " " if t.type.endswith("break") else "" for t in tokens]
    return " ".join("".join(parts).split())


def _box(token: Token, tokens: list[Token], index: int, folding: list[bool], lang: str) -> None:
    if token.type == "admonition_open":
        kind = token.meta["tag"]
        folds = token.markup.startswith("?")
        folding.append(folds)
        token.attrs["class"] = kind if folds else f"admonition {kind}"
        if folds:
            token.tag = "details"
            if token.markup.endswith("+"):
                token.attrs["open"] = "open"
        title = tokens[index + 2] if index + 2 < len(tokens) else None
        if title is not None and title.type == "inline" and title.content == kind.title() and kind in KINDS:
            words = KINDS[kind].get(lang, KINDS[kind]["nb"])
            title.content = words
            text = Token("text", "", 0)
            text.content = words
            title.children = [text]
    elif token.type in ("admonition_title_open", "admonition_title_close") and folding[-1]:
        token.tag = "summary"
        token.attrs.pop("class", None)
    elif token.type == "admonition_title_open":
        token.attrs["class"] = "admonition-title"
    elif token.type == "admonition_close" and folding.pop():
        token.tag = "details"


def _figure(tokens: list[Token], index: int) -> None:
    """A picture alone in its paragraph, with a title, becomes a figure with a caption."""
    inline, closing = tokens[index + 1], tokens[index + 2]
    children = inline.children or []
    if len(children) != 1 or children[0].type != "image" or not children[0].attrs.get("title"):
        return
    image = children[0]
    caption = Token("text", "", 0)
    caption.content = str(image.attrs.pop("title"))
    opening, ending = Token("caption_open", "figcaption", 1), Token("caption_close", "figcaption", -1)
    inline.children = [image, opening, caption, ending]
    tokens[index].tag = closing.tag = "figure"
    tokens[index].hidden = closing.hidden = False


def _line(token: Token) -> str:
    return f' data-l="{token.attrGet("data-l")}"' if token.attrGet("data-l") else ""


def _fence(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    token = tokens[index]
    language = token.info.strip().split(maxsplit=1)[0] if token.info.strip() else ""
    return f'<div{_line(token)} class="highlight"><pre><code>{highlight(token.content, language)}</code></pre></div>\n'


def _html_block(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return f"<kk-l{_line(tokens[index])} />{_tidy(tokens[index].content)}"


def _html_inline(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return _tidy(tokens[index].content)


def _tidy(raw: str) -> str:
    """Raw HTML as XML: void elements closed, named characters written out, declarations made visible to the check."""
    if raw.lstrip().startswith(("<!", "<?")):
        return f"<kk-declaration>{escapeHtml(raw)}</kk-declaration>"
    closed = _VOID_TAG.sub(lambda m: f"<{m[1].lower()}{m[2]} />", raw)
    return _ENTITY.sub(lambda m: escapeHtml(html.unescape(m[0])), closed)


def _footnotes_open(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    title = _FOOTNOTES.get(env["lang"], _FOOTNOTES["nb"])[0]
    return f'<section class="footnotes" aria-label="{title}"><hr /><ol>\n'


def _footnote_back(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    meta = tokens[index].meta
    number = meta["id"] + 1
    target = f"fnref{number}" + (f":{meta['subId']}" if meta["subId"] > 0 else "")
    title = _FOOTNOTES.get(env["lang"], _FOOTNOTES["nb"])[1]
    return f' <a href="#{target}" class="footnote-backref" aria-label="{title} ({number})">\u21a9\ufe0e</a>'
