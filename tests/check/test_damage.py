"""The real catalogue's files, damaged at random: the check never raises, and always has something to say or nothing."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from overlay import TODAY

from kurskatalog.check.catalogue import check_catalogue
from kurskatalog.check.files import find_files
from kurskatalog.check.reading import FileResult, SourceFile, check_file, from_json, to_json
from kurskatalog.problems import SEVERITIES, Problem
from kurskatalog.project import Project
from kurskatalog.report import render_problems
from kurskatalog.words import Words

ROOT = Path(__file__).parents[2]
WRONG = [
    "[1, 2]",
    "{a: b}",
    "-1",
    "1e9",
    "null",
    "~",
    "''",
    "no",
    "[[]]",
    "{}",
    "2026-13-45",
    "💥",
    "*a",
    "&a",
    "!!int 1",
    "|",
]
BYTES = [
    b"\x00",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\t",
    b"\r",
    b"'",
    b'"',
    b":",
    b"- ",
    b"---\n",
    b"{",
    b"[",
    b"#",
    b"<",
    b"`",
    b"$",
    b"\xe2\x80\xae",
]


@dataclass(frozen=True, repr=False)
class Whole:
    """A copy of the repository's own catalogue, and what every file of it says."""

    root: Path
    files: dict[SourceFile, FileResult]


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    root = tmp_path_factory.mktemp("damage")
    for top in ("content", "modules"):
        shutil.copytree(ROOT / top, root / top)
    shutil.copyfile(ROOT / "catalogue.yml", root / "catalogue.yml")
    found = find_files(Project(root=root, out=root / "site"))
    assert found.problems == []
    files = {file: check_file(file, (root / file.name).read_bytes()) for file, _ in found.files}
    assert check_catalogue(files, root, TODAY, {})[1] == []  # so that every problem comes from the damage
    return Whole(root, files)


def cut(raw: bytes, dice: random.Random) -> bytes:
    begin = dice.randrange(len(raw) + 1)
    return raw[:begin] + raw[begin + dice.choice((1, 5, 100, 10_000)) :]


def double(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.split(b"\n")
    at = dice.randrange(len(lines))
    return b"\n".join([*lines[:at], lines[at], *lines[at:]])


def swap(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.split(b"\n")
    one, two = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


def retype(raw: bytes, dice: random.Random) -> bytes:
    """Another kind of value behind a colon or a dash."""
    lines = raw.split(b"\n")
    at = [n for n, line in enumerate(lines) if b": " in line or b"- " in line]
    if not at:
        return raw
    number = dice.choice(at)
    mark = b": " if b": " in lines[number] else b"- "
    lines[number] = lines[number].partition(mark)[0] + mark + dice.choice(WRONG).encode()
    return b"\n".join(lines)


def indent(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.split(b"\n")
    at = dice.randrange(len(lines))
    lines[at] = dice.choice((b" ", b"  ", b"\t", b"- ", b"")) + lines[at].lstrip()
    return b"\n".join(lines)


def soil(raw: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.choice((1, 3, 20))):
        at = dice.randrange(len(raw) + 1)
        raw = raw[:at] + dice.choice((*BYTES, dice.randbytes(3))) + raw[at + dice.choice((0, 1)) :]
    return raw


def empty(raw: bytes, dice: random.Random) -> bytes:
    return dice.choice((b"", b"\n", b"---\n---\n", b"[]", b"{}", b"a", b"- a"))


DAMAGES: list[Callable[[bytes, random.Random], bytes]] = [cut, double, swap, retype, retype, indent, soil, soil, empty]


@settings(max_examples=500)
@given(seed=st.integers(0, 2**32))
def test_no_damage_makes_the_check_raise(catalogue: Whole, seed: int) -> None:
    root, whole = catalogue.root, catalogue.files
    dice = random.Random(seed)
    file = dice.choice([file for file in whole if file.kind != "vocabulary" or dice.random() < 0.2])
    raw = (root / file.name).read_bytes()
    damaged = raw
    for _ in range(dice.choice((1, 1, 2, 5))):
        damaged = dice.choice(DAMAGES)(damaged, dice)
    files = dict(whole)
    files[file] = check_file(file, damaged)
    if dice.random() < 0.05:
        del files[file]
    (root / file.name).write_bytes(damaged)
    try:
        model, problems = check_catalogue(files, root, TODAY, {"kurs/a/b": 1, "om": 2})
    finally:
        (root / file.name).write_bytes(raw)
    has_settings = any(file.kind == "settings" for file in files)
    assert (model is None) == (not has_settings or any(p.severity == "error" for p in problems))
    look_well(problems)
    kept = json.loads(json.dumps(to_json(files.get(file, FileResult()))))
    assert_same(from_json(kept, file.name, ""), files.get(file, FileResult()))


def look_well(problems: list[Problem]) -> None:
    for problem in problems:
        assert problem.code in SEVERITIES
        assert problem.place.line >= 0
        assert bool(problem.place.line) == bool(problem.place.column)
    for lang in ("nb", "nn", "en"):
        for form in ("text", "json", "github"):
            render_problems(problems, form, Words(lang)).encode()


def assert_same(kept: FileResult, result: FileResult) -> None:
    """What the store gives back is what was put in (lists for tuples are fine)."""
    assert kept.data == result.data
    assert [p.order for p in kept.problems] == [p.order for p in result.problems]
    assert kept.anchors == result.anchors
    assert [tuple(link) for link in kept.links] == result.links


def test_a_broken_settings_file_does_not_hide_the_problems_of_others(
    catalogue: Whole,
) -> None:
    root, whole = catalogue.root, catalogue.files
    files = dict(whole)
    settings_file = next(file for file in files if file.kind == "settings")
    course = next(file for file in files if file.kind == "course")
    files[course] = check_file(course, b"titel: Kurs\nsummary: x\nthemes: [ki]\n")
    for broken in (b"title: a: b\n", b"titel: x\n", b"languages: [nb, nn, en]\n", b"- a\n", b""):
        files[settings_file] = check_file(settings_file, broken)
        problems = check_catalogue(files, root, TODAY, {})[1]
        by_file = {p.place.file for p in problems}
        assert by_file == {"catalogue.yml", course.name}, [str(p.place) + p.code for p in problems]
        assert [p.code for p in problems if p.place.file == course.name] == ["K121", "K122"]


def test_a_missing_settings_file_is_all_that_is_said(catalogue: Whole) -> None:
    root, whole = catalogue.root, catalogue.files
    files = {file: result for file, result in whole.items() if file.kind != "settings"}
    assert check_catalogue(files, root, TODAY, {}) == (None, [])


def test_files_under_other_names_do_not_raise(catalogue: Whole) -> None:
    """Every file read as if it were of every other kind."""
    root, whole = catalogue.root, catalogue.files
    for kind in ("settings", "provider", "course", "module", "page", "plan", "need", "vocabulary", "picture"):
        for file in list(whole)[::25]:
            other = replace(file, kind=kind, owner="a/b" if kind in ("course", "module") else "a", lang="nb")  # type: ignore[arg-type]
            other = replace(other, name=other.name if kind != "picture" else f"{file.name}.png")
            result = check_file(other, (root / file.name).read_bytes())
            look_well(check_catalogue({**whole, other: result}, root, TODAY, {})[1])
