"""Task lists for markdown-it: `- [ ]` and `- [x]`, in one pass (a well-known plugin looks back over whole lists)."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

BOXES = ("[ ] ", "[x] ", "[X] ")


def tasks_plugin(md: MarkdownIt) -> None:
    """Add the core rule and its rendering: a box that nobody can change, as GitHub shows it."""
    md.core.ruler.after("inline", "tasks", _tasks)
    md.add_render_rule("task_box", _render_box)


def _tasks(state: StateCore) -> None:
    if not any(box in state.src for box in BOXES):
        return
    lists: list[Token] = []
    tokens = state.tokens
    for index, token in enumerate(tokens):
        kind = token.type
        if kind == "inline":
            if token.children and token.content.startswith(BOXES) and index > 1:
                _box(token, tokens[index - 1], tokens[index - 2], lists)
        elif kind in ("bullet_list_open", "ordered_list_open"):
            lists.append(token)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            lists.pop()


def _box(line: Token, paragraph: Token, item: Token, lists: list[Token]) -> None:
    """Make a box of the brackets at the beginning of a line, where the line begins an item of a list."""
    children = line.children or []
    if item.type != "list_item_open" or paragraph.type != "paragraph_open" or children[0].type != "text":
        return
    item.attrJoin("class", "task-list-item")
    if "contains-task-list" not in str(lists[-1].attrGet("class")):
        lists[-1].attrJoin("class", "contains-task-list")
    box = Token("task_box", "input", 0)
    box.meta = {"done": line.content[1] != " "}
    children[0].content = children[0].content[3:]
    # A label around it all: the box is named by its own words.
    children[:] = [Token("task_label_open", "label", 1), box, *children, Token("task_label_close", "label", -1)]


def _render_box(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    done = ' checked="checked"' if tokens[index].meta["done"] else ""
    return f'<input class="task-list-item-checkbox"{done} disabled="disabled" type="checkbox" />'
