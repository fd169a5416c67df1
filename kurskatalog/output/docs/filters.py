"""The smallest parts of a page: escaping, and as filters of the templates a text in its language, and a link.

They stand on pages so often that a macro for each would take a third of the time in which documents are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

if TYPE_CHECKING:
    from kurskatalog.view.parts import Link, Said


def escaped(value: Any) -> str:
    """As markupsafe's `escape` for what is only written out: nobody asks a piece of a page what it is."""
    if type(value) is str:
        return _escape_inner(value)
    return value if type(value) is Markup else escape(value)


def say(said: Said) -> Markup:
    """A text; with its language where that is not the page's."""
    return _markup(_say(said))


def link(to: Link, base: str) -> Markup:
    """A link to a page, or out of the catalogue; plain words where there is no goal. `base` is the way to the root."""
    html = _say(to.said)
    if to.path:
        place = f"#{escaped(to.anchor)}" if to.anchor else ""
        html = f'<a href="{escaped(base)}{escaped(to.path)}/{place}">{html}</a>'
    elif to.url:
        html = f'<a href="{escaped(to.url)}" rel="noopener">{html}</a>'
    if to.note:
        html += f' <span class="kk-note">({escaped(to.note)})</span>'
    return _markup(html)


def _say(said: Said) -> str:
    text = escaped(said.text)
    return f'<span lang="{escaped(said.lang)}">{text}</span>' if said.lang else text


def _markup(html: str) -> Markup:
    """What is escaped already; the class looks at it from all sides first, which takes longer than to escape it."""
    return str.__new__(Markup, html)
