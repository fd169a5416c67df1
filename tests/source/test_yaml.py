"""Strict YAML: what is written is what is read, every key has a place, and no text crashes or hangs the parser."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurskatalog.source.yaml import find_place, items, read_yaml

PLAIN = [
    "no",
    "on",
    "ja",
    "yes",
    "off",
    "true",
    "null",
    "~",
    "1.10",
    "010",
    "0x1F",
    "1e3",
    "1_000",
    "12:30",
    "2026-11-21",
]
PLAIN += [".inf", "=", "<<", "-1", "+1", "TRUE"]


@pytest.mark.parametrize("word", PLAIN)
def test_words_stay_words(word: str) -> None:
    assert read_yaml(f"a: {word}\nb: [{word}]\n", "x") == ({"a": word, "b": [word]}, [])


def test_empty_values_are_empty_texts() -> None:
    assert read_yaml("a:\nb: ''\nc: [ '' ]\nd:\n  -\n", "x") == ({"a": "", "b": "", "c": [""], "d": [""]}, [])


@pytest.mark.parametrize(
    ("text", "data"), [("", {}), ("# bare en merknad\n", {}), ("tekst\n", "tekst"), ("- a\n", ["a"])]
)
def test_texts_without_keys(text: str, data: object) -> None:
    assert read_yaml(text, "x") == (data, [])


def test_every_double_key_is_told_and_the_first_kept() -> None:
    data, problems = read_yaml("a: 1\nb:\n  c: 1\n  c: 2\na: 2\na: 3\n", "x")
    assert data == {"a": "1", "b": {"c": "1"}}
    assert sorted((p.code, str(p.place)) for p in problems) == [("K114", "x:4:3"), ("K114", "x:5:1"), ("K114", "x:6:1")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: &x b\n", "x:1:4"),
        ("a: [b, *x]\n", "x:1:8"),
        ("&x a: b\n", "x:1:1"),
        ("a: !!str b\n", "x:1:4"),
        ("a: !x [b]\n", "x:1:4"),
        ("a: {b: &x c}\n", "x:1:8"),
        ("- &x b\n", "x:1:3"),
        ("? &x a\n: b\n", "x:1:3"),
        ("a: {b,&x c}\n", "x:1:7"),
        ("a:\n  - b\n  - &x\n    c: d\n", "x:3:5"),
    ],
)
def test_aliases_anchors_and_tags_are_told(text: str, place: str) -> None:
    data, problems = read_yaml(text, "x")
    assert data is None
    assert [(p.code, str(p.place)) for p in problems] == [("K115", place)]


@pytest.mark.parametrize(
    "text", ["a: b & c\n", 'a: "*b*"\n', "a: 5*3 og !\n", "a: |\n  *b\n  &c !d\n", "a: https://x.no/?a=1&b=2\n"]
)
def test_signs_inside_texts_are_none(text: str) -> None:
    assert read_yaml(text, "x")[1] == []


TEXT = """\
title: Kurs
themes: [ki, data]
outcomes:
  knowledge:
    - nb: kan
      en: can
    -
  skills: []
runs:
- id: a
  places:
  - {name: Oslo, county: "03"}
- id: b
  start:
