"""Raw HTML in a Markdown text -> XML in which every tag that the author wrote carries a mark."""

from __future__ import annotations

import html
import re

from markdown_it.common.utils import escapeHtml

VOID = frozenset({"br", "hr", "img", "input", "wbr"})

MARK = "kk-raw"
"""The attribute of every element that stands in the text as raw HTML; an author cannot leave it out or write it."""

REFUSED = "kk-refused"
"""The attribute with the names of attributes that cannot be written as XML, or that stand there twice."""

DECLARATION, BROKEN = "kk-declaration", "kk-broken"
"""The elements that stand for `<!...>` and `<?...>`, and for tags that have no end."""

_PARTS = re.compile(
    r"(<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[!?][^>]*>?"
    r"|</[A-Za-z][^<>]*>|<[A-Za-z][^\s<>/]*(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.DOTALL,
)
_TAG = re.compile(r"<(/?)([A-Za-z][^\s<>/]*)(.*?)(/?)>\Z", re.DOTALL)
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")
_UNQUOTED_END = re.compile(r"=\s*[^\s\"'<>]+\Z")
_NAME = re.compile(r"(?!xmlns)[a-z_][a-z0-9_-]*\Z")
_TAG_BEGINS = re.compile(r"<[A-Za-z/]")


def tidy(raw: str) -> str:
    """Raw HTML as XML: names in lower case, attributes in quotes, void elements closed, characters written out.

    Nothing is taken away: what has no place in a text is written so that the check sees it.
    """
    return "".join(_tag(part) if at % 2 else _text(part) for at, part in enumerate(_PARTS.split(raw)))


def _text(text: str) -> str:
    escaped = escapeHtml(html.unescape(text))
    return f"<{BROKEN}>{escaped}</{BROKEN}>" if _TAG_BEGINS.search(text) else escaped


def _tag(tag: str) -> str:
    match = _TAG.match(tag)
    if not match:
        return f"<{DECLARATION}>{escapeHtml(tag)}</{DECLARATION}>"
    closing, name, rest, slash = match.groups()
    name = name.lower()
    if not _NAME.match(name):
        return f"<{BROKEN}>{escapeHtml(tag)}</{BROKEN}>"
    if closing:
        return f"</{name}>"
    if slash and _UNQUOTED_END.search(rest):  # the slash of `<a href=https://a.no/>` belongs to the address
        rest, slash = rest + slash, ""
    attributes = "".join(f' {key}="{escapeHtml(value)}"' for key, value in _attributes(rest).items())
    end = " /" if slash or name in VOID else ""
    return f"<{name}{attributes}{end}>"


def _attributes(text: str) -> dict[str, str]:
    found = {MARK: "raw"}
    refused = []
    for match in _ATTRIBUTE.finditer(text):
        key, value = match[1].lower(), match[2] or ""
        if value[:1] in ("'", '"'):
            value = value[1:-1]
        if not _NAME.match(key) or key in found or key == REFUSED:
            refused.append(match[1])
        else:
            found[key] = html.unescape(value)
    if refused:
        found[REFUSED] = " ".join(refused)
    return found
