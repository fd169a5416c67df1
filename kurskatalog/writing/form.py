"""YAML in its one form: keys in order, two spaces, short lists as they are and long ones a line each, comments kept."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import CollectionNode, MappingNode, ScalarNode, SequenceNode

from kurskatalog.source.comments import find_comments
from kurskatalog.source.markdown import front_text
from kurskatalog.source.yaml import Data, Path, items, read_yaml
from kurskatalog.writing.comments import Comments, put, take
from kurskatalog.writing.order import Ordered

WIDTH = 150
"""Characters of a line that a list or map in brackets may fill; a longer one gets a line for each of its items."""

ROUNDS = 4
"""A comment may belong to something else where it has been put; 4,000 generated texts came to rest in four rounds."""

_WRAP = re.compile(r"\a(?! \S)")


class CannotFormat(Exception):
    """Raised when a file has problems of its own, or would not say the same afterwards; it is left as it is."""


def format_file(text: str, name: str, shape: type[BaseModel], languages: Sequence[str]) -> str:
    """A YAML file, or a Markdown file with its front matter, in its form; the Markdown text stays as it is.

    `shape` is the record that the file holds, `languages` those of the catalogue in order. Raises CannotFormat.
    """
    if not name.endswith(".md"):
        return format_yaml(text, shape, languages)
    front = front_text(text)
    if not front.strip():
        raise CannotFormat(name)
    begin = text.index("\n") + 1
    return "---\n" + format_yaml(front, shape, languages) + "---\n" + _behind_mark(text[begin + len(front) :])


def _behind_mark(rest: str) -> str:
    """A text without the line of `---` that ends its front matter."""
    return rest.partition("\n")[2]


def format_yaml(text: str, shape: type[BaseModel], languages: Sequence[str]) -> str:
    """A YAML document in its form. Raises CannotFormat when it cannot be read strictly."""
    data, problems = read_yaml(text, "")
    if problems or not isinstance(data, dict) or not data:
        raise CannotFormat(problems[0].code if problems else "")
    for _ in range(ROUNDS):
        before = text
        try:
            text = written(composer().compose(before), take(before), shape, languages)
        except YAMLError as error:
            raise CannotFormat(str(error)) from None
        _must_say_the_same(before, data, text)
        if text == before:
            return text
    raise CannotFormat("no form of its own")


def written(node: Any, comments: Comments, shape: type[BaseModel], languages: Sequence[str]) -> str:
    """The text of a document's node in its form, with comments put back. Raises YAMLError."""
    _arrange(node, shape, (), Ordered(languages), comments.holders())
    out = io.StringIO()
    composer().serialize(node, out)
    return put(out.getvalue(), comments)


def _must_say_the_same(text: str, data: Data, new: str) -> None:
    """What a person wrote is worth more than its form: read both, and take neither a value nor a comment away."""
    again, problems = read_yaml(new, "")
    before, after = (sorted(comment.text for comment in find_comments(t)) for t in (text, new))
    if problems or again != data or before != after or _lists(again) != _lists(data):
        raise CannotFormat("another meaning")


def _lists(data: Data) -> list[tuple[Path, str]]:
    return sorted(items(data), key=repr)


def composer() -> YAML:
    """What reads nodes with their styles, and writes them with two spaces a level."""
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 1_000_000  # lines are as long as their text
    yaml.allow_unicode = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _arrange(node: Any, shape: type[BaseModel] | None, path: Path, ordered: Ordered, commented: set[Path]) -> None:
    """Set order and style of a node and of everything in it. Comments are taken off: `put` brings them back."""
    node.comment = None
    if isinstance(node, ScalarNode):
        _arrange_scalar(node)
        return
    if isinstance(node, SequenceNode):
        for number, item in enumerate(node.value):
            _arrange(item, shape, (*path, number), ordered, commented)
    elif isinstance(node, MappingNode):
        pairs = {key.value: (key, value) for key, value in node.value}
        node.value = [pairs[key] for key in ordered.keys(list(pairs), shape)]
        for key, value in node.value:
            key.comment = None
            inner, by_id = ordered.inner(shape, key.value)
            if by_id and inner and isinstance(value, MappingNode):
                _arrange_by_id(value, inner, (*path, key.value), ordered, commented)
            else:
                _arrange(value, inner, (*path, key.value), ordered, commented)
    is_long = bool(node.value) and _width(node) + 2 * len(path) > WIDTH
    node.flow_style = bool(node.flow_style) and path not in commented and not is_long


def _arrange_by_id(
    node: MappingNode, shape: type[BaseModel], path: Path, ordered: Ordered, commented: set[Path]
) -> None:
    """A map from ids to records: the ids stay in the order in which they are written."""
    node.comment = None
    node.flow_style = False
    for key, value in node.value:
        key.comment = None
        _arrange(value, shape, (*path, key.value), ordered, commented)


def _arrange_scalar(node: ScalarNode) -> None:
    if node.style == ">":
        node.value = _WRAP.sub("", node.value)  # marks of line ends that are not spaces
    elif (node.style == "'" and not set(node.value) & {'"', "\\"}) or (
        node.style in (None, "", "'") and "\n" in node.value
    ):
        node.style = '"'


def _width(node: Any) -> int:
    """Characters of a list, map or value on one line."""
    if isinstance(node, CollectionNode):
        pairs = [part for item in node.value for part in (item if isinstance(item, tuple) else (item,))]
        return sum(_width(part) + 2 for part in pairs)
    return len(node.value) + (2 if node.style else 0)
