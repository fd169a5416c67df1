"""`fmt`: files get their form, or are named with `--check`; what cannot be read is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import HOME, write

from kurskatalog.cli import main

OM = "content/pages/om.nb.md"


def fmt(root: Path, *more: str) -> int:
    return main(["fmt", "--root", str(root), "--lang", "en", *more])


def test_check_names_files_and_fmt_writes_them(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fmt(root)
    capsys.readouterr()
    text = "---\nsummary: 'Om oss'   # kort\ntitle: Om\n---\n\nTekst.  \nMer.\n"
    write(root, {OM: text})
    assert fmt(root, "--check") == 1
    out, error = capsys.readouterr()
    assert out == f"{OM}\n"
    assert "1 files have another form" in error
    assert (root / OM).read_text() == text
    assert fmt(root) == 0
    assert capsys.readouterr().out == f"{OM}\n"
    assert (root / OM).read_text() == '---\ntitle: Om\nsummary: "Om oss"  # kort\n---\n\nTekst.  \nMer.\n'
    assert fmt(root, "--check") == 0
    out, error = capsys.readouterr()
    assert (out, error) == ("", "All files have their form.\n")


def test_only_the_paths_that_are_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, {OM: "---\nsummary: b\ntitle: a\n---\n", "content/needs/x.yml": "themes: [ki]\ntitle: x\n"})
    assert fmt(root, "--check", "content/needs") == 1
    told = capsys.readouterr().out.splitlines()
    assert "content/needs/x.yml" in told
    assert all(name.startswith("content/needs/") for name in told)
    assert fmt(root, "finnes-ikke") == 2
    assert "no such file or folder" in capsys.readouterr().err


def test_a_file_that_cannot_be_read_is_left_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = "---\ntitle: [\n---\n\nTekst.\n"
    write(root, {OM: broken})
    assert fmt(root) == 1
    assert f"{OM} is left as it is" in capsys.readouterr().err
    assert (root / OM).read_text() == broken


def test_line_ends_of_windows_become_one_form(root: Path) -> None:
    (root / OM).write_bytes(b"---\r\ntitle: Om\r\nsummary: x\r\n---\r\n\r\nTekst.\r\n")
    assert fmt(root, OM) == 0
    assert (root / OM).read_bytes() == b"---\ntitle: Om\nsummary: x\n---\n\nTekst.\n"


@pytest.mark.parametrize("kind", ["provider", "course", "module", "plan", "need"])
def test_a_new_file_has_its_form(kind: str, root: Path) -> None:
    fmt(root)
    ident = {"course": "skolen/nytt", "module": "redaksjonen/ny"}.get(kind, "ny")
    assert main(["new", kind, ident, "--root", str(root), "--today", "2026-11-21"]) == 0
    assert fmt(root, "--check") == 0


def test_synonyms_have_a_form_too(root: Path) -> None:
    file = "content/vocabularies/synonyms.yml"
    write(root, {file: "groups:\n- [KI,   AI]\nname: {nb: Synonymer}\n"})
    assert fmt(root, file) == 0
    assert (root / file).read_text() == "name: {nb: Synonymer}\ngroups:\n  - [KI, AI]\n"


def test_the_repositorys_own_catalogue_has_its_form(capsys: pytest.CaptureFixture[str]) -> None:
    assert fmt(HOME, "--check") == 0, capsys.readouterr().out
