"""One form for YAML and front matter: nothing changes its meaning, nothing is lost, and the second time changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from overlay import BAD, GOOD
from small import HOME, LONG
from yaml_texts import yaml_texts

from kurskatalog.source.comments import find_comments
from kurskatalog.source.markdown import split
from kurskatalog.source.yaml import read_yaml
from kurskatalog.writing.form import CannotFormat, format_file, format_yaml
from kurskatalog.writing.order import ANYTHING, SHAPES

LANGUAGES = ("nb", "nn", "en")
FILES = sorted(
    p for top in (GOOD, HOME / "content", HOME / "modules") for p in top.rglob("*") if p.suffix in (".yml", ".md")
)
HUNDREDS = settings(max_examples=2000 if LONG else 120)


def comments(text: str) -> list[str]:
    return sorted(comment.text for comment in find_comments(text))


@given(text=yaml_texts(), kind=st.sampled_from(sorted(SHAPES)))
@HUNDREDS
def test_what_can_be_read_means_the_same_afterwards(text: str, kind: str) -> None:
    before, problems = read_yaml(text, "a.yml")
    if problems:
        with pytest.raises(CannotFormat):
            format_yaml(text, SHAPES[kind], LANGUAGES)
        return
    new = format_yaml(text, SHAPES[kind], LANGUAGES)
    assert read_yaml(new, "a.yml") == (before, [])
    assert comments(new) == comments(text)
    assert format_yaml(new, SHAPES[kind], LANGUAGES) == new
    assert new.endswith("\n")
    assert not new.endswith("\n\n") or "+" in new


@given(noise=st.text(max_size=300))
def test_any_text_has_a_form_or_is_left_alone(noise: str) -> None:
    for text in (noise, f"title: {noise}\n", f"a:\n  - {noise}\n# {noise}\nb: c\n"):
        try:
            new = format_yaml(text, ANYTHING, LANGUAGES)
        except CannotFormat:
            continue
        assert read_yaml(new, "a.yml") == read_yaml(text, "a.yml")
        assert format_yaml(new, ANYTHING, LANGUAGES) == new


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(HOME)))
def test_real_files_keep_their_meaning(path: Path) -> None:
    text = path.read_text("utf-8")
    new = format_file(text, path.name, SHAPES["module"], LANGUAGES)
    assert format_file(new, path.name, SHAPES["module"], LANGUAGES) == new
    if path.suffix == ".md":
        before, after = split(text, "")[0], split(new, "")[0]
        assert (after.front, after.body) == (before.front, before.body)
        assert comments(after.front_text) == comments(before.front_text)
    else:
        assert read_yaml(new, "") == read_yaml(text, "")
        assert comments(new) == comments(text)


def test_the_catalogue_of_the_repository_has_its_form() -> None:
    files = [HOME / "catalogue.yml", *(HOME / "content" / "vocabularies").glob("*.yml")]
    kinds = {path: "settings" if path.name == "catalogue.yml" else "vocabulary" for path in files}
    others = [
        p.name
        for p in files
        if format_file(p.read_text("utf-8"), p.name, SHAPES[kinds[p]], LANGUAGES) != p.read_text("utf-8")
    ]
    assert others == []


WRITTEN = """\
# Kurset om vann. Alle felt er forklart.

summary:   {nn: 'Å', nb: "x"} # bak
title: 'it''s'
# over nivå
level:
    # mellom
    "5.1"
ukjent: x
runs:
-   start: 2026-01-01   # dagen
    # over id
    id: a
    # under id
-   id: b


    form: x
themes: [a, # den første
  b,
  # før slutten
  ] # bak
outcomes:
  skills: |
    hei
      # ingen kommentar

  # over kunnskap
  knowledge: >-  # brettet
    en to
    tre

# helt sist
"""
FORM = """\
# Kurset om vann. Alle felt er forklart.

title: "it's"
summary: {nb: "x", nn: "Å"}  # bak
# over nivå
# mellom
level: "5.1"
themes:  # bak
  - a  # den første
  - b
  # før slutten
outcomes:

  # over kunnskap
  knowledge: >-  # brettet
    en to
    tre
  skills: |
    hei
      # ingen kommentar
runs:
  # over id
  - id: a
    # under id
    start: 2026-01-01  # dagen
  - id: b

    form: x
ukjent: x

# helt sist
"""


def test_the_form() -> None:
    assert format_yaml(WRITTEN, SHAPES["course"], LANGUAGES) == FORM


@pytest.mark.parametrize("head", ["", "# Alle felt er forklart.\n\n"])
def test_an_empty_line_before_what_comes_first_now_is_not_doubled_or_kept(head: str) -> None:
    new = format_yaml(f"{head}summary: b\n\ntitle: a\n", SHAPES["course"], LANGUAGES)
    assert new == f"{head}title: a\nsummary: b\n"
    assert format_yaml(new, SHAPES["course"], LANGUAGES) == new


def test_a_hash_in_a_value_does_not_hide_the_comment_behind_it() -> None:
    assert comments('a: "x # y" # z\nb: c # d # e\n') == ["# d # e", "# z"]
    assert format_yaml('a: "x # y" # z', ANYTHING, LANGUAGES) == 'a: "x # y"  # z\n'


def test_a_list_in_brackets_breaks_when_it_is_long() -> None:
    short, long = "themes: [kort, liste]\n", f"themes: [{', '.join(['sirkularokonomi'] * 9)}]\n"
    assert format_yaml(short, ANYTHING, LANGUAGES) == short
    assert format_yaml(long, ANYTHING, LANGUAGES) == "themes:\n" + "  - sirkularokonomi\n" * 9


def test_records_below_ids_are_in_order_and_the_ids_as_written() -> None:
    text = "providers:\n  b: {type: kommune, name: B}\n  a:\n    courses:\n      y: {themes: [ki], title: Y}\n      x: {}\n"
    new = format_yaml(text, SHAPES["settings"], LANGUAGES)
    assert new == (
        "providers:\n  b: {name: B, type: kommune}\n  a:\n    courses:\n      y: {title: Y, themes: [ki]}\n      x: {}\n"
    )


def test_a_text_below_front_matter_stays_byte_for_byte() -> None:
    body = "\n\nTekst med to mellomrom  \n---\n\ttab\n# a: b"
    new = format_file(f"---  \nsummary: b\ntitle:   a\n--- \n{body}", "module.nb.md", SHAPES["module"], LANGUAGES)
    assert new == f"---\ntitle: a\nsummary: b\n---\n{body}"


@pytest.mark.parametrize("path", sorted(BAD.rglob("*.yml")), ids=lambda path: str(path.relative_to(BAD)))
def test_files_with_problems_keep_their_meaning_or_are_left_alone(path: Path) -> None:
    raw = path.read_bytes().decode("utf-8", "replace")
    try:
        new = format_yaml(raw, SHAPES["course"], LANGUAGES)
    except CannotFormat:
        return
    assert read_yaml(new, "") == read_yaml(raw, "")
    assert comments(new) == comments(raw)
    assert format_yaml(new, SHAPES["course"], LANGUAGES) == new
