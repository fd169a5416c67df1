"""The smallest parts of a page, as filters of the templates: a text in its language, and a link.

They stand on pages so often that a macro for each would take a third of the time in which documents are written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from kurskatalog.view.parts import Link, Said


def say(said: Said) -> Markup:
    """A text; with its language where that is not the page's."""
    if said.lang:
        return Markup(f'<span lang="{escape(said.lang)}">{escape(said.text)}</span>')  # noqa: S704 - escaped
    return escape(said.text)


def link(to: Link, base: str) -> Markup:
    """A link to a page, or out of the catalogue; plain words where there is no goal. `base` is the way to the root."""
    html = say(to.said)
    if to.path:
        place = f"#{escape(to.anchor)}" if to.anchor else ""
        html = Markup(f'<a href="{escape(base)}{escape(to.path)}/{place}">{html}</a>')  # noqa: S704 - escaped
    elif to.url:
        html = Markup(f'<a href="{escape(to.url)}" rel="noopener">{html}</a>')  # noqa: S704 - escaped
    if to.note:
        html += Markup(f' <span class="kk-note">({escape(to.note)})</span>')  # noqa: S704 - escaped
    return html
