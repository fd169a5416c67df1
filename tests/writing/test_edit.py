"""Values into files: only what is named changes, and comments stay, also those of what goes."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from yaml_texts import DATA, KEYS, MAPS, yaml_texts

from kurskatalog.source.comments import find_comments
from kurskatalog.source.yaml import read_yaml
from kurskatalog.writing.edit import edit_yaml, new_yaml
from kurskatalog.writing.form import format_yaml
from kurskatalog.writing.order import ANYTHING, SHAPES

LANGUAGES = ("nb", "nn", "en")


def comments(text: str) -> list[str]:
    return sorted(comment.text for comment in find_comments(text))


@given(data=MAPS)
def test_new_files_hold_what_they_are_given(data: dict[str, Any]) -> None:
    text = new_yaml(data, ANYTHING, LANGUAGES)
    assert read_yaml(text, "") == (data, [])
    assert format_yaml(text, ANYTHING, LANGUAGES) == text


@given(text=yaml_texts(), key=KEYS, value=st.one_of(st.none(), DATA), pick=st.integers(0, 9))
def test_only_what_is_named_changes(text: str, key: str, value: Any, pick: int) -> None:
    data, problems = read_yaml(text, "")
    assume(not problems and isinstance(data, dict) and len(data) > 1)
    assert isinstance(data, dict)
    key = list(data)[pick % len(data)] if pick % 2 else key
    new = edit_yaml(text, {(key,): value}, ANYTHING, LANGUAGES)
    wanted = {k: v for k, v in data.items() if k != key} | ({} if value is None else {key: value})
    assert read_yaml(new, "") == (wanted, [])
    assert comments(new) == comments(text)


COURSE = """\
title: A
# om prisen
price: {nok: 5}  # kroner
runs:
  # den første
  - id: a
    start: 2027-01-12  # en tirsdag
  - id: b
"""


def test_values_deep_in_a_file() -> None:
    edits = {
        ("price", "note"): {"nb": "Kr: 5"},
        ("runs", 0, "start"): None,
        ("runs", 1, "form"): "deltid",
        ("runs", 2): {"id": "c"},
    }
    new = edit_yaml(COURSE, edits, SHAPES["course"], LANGUAGES)
    assert new == (
        'title: A\n# om prisen\nprice: {nok: 5, note: {nb: "Kr: 5"}}  # kroner\nruns:\n  # den første\n'
        "  # en tirsdag\n  - id: a\n  - id: b\n    form: deltid\n  - id: c\n"
    )
