"""The allow-list: elements, attributes, classes and addresses that a text may hold. The rest is a problem."""

from __future__ import annotations

import re
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Element -> attributes of its own, beside those that every element can have.
ELEMENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        _words(
            "p h2 h3 h4 h5 h6 em strong s b i u sub sup kbd mark small abbr dfn q cite code pre blockquote ul dl dt dd "
            "br hr table thead tbody tfoot tr caption figure figcaption summary section div span del ins var samp wbr"
        ),
        frozenset(),
    ),
    "a": frozenset({"href", "aria-label", "rel"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ol": frozenset({"start", "reversed"}),
    "li": frozenset({"value"}),
    "th": frozenset({"scope", "colspan", "rowspan"}),
    "td": frozenset({"colspan", "rowspan"}),
    "details": frozenset({"open"}),
}
EVERYWHERE = frozenset({"id", "lang", "title"})

# What only Markdown's own forms can make (tabs, task lists, footnotes, boxes, exercises, code); an author can write neither the
# elements as HTML nor the attributes in braces.
MADE_ELEMENTS: dict[str, frozenset[str]] = {
    "input": frozenset({"type", "checked", "disabled", "name", "value"}),
    "label": frozenset({"for"}),
    "fieldset": frozenset(),
    "legend": frozenset(),
    "section": frozenset({"aria-label"}),
    "div": frozenset({"data-tabs"}),
}
MADE_EVERYWHERE = frozenset({"class", "data-l"})
MADE_ONLY = frozenset({"input", "label", "section", "fieldset", "legend"})
PLAIN = frozenset(ELEMENTS) - {"h1", "a", "img"}
"""Elements that need no look when Markdown made them and they have no attributes."""
NOT_IN_BRACES = frozenset({"href", "src", "alt"})

_KINDS = "note|abstract|info|tip|success|question|warning|failure|danger|bug|example|quote|quiz|reflection|checklist"
CLASSES = re.compile(
    rf"(admonition|admonition-title|{_KINDS}|highlight|footnotes|footnote-(ref|item|backref)|contains-task-list|task-list-item"
    r"|task-list-item-checkbox|tabbed-(set|alternate|labels|content|block)|answers(-title|-question)?|choices|hint|see|right|wrong|kk-(left|right|center)|[a-z]{1,2}[a-z0-9]?)\Z"
)
# Anchors are lower-case ASCII, as those made of headings: no name of the page's own scripts looks like that.
ANCHOR = re.compile(r"[a-z0-9][a-z0-9-]{0,150}\Z")
MADE_ANCHOR = re.compile(r"(__tabbed_\d+_\d+|fn\d+|fnref\d+(:\d+)?)\Z")
NUMBER = re.compile(r"\d{1,4}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")

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
    "name": re.compile(r"(__tabbed_|kk-oppgave-)\d+\Z"),
    "for": re.compile(r"__tabbed_\d+_\d+\Z"),
    "rel": re.compile(r"(nofollow|noopener|license| )*\Z"),
    "data-tabs": re.compile(r"\d+:\d+\Z"),
    "data-l": re.compile(r"\d{1,7}\Z"),
    "id": ANCHOR,
}


def element_is_allowed(tag: str, made: bool) -> bool:
    """Whether a text can hold the element; `made` when Markdown made it, not raw HTML."""
    return made if tag in MADE_ONLY else tag in ELEMENTS


@lru_cache(maxsize=2048)  # nearly all are of a few kinds
def attribute_is_allowed(tag: str, key: str, value: str, made: bool) -> bool:
    """Whether the element can have the attribute with this value."""
    if made and key == "class":
        return all(CLASSES.match(name) for name in value.split())
    if made and key == "id" and MADE_ANCHOR.match(value):
        return True
    known = key in EVERYWHERE or key in ELEMENTS.get(tag, ())
    if not known and made:
        known = key in MADE_EVERYWHERE or key in MADE_ELEMENTS.get(tag, ())
    pattern = VALUES.get(key)
    return known and (pattern is None or pattern.match(value) is not None)


SCHEMES = frozenset({"https", "http", "mailto", "tel"})
"""Schemes of addresses that lead out of the catalogue."""
WEB_ADDRESS = re.compile(r"https?://[^\s/?#.]+(\.[^\s/?#.]+)*(:\d+)?([/?#]\S*)?\Z", re.IGNORECASE)
CONTROLS = frozenset(map(chr, range(0x21)))
"""Characters that a browser takes out of an address before it looks at the scheme."""

PICTURES = _words("png jpg jpeg webp svg")
MAX_PICTURE_BYTES = 500 * 1024

# SVG as a drawing and nothing else.
SVG_ELEMENTS = _words(
    "svg g defs title desc path rect circle ellipse line polyline polygon text tspan textPath linearGradient "
    "radialGradient stop clipPath mask pattern marker symbol use filter feGaussianBlur feOffset feMerge feMergeNode "
    "feFlood feComposite feBlend feColorMatrix style metadata switch"
)
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
# What drawing programs note about themselves; browsers do nothing with it.
SVG_EDITOR_NAMESPACES = (
    "http://www.inkscape.org/",
    "http://sodipodi.",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://web.resource.org/cc/",
    "http://purl.org/dc/",
)
SVG_EVIL_ATTRIBUTE = re.compile(r"on|base\Z", re.IGNORECASE)
SVG_EVIL_VALUE = re.compile(r"url\((?!\s*['\"]?#)|javascript:", re.IGNORECASE)
SVG_EVIL_STYLE = re.compile(r"@import|url\((?!\s*['\"]?#)|expression\(|javascript:|\\", re.IGNORECASE)
_EMPTY_LINK_TEXTS = (
    "her|klikk her|trykk her|gå hit|hit|les mer|les meir|les mer her|les meir her|se her|sjå her|mer|meir|lenke|lenkje|"
    "lenken|lenkja|denne lenken|denne lenkja|link|denne linken|nettside|nettsiden|denne|dette|denne siden|denne sida|"
    "last ned|here|click here|read more|read more here|see here|more|this|this link|this page|website|download"
)
EMPTY_LINK_TEXTS = frozenset(_EMPTY_LINK_TEXTS.split("|"))
