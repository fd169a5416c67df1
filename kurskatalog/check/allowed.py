"""The allow-list: which elements, attributes, classes and addresses a contributed text may hold. What is not here is a problem."""

from __future__ import annotations

import re

# Element -> attributes of its own. `lang`, `title`, `id` and `class` are judged for all elements, below.
ELEMENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        "p h2 h3 h4 h5 h6 em strong s b i u sub sup kbd mark small abbr dfn q cite code pre blockquote ul dl dt dd br hr "
        "table thead tbody tfoot tr caption figure figcaption summary section div span del ins var samp wbr".split(),
        frozenset(),
    ),
    "a": frozenset({"href", "aria-label", "rel"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ol": frozenset({"start", "reversed"}),
    "li": frozenset({"value"}),
    "th": frozenset({"scope", "colspan", "rowspan"}),
    "td": frozenset({"colspan", "rowspan"}),
    "details": frozenset({"open"}),
    "input": frozenset({"type", "checked", "disabled", "name"}),
    "label": frozenset({"for"}),
}
# Elements that only Markdown's own forms may make (tabs, task lists, footnotes); raw HTML may not.
MADE_ONLY = frozenset({"input", "label", "section"})
EXTRA = {"section": frozenset({"aria-label"}), "div": frozenset({"data-tabs"})}

EVERYWHERE = frozenset({"id", "class", "lang", "title"})

_KINDS = "note|abstract|info|tip|success|question|warning|failure|danger|bug|example|quote"
CLASSES = re.compile(
    rf"(admonition|admonition-title|{_KINDS}|highlight|footnotes|footnote-(ref|item|backref)|contains-task-list|task-list-item"
    r"|task-list-item-checkbox|tabbed-(set|alternate|labels|content|block)|kk-(left|right|center)|[a-z]{1,2}[a-z0-9]?)\Z"
)
ANCHOR = re.compile(r"[A-Za-z][\w.:-]{0,100}\Z")
MADE_ANCHOR = re.compile(r"__tabbed_\d+_\d+\Z")
NUMBER = re.compile(r"\d{1,4}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
TABS = re.compile(r"\d+:\d+\Z")

# Values that an attribute may have, where not every text will do.
VALUES: dict[str, re.Pattern[str]] = {
    "width": NUMBER,
    "height": NUMBER,
    "start": NUMBER,
    "value": NUMBER,
    "colspan": NUMBER,
    "rowspan": NUMBER,
    "lang": LANGUAGE,
    "scope": re.compile(r"(row|col|rowgroup|colgroup)\Z"),
    "type": re.compile(r"(checkbox|radio)\Z"),
    "checked": re.compile(r"checked\Z"),
    "disabled": re.compile(r"disabled\Z"),
    "open": re.compile(r"(open)?\Z"),
    "reversed": re.compile(r"(reversed)?\Z"),
    "name": re.compile(r"__tabbed_\d+\Z"),
    "for": MADE_ANCHOR,
    "rel": re.compile(r"(nofollow|noopener|license| )*\Z"),
    "data-tabs": TABS,
}

SCHEMES = frozenset({"https", "http", "mailto", "tel"})
"""Schemes of addresses that lead out of the catalogue."""

PICTURES = {"png", "jpg", "jpeg", "webp", "svg"}
MAX_PICTURE_BYTES = 500 * 1024

# SVG as a drawing and nothing else.
SVG_ELEMENTS = frozenset(
    "svg g defs title desc path rect circle ellipse line polyline polygon text tspan textPath linearGradient radialGradient stop "
    "clipPath mask pattern marker symbol use filter feGaussianBlur feOffset feMerge feMergeNode feFlood feComposite feBlend style "
    "metadata switch".split()
)
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
# What drawing programs note about themselves; browsers do nothing with it.
SVG_EDITOR_NAMESPACES = (
    "http://www.inkscape.org/", "http://sodipodi.", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/", "http://purl.org/dc/",
)  # fmt: skip
SVG_EVIL_ATTRIBUTE = re.compile(r"on", re.IGNORECASE)
SVG_EVIL_STYLE = re.compile(r"@import|url\(\s*['\"]?(?!#)|expression|javascript:|\\", re.IGNORECASE)
EMPTY_LINK_TEXTS = frozenset(
    "her|klikk her|trykk her|les mer|les meir|mer|meir|lenke|lenkje|link|here|click here|read more|more|denne|dette|denne siden".split("|")
)
