"""Things to do for markdown-it: boxes of the kinds quiz, reflection and checklist become questions, with the answers at the end.

What comes out can be read and printed as it is: a question is a group of choices with letters, and below the text stands a list
of answers with an explanation for every choice. A script on the page makes an exercise of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kurskatalog.source.markup.boxes import KINDS
from kurskatalog.source.markup.tokens import close, open_, paragraph, text

EXERCISES = ("quiz", "reflection", "checklist")
_LISTS = ("bullet_list_open", "ordered_list_open")

# Markdown's own words in the language of the text.
WORDS: dict[str, dict[str, str]] = {
    "one": {"nb": "Velg ett svar.", "nn": "Vel eitt svar.", "en": "Choose one answer."},
    "several": {"nb": "Velg alle som stemmer.", "nn": "Vel alle som stemmer.", "en": "Choose all that are right."},
    "see": {"nb": "Se svaret", "nn": "Sjå svaret", "en": "See the answer"},
    "answers": {"nb": "Svar", "nn": "Svar", "en": "Answers"},
    "right": {"nb": "Riktig.", "nn": "Rett.", "en": "Right."},
    "wrong": {"nb": "Ikke riktig.", "nn": "Ikkje rett.", "en": "Not right."},
}


@dataclass(frozen=True, slots=True)
class Exercise:
    """What a thing to do holds, for the check.

    `line` is its first line in the file, `choices` the line of each choice (or of each item of a checklist), `unexplained` and
    `unboxed` the lines of those without an explanation and without a box; `right` counts the ticked ones. `is_empty` says that
    nothing stands below the title, `is_inside` that the box stands in another thing to do.
    """

    kind: str
    line: int
    choices: tuple[int, ...] = ()
    right: int = 0
    unexplained: tuple[int, ...] = ()
    unboxed: tuple[int, ...] = ()
    is_empty: bool = False
    is_inside: bool = False


@dataclass(slots=True)
class _Choice:
    line: int
    body: list[Token]
    why: list[Token]
    box: Token | None


def exercises_plugin(md: MarkdownIt) -> None:
    """Add the core rule, which comes after all others that make tokens, and its rendering."""
    md.core.ruler.push("exercises", _exercises)
    md.add_render_rule("exercise_see", _render_see)
    md.add_render_rule("exercise_title_of", _render_title_of)
    md.add_render_rule("choice_box", _render_box)


def _exercises(state: StateCore) -> None:
    env = state.env
    env["exercises"] = []
    if not any(token.type == "admonition_open" and token.meta["tag"] in EXERCISES for token in state.tokens):
        return
    answers: list[Token] = []
    tokens = list(_walk(state.tokens, env, answers))
    if answers:
        at = next((n for n, token in enumerate(tokens) if token.type == "footnote_block_open"), len(tokens))
        tokens[at:at] = [*_opening(env), *answers, *_closing()]
    state.tokens = tokens


def _walk(tokens: list[Token], env: EnvType, answers: list[Token]) -> Iterator[Token]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "admonition_open" and token.meta["tag"] in EXERCISES:
            end = _end_of(tokens, at)
            yield from _exercise(tokens[at : end + 1], env, answers)
            at = end
        else:
            yield token
        at += 1


def _end_of(tokens: list[Token], at: int) -> int:
    """The index of the token that closes what the token at `at` opens."""
    depth = 0
    for index in range(at, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _exercise(tokens: list[Token], env: EnvType, answers: list[Token]) -> list[Token]:
    """The tokens of one box, made anew; what belongs to the end of the text goes into `answers`."""
    opening, closing = tokens[0], tokens[-1]
    kind, line = opening.meta["tag"], (opening.map[0] if opening.map else 0) + env["first_line"]
    title, body = (
        (tokens[1:4], tokens[4:-1]) if tokens[1].type == "admonition_title_open" else (_untitled(kind), tokens[1:-1])
    )
    _name(kind, title[1], env["lang"])
    if any(token.type == "admonition_open" and token.meta["tag"] in EXERCISES for token in body):
        env["exercises"].append(Exercise(kind, line, is_inside=True))
        return tokens
    number = env["exercise"] = int(env.get("exercise", 0)) + 1
    opening.type, closing.type = "exercise_open", "exercise_close"
    opening.attrs = {"class": f"admonition {kind}"}
    if kind != "checklist":
        opening.attrs["id"] = f"kk-oppgave-{number}"
    title[0].attrs = {"class": "admonition-title"}
    title[0].type, title[2].type = "exercise_title_open", "exercise_title_close"
    if kind == "quiz":
        opening.tag = closing.tag = "fieldset"
        title[0].tag = title[2].tag = "legend"
        return [opening, *title, *_quiz(body, title[1], line, number, env, answers), closing]
    if kind == "reflection":
        env["exercises"].append(Exercise(kind, line, is_empty=not body))
        answers += _answer(title[1], number, body)
        return [opening, *title, _see(number, env["lang"]), closing]
    return [opening, *title, *_checklist(body, line, env), closing]


def _name(kind: str, title: Token, lang: str) -> None:
    """A title for a box that has none of its own."""
    if title.content == kind.title():
        title.content = KINDS[kind].get(lang, KINDS[kind]["nb"])
        title.children = [text(title.content)]


def _untitled(kind: str) -> list[Token]:
    """The title of a box whose author wrote an empty one."""
    title = paragraph("admonition-title", kind.title())
    title[1].content = kind.title()
    return title


def _checklist(body: list[Token], line: int, env: EnvType) -> list[Token]:
    boxes = [child for token in body for child in token.children or () if child.type == "task_box"]
    for box in boxes:
        box.type = "choice_box"
        box.meta |= {"type": "checkbox", "keep": True}
    env["exercises"].append(Exercise("checklist", line, tuple(line for _ in boxes), is_empty=not boxes))
    return body


def _quiz(
    body: list[Token], title: Token, line: int, number: int, env: EnvType, answers: list[Token]
) -> Iterator[Token]:
    begin = next((n for n, token in enumerate(body) if token.type in _LISTS), None)
    if begin is None:
        env["exercises"].append(Exercise("quiz", line, is_empty=True))
        yield from body
        return
    end = _end_of(body, begin)
    choices = list(_choices(body[begin + 1 : end], env["first_line"]))
    right = sum(choice.box is not None and choice.box.meta["done"] for choice in choices)
    env["exercises"].append(
        Exercise(
            "quiz",
            line,
            tuple(choice.line for choice in choices),
            right,
            tuple(choice.line for choice in choices if not choice.why),
            tuple(choice.line for choice in choices if choice.box is None),
        )
    )
    kind = "radio" if right == 1 else "checkbox"
    yield from body[:begin]
    yield from paragraph("hint", WORDS["one" if right == 1 else "several"].get(env["lang"], ""))
    yield open_("ol", "choices", body[begin].map)
    for at, choice in enumerate(choices, 1):
        yield open_("li", "", choice.body[0].map if choice.body else None)
        if choice.box:
            choice.box.type = "choice_box"
            choice.box.meta |= {"type": kind, "name": f"kk-oppgave-{number}", "value": at}
        yield from choice.body
        yield close("li")
    yield close("ol")
    yield from body[end + 1 :]
    yield _see(number, env["lang"])
    answers += _answer(title, number, list(_explained(choices, env["lang"])))


def _choices(tokens: list[Token], first_line: int) -> Iterator[_Choice]:
    """The items of a quiz's list: each with its words, and the quotes below them as its explanation."""
    at = 0
    while at < len(tokens):
        end = _end_of(tokens, at)
        item, inside = tokens[at], tokens[at + 1 : end]
        choice = _Choice((item.map[0] if item.map else 0) + first_line, [], [], None)
        n = 0
        while n < len(inside):
            last = _end_of(inside, n) if inside[n].nesting else n
            if inside[n].type == "blockquote_open":
                choice.why += inside[n + 1 : last]
            else:
                choice.body += inside[n : last + 1]
            n = last + 1
        boxes = [child for token in choice.body for child in token.children or () if child.type == "task_box"]
        choice.box = boxes[0] if boxes else None
        yield choice
        at = end + 1


