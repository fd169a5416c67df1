"""YAML as people write it: keys in any order, all kinds of quotes, brackets and blocks, comments and empty lines anywhere."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from kurskatalog.source.text import HIDDEN

WORDS = [
    "kan forklare",
    "5.1",
    "no",
    "null",
    "2026-11-21",
    "1.10",
    "~",
    "å: b",
    "x # y",
    "it's",
    'si "hei"',
    "a\\b",
    "a, b",
    "[x]",
    "- x",
    "😀 æøå",
    "a\nb",
    "  a",
    "a\n\nb\n",
    "&x",
    "*",
    "{",
    "",
    "true",
    "?",
    ": ",
    "a:",
    "0x1f",
    "=",
    "<<",
]
SCALARS = st.one_of(
    st.sampled_from(WORDS),
    st.text(
        st.characters(
            exclude_categories=("C",),
            exclude_characters="\u2028\u2029\u00ad\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\t\u0085",
        ),
        max_size=30,
    ),
).filter(lambda text: not HIDDEN.search(text))
KEYS = st.one_of(
    st.sampled_from(
        [
            "title",
            "summary",
            "level",
            "themes",
            "runs",
            "outcomes",
            "id",
            "start",
            "nb",
            "nn",
            "en",
            "knowledge",
            "url",
            "note",
            "source",
            "5.1",
            "x y",
            "no",
            "å",
        ]
    ),
    SCALARS.filter(str.strip),
)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=14,
)
COMMENTS = st.sampled_from(["# en kommentar", "#   level: none", "#", "# 'x' \"y\" - [z", "# title: a", "## b"])


def is_plain(text: str, flow: bool) -> bool:
    """Whether a text can stand without quotes; narrower than YAML, which is all that a test needs."""
    good = text and text[0].isalnum() and text == text.strip() and text.isprintable()
    return bool(good) and not set(text) & set(":#,[]{}\"'\\\n" if flow else ":#\n") and all(c < "\ud800" for c in text)


@st.composite
def scalar(draw: Any, text: str, indent: int, flow: bool = False, key: bool = False) -> str:
    """One way of writing a text; `indent` is that of the key."""
    ways = [json.dumps(text, ensure_ascii=False)]
    printable = text.replace("\n", "").isprintable()
    if printable and "\n" not in text:
        ways.append("'" + text.replace("'", "''") + "'")
    if is_plain(text, flow):
        ways += [text, text]
        if " " in text and not key and not flow and "  " not in text:
            ways.append(text.replace(" ", "\n" + " " * (indent + 3)))
    if (
        not flow
        and not key
        and printable
        and text
        and text.strip() == text
        and "\n\n" not in text
        and " \n" not in text
    ):
        pad = "\n" + " " * (indent + 2)
        ways.append("|-" + pad + text.replace("\n", pad))
        if "\n" not in text and "  " not in text:
            ways.append(">-" + pad + text.replace(" ", draw(st.sampled_from([" ", pad]))))
    return draw(st.sampled_from(ways))


@st.composite
def flow_text(draw: Any, data: Any) -> str:
    """Data in brackets on one line."""
    if isinstance(data, dict):
        parts = [f"{draw(scalar(k, 0, True, True))}: {draw(flow_text(v))}" for k, v in data.items()]
        return "{" + ", ".join(parts) + "}"
    if isinstance(data, list):
        return "[" + ", ".join([draw(flow_text(v)) for v in data]) + "]"
    return draw(scalar(data, 0, True))


@st.composite
def _noise(draw: Any, indent: int, tight: bool) -> str:
    if tight or draw(st.integers(0, 3)):
        return ""
    lines = draw(st.lists(st.one_of(st.just(""), COMMENTS), max_size=3))
    at = " " * draw(st.sampled_from([indent, indent, indent + 2, 0]))
    return "".join(f"{at + line if line else line}\n" for line in lines)


def _tail(draw: Any, text: str, tight: bool) -> str:
    blocks = text.startswith(("|", ">"))
    if tight or draw(st.integers(0, 4)):
        return text
    comment = draw(st.sampled_from([" ", "   "])) + draw(COMMENTS)
    if blocks:
        first, _, rest = text.partition("\n")
        return f"{first}{comment}\n{rest}"
    return text + comment


@st.composite
def block_text(draw: Any, data: Any, indent: int = 0, tight: bool = False) -> str:
    """A map or list as lines, with a line end behind the last."""
    out = ""
    pad = " " * indent
    pairs = list(data.items()) if isinstance(data, dict) else [(None, v) for v in data]
    for key, value in pairs:
        out += draw(_noise(indent, tight))
        head = f"{pad}-" if key is None else f"{pad}{draw(scalar(key, indent, False, True))}:"
        if isinstance(value, str):
            out += head + " " + _tail(draw, draw(scalar(value, indent)), tight) + "\n"
        elif not value or draw(st.integers(0, 2)) == 0:
            out += head + " " + _tail(draw, draw(flow_text(value)), tight) + "\n"
        else:
            deeper = indent + draw(st.sampled_from([2, 4]))
            if isinstance(value, list) and key is not None and draw(st.booleans()):
                deeper = indent
            below = draw(block_text(value, deeper, tight))
            if key is None and below.startswith(" " * deeper) and below[deeper] not in "# \n" and draw(st.booleans()):
                out += head + " " * (deeper - indent - 1) + below[deeper:]
            else:
                out += _tail(draw, head, tight) + "\n" + below
    return out


MAPS = st.dictionaries(KEYS, DATA, min_size=1, max_size=7)


@st.composite
def yaml_texts(draw: Any) -> str:
    """A whole document."""
    text = draw(block_text(draw(MAPS)))
    return text + draw(_noise(0, False))
