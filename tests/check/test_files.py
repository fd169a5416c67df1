"""Which file is what, and names that no catalogue should have."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from overlay import GOOD, TODAY, check, lay

from kurskatalog.check.files import classify, find_files
from kurskatalog.cli import main
from kurskatalog.problems import Problem
from kurskatalog.project import Project
from kurskatalog.report import render_problems
from kurskatalog.words import Words


@pytest.mark.parametrize(
    ("name", "kind", "owner", "lang"),
    [
        ("content/providers/a/provider.yml", "provider", "a", ""),
        ("content/providers/a/courses/b.yml", "course", "a/b", ""),
        ("content/plans/a.yml", "plan", "a", ""),
        ("content/needs/a.yml", "need", "a", ""),
        ("content/vocabularies/themes.yml", "vocabulary", "themes", ""),
        ("content/pages/om.nb.md", "page", "om", "nb"),
        ("content/pages/a.sme.md", "page", "a", "sme"),
        ("content/pages/x.png", "picture", "", ""),
        ("modules/a/b/module.nb.md", "module", "a/b", "nb"),
        ("modules/a/b/Kurve_1.SVG", "picture", "a/b", ""),
    ],
)
def test_what_a_file_is(name: str, kind: str, owner: str, lang: str) -> None:
    file = classify(name)
    assert file is not None
    assert not isinstance(file, Problem)
    assert (file.kind, file.owner, file.lang) == (kind, owner, lang)


@pytest.mark.parametrize("name", ["content/README.md", "modules/a/README.md", "content/published.txt"])
def test_what_is_left_alone(name: str) -> None:
    assert classify(name) is None


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("content/providers/a/provider.yaml", "K109", "provider.yml"),
        ("content/providers/a/a.yml", "K109", "provider.yml"),
        ("content/providers/a.yml", "K109", ""),
        ("content/providers/a/courses/b/c.yml", "K109", ""),
        ("content/pages/om.md", "K109", "om.nb.md"),
        ("content/pages/om.nb.txt", "K109", ""),
        ("modules/a/b/module.md", "K109", "module.nb.md"),
        ("modules/a/b/Module.MD", "K109", "module.nb.md"),
        ("modules/a/b/text.nb.md", "K109", ""),
        ("modules/a/b/c/x.png", "K109", ""),
        ("modules/a/b/kart.gif", "K109", ""),
        ("modules/a/module.nb.md", "K109", ""),
        ("content/x", "K109", ""),
        ("content/plans/.yml", "K107", "navn"),
        ("content/plans/a b.yml", "K107", "a-b"),
        ("content/plans/Ålesund.yml", "K107", "alesund"),
        ("content/plans/-a.yml", "K107", "a"),
        ("content/plans/" + "a" * 61 + ".yml", "K107", "a" * 60),
        ("content/pages/kurs.nb.md", "K107", ""),
        ("modules/A/b/x.png", "K107", "a"),
        ("modules/a/b/x y.png", "K107", "x-y.png"),
        ("modules/a/b/x#1.png", "K107", "x-1.png"),
        ("modules/a/b/\udcff.png", "K107", "navn.png"),
        ("content/pages/x\ny.png", "K107", "x-y.png"),
    ],
)
def test_names_that_cannot_be(name: str, code: str, hint: str) -> None:
    problem = classify(name)
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert problem.hint is not None
    values = problem.hint.values
    assert (values.get("near") or values.get("better") or "") == hint


@given(st.lists(st.text(min_size=1).filter(lambda part: "/" not in part), min_size=1, max_size=5))
def test_every_name_is_something_or_a_problem(parts: list[str]) -> None:
    for top in ("content", "modules", "content/providers", "content/pages", "modules/a/b"):
        classify("/".join([top, *parts]))


def test_names_that_are_no_text_can_be_told(tmp_path: Path) -> None:
    lay(GOOD / "files", tmp_path)
    folder = tmp_path / "modules" / "fagskolen-fjord" / "maling"
    (Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.png"))).write_bytes(b"x")
    (folder / "linje\nskift.svg").write_bytes(b"x")
    (folder / "\x1b[31mrød.png").write_bytes(b"x")
    problems = check(tmp_path)
    assert [p.code for p in problems] == ["K107", "K107", "K107"]
    for form in ("text", "json", "github"):
        text = render_problems(problems, form, Words("nb"))
        text.encode()
        assert "\x1b" not in text
        assert form == "json" or text.count("\n") == 2
    assert main(["check", "--root", str(tmp_path), "--today", TODAY.isoformat(), "--jobs", "1"]) == 1


def test_files_of_editors_and_systems_are_not_seen(tmp_path: Path) -> None:
    lay(GOOD / "files", tmp_path)
    for name in (".DS_Store", "om.nb.md~", "~$om.nb.md", "Thumbs.db", "desktop.ini", ".om.nb.md.swp"):
        (tmp_path / "content" / "pages" / name).write_text("x")
    assert check(tmp_path) == []


def test_a_catalogue_reached_by_a_link_is_fine_and_its_folders_are_not(tmp_path: Path) -> None:
    lay(GOOD / "files", tmp_path / "a")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert check(tmp_path / "b") == []
    (tmp_path / "a" / "modules").rename(tmp_path / "elsewhere")
    (tmp_path / "a" / "modules").symlink_to(tmp_path / "elsewhere")
    assert ("K106", "modules") in {(p.code, p.place.file) for p in check(tmp_path / "b")}


def test_links_in_place_of_files(tmp_path: Path) -> None:
    lay(GOOD / "files", tmp_path)
    for name in ("catalogue.yml", "content/pages/om.nb.md", "content/published.txt", "modules/fagskolen-fjord/maling"):
        path = tmp_path / name
        if path.exists():
            path.rename(tmp_path / "aside")
        path.symlink_to(tmp_path / "aside")
        assert ("K106", name) in {(p.code, p.place.file) for p in check(tmp_path)}
        path.unlink()
        if (tmp_path / "aside").exists():
            (tmp_path / "aside").rename(path)


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(GOOD / "files", tmp_path)
    scan = os.scandir

    def closed(path: str | os.PathLike[str]) -> object:
        if str(path).endswith("maling"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr("os.scandir", closed)
    problems = find_files(Project(root=tmp_path, out=tmp_path / "site")).problems
    assert [(p.code, p.place.file) for p in problems] == [("K102", "modules/fagskolen-fjord/maling")]


def test_folders_in_folders_do_not_stop_the_check(tmp_path: Path) -> None:
    lay(GOOD / "files", tmp_path)
    here = Path.cwd()
    try:
        os.chdir(tmp_path / "modules")
        for _ in range(1500):
            Path("a").mkdir()
            os.chdir("a")
        Path("x.md").write_text("x")
    finally:
        os.chdir(here)
    assert {p.code for p in find_files(Project(root=tmp_path, out=tmp_path / "site")).problems} <= {"K102", "K109"}
    deep = tmp_path / "modules" / "a"
    os.system(f"rm -rf {deep}")


def test_a_catalogue_that_is_empty(tmp_path: Path) -> None:
    assert [(p.code, p.place.file) for p in check(tmp_path)] == [("K101", "catalogue.yml")]
    (tmp_path / "catalogue.yml").mkdir()
    assert [(p.code, p.place.file) for p in check(tmp_path)] == [("K101", "catalogue.yml")]