def _explained(choices: list[_Choice], lang: str) -> Iterator[Token]:
    """The explanations of a quiz's choices, each begun by whether the choice is right."""
    yield open_("ol", "choices")
    for choice in choices:
        told = "right" if choice.box is not None and choice.box.meta["done"] else "wrong"
        yield open_("li", told)
        word = [Token("strong_open", "strong", 1), text(WORDS[told].get(lang, "")), Token("strong_close", "strong", -1)]
        if choice.why and choice.why[0].type == "paragraph_open":
            choice.why[1].children = [*word, text(" "), *(choice.why[1].children or ())]
        else:
            yield from paragraph("", "", word)
        yield from choice.why
        yield close("li")
    yield close("ol")


def _answer(title: Token, number: int, body: list[Token]) -> list[Token]:
    """One entry of the answers at the end."""
    opening = open_("li", "")
    opening.attrs["id"] = f"kk-svar-{number}"
    again = Token("exercise_title_of", "", 0)
    again.meta = {"number": number}
    inline = copy(title)
    inline.children = [_again(child) for child in title.children or ()]
    return [opening, again, inline, close("p"), *body, close("li")]


def _again(child: Token) -> Token:
    """A token of a title, to stand a second time; a link in it would lead away from where the first one is."""
    same = copy(child)
    if same.type in ("link_open", "link_close"):
        same.tag, same.attrs = "span", {}
    return same


def _opening(env: EnvType) -> list[Token]:
    word = WORDS["answers"].get(env["lang"], "")
    section = open_("section", "answers")
    section.attrs["aria-label"] = word
    return [section, *paragraph("answers-title", "", [text(word)]), open_("ol", "")]


def _closing() -> list[Token]:
    return [close("ol"), close("section")]


def _see(number: int, lang: str) -> Token:
    token = Token("exercise_see", "", 0)
    token.meta = {"number": number, "text": WORDS["see"].get(lang, "")}
    return token


def _render_see(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    meta = tokens[index].meta
    return f'<p class="see"><a href="#kk-svar-{meta["number"]}">{escapeHtml(meta["text"])}</a></p>\n'


def _render_title_of(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    """Opens the paragraph that says the question once more; the title and the paragraph's end follow."""
    return '<p class="answers-question">'


def _render_box(self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    meta = tokens[index].meta
    if meta.get("keep"):
        done = ' checked="checked"' if meta["done"] else ""
        return f'<input class="task-list-item-checkbox"{done} type="checkbox" />'
    return f'<input name="{meta["name"]}" type="{meta["type"]}" value="{meta["value"]}" />'
