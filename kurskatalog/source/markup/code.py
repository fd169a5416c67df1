"""Code in a text, with highlighting by Pygments for the languages that a course may show."""

from __future__ import annotations

from functools import lru_cache

from markdown_it.common.utils import escapeHtml
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES, Token

# Languages with quick, well-tried lexers; everything else is shown plain. A short list is also a small attack surface.
_LANGUAGES = (
    "bash c cpp csharp css csv diff go html http ini java javascript json kotlin lua markdown matlab php powershell "
    "python r ruby rust sh shell sql swift text toml typescript xml yaml"
)
LANGUAGES = frozenset(_LANGUAGES.split())
# Characters: some lexers need a time that grows with the square of a hostile block, so neither one nor all may be long.
MAX_HIGHLIGHTED = 8_000
MAX_HIGHLIGHTED_IN_ALL = 40_000


@lru_cache(maxsize=64)
def _lexer(language: str) -> Lexer:
    lexer: Lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    return lexer


def highlight(code: str, language: str, limit: int = MAX_HIGHLIGHTED) -> str:
    """Escaped code with `<span class="...">` around its tokens (Pygments' short class names).

    A block of more than `limit` characters stays plain.
    """
    if language not in LANGUAGES or language in ("text", "csv") or len(code) > limit:
        return escapeHtml(code)
    parts: list[str] = []
    for _, kind, value in _lexer(language).get_tokens_unprocessed(code):  # a decoded file needs no preparing
        name = STANDARD_TYPES.get(kind) or STANDARD_TYPES.get(kind.parent or Token, "")
        text = escapeHtml(value)
        parts.append(f'<span class="{name}">{text}</span>' if name and name != "w" else text)
    return "".join(parts)
