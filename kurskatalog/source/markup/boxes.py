"""Admonitions as Material knows them: titles in the language of the text, and boxes that fold as `<details>`."""

from __future__ import annotations

from markdown_it.token import Token

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
    "quiz": {"nb": "Test deg selv", "nn": "Test deg sjølv", "en": "Test yourself"},
    "reflection": {"nb": "Tenk etter", "nn": "Tenk etter", "en": "Think about it"},
    "checklist": {"nb": "Sjekkliste", "nn": "Sjekkliste", "en": "Checklist"},
}


def box(token: Token, tokens: list[Token], index: int, folding: list[bool], lang: str) -> None:
    """Give one admonition token its element and class; `folding` says for every open box whether it folds."""
    if token.type == "admonition_open":
        kind = token.meta["tag"]
        folds = token.markup.startswith("?")
        folding.append(folds)
        token.attrs["class"] = kind if folds else f"admonition {kind}"
        if folds:
            token.tag = "details"
            if token.markup.endswith("+"):
                token.attrs["open"] = "open"
        _title(kind, tokens, index, lang)
    elif token.type in ("admonition_title_open", "admonition_title_close") and folding[-1]:
        token.tag = "summary"
        token.attrs.pop("class", None)
    elif token.type == "admonition_title_open":
        token.attrs["class"] = "admonition-title"
    elif token.type == "admonition_close" and folding.pop():
        token.tag = "details"


def _title(kind: str, tokens: list[Token], index: int, lang: str) -> None:
    title = tokens[index + 2] if index + 2 < len(tokens) else None
    if title is None or title.type != "inline" or title.content != kind.title() or kind not in KINDS:
        return
    title.content = KINDS[kind].get(lang, KINDS[kind]["nb"])
    text = Token("text", "", 0)
    text.content = title.content
    title.children = [text]
