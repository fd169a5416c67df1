"""Spellings that people really write, what is said about them, and the line that can be copied."""

from __future__ import annotations

import pytest

from kurskatalog.problems import Problem
from kurskatalog.report import as_line
from kurskatalog.source.yaml import read_yaml
from kurskatalog.words import Words

ENGLISH = Words("en")
MORE = "\nsummary: Om kurset\nlevel: none\n"


def told(text: str) -> list[Problem]:
    data, problems = read_yaml(text, "x")
    assert (data is None) == bool(problems) or isinstance(data, str)
    return problems


def copied(problem: Problem) -> str:
    """The line of a hint as somebody would copy it."""
    assert problem.hint is not None
    return str(problem.hint.values.get("line", ""))


# The line as it was, where the trouble is, the code, the line as it should be, and what it then means.
LINES = [
    # a colon in a text
    ("title: Kurs: del 2", 12, "K112", 'title: "Kurs: del 2"', "Kurs: del 2"),
    ("title: Kurs: del 2: slutt", 12, "K112", 'title: "Kurs: del 2: slutt"', "Kurs: del 2: slutt"),
    ("title: Kurs:", 12, "K112", 'title: "Kurs:"', "Kurs:"),
    ("title: Kurs : del 2", 13, "K112", 'title: "Kurs : del 2"', "Kurs : del 2"),
    ('title: Kurs "a": del 2', 16, "K112", "title: 'Kurs \"a\": del 2'", 'Kurs "a": del 2'),
    ("title: Kurs 'a': del \"b\"", 16, "K112", 'title: "Kurs \'a\': del \\"b\\""', "Kurs 'a': del \"b\""),
    ("title: Kurs\\x: del", 14, "K112", "title: 'Kurs\\x: del'", "Kurs\\x: del"),
    ("title: “Kurs: del 2”", 13, "K112", 'title: "Kurs: del 2"', "Kurs: del 2"),
    ("title: «Kurs: del 2»", 13, "K112", 'title: "«Kurs: del 2»"', "«Kurs: del 2»"),
    ("title: Kurs: del 2 # merknad", 12, "K112", 'title: "Kurs: del 2" # merknad', "Kurs: del 2"),
    ("title: 100 % digitalt: kurs", 22, "K112", 'title: "100 % digitalt: kurs"', "100 % digitalt: kurs"),
    (
        "title: {nb: Kurs: del 2, en: Course}",
        9,
        "K112",
        'title: {nb: "Kurs: del 2", en: Course}',
        {"nb": "Kurs: del 2", "en": "Course"},
    ),
    # quotes
    ('title: "Kurs', 8, "K113", 'title: "Kurs"', "Kurs"),
    ("title: 'Lære å lære", 8, "K113", "title: 'Lære å lære'", "Lære å lære"),
    ('title: Kurs"', 0, "", "", 'Kurs"'),
    ('title: "Kurs" for alle', 8, "K113", "title: '\"Kurs\" for alle'", '"Kurs" for alle'),
    ("title: 'Kurs' for alle", 8, "K113", "title: \"'Kurs' for alle\"", "'Kurs' for alle"),
    ("title: 'It's'", 8, "K113", 'title: "It\'s"', "It's"),
    ("title: 'Bedriftens 'beste' kurs'", 8, "K113", "title: \"Bedriftens 'beste' kurs\"", "Bedriftens 'beste' kurs"),
    ('title: "Kurs "del 2" for alle"', 8, "K113", "title: 'Kurs \"del 2\" for alle'", 'Kurs "del 2" for alle'),
    ('title: "Kurs”', 8, "K113", 'title: "Kurs"', "Kurs"),
    ('title: "Kurs" og "mer"', 8, "K113", "title: 'Kurs\" og \"mer'", 'Kurs" og "mer'),
    ("title: don't", 0, "", "", "don't"),
    ('title: "C:\\Kurs"', 11, "K110", "title: 'C:\\Kurs'", "C:\\Kurs"),
    ('title: {nb: "Kurs, en: Course}', 9, "K113", 'title: {nb: "Kurs", en: Course}', {"nb": "Kurs", "en": "Course"}),
    # signs that cannot come first
    ("title: @kurs", 8, "K110", 'title: "@kurs"', "@kurs"),
    ("title: `kurs`", 8, "K110", 'title: "`kurs`"', "`kurs`"),
    ("title: %kurs", 8, "K110", 'title: "%kurs"', "%kurs"),
    ("title: > 5 kurs", 8, "K110", 'title: "> 5 kurs"', "> 5 kurs"),
    ("title: | kurs", 8, "K110", 'title: "| kurs"', "| kurs"),
    ("title: *Nytt* kurs", 8, "K110", 'title: "*Nytt* kurs"', "*Nytt* kurs"),
    ("title: *Nytt", 8, "K115", 'title: "*Nytt"', "*Nytt"),
    ("title: & mer", 8, "K110", 'title: "& mer"', "& mer"),
    ("title: &mer", 8, "K115", 'title: "&mer"', "&mer"),
    ("title: !viktig kurs", 8, "K115", 'title: "!viktig kurs"', "!viktig kurs"),
    ("title: - kurs", 8, "K110", 'title: "- kurs"', "- kurs"),
    ("title: ? kurs", 8, "K110", 'title: "? kurs"', "? kurs"),
    ("title: [Nytt] kurs", 8, "K110", 'title: "[Nytt] kurs"', "[Nytt] kurs"),
    ("title: {Nytt} kurs", 8, "K110", 'title: "{Nytt} kurs"', "{Nytt} kurs"),
    ("title: [Nytt]: kurs", 8, "K110", 'title: "[Nytt]: kurs"', "[Nytt]: kurs"),
    ("title: ]kurs", 8, "K110", 'title: "]kurs"', "]kurs"),
    # brackets
    ("themes: [ki, data", 9, "K110", "themes: [ki, data]", ["ki", "data"]),
    ("themes: [ki, data,", 9, "K110", "themes: [ki, data]", ["ki", "data"]),
    ("title: {nb: Kurs, en: Course", 8, "K110", "title: {nb: Kurs, en: Course}", {"nb": "Kurs", "en": "Course"}),
    ("themes: - ki", 9, "K110", "themes: [ki]", ["ki"]),
    # blanks
    ("title:Kurs", 6, "K110", "title: Kurs", "Kurs"),
    ("title:\tKurs", 7, "K111", "title: Kurs", "Kurs"),
    ("title\t: Kurs", 6, "K111", "title : Kurs", "Kurs"),
    ("title = Kurs", 6, "K110", "title: Kurs", "Kurs"),
    ("title Kurs", 6, "K110", "title: Kurs", "Kurs"),
]


