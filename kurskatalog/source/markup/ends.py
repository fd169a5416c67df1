"""What ends a paragraph, a quote or an item: only rules are asked that can begin with the sign of the next line."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

Rule = Callable[[StateBlock, int, int, bool], bool]

# The signs with which a block of a rule begins. A table begins with any.
_BEGINS = {
    "admonition": "!?",
    "tab": "=",
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "abbreviation": "*",
    "html_block": "<",
    "heading": "#",
    "deflist": ":~",
}


def ends_plugin(md: MarkdownIt) -> None:
    """Put one rule where markdown-it has a list of rules to ask; to be used when all others are there."""
    ruler = md.block.ruler
    names = {rule.fn: rule.name for rule in ruler.__rules__}
    lists = {chain: ruler.getRules(chain) for rule in ruler.__rules__ for chain in rule.alt}
    for fn, name in names.items():
        ruler.at(name, fn, {"alt": []})
    for chain, rules in lists.items():
        ruler.push(f"ends_{chain}", _ends([(_BEGINS.get(names[rule]), rule) for rule in rules]), {"alt": [chain]})


def _ends(rules: Sequence[tuple[str | None, Rule]]) -> Rule:
    """One rule for those of a list, each with the signs with which it begins."""
    any_sign = tuple(rule for begins, rule in rules if begins is None)
    by_sign = {
        sign: tuple(rule for begins, rule in rules if begins is None or sign in begins)
        for sign in "".join(_BEGINS.values())
    }

    def ends(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        begin = state.bMarks[start_line] + state.tShift[start_line]
        asked = by_sign.get(state.src[begin : begin + 1], any_sign)
        return silent and any(rule(state, start_line, end_line, True) for rule in asked)

    return ends
