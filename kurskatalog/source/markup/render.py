"""Markdown text -> XHTML in which every block carries the line it came from (`data-l`), not yet checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from kurskatalog.source.markup.abbreviations import abbreviations_plugin
from kurskatalog.source.markup.boxes import box
from kurskatalog.source.markup.code import MAX_HIGHLIGHTED, MAX_HIGHLIGHTED_IN_ALL, highlight
from kurskatalog.source.markup.ends import ends_plugin
from kurskatalog.source.markup.exercises import Exercise, exercises_plugin
from kurskatalog.source.markup.quick import QuickRenderer, quick_plugin
from kurskatalog.source.markup.raw import tidy
from kurskatalog.source.markup.slugs import unique
from kurskatalog.source.markup.tabs import tabs_plugin
from kurskatalog.source.markup.tasks import tasks_plugin

MAX_NESTING = 60

_SETTABLE = re.compile(r"(?!data-|kk-|on|class|style|href|src|alt)[a-z][a-z-]*\Z")
_LOST = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)|\[[^\[\]]{1,100}\]\[([^\W\d_][\w -]{1,99})\]")
_HEADING_ATTRS = re.compile(r"\s*\{:?\s*#([^\s{}]+)\s*\}\s*$")

_FOOTNOTES = {
    "nb": ("Noter", "Tilbake til teksten"),
    "nn": ("Notar", "Tilbake til teksten"),
    "en": ("Notes", "Back to the text"),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1-6, anchor, plain text and line in the file."""

    level: int
    anchor: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute that the author wrote in braces, on an element that Markdown made; `line` is its block's."""

    line: int
    tag: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A note or a link definition that the text refers to and does not have; `words` is how it stands in the text."""

    line: int
    words: str
    label: str
    is_note: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """XHTML with `data-l` on every block; not checked, not to be shown.

    `too_deep` is the line of the first block that is nested too deeply to be shown, 0 for none.
    """

    xhtml: str
    headings: tuple[Heading, ...]
    too_deep: int
    lone_footnotes: tuple[str, ...]
    attributes: tuple[Attribute, ...]
    lost: tuple[Lost, ...]
    exercises: tuple[Exercise, ...]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    md = MarkdownIt(
        "commonmark", {"html": True, "xhtmlOut": True, "maxNesting": MAX_NESTING}, renderer_cls=QuickRenderer
    )
    md.enable(["table", "strikethrough"])
    md.use(footnote_plugin, inline=False).use(deflist_plugin).use(tasks_plugin)
    md.use(admon_plugin).use(tabs_plugin).use(abbreviations_plugin)
    md.use(attrs_plugin, allowed=()).use(attrs_block_plugin, allowed=())
    md.use(exercises_plugin).use(quick_plugin).use(ends_plugin)
    md.validateLink = _any_address  # type: ignore[method-assign]
    md.inline.ruler.before("attr", "keep_attributes", _keep_attributes)
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


def _any_address(url: str) -> bool:
    """The check says what is wrong with an address, with a line."""
    return isinstance(url, str)


def render(text: str, first_line: int, lang: str) -> Draft:
    """XHTML of a Markdown text that begins on `first_line` of its file, with Markdown's own words in `lang`."""
    md = _parser()
    env: dict[str, Any] = {
        "first_line": first_line,
        "lang": lang,
        "headings": [],
        "taken": set(),
        "attributes": [],
        "lost": [],
        "code": 0,
    }
    tokens = md.parse(text, env)
    xhtml = md.renderer.render(tokens, md.options, env)
    footnotes = env.get("footnotes", {})
    lone = [label[1:] for label, number in footnotes.get("refs", {}).items() if number < 0]
    deep = next((t for t in tokens if t.level >= MAX_NESTING - 2), None)
    too_deep = 0 if deep is None else (deep.map[0] if deep.map else 0) + first_line
    return Draft(
        xhtml,
        tuple(env["headings"]),
        too_deep,
        tuple(lone),
        tuple(env["attributes"]),
        tuple(env["lost"]),
        tuple(env["exercises"]),
    )


