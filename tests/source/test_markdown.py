"""Front matter: where it begins and ends, and what is said when it does not."""

from __future__ import annotations

import pytest

from kurskatalog.source.markdown import front_text, split


@pytest.mark.parametrize(
    ("text", "front", "body", "line"),
    [
        ("---\na: b\n---\n\ntekst\n", {"a": "b"}, "\ntekst\n", 4),
        ("---\na: b\n---", {"a": "b"}, "", 4),
        ("---  \na: b\n---\t\ntekst", {"a": "b"}, "tekst", 4),
        ("---\n---\ntekst", {}, "tekst", 3),
        ("---\na: |\n  x\n  y\n---\n---\n", {"a": "x\ny\n"}, "---\n", 6),
        ("---\n# merknad\na: '---'\n---\ntekst\n\n---\n\nmer", {"a": "---"}, "tekst\n\n---\n\nmer", 5),
        ("---\na: b --- c\n# ---\n---\n", {"a": "b --- c"}, "", 5),
    ],
)
def test_front_matter_and_text_are_told_apart(text: str, front: dict[str, str], body: str, line: int) -> None:
    parts, problems = split(text, "x")
    assert problems == []
    assert parts.front == front
    assert (parts.body, parts.body_line) == (body, line)


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        (
            "## Tekst\n",
            "x:1:1",
            "begin the file with a line '---', then 'title: ...', then a line '---', then the text",
        ),
        ("", "x:1:1", "begin the file with a line '---', then 'title: ...', then a line '---', then the text"),
        (
            "----\na: b\n----\n",
            "x:1:1",
            "begin the file with a line '---', then 'title: ...', then a line '---', then the text",
        ),
        ("\n\n---\na: b\n---\n", "x:3:1", "delete the empty lines above it; '---' stands on line 1"),
        (" ---\na: b\n---\n", "x:1:1", "delete the spaces before '---'"),
        ("---\na: b\nc: d\n\n## Tekst\n", "x:1:1", "write a line '---' after the last fact, perhaps as line {line}"),
    ],
)
def test_missing_front_matter(text: str, place: str, hint: str) -> None:
    parts, problems = split(text, "x")
    assert parts.front is None
    assert [(p.code, str(p.place), p.hint.text if p.hint else "") for p in problems] == [("K117", place, hint)]
    assert front_text(text) == ""


def test_problems_of_front_matter_have_the_lines_of_the_file() -> None:
    assert [str(p.place) for p in split("---\na: b\na: c\n---\n", "x")[1]] == ["x:3:1"]
    assert [str(p.place) for p in split("---\na: b: c\n---\n", "x")[1]] == ["x:2:5"]