æøå 👩‍🔧: "x"
"""
PLACES = [
    (("title",), "Kurs", "title"),
    (("themes",), "themes", "themes"),
    (("themes", 1), "data]", "data]"),
    (("outcomes", "knowledge"), "knowledge", "knowledge"),
    (("outcomes", "knowledge", 0), "nb: kan", "nb: kan"),
    (("outcomes", "knowledge", 0, "en"), "can", "en: can"),
    (("outcomes", "knowledge", 1), "-", "-"),
    (("runs", 0, "places", 0, "county"), '"03"', "county"),
    (("runs", 1, "start"), "start:", "start:"),
    (("runs", 1, "end"), "id: b", "id: b"),
    (("runs", 7), "runs:", "runs:"),
    (("æøå 👩‍🔧",), '"x"', "æøå"),
    (("nope",), "title", "title"),
]


@pytest.mark.parametrize(("path", "value", "key"), PLACES)
def test_places_of_values_and_keys(path: tuple[str | int, ...], value: str, key: str) -> None:
    for on, begins in (("value", value), ("key", key)):
        place = find_place(TEXT, "x", path, on=on)
        line = TEXT.split("\n")[place.line - 1]
        expected = "themes" if path == ("themes",) and on == "key" else begins
        if path == ("themes",) and on == "value":
            expected = "themes"
        assert line[place.column - 1 :].startswith(expected), (on, place, line)


def test_places_in_front_matter_begin_on_line_two() -> None:
    assert str(find_place("a: b\nc: d\n", "x", ("c",), first_line=2)) == "x:3:4"


@given(
    st.recursive(
        st.text("abc æ", min_size=1),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz", min_size=1), inner, max_size=3),
    )
)
def test_every_scalar_is_found_where_it_stands(data: object) -> None:
    import yaml

    text = yaml.dump({"top": data}, allow_unicode=True, default_style='"')
    read, problems = read_yaml(text, "x")
    assert problems == []
    lines = text.split("\n")
    for path, value in items(read or {}):
        place = find_place(text, "x", path)
        assert lines[place.line - 1][place.column - 1] == '"', (text, path)
        assert lines[place.line - 1][place.column : place.column + 1] in (value[:1], '"', "\\")


# --- texts that would crash, fill or stop a parser --------------------------------------------------------------------

BOMBS = {
    "open brackets": "'a: ' + '[' * 200_000",
    "closed brackets": "'a: ' + '[' * 80_000 + ']' * 80_000",
    "braces": "'a: ' + '{a: ' * 60_000",
    "brackets hidden by quotes": "'a: ' + '[ \"]\", ' * 30_000",
    "brackets hidden by comments": "'a: ' + '[ # ]\\n ' * 30_000",
    "dashes": "'- ' * 100_000",
    "dashes and questions": "'- ? ' * 60_000",
    "questions": "'? ' * 100_000",
    "wide dashes": "'\\n'.join(' ' * 3 * n + '-  - ' for n in range(300))",
    "questions in brackets": "'a: ' + '[? ' * 60_000",
    "steps": "'\\n'.join(' ' * n + 'a:' for n in range(700))",
    "steps of dashes": "'\\n'.join(' ' * n + '-' for n in range(700))",
    "steps of questions": "'\\n'.join(' ' * n + '? a' for n in range(700))",
    "a billion laughs": "'b0: &b0 [x]\\n' + ''.join(f'b{n}: &b{n} [' + f'*b{n - 1}, ' * 10 + ']\\n' for n in range(1, 10))",
    "merge keys": "'a: &a {b: c}\\nd:\\n  <<: *a\\n' * 5_000",
    "a huge text": "'a: ' + 'x' * 250_000",
    "a huge quoted text": "'a: \"' + 'x' * 250_000",
    "a huge key": "'k' * 250_000 + ': 1'",
    "many keys": "''.join(f'k{n}: 1\\n' for n in range(25_000))",
    "one key many times": "'a: 1\\n' * 50_000",
    "colons": "': ' * 120_000",
    "colons in values": "'a: b: ' * 40_000",
    "broken lines": "'title: a: b\\n' * 20_000",
    "open quotes": "'title: \"a\\n' * 20_000",
    "quotes": "'\"' * 250_000",
    "single quotes": '"\'" * 250_000',
    "comments": "'#' * 250_000",
    "documents": "'---\\n' * 60_000",
    "anchors": "'&a ' * 60_000",
    "per cents": "'%' * 250_000",
    "tabs": "'a:\\t' * 60_000",
    "escapes": "'a: \"' + '\\\\\\\\u0041' * 30_000 + '\"'",
    "lines of a text": "'a: |\\n' + '  x\\n' * 60_000",
    "hidden characters": "'a: \\u200b\\n' * 30_000",
}
CODE = """
import sys
from kurskatalog.source.yaml import find_place, read_yaml
from kurskatalog.check.reading import SourceFile, check_file
text = {bomb}
data, problems = read_yaml(text, "x")
assert data is not None or problems
assert len(problems) <= 100
find_place(text, "x", ("a", 0, "b"))
check_file(SourceFile("modules/a/b/module.nb.md", "module", "a/b", "nb"), ("---\\n" + text + "\\n---\\n").encode())
"""


@pytest.mark.parametrize("name", BOMBS)
def test_no_text_crashes_or_stops_the_parser(name: str) -> None:
    """In a process of its own: a stack that is too deep would end the test run without a word."""
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(bomb=BOMBS[name])], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, (done.returncode, done.stderr[-500:])
    assert time.monotonic() - begin < 30
