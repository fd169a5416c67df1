"""Comments that silence a warning: where they are found, how long they hold, and what they never touch."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import HOME, module, small_files, write

from kurskatalog.check.silence import read_ignores, silence
from kurskatalog.pipeline.load import load
from kurskatalog.problems import SEVERITIES, Message, Place, Problem
from kurskatalog.project import Project
from kurskatalog.source.ignores import in_text, in_yaml

TODAY = dt.date(2026, 11, 21)
SAID = "kurskatalog: ignore K309 det er bestilt until 2027-06-01"


@pytest.mark.parametrize(
    ("text", "line", "of"),
    [
        (f"a: b  # {SAID}\n", 1, 1),
        (f"# {SAID}\na: b\n", 1, 2),
        (f"# {SAID}\n\n# og dette\na: b\n", 1, 4),
        (f"a:\n  - b\n  # {SAID}\n  - c\n", 3, 4),
        (f"a:\n  - {{b: c}} # {SAID}\n", 2, 2),
        (f"a: |\n  b\n# {SAID}\nc: d\n", 3, 4),
        (f"a: b\n# {SAID}\n", 2, 0),
    ],
)
def test_a_comment_speaks_of_its_line_or_of_the_next(text: str, line: int, of: int) -> None:
    (ignore,) = in_yaml(text)
    assert (ignore.line, ignore.of) == (line, of)
    assert (ignore.code, ignore.reason, ignore.day) == ("K309", "det er bestilt", "2027-06-01")
    assert in_yaml(text, first_line=2)[0].line == line + 1


@pytest.mark.parametrize(
    "text",
    [f'a: "b # {SAID}"\n', f"a: 'b # {SAID}'\n", f"a: |\n  # {SAID}\n", f"a: >\n  b\n  # {SAID}\n", f"a: b#{SAID}\n"],
)
def test_a_value_is_no_comment(text: str) -> None:
    assert in_yaml(text) == []


def test_a_comment_in_a_text_that_readers_see_says_nothing() -> None:
    line = f"[//]: # ({SAID})"
    assert in_text(f"{line}\nSe her.", 20, "<p>Se her.</p>")[0].code == "K309"
    assert in_text(f"Et avsnitt\n{line}", 20, f"<p>Et avsnitt {line}</p>")[0].code == ""
    assert in_text(f"```\n{line}\n```\n", 20, f"<pre>{line}</pre>") == []
    assert in_text(f"~~~\n```\n{line}\n~~~\n\n{line}\nx", 20, f"<pre>{line}</pre>")[0].line == 25


def test_a_day_that_passes_brings_the_warning_back(tmp_path: Path) -> None:
    """Also where the file is not read again, because the store knows what it said."""
    text = module("Avvik", text="En tekst.", hours="1.5")
    text = text.replace("review_by: 2028-11-01", f"review_by: 2026-11-20  # {SAID}")
    files = small_files(("nb",)) | {"modules/redaksjonen/avvik/module.nb.md": text}
    write(tmp_path, files)
    project = Project(root=tmp_path, out=tmp_path / "site", home=HOME)
    days = {dt.date(2026, 11, 20): ["K144"], dt.date(2026, 11, 21): [], dt.date(2027, 6, 1): []}
    for day, codes in (days | {dt.date(2027, 6, 2): ["K309", "K143"]}).items():
        loaded = load(project, today=day)
        assert loaded.catalogue is not None
        found = [p.code for p in loaded.problems if p.place.file.endswith("avvik/module.nb.md")]
        assert sorted(found) == sorted(codes), day


PROBLEMS = st.builds(
    lambda line, code: Problem(Place("a.yml", line, 1), code, Message("x")),
    st.integers(1, 4),
    st.sampled_from(sorted(set(SEVERITIES) - {"K141", "K142", "K143", "K144"})),
)


@given(problems=st.lists(PROBLEMS), asked=PROBLEMS, day=st.dates(dt.date(2026, 11, 1), dt.date(2026, 12, 31)))
def test_only_warnings_of_that_code_on_that_line_are_silent(
    problems: list[Problem], asked: Problem, day: dt.date
) -> None:
    line, code = asked.place.line, asked.code
    ignores = in_yaml("\n" * (line - 1) + f"a: b  # kurskatalog: ignore {code} en god grunn until {day}\n")
    noted = list(read_ignores(ignores, "a.yml"))
    left = silence([*problems, *noted], TODAY)
    holds = SEVERITIES[code] == "warning" and day >= TODAY
    meant = [p for p in problems if holds and (p.place.line, p.code) == (line, code)]
    assert [p for p in left if p in problems] == [p for p in problems if p not in meant]
    told = [p.code for p in left if p.code in ("K141", "K142", "K143", "K144")]
    errors = any(p.severity == "error" for p in problems)
    if SEVERITIES[code] == "error":
        assert told == ["K142"]
    elif day < TODAY:
        assert told == ["K143"]
    else:
        assert told == ([] if meant or errors else ["K144"])


@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    for body in (text, f"kurskatalog: {text}", f"# kurskatalog: ignore {text}", f"[//]: # (kurskatalog: {text})"):
        for ignore in (*in_yaml(body), *in_text(body, 1, body)):
            assert list(read_ignores([ignore], "a.yml"))
