"""Documents that are made again: only what changed, never an old one for a failed one, and the same as from nothing."""

from __future__ import annotations

import os
import re
import shutil
import zlib
from pathlib import Path

import pytest
from small import HOME, PNG, TODAY, Small, module, same, small_files, tree, write

from kurskatalog.cli import main
from kurskatalog.output.site.engine import EngineFailed
from kurskatalog.pipeline.build import Built, PrintsWanted, Wanted, build
from kurskatalog.pipeline.print_some import print_some

SENSORER, TRENDER = "modules/redaksjonen/sensorer", "modules/redaksjonen/trender"
CUT = PNG[: PNG.index(b"IDAT") + 6] + zlib.compress(b"nei")[:4] + PNG[-12:]
"""A picture that begins as one, which is all that `check` looks at."""


def printing(small: Small, *, texts: bool = True) -> Built:
    return build(small.project, Wanted(today=TODAY, jobs=2, prints=PrintsWanted(texts=texts)))


def documents(small: Small) -> dict[str, bytes]:
    return {name: raw for name, raw in small.site().items() if name.endswith((".pdf", ".epub", ".zip"))}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def test_only_what_changed_is_made_again_and_the_site_is_as_from_nothing(copy: Small, tmp_path: Path) -> None:
    first = documents(copy)
    nothing = printing(copy)
    assert (nothing.printed, nothing.made) == (0, 0)
    assert documents(copy) == first

    copy.change(f"{TRENDER}/module.nb.md", "En tekst.", "En annen tekst.")
    some = printing(copy)
    told = {name for name in changed(first, documents(copy)) if name.endswith((".pdf", ".epub"))}
    # The texts in other languages are not this one, and descriptions hold no texts.
    assert told == {
        "pdf/moduler/redaksjonen/trender.pdf", "pdf/moduler/redaksjonen/trender.epub", "pdf/kurs/redaksjonen/maling.pdf",
        "pdf/kurs/redaksjonen/maling.epub", "pdf/katalog-med-tekster.pdf", "en/pdf/katalog-med-tekster.pdf",
    }  # fmt: skip
    assert some.printed == 4

    os.utime(copy.root / SENSORER / "sensor.png")
    assert printing(copy).printed == 0
    copy.change(f"{TRENDER}/module.nb.md", 'title: "Trender"', 'title: "Trendene"')
    copy.change("content/providers/redaksjonen/courses/maling.yml", "- redaksjonen/avvik\n", "")
    copy.put("content/needs/maling.yml", None)
    shutil.rmtree(copy.root / "modules/redaksjonen/avvik")
    shutil.rmtree(copy.root / "modules/redaksjonen/alt")
    copy.change("content/providers/redaksjonen/courses/maling.yml", "- redaksjonen/alt\n", "")
    printing(copy)
    assert "pdf/moduler/redaksjonen/avvik.pdf" not in documents(copy)
    twin = Small(tmp_path / "fra ingenting", copy.home)
    shutil.copytree(copy.root, twin.root, ignore=shutil.ignore_patterns("build", "site", ".site*"))
    printing(twin)
    same(copy.site(), twin.site())


def test_a_document_that_is_damaged_in_the_cache_is_made_again(copy: Small) -> None:
    cache = copy.root / "build" / "cache" / "pdf"
    victim = max(cache.glob("*.pdf"), key=lambda path: path.stat().st_size)
    whole = victim.read_bytes()
    victim.unlink()
    victim.write_bytes(whole[:-100])
    assert printing(copy).printed == 1
    assert victim.read_bytes() == whole