def _finish(state: StateCore) -> None:
    """The last look at the tokens: lines, heading anchors, attributes, boxes that fold, figures, table alignment."""
    env = state.env
    first: int = env["first_line"]
    line = first
    tokens = state.tokens
    folding: list[bool] = []
    for index, token in enumerate(tokens):
        kind = token.type
        if token.map:
            line = token.map[0] + first
            if token.nesting >= 0 and kind != "inline":
                token.attrs["data-l"] = str(line)
        if token.meta:
            _give_back_attributes(token, line, env)
        if kind == "inline":
            _look_at_inline(token.children or (), line, env)
        elif kind.startswith("admonition"):
            box(token, tokens, index, folding, env["lang"])
        elif token.nesting < 0:
            continue
        elif kind == "heading_open":
            _heading(state, token, tokens[index + 1], first)
        elif kind == "th_open" and not tokens[index + 1].content.strip():
            token.tag = tokens[index + 2].tag = "td"  # a corner without words heads nothing
            token.attrs.pop("style", None)
        elif kind in ("th_open", "td_open") and (style := token.attrGet("style")):
            del token.attrs["style"]
            token.attrSet("class", str(style).replace("text-align:", "kk-"))
        elif kind == "paragraph_open":
            _figure(tokens, index)


def _look_at_inline(children: Sequence[Token], line: int, env: EnvType) -> None:
    for child in children:
        if child.meta:
            _give_back_attributes(child, line, env)
        if child.type == "text" and ("][" in child.content or "[^" in child.content):
            env["lost"] += [Lost(line, m[0], m[1] or m[2], bool(m[1])) for m in _LOST.finditer(child.content)]


def _keep_attributes(state: StateInline, silent: bool) -> bool:
    """Before a second `{...}` on one element is read: the plugin would forget what it took off at the first."""
    if silent or state.src[state.pos] != "{" or not state.tokens:
        return False
    index = len(state.tokens) - 1
    level = 0
    while index > 0 and (level := level + state.tokens[index].nesting) < 0:
        index -= 1
    token = state.tokens[index]
    if token.meta and (taken := token.meta.pop("insecure_attrs", None)):
        token.meta.setdefault("earlier_attrs", []).extend(taken.items())
    return False


def _give_back_attributes(token: Token, line: int, env: EnvType) -> None:
    """The attribute plugin takes everything off: note it for the check, and put back what can do no harm."""
    found = [*token.meta.pop("earlier_attrs", ()), *token.meta.pop("insecure_attrs", {}).items()]
    for key, value in found:
        env["attributes"].append(Attribute(line, token.tag or token.type, key, value))
        if _SETTABLE.match(key):
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
    parts = [
        t.content if t.type in ("text", "code_inline", "image") else " " if t.type.endswith("break") else ""
        for t in tokens
    ]
    return " ".join("".join(parts).split())


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
    env["code"] += len(token.content)
    limit = MAX_HIGHLIGHTED if env["code"] <= MAX_HIGHLIGHTED_IN_ALL else 0
    code = highlight(token.content, language, limit)
    return f'<div{_line(token)} class="highlight"><pre><code>{code}</code></pre></div>\n'


def _html_block(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return f"<kk-l{_line(tokens[index])} />{tidy(tokens[index].content)}"


def _html_inline(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    return tidy(tokens[index].content)


def _footnotes_open(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    title = _FOOTNOTES.get(env["lang"], _FOOTNOTES["nb"])[0]
    return f'<section class="footnotes" aria-label="{title}"><hr /><ol>\n'


def _footnote_back(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    meta = tokens[index].meta
    number = meta["id"] + 1
    target = f"fnref{number}" + (f":{meta['subId']}" if meta["subId"] > 0 else "")
    title = _FOOTNOTES.get(env["lang"], _FOOTNOTES["nb"])[1]
    return f' <a href="#{target}" class="footnote-backref" aria-label="{title} ({number})">\u21a9\ufe0e</a>'
