"""What strangers can put into an archive: nothing of it lands outside of the folder, and nothing fills the disk."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurskatalog.forge.artifact import Limits, NotTrusted, place_preview, unpack


def archive(path: Path, files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED, attributes: int = 0) -> Path:
    """A zip archive; names as they are, whatever they are."""
    with zipfile.ZipFile(path, "w", method) as whole:
        for name, raw in files.items():
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            entry.external_attr = attributes << 16
            entry.compress_type = method
            whole.writestr(entry, raw)
    return path


def refused(path: Path, folder: Path, **limits: Any) -> str:
    before = set(folder.parent.rglob("*"))
    with pytest.raises(NotTrusted) as error:
        unpack(path, folder, Limits(**limits))
    assert set(folder.parent.rglob("*")) == before
    return error.value.message.text


def test_plain_files(tmp_path: Path) -> None:
    files = {
        "number.txt": b"12\n",
        "report.json": b"{}",
        "preview/moduler/a/b/index.html": b"<p>",
        "preview/assets/x.woff2": b"\0" * 9,
    }
    assert unpack(archive(tmp_path / "a.zip", files), tmp_path / "out") == 4
    for name, raw in files.items():
        assert (tmp_path / "out" / name).read_bytes() == raw
        assert stat.S_IMODE((tmp_path / "out" / name).stat().st_mode) & 0o111 == 0


@pytest.mark.parametrize(
    "name",
    [
        "../x.txt", "a/../../x.txt", "..", "../../../../etc/cron.d/x.txt", "/etc/x.txt", "//x.txt", "C:/x.txt", "C:\\x.txt", "..\\x.txt",
        "a\\..\\x.txt", "./x.txt", "a//x.txt", "a/./x.txt", ".git/hooks/x.txt", ".github/workflows/x.txt", ".env.txt", "-rf.txt", "x.py", "x.sh",
        "x.yml", "Makefile", "x", "x.html.exe", "a b.txt", "$(id).txt", "`id`.txt", ";id.txt", "a\nb.txt", "a\x1bb.txt", "æ.txt", "~/x.txt",
        "a/" * 20 + "x.txt", "a" * 200 + ".txt", "con/..", "x.txt/", "\u202etxt.html", "%2e%2e/x.txt", "CON.txt:x.txt",
    ],
)  # fmt: skip
def test_names(tmp_path: Path, name: str) -> None:
    refused(archive(tmp_path / "a.zip", {"good.txt": b"x", name: b"x"}), tmp_path / "in" / "out")
    assert not (tmp_path / "x.txt").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK, stat.S_IFDIR])
def test_links_and_other_things(tmp_path: Path, kind: int) -> None:
    path = archive(tmp_path / "a.zip", {"x.txt": b"/etc/passwd"}, attributes=kind | 0o777)
    assert "plain file" in refused(path, tmp_path / "in" / "out")


def test_a_link_that_waits_in_the_way(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"x.txt": b"x"})
    (tmp_path / "other").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "other")
    with pytest.raises(NotTrusted):
        unpack(path, tmp_path / "out")
    assert not list((tmp_path / "other").iterdir())


def test_bombs(tmp_path: Path) -> None:
    folder = tmp_path / "in" / "out"
    big = archive(tmp_path / "big.zip", {"x.txt": b"\0" * 60_000_000})
    assert big.stat().st_size < 100_000
    assert "too large" in refused(big, folder)  # one file
    many = archive(tmp_path / "many.zip", {f"{n}.txt": b"\0" * 2_000_000 for n in range(30)})
    assert "too large" in refused(many, folder)  # by its own size
    assert "too large" in refused(many, folder, ratio=1_000_000, total=10_000_000)  # all together
    assert "more than" in refused(archive(tmp_path / "n.zip", {f"{n}.txt": b"" for n in range(40)}), folder, files=39)


def test_an_archive_that_lies_about_sizes(tmp_path: Path) -> None:
    """It says 1 byte in its list and holds 60 million."""
    path = archive(tmp_path / "a.zip", {"x.txt": b"\0" * 60_000_000})
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<I", 1)
    path.write_bytes(raw)
    refused(path, tmp_path / "in" / "out")


def test_twins_overlaps_and_secrets(tmp_path: Path) -> None:
    refused(archive(tmp_path / "a.zip", {"a/x.txt": b"1", "A/X.txt": b"2"}), tmp_path / "in" / "out")
    refused(archive(tmp_path / "b.zip", {"a.txt": b"1", "a.txt/b.txt": b"2"}), tmp_path / "in" / "out")
    refused(archive(tmp_path / "c.zip", {"x.txt": b"1" * 99}, method=zipfile.ZIP_LZMA), tmp_path / "in" / "out")
    locked = bytearray(archive(tmp_path / "d.zip", {"x.txt": b"1" * 99}).read_bytes())
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "d.zip").write_bytes(locked)
    refused(tmp_path / "d.zip", tmp_path / "in" / "out")


@given(st.data())
def test_damaged_archives(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Whatever bytes: unpacked inside the folder, or refused; never anything else."""
    top = tmp_path_factory.mktemp("damaged")
    raw = bytearray(archive(top / "a.zip", {"a/x.txt": b"tekst" * 20, "number.txt": b"1"}).read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    (top / "a.zip").write_bytes(raw[: data.draw(st.integers(0, len(raw)))] if data.draw(st.booleans()) else raw)
    try:
        unpack(top / "a.zip", top / "out")
    except NotTrusted:
        assert not (top / "out").exists()
    assert {path.name for path in top.iterdir()} <= {"a.zip", "out"}


def test_a_preview_takes_the_place_of_its_older_one(tmp_path: Path) -> None:
    unpack(archive(tmp_path / "a.zip", {"moduler/a/index.html": b"ny"}), tmp_path / "preview")
    site = tmp_path / "vis"
    (site / "12").mkdir(parents=True)
    (site / "12" / "gammel.html").write_text("x")
    (site / "13").mkdir()
    place_preview(tmp_path / "preview", site, 12)
    assert [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))] == ["12/moduler/a/index.html"]
    assert (site / "13").is_dir()
    place_preview(tmp_path / "none", site, 12)
    assert not (site / "12").exists()
    (site / "14").symlink_to(site / "13")
    with pytest.raises(NotTrusted):
        place_preview(tmp_path / "preview", site, 14)
