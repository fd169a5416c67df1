"""Files on disk: hashes that tell apart, writing that is whole or not at all, and folders that change places."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurskatalog import files
from kurskatalog.files import digest, digest_tree, exchange, link_or_copy, move, recover, write_atomic

parts = st.lists(st.text(max_size=5) | st.binary(max_size=5), max_size=4)


@given(parts, parts)
def test_a_hash_tells_how_a_text_is_cut(one: list[str | bytes], two: list[str | bytes]) -> None:
    def raw(parts: list[str | bytes]) -> list[bytes]:
        return [p.encode("utf-8", "surrogatepass") if isinstance(p, str) else p for p in parts]

    assert (digest(*one) == digest(*two)) == (raw(one) == raw(two))


def test_a_hash_of_a_tree_knows_names_and_contents(tmp_path: Path) -> None:
    top = tmp_path / "a"
    (top / "b").mkdir(parents=True)
    (top / "b" / "c.txt").write_text("x")
    first = digest_tree(top)
    assert digest_tree(top) == first
    (top / "b" / "c.txt").write_text("y")
    second = digest_tree(top)
    (top / "b" / "c.txt").rename(top / "b" / "d.txt")
    third = digest_tree(top)
    (top / "e.txt").write_text("")
    assert len({first, second, third, digest_tree(top)}) == 4
    (top / "__pycache__").mkdir()
    (top / "__pycache__" / "f.pyc").write_text("z")
    before = digest_tree(top)
    (top / "__pycache__" / "f.pyc").unlink()
    assert digest_tree(top) == before
    assert digest_tree(tmp_path / "missing") != digest_tree(top)


def test_a_hash_of_a_tree_does_not_know_where_it_lies(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "theme").mkdir(parents=True)
        (tmp_path / name / "theme" / "a.css").write_text("a")
    assert digest_tree(tmp_path / "one" / "theme") == digest_tree(tmp_path / "two" / "theme")


def test_writing_leaves_the_old_file_when_it_fails(tmp_path: Path) -> None:
    file = tmp_path / "file"
    write_atomic(file, "old")
    with pytest.raises(TypeError):
        write_atomic(file, 5)  # type: ignore[arg-type]
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_reader_sees_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    file, seen, done = tmp_path / "file", set(), threading.Event()
    write_atomic(file, "a" * 50_000)

    def read() -> None:
        while not done.is_set():
            seen.add(file.read_text())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(200):
        write_atomic(file, ("a" if number % 2 else "b") * 50_000)
    done.set()
    reader.join()
    assert seen <= {"a" * 50_000, "b" * 50_000}
    assert file.stat().st_mode & 0o777 == 0o644


def folder(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(text)
    return path


@pytest.mark.parametrize("in_one_step", [True, False])
def test_folders_change_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_one_step: bool) -> None:
    if not in_one_step:  # as on a system that cannot
        monkeypatch.setattr(files, "_exchange_in_one_step", lambda a, b: False)
    new, old = folder(tmp_path / "new", "new"), folder(tmp_path / "old", "old")
    exchange(new, old)
    assert ((old / "index.html").read_text(), (new / "index.html").read_text()) == ("new", "old")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]


def test_a_folder_takes_an_empty_place(tmp_path: Path) -> None:
    exchange(folder(tmp_path / "new", "new"), tmp_path / "old")
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_readers_always_find_a_folder_while_two_change_places(tmp_path: Path) -> None:
    new, old = folder(tmp_path / "new", "new"), folder(tmp_path / "old", "old")
    missing, done = [], threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                (old / "index.html").read_text()
            except OSError as error:
                missing.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(300):
        exchange(new, old)
    done.set()
    reader.join()
    assert not missing


def test_a_folder_that_was_moved_aside_is_brought_back(tmp_path: Path) -> None:
    folder(tmp_path / ".site.old", "old")  # the program died between the two steps
    recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "old"
    folder(tmp_path / ".site.old", "older")
    recover(tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "old"


def test_a_second_name_is_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    link_or_copy(str(tmp_path / "a"), str(tmp_path / "b"))
    assert (tmp_path / "a").samefile(tmp_path / "b")


def test_where_there_are_no_second_names_it_is_copied(tmp_path: Path, other_disk: Path) -> None:
    (tmp_path / "a").write_text("x")
    link_or_copy(str(tmp_path / "a"), str(other_disk / "b"))
    assert (other_disk / "b").read_text() == "x"


def test_moving_to_another_disk_leaves_second_names_alone(tmp_path: Path, other_disk: Path) -> None:
    (tmp_path / "a").write_text("new")
    (other_disk / "b").write_text("old")
    os.link(other_disk / "b", other_disk / "c")
    move(str(tmp_path / "a"), str(other_disk / "b"))
    assert ((other_disk / "b").read_text(), (other_disk / "c").read_text()) == ("new", "old")
    assert not (tmp_path / "a").exists()
    move(str(folder(tmp_path / "folder", "x")), str(other_disk / "folder"))
    assert (other_disk / "folder" / "index.html").read_text() == "x"
