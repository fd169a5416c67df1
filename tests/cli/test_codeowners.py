"""`codeowners`: a block of .github/CODEOWNERS from the providers' files; everything around it is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import write

from kurskatalog.check.owners import BEGIN, END, owner_lines, split_block, with_owners
from kurskatalog.cli import main
from kurskatalog.model.records import ProviderFile

FILE = ".github/CODEOWNERS"
PROVIDER = "content/providers/skolen/provider.yml"


def run(root: Path, command: str = "codeowners") -> int:
    return main([command, "--root", str(root), "--lang", "en", "--today", "2026-11-21"])


def test_it_is_written_once_and_kept_up_to_date(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root) == 0
    assert "No provider names owners" in capsys.readouterr().err
    assert not (root / FILE).exists()
    provider = (root / PROVIDER).read_text("utf-8")
    write(root, {PROVIDER: provider + 'owners: ["@skolen/studier", drift@skolen.example]\n'})
    assert run(root, "check") == 0
    assert "K151" not in capsys.readouterr().out, "only where the file exists"
    assert run(root) == 0
    assert capsys.readouterr().out == f"{FILE}\n"
    lines = (root / FILE).read_text().split("\n")
    assert "/content/providers/skolen/ @skolen/studier drift@skolen.example" in lines
    assert "/modules/skolen/ @skolen/studier drift@skolen.example" in lines
    assert run(root) == 0
    assert capsys.readouterr() == ("", "Everything is fine.\n")
    write(root, {PROVIDER: provider + 'owners: ["@skolen/andre"]\n'})
    run(root, "check")
    assert f"{FILE}:3:1: warning K151" in capsys.readouterr().out
    assert run(root) == 0
    run(root, "check")
    assert "K151" not in capsys.readouterr().out


def test_a_catalogue_with_errors_is_not_written_from(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, {PROVIDER: 'name: Skolen\ntype: fagskole\nowners: ["* @fremmed"]\n'})
    assert run(root) == 1
    out, error = capsys.readouterr()
    assert "K125" in out
    assert "Nothing was written" in error
    assert not (root / FILE).exists()


def test_a_file_of_another_kind_is_left_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / ".github").mkdir()
    (root / FILE).symlink_to(root / "catalogue.yml")
    before = (root / "catalogue.yml").read_text()
    assert run(root) == 1
    assert f"{FILE}: error K106 this is a symbolic link" in capsys.readouterr().out
    assert (root / "catalogue.yml").read_text() == before


OWNERS = st.lists(st.sampled_from(["@a", "@org/team", "x@y.example"]), max_size=3)
PROVIDERS = st.dictionaries(
    st.sampled_from(["a", "b-skolen", "c"]),
    OWNERS.map(lambda owners: ProviderFile.model_validate({"name": "X", "type": "fagskole", "owners": owners})),
)
TEXTS = st.lists(st.sampled_from(["* @alle", "", "# merknad", f"  {BEGIN}", f"x {END}", "/docs/ @a"])).map("\n".join)


@given(before=TEXTS, after=TEXTS, first=PROVIDERS, second=PROVIDERS)
def test_only_the_block_changes(
    before: str, after: str, first: dict[str, ProviderFile], second: dict[str, ProviderFile]
) -> None:
    text = with_owners(before, first)
    whole = text + after
    renewed = with_owners(whole, second)
    assert with_owners(renewed, second) == renewed
    kept_before, block, kept_after = split_block(renewed)
    if owner_lines(first):
        assert (kept_before.rstrip("\n"), kept_after) == (before.rstrip("\n"), after)
    if block:
        assert [line for line in block.split("\n") if line.startswith("/")] == owner_lines(second)