@pytest.mark.parametrize("after", ["", MORE])
@pytest.mark.parametrize("before", ["", "hours: 10\n", "audience: >-\n  Alle: unge\n  og gamle\n"])
@pytest.mark.parametrize(("line", "column", "code", "mended", "meaning"), LINES, ids=[row[0] for row in LINES])
def test_a_line_and_its_mend(
    line: str, column: int, code: str, mended: str, meaning: object, before: str, after: str
) -> None:
    text = before + line + after
    problems = told(text)
    key = line.split()[0].split(":")[0]
    if not code or isinstance(read_yaml(text, "x")[0], str):  # alone in a file, `title = Kurs` is a text: K124
        assert problems == []
        return
    assert [(p.place.line, p.place.column, p.code) for p in problems] == [(before.count("\n") + 1, column, code)]
    assert copied(problems[0]) == mended
    data, left = read_yaml(before + mended + after, "x")
    assert left == []
    assert isinstance(data, dict)
    assert data[key] == meaning


# Whole texts: what is said, one line a problem, as `check` prints it.
TEXTS = {
    "a colon in a list item after its own key": (
        "outcomes:\n  skills:\n    - Lære: gjøre: lage\n",
        ['x:3:11: error K112 {colon} (put quotes around the value:     - "Lære: gjøre: lage")'],
    ),
    "a colon in a nested key": (
        "summary:\n  nb: Kurs: del 2\n  en: Course\n",
        ['x:2:11: error K112 {colon} (put quotes around the value:   nb: "Kurs: del 2")'],
    ),
    "a colon in a long text": (
        "summary: En lang\n  tekst: med kolon\nlevel: none\n",
        [
            "x:2:8: error K112 {colon} (put the whole text in quotes, "
            "or write '>-' behind its key and the text on the lines below)"
        ],
    ),
    "several at once": (
        'title: Kurs: del 2\nsummary: "Om\nlevel: none\nthemes: [ki\n',
        [
            'x:1:12: error K112 {colon} (put quotes around the value: title: "Kurs: del 2")',
            'x:2:10: error K113 {quote} (write: summary: "Om")',
            "x:4:9: error K110 a bracket or brace is not closed (write: themes: [ki])",
        ],
    ),
    "an open quote and another that opens later": (
        'title: "Kurs\nsummary: "Om kurset"\nlevel: none\n',
        ['x:1:8: error K113 {quote} (write: title: "Kurs")'],
    ),
    "an open quote far above": (
        'title: "Kurs\n' + "".join(f"# {n}\n" for n in range(50)) + "level: none\n",
        ['x:1:8: error K113 {quote} (write: title: "Kurs")'],
    ),
    "a dash without a space": (
        "themes:\n  - ki\n  -data\nlevel: none\n",
        ["x:3:3: error K110 a space is missing after the dash (write, with 2 spaces in front: - data)"],
    ),
    "a key too far to the left in a list": (
        "runs:\n  - id: a\n    start: 2027-01-01\n   end: 2027-02-01\n",
        ["x:4:4: error K110 {indent} (write, with 4 spaces in front: end: 2027-02-01)"],
    ),
    "a key too far to the right": (
        "title: Kurs\n summary: Om\nlevel: none\n",
        ["x:2:2: error K110 {indent} (write: summary: Om)"],
    ),
    "a dash too far to the left": (
        "themes:\n  - ki\n - data\n",
        ["x:3:2: error K110 {indent} (write, with 2 spaces in front: - data)"],
    ),
    "only the first line indented": (
        "  title: Kurs\nsummary: Om\nlevel: none\n",
        ["x:1:3: error K110 {indent} (write: title: Kurs)"],
    ),
    "a tab in the indentation": (
        "outcomes:\n\tskills:\n\t\t- lage\n",
        [
            "x:2:1: error K111 a tab stands here; YAML takes only spaces (write, with 2 spaces in front: skills:)",
            "x:3:1: error K111 a tab stands here; YAML takes only spaces (write, with 4 spaces in front: - lage)",
        ],
    ),
    "a hard space in the indentation": (
        "outcomes:\n\u00a0 skills: [lage]\n",
        [
            "x:2:1: error K111 a non-breaking space stands here; an indentation takes only ordinary spaces "
            "(write, with 2 spaces in front: skills: [lage])"
        ],
    ),
    "a long text without indentation": (
        "summary: >-\n  En lang\ntekst som\ngår videre\nlevel: none\n",
        [
            "x:3:1: error K110 {long} (write, with 2 spaces in front: tekst som)",
            "x:4:1: error K110 {long} (write, with 2 spaces in front: går videre)",
        ],
    ),
    "two documents": (
        "title: Kurs\n---\nsummary: Om\n",
        [
            "x:2:1: error K110 a second document begins here (one file holds one thing: delete the line with '---' or '...')"
        ],
    ),
    "an end and more": (
        "title: Kurs\n...\nsummary: Om\n",
        [
            "x:2:1: error K110 a second document begins here (one file holds one thing: delete the line with '---' or '...')"
        ],
    ),
    "a directive": (
        "%YAML 1.1\ntitle: Kurs\n",
        ["x:1:1: error K110 a line begins with % (delete the line; put quotes around a value that begins with %)"],
    ),
    "a comma in braces": (
        "title: {nb: Lær, gjør og del, en: Learn}\n",
        [
            "x:1:18: error K110 a comma inside braces makes YAML think that a new key begins: 'gjør og del' "
            "(put quotes around the whole text that holds the comma)"
        ],
    ),
    "a template": (
        "title: {{ navn }}\n",
        [
            "x:1:9: error K110 a key must be a word, not a list or a map (braces or brackets in a value need quotes around it)"
        ],
    ),
    "a list and keys": (
        "themes: [ki]\n- data\n",
        [
            "x:2:1: error K110 {indent} (look at this line and the one above: indentation, quotes, dashes and colons; "
            "a value with special signs needs quotes around it)"
        ],
    ),
    "an escape that hides": (
        'title: "Ku\\u202ers"\n',
        [
            "x:1:8: error K119 an invisible control character (U+202E) stands here (leave the escape with the backslash out)"
        ],
    ),
}
SHORT = {
    "{colon}": "a colon inside a value makes YAML think that a new key begins",
    "{quote}": 'a quotation mark (") that opens here is not closed as it should be',
    "{indent}": "the indentation does not fit with the lines above",
    "{long}": "the lines of a long text begin with spaces, more than the key above them",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_and_what_is_said(name: str) -> None:
    text, expected = TEXTS[name]
    for short, whole in SHORT.items():
        expected = [line.replace(short, whole) for line in expected]
    assert [as_line(p, ENGLISH) for p in told(text)] == expected


def test_windows_line_ends_change_nothing() -> None:
    from kurskatalog.source.text import decode

    text = decode(b"title: Kurs: del 2\r\nsummary: Om\r\n", "x")
    assert [str(p.place) for p in told(text)] == ["x:1:12"]
    assert read_yaml(decode(b"title: Kurs\r\nsummary: |\r\n  a\r\n  b\r\n", "x"), "x")[0] == {
        "title": "Kurs",
        "summary": "a\nb\n",
    }


def test_lines_are_counted_from_the_first_line_of_front_matter() -> None:
    assert [str(p.place) for p in read_yaml("title: Kurs: del 2\n", "x", 2)[1]] == ["x:2:12"]
    assert [str(p.place) for p in read_yaml("a: b\n\tc: d\n", "x", 2)[1]] == ["x:3:1"]
    assert [str(p.place) for p in read_yaml("a: b\na: c\n", "x", 2)[1]] == ["x:3:1"]
    assert [str(p.place) for p in read_yaml("a: b\nc: \u200b\n", "x", 2)[1]] == ["x:3:4"]


COURSE = """title: {nb: Kurs}
hours: 10
outcomes:
  skills:
    - kan lage
    - kan måle
runs:
  - id: 2027-var
    start: 2027-04-05
    end: 2027-05-05
  - id: 2027-host
    start: 2027-09-05
source: {url: https://skolen.example/}
"""


@pytest.mark.parametrize("row", range(1, COURSE.count("\n")))
def test_whoever_obeys_the_message_about_a_tab_gets_a_file_that_can_be_read(row: int) -> None:
    lines = COURSE.splitlines()
    lines[row] = "\t" + lines[row].lstrip(" ")
    _, problems = read_yaml("\n".join(lines), "x")
    assert [(p.code, p.place.line) for p in problems] == [("K111", row + 1)]
    hint = problems[0].hint
    assert hint
    number = {"write: {line}": 0, "write, with one space in front: {line}": 1}.get(hint.text)
    lines[row] = " " * (int(hint.values["number"]) if number is None else number) + hint.values["line"]
    data, problems = read_yaml("\n".join(lines), "x")
    assert problems == []
    assert data
