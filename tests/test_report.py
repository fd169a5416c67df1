"""Problems as text, JSON and GitHub annotations."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurskatalog.problems import SEVERITIES, Message, Place, Problem
from kurskatalog.report import as_dict, as_line, render_problems, summary
from kurskatalog.words import Words

ENGLISH = Words("en")
PROBLEMS = [
    Problem(
        Place("a/b.yml", 3, 8),
        "K203",
        Message("there is no module '{id}'", id="x"),
        Message("did you mean '{near}'?", near="y"),
    ),
    Problem(Place("a/c.md"), "K309", Message("the text should have been read again by {day}", day="2026-11-20")),
]


def test_text_is_a_line_a_problem() -> None:
    assert render_problems(PROBLEMS, "text", ENGLISH).split("\n") == [
        "a/b.yml:3:8: error K203 there is no module 'x' (did you mean 'y'?)",
        "a/c.md: warning K309 the text should have been read again by 2026-11-20",
    ]
    assert render_problems([], "text", ENGLISH) == ""


def test_json_is_a_list_of_objects() -> None:
    assert json.loads(render_problems(PROBLEMS, "json", ENGLISH)) == [
        {
            "file": "a/b.yml",
            "line": 3,
            "column": 8,
            "code": "K203",
            "severity": "error",
            "message": "there is no module 'x'",
            "hint": "did you mean 'y'?",
            "url": "docs/problems.md#k203",
        },
        {
            "file": "a/c.md",
            "line": 0,
            "column": 0,
            "code": "K309",
            "severity": "warning",
            "message": "the text should have been read again by 2026-11-20",
            "hint": "",
            "url": "docs/problems.md#k309",
        },
    ]
    assert json.loads(render_problems([], "json", ENGLISH)) == []


def test_github_is_an_annotation_a_problem() -> None:
    assert render_problems(PROBLEMS, "github", ENGLISH).split("\n") == [
        "::error file=a/b.yml,line=3,col=8,title=K203::there is no module 'x'. did you mean 'y'? (docs/problems.md#k203)",
        "::warning file=a/c.md,title=K309::the text should have been read again by 2026-11-20 (docs/problems.md#k309)",
    ]


def test_github_s_own_signs_are_written_out() -> None:
    problem = Problem(Place("a,b:c%.yml", 1, 1), "K110", Message("{x}", x="100 %\n::error::x\r,"))
    assert render_problems([problem], "github", ENGLISH) == (
        "::error file=a%2Cb%3Ac%25.yml,line=1,col=1,title=K110::100 %25\ufffd::error::x\ufffd, (docs/problems.md#k110)"
    )


def test_what_contributors_wrote_cannot_write_to_the_terminal() -> None:
    problem = Problem(
        Place("a\x1b[2J.yml", 1, 1), "K121", Message("{x}", x="\x1b]0;x\x07\u202e\n\x9b"), Message("{y}", y="\x1b")
    )
    for form in ("text", "github", "json"):
        shown = render_problems([problem], form, ENGLISH)
        assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(shown)
        assert "\\u001b" not in shown


def test_braces_in_values_stay() -> None:
    assert (
        as_line(Problem(Place("a"), "K121", Message("'{key}'", key="{id} {{x}}")), ENGLISH)
        == "a: error K121 '{id} {{x}}'"
    )


def test_severities_are_told_in_the_reader_s_language_but_json_stays() -> None:
    for lang in ("nb", "nn", "en"):
        assert as_dict(PROBLEMS[0], Words(lang))["severity"] == "error"
    assert "2" in summary([*PROBLEMS, PROBLEMS[1]], ENGLISH)


def test_problems_are_sorted_by_place() -> None:
    mixed = [PROBLEMS[1], PROBLEMS[0]]
    assert [p.place.file for p in sorted(mixed, key=lambda p: p.order)] == ["a/b.yml", "a/c.md"]


@pytest.mark.parametrize("form", ["text", "json", "github"])
@given(text=st.text(), code=st.sampled_from(sorted(SEVERITIES)), line=st.integers(0, 9))
def test_anything_can_be_told(form: str, text: str, code: str, line: int) -> None:
    problem = Problem(
        Place(text or "a", line, line),
        code,
        Message("{a} {b}", a=text, b=Message("x {c}", c=text)),
        Message("{d}", d=text),
    )
    shown = render_problems([problem], form, ENGLISH)
    shown.encode()
    if form == "json":
        assert json.loads(shown)[0]["code"] == code
    else:
        assert "\n" not in shown
