"""E-books: the package document, what it lists, the contents, and every link and picture of the chapters."""

from __future__ import annotations

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from itertools import pairwise
from urllib.parse import urldefrag

import pytest
from paper import article_words, in_order, letters
from small import Small

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ALT, COURSE, NYNORSK = (
    "pdf/moduler/redaksjonen/alt",
    "pdf/kurs/redaksjonen/maling",
    "nn/pdf/moduler/redaksjonen/trender",
)
BOOKS = {ALT: "nb", COURSE: "nb", "pdf/kurs/skolen/energi": "nb", NYNORSK: "nn"}


class Book:
    """An e-book, unpacked."""

    def __init__(self, raw: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(raw))
        self.names = self.zip.namelist()
        self.package = self.tree("book/package.opf")
        self.items = {item.get("id"): item for item in self.package.iter(f"{OPF}item")}

    def tree(self, name: str) -> ET.Element:
        return ET.fromstring(self.zip.read(name))

    def meta(self, name: str) -> list[str]:
        return [m.text or "" for m in self.package.iter(f"{OPF}meta") if m.get("property") == name]

    @property
    def spine(self) -> list[str]:
        """The chapters' files in reading order."""
        refs = [str(ref.get("idref")) for ref in self.package.iter(f"{OPF}itemref")]
        return [f"book/{self.items[ref].get('href')}" for ref in refs]


@pytest.fixture(scope="session")
def books(printed: Small) -> dict[str, Book]:
    return {name: Book((printed.out / f"{name}.epub").read_bytes()) for name in BOOKS}


@pytest.mark.parametrize("name", BOOKS)
def test_the_archive_says_what_it_is_and_lists_all_that_it_holds(books: dict[str, Book], name: str) -> None:
    book = books[name]
    first = book.zip.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book.zip.read("mimetype") == b"application/epub+zip"
    container = book.tree("META-INF/container.xml")
    (root,) = container.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")
    assert (root.get("full-path"), root.get("media-type")) == ("book/package.opf", "application/oebps-package+xml")
    listed = [f"book/{item.get('href')}" for item in book.items.values()]
    assert sorted(listed) == sorted(set(book.names) - {"mimetype", "META-INF/container.xml", "book/package.opf"})
    assert len(set(book.names)) == len(book.names)
    assert {item.get("media-type") for item in book.items.values()} <= {
        "application/xhtml+xml", "text/css", "image/png", "image/svg+xml",
    }  # fmt: skip


@pytest.mark.parametrize("name", BOOKS)
def test_the_package_says_title_language_rights_and_how_it_can_be_read(books: dict[str, Book], name: str) -> None:
    book, package = books[name], books[name].package
    assert package.get("version") == "3.0"
    identifier = package.find(f".//{DC}identifier")
    assert identifier is not None
    assert identifier.get("id") == package.get("unique-identifier")
    path = name.replace("pdf/", "", 1)
    assert identifier.text == f"https://katalog.example/{path}/"
    assert [e.text for e in package.iter(f"{DC}language")] == [BOOKS[name]] == [package.get(LANG)]
    assert [e.text for e in package.iter(f"{DC}rights")] == ["CC-BY-4.0"]
    assert all(e.text for key in ("title", "publisher", "description") for e in package.iter(f"{DC}{key}"))
    assert re.fullmatch(r"2026-\d\d-\d\dT00:00:00Z", book.meta("dcterms:modified")[0])
    assert "textual" in book.meta("schema:accessMode")
    assert ("visual" in book.meta("schema:accessMode")) is any("/pictures/" in n for n in book.names)
    assert book.meta("schema:accessModeSufficient") == ["textual"]
    wanted = {"alternativeText", "readingOrder", "structuralNavigation", "tableOfContents"}
    assert wanted <= set(book.meta("schema:accessibilityFeature"))
    assert book.meta("schema:accessibilityHazard") == ["none"]
    assert len(book.meta("schema:accessibilitySummary")[0]) > 40


@pytest.mark.parametrize("name", BOOKS)
def test_the_contents_name_every_chapter_in_reading_order(books: dict[str, Book], name: str) -> None:
    book = books[name]
    (nav,) = [i for i in book.items.values() if i.get("properties") == "nav"]
    assert f"book/{nav.get('href')}" in book.spine
    tree = book.tree("book/nav.xhtml")
    goals = [str(a.get("href")) for a in tree.iter(f"{XHTML}a")]
    files = list(dict.fromkeys(urldefrag(goal)[0] for goal in goals))
    assert [f"book/{file}" for file in files] == [file for file in book.spine if file != "book/nav.xhtml"]
    assert all("".join(a.itertext()).strip() for a in tree.iter(f"{XHTML}a"))


@pytest.mark.parametrize("name", BOOKS)
def test_chapters_are_whole_and_their_links_and_pictures_lead_somewhere(books: dict[str, Book], name: str) -> None:
    book = books[name]
    trees = {file: book.tree(file) for file in book.names if file.endswith(".xhtml")}
    places: dict[str, list[str]] = {
        file: [e.get("id", "") for e in t.iter() if "id" in e.attrib] for file, t in trees.items()
    }
    for file, tree in trees.items():
        assert len(set(places[file])) == len(places[file]), file
        assert (tree.get("lang"), tree.get(LANG)) == (BOOKS[name], BOOKS[name])
        assert tree.findtext(f".//{XHTML}title")
        ranks = [int(e.tag[-1]) for e in tree.iter() if re.fullmatch(r"\{.*\}h[1-6]", e.tag)]
        assert ranks[0] == 1, file
        assert all(after <= before + 1 for before, after in pairwise(ranks)), (file, ranks)
        assert not {e.tag for e in tree.iter()} & {f"{XHTML}{tag}" for tag in ("input", "script", "form", "label")}
        for picture in tree.iter(f"{XHTML}img"):
            assert picture.get("alt")
            assert posixpath.join("book", str(picture.get("src"))) in book.names
        for link in tree.iter(f"{XHTML}a"):
            goal = str(link.get("href"))
            if not goal.startswith(("https://", "http://", "mailto:")):
                way, anchor = urldefrag(goal)
                target = f"book/{way}" if way else file
                assert target in trees, (file, goal)
                assert not anchor or anchor in places[target], (file, goal)


def test_a_course_holds_its_modules_and_links_between_them_stay_inside(books: dict[str, Book]) -> None:
    course, alone = books[COURSE], books[ALT]
    titles = [course.tree(file).findtext(f".//{XHTML}title") for file in course.spine]
    assert titles == ["Måling for alle", "Innhold", "Alt på én gang", "Sensorer", "Trender", "Avvik"]
    links = {
        name: {str(a.get("href")) for f in b.spine for a in b.tree(f).iter(f"{XHTML}a")} for name, b in books.items()
    }
    assert "https://katalog.example/moduler/redaksjonen/trender/#laeringsmal" in links[ALT]
    assert not any("/moduler/redaksjonen/trender/" in link for link in links[COURSE])
    assert len(alone.spine) == 2


@pytest.mark.parametrize("name", [ALT, "pdf/kurs/skolen/energi"])
def test_all_words_of_the_page_are_in_the_book_in_order(printed: Small, books: dict[str, Book], name: str) -> None:
    book = books[name]
    told = letters("".join("".join(book.tree(file).itertext()) for file in book.spine))
    words = article_words(printed.html(name.removeprefix("pdf/")))
    assert len(words) > 40
    assert [word for word in in_order(words, told) if word not in ("ikke", "kjent")] == []
