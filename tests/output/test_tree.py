"""Trees of finished files: what may be replaced, names, second names, the site map and redirects."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from html_page import parse

from kurskatalog.output.site.tree import (
    MARK,
    Tree,
    files_below,
    may_replace,
    read_mark,
    redirect_page,
    sitemap,
    sizes_below,
)


def test_what_may_be_replaced(tmp_path: Path) -> None:
    assert may_replace(tmp_path / "missing")
    (tmp_path / "empty").mkdir()
    assert may_replace(tmp_path / "empty")
    Tree(tmp_path / "site").finish("abc")
    assert may_replace(tmp_path / "site")
    (tmp_path / "link").symlink_to(tmp_path / "site")
    (tmp_path / "file").write_text("")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / ".hidden").write_text("")
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / MARK).mkdir()
    (tmp_path / "nowhere").symlink_to(tmp_path / "borte")
    for name in ("link", "file", "mine", "odd", "nowhere"):
        assert not may_replace(tmp_path / name), name


def test_a_tree_has_no_mark_until_it_is_finished(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    tree.write("kurs/index.html", b"x")
    assert read_mark(tmp_path / "site") == ""
    tree.finish("abc")
    assert read_mark(tmp_path / "site") == "abc"
    Tree(tmp_path / "site")
    assert read_mark(tmp_path / "site") == ""


def test_a_file_with_two_names_is_never_written_over(tmp_path: Path) -> None:
    one, two = Tree(tmp_path / "one"), Tree(tmp_path / "two")
    one.write("a/index.html", b"old")
    two.link(f"{one.top}/a/index.html", "a/index.html")
    assert Path(one.top, "a/index.html").samefile(Path(two.top, "a/index.html"))
    two.write("a/index.html", b"new")
    assert (one.read("a/index.html"), two.read("a/index.html")) == ("old", "new")
    two.link(f"{one.top}/a/index.html", "a/index.html")
    (tmp_path / "made").write_text("made")
    two.take(str(tmp_path / "made"), "a/index.html")
    assert (one.read("a/index.html"), two.read("a/index.html")) == ("old", "made")


def test_removing_takes_empty_folders_along(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    for name in ("a/b/c/index.html", "a/b/bilde.png", "d/index.html"):
        tree.write(name, b"x")
    tree.remove("a/b/c/index.html")
    assert not (tmp_path / "site/a/b/c").exists()
    assert (tmp_path / "site/a/b/bilde.png").exists()
    tree.remove("a/b/bilde.png")
    assert not (tmp_path / "site/a").exists()
    tree.remove("borte/index.html")
    tree.write("a/b/c/index.html", b"y")
    assert sorted(files_below(tmp_path / "site")) == ["a/b/c/index.html", "d/index.html"]


def test_merging_keeps_what_is_there(tmp_path: Path) -> None:
    site, made = Tree(tmp_path / "site"), Tree(tmp_path / "made")
    for tree, name in ((site, "a/1"), (site, "a/b/1"), (made, "a/2"), (made, "a/b/2"), (made, "c/d/1"), (made, "a/1")):
        tree.write(name, tree.top.encode())
    Tree.merge(made.top, site.top)
    assert sorted(files_below(tmp_path / "site")) == ["a/1", "a/2", "a/b/1", "a/b/2", "c/d/1"]
    assert site.read("a/1") == made.top


def test_sizes(tmp_path: Path) -> None:
    tree = Tree(tmp_path / "site")
    tree.write("a/b.txt", b"12345")
    tree.write("c", b"")
    (tmp_path / "site" / "link").symlink_to("/etc")
    sizes = dict(sizes_below(tree.top))
    assert (sizes["a/b.txt"], sizes["c"], set(sizes)) == (5, 0, {"a/b.txt", "c", "link"})


def test_site_map() -> None:
    versions = {"nb": "kurs/a&b/", "nn": "nn/kurs/a&b/"}
    root = ET.fromstring(sitemap("https://katalog.example/", [("kurs/a&b/", versions), ("nn/kurs/a&b/", versions)]))
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    assert [e.text for e in root.findall(".//s:loc", space)] == [
        "https://katalog.example/kurs/a&b/",
        "https://katalog.example/nn/kurs/a&b/",
    ]
    for url in root.findall("s:url", space):
        found = {e.get("hreflang"): e.get("href") for e in url.findall("x:link", space)}
        assert found == {"nb": "https://katalog.example/kurs/a&b/", "nn": "https://katalog.example/nn/kurs/a&b/"}


@pytest.mark.parametrize("text", ["Siden er flyttet", 'A "b" <c> & d'])
def test_a_redirect_leads_on_without_script(text: str) -> None:
    page = parse(redirect_page("../../ny/", "https://katalog.example/ny/", "nb", text))
    assert page.one("html")["lang"] == "nb"
    assert page.one("meta", content="0; url=../../ny/")["http-equiv"] == "refresh"
    assert page.one("link", rel="canonical")["href"] == "https://katalog.example/ny/"
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert (page.one("a")["href"], page.one("a").text, page.one("title").text) == ("../../ny/", text, text)
