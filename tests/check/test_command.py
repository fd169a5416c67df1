"""`check` as it is called: exit codes, formats, languages, and only some of the files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from overlay import BAD, GOOD, TODAY, lay

from kurskatalog.cli import main

HERE = ["--today", TODAY.isoformat(), "--jobs", "1"]


def run(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> tuple[int, str, str]:
    code = main(["check", "--root", str(root), *HERE, *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_good_catalogue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(GOOD / "rich", tmp_path)
    assert run(capsys, tmp_path, "--lang", "en") == (0, "", "Everything is fine.\n")
    assert run(capsys, tmp_path, "--format", "json") == (0, "[]\n", "")


@pytest.mark.parametrize("name", ["K204-code", "K121-unknown-key", "K401-element", "K307-no-competence"])
def test_the_command_prints_what_the_fixture_says(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(BAD / name, tmp_path)
    expected = (BAD / name / "expected.txt").read_text("utf-8")
    code, out, err = run(capsys, tmp_path, "--lang", "en")
    assert out == expected
    assert code == (1 if " error " in expected else 0)
    assert "error" in err
    again = run(capsys, tmp_path, "--lang", "en")
    assert again == (code, out, err), "from the store"
    told = json.loads(run(capsys, tmp_path, "--format", "json", "--lang", "en")[1])
    assert [f"{p['file']}:{p['line']}:{p['column']}" for p in told] == [
        line.split(": ")[0] for line in expected.splitlines()
    ]


def test_warnings_alone_are_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lay(BAD / "K210-order", tmp_path)
    assert run(capsys, tmp_path)[0] == 0


def test_github_is_chosen_in_its_actions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(BAD / "K204-code", tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert all(line.startswith("::error file=") for line in run(capsys, tmp_path)[1].splitlines())
    assert not run(capsys, tmp_path, "--format", "text")[1].startswith("::")


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_every_problem_can_be_told_in_every_language(
    lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(BAD / "K125-value", tmp_path)
    code, out, _ = run(capsys, tmp_path, "--lang", lang)
    assert code == 1
    assert out.count("K125") == 9
    assert "{" not in out


def test_only_some_files(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lay(BAD / "K121-unknown-key", tmp_path)
    page, course = "content/pages/om.nb.md", "content/providers/fagskolen-fjord/courses/vannrensing.yml"

    def files(*paths: str) -> set[str]:
        return {p["file"] for p in json.loads(run(capsys, tmp_path, "--format", "json", *paths)[1])}

    assert files() == files(".") == files(str(tmp_path)) == {page, course}
    assert files(page) == files(str(tmp_path / page)) == files("content/pages") == files("content/pages/") == {page}
    assert files("content/providers") == files("modules/../content/providers") == {course}
    assert files("modules") == files("catalogue.yml") == set()
    assert files("modules", "content") == {page, course}
    monkeypatch.chdir(tmp_path / "content" / "pages")
    assert files("om.nb.md") == files(".") == {page}
    assert files("..") == {page, course}


@pytest.mark.parametrize("path", ["finnes-ikke", "content/pages/om", "/etc/passwd", "../.."])
def test_paths_that_are_not_there_are_wrong_usage(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lay(GOOD / "files", tmp_path)
    code, out, err = run(capsys, tmp_path, path)
    assert (code, out) == (2, "")
    assert path in err or "katalog" in err