def pdf(root: Path, *arguments: str) -> int:
    return main(["pdf", "--root", str(root), "--lang", "en", "--today", TODAY.isoformat(), *arguments])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small catalogue in one language, not built."""
    write(tmp_path / "katalog", small_files(("nb",)))
    return tmp_path / "katalog"


def test_the_command_makes_what_it_is_told(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "ut"
    assert pdf(root, "redaksjonen/trender", "operator", "--out", str(out)) == 0
    said = capsys.readouterr()
    files = [str(out / "moduler/redaksjonen/trender.pdf"), str(out / "planer/operator.pdf")]
    assert said.out.splitlines()[:-1] == files
    assert re.fullmatch(r"2 of 2 PDFs made in \d+\.\d\d s: .*/ut", said.out.splitlines()[-1])
    assert sorted(str(path) for path in out.rglob("*.*")) == files
    assert all(Path(file).read_bytes().startswith(b"%PDF-1.7") for file in files)
    assert pdf(root, "redaksjonen/trender", "--out", str(out)) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("0 of 1 PDFs made")
    Path(files[0]).unlink()
    assert pdf(root, "redaksjonen/trender", "--out", str(out)) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("0 of 1 PDFs made")
    assert Path(files[0]).read_bytes().startswith(b"%PDF-1.7")


def test_an_unknown_name_is_wrong_usage_with_the_nearest_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pdf(root, "redaksjonen/trendr") == 2
    error = capsys.readouterr().err
    assert "there is nothing called 'redaksjonen/trendr' to print (did you mean 'redaksjonen/trender'?)" in error
    assert not (root / "build" / "pdf").exists()


def test_wrong_content_is_told_and_nothing_is_printed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / TRENDER / "module.nb.md"
    path.write_text(path.read_text("utf-8").replace("hours: 1", "hours: mange"), "utf-8")
    assert pdf(root, "redaksjonen/sensorer") == 1
    error = capsys.readouterr().err
    assert f"{TRENDER}/module.nb.md:5:8: error K" in error
    assert "No PDF was made." in error
    assert not (root / "build" / "pdf").exists()


def test_a_picture_that_cannot_be_read_is_told_with_its_line_and_no_old_pdf_is_left(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = root / "build/pdf/moduler/redaksjonen/sensorer.pdf"
    assert pdf(root, "redaksjonen/sensorer") == 0
    assert file.exists()
    (root / SENSORER / "sensor.png").write_bytes(CUT)
    capsys.readouterr()
    assert pdf(root, "redaksjonen/sensorer") == 1
    error = capsys.readouterr().err
    line = (root / SENSORER / "module.nb.md").read_text("utf-8").splitlines().index("![En sensor](sensor.png)") + 1
    assert f"{SENSORER}/module.nb.md:{line}:14: error K410 the picture 'sensor.png' is damaged" in error
    assert "No PDF was made." in error
    assert not list((root / "build" / "pdf").rglob("*.pdf"))
    assert pdf(root, "redaksjonen/trender") == 0  # others can be made


def test_a_site_stays_as_it_was_when_a_picture_cannot_be_read(copy: Small, capsys: pytest.CaptureFixture[str]) -> None:
    before = copy.site()
    copy.put(f"{SENSORER}/sensor.png", CUT)
    arguments = ["--root", str(copy.root), "--lang", "en", "--today", TODAY.isoformat()]
    assert main(["build", "--pdf", *arguments]) == 1
    assert f"{SENSORER}/module.nb.md:" in capsys.readouterr().err
    same(copy.site(), before)


def test_what_has_no_rendering_fails_and_names_its_file(root: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(HOME / "theme", home / "theme")
    (home / "content").symlink_to(HOME / "content")
    shutil.copy(HOME / "mkdocs.yml", home)
    template = home / "theme/print/text.typ"
    text = template.read_text("utf-8")
    assert "\n  mark: with(" in text
    template.write_text(text.replace("\n  mark: with(", "\n  marked: with("), "utf-8")
    write(
        root,
        {
            f"{TRENDER}/module.nb.md": module(
                "Trender", text="Et <mark>merket</mark> ord.", hours="1", needs="redaksjonen/sensorer"
            )
        },
    )
    small = Small(root, home)
    wanted = Wanted(today=TODAY, jobs=2, prints=PrintsWanted())
    with pytest.raises(EngineFailed) as failed:
        print_some(small.project, wanted, ["redaksjonen/trender", "redaksjonen/sensorer"], tmp_path / "ut")
    assert f"{TRENDER}/module.nb.md: panicked with: the element <mark> of a text has no rendering" in str(
        failed.value
    ).replace('"', "")
    assert tree(tmp_path / "ut") == {} if (tmp_path / "ut").exists() else True
