"""E-books (EPUB 3) of modules and courses: the same parts and checked texts as their PDFs, in chapters, with a contents."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kurskatalog.files import digest
from kurskatalog.view.parts import Link
from kurskatalog.view.prints.shapes import Heading, Outcomes, Part, PrintView, Runs, TextBody, labels
from kurskatalog.view.prints.texts import classes, inside, read_text, remove, text_of

if TYPE_CHECKING:
    from jinja2 import Environment

KINDS = ("module", "course")
"""Kinds of documents that e-books are made of."""

_MEDIA = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}
_FEATURES = ("alternativeText", "displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents")
_CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_DAY = (1980, 1, 1, 0, 0, 0)
ANCHOR = "k-"
"""Before every name of a place: in XML such names begin with a letter, and authors' may begin with a digit."""


@dataclass(slots=True)
class Chapter:
    """A file of the book: its title, its parts, and the headings that the contents show."""

    file: str
    title: str
    parts: list[Part] = field(default_factory=list)
    entries: list[dict[str, str]] = field(default_factory=list)


def make_epub(view: PrintView, html_of: Callable[[str], str], pictures: Mapping[str, bytes], theme: Path) -> bytes:
    """The book of a document; `pictures` are its pictures by their files, `theme` has the templates in `epub/`."""
    return _Book(view, html_of, pictures, theme).make()


class _Book:
    """What is known while a book is made."""

    def __init__(
        self, view: PrintView, html_of: Callable[[str], str], pictures: Mapping[str, bytes], theme: Path
    ) -> None:
        self.view = view
        self.html_of = html_of
        self.theme = theme
        self.raw = pictures
        self.pictures = {file: f"pictures/{digest(raw)[:20]}.{_kind(file)}" for file, raw in pictures.items()}
        self.chapters = list(_chapters(view))
        self.files = _files(view, self.chapters)
        self.url = view.address + view.prefix + f"{view.page}/"
        self.words = dict(view.words)

    def make(self) -> bytes:
        """All files, zipped; the same book gives the same bytes."""
        env = _environment(self.theme)
        book = {key: getattr(self.view, key) for key in self.view.__slots__ if key not in ("parts", "words")}
        book["url"] = self.url
        frame = {"book": book, "words": self.words, "chapters": self.chapters}
        pages = {
            chapter.file: env.get_template("page.xhtml.j2").render(
                **frame, title=chapter.title, first=chapter is self.chapters[0], parts=list(self._parts(chapter))
            )
            for chapter in self.chapters
        }
        used = {file: self.pictures[file] for body in self.view.bodies for file in body.picture_files}
        listed = sorted({(name, _MEDIA[_kind(name)]) for name in used.values()})
        pictures = [{"file": name, "kind": kind} for name, kind in listed]
        package = env.get_template("package.opf.j2").render(**frame, pictures=pictures, features=_FEATURES)
        contents: dict[str, str | bytes] = {
            "META-INF/container.xml": _CONTAINER,
            "book/package.opf": package,
            "book/nav.xhtml": env.get_template("nav.xhtml.j2").render(**frame),
            "book/style.css": (self.theme / "epub" / "style.css").read_text(encoding="utf-8"),
            **{f"book/{name}": page for name, page in pages.items()},
            **{f"book/{name}": self.raw[file] for file, name in sorted(used.items())},
        }
        return _zipped(contents)

    def _parts(self, chapter: Chapter) -> Iterator[dict[str, Any]]:
        """The chapter's parts as its template shows them; headings are one level lower on the first page, below the title."""
        lower = 1 if chapter is self.chapters[0] else 0
        for part in chapter.parts:
            plain: dict[str, Any] = {"type": type(part).__name__, **_plain(part, self._href)}
            if isinstance(part, (Heading, Outcomes, Runs)):
                plain["rank"] = min(part.level + lower, 6)
            if isinstance(part, Heading):
                plain["id"] = ANCHOR + part.anchor if part.anchor else ""
                if part.anchor:
                    chapter.entries.append({"id": plain["id"], "title": part.said.text})
            elif isinstance(part, TextBody):
                plain["html"] = _markup(self._text(part, chapter))
            yield plain

    def _href(self, link: Link) -> str:
        return self._where(link.path, link.anchor) if link.path else link.url

    def _where(self, path: str, anchor: str) -> str:
        """The address of a page of the catalogue from within the book."""
        if path in self.files:
            return self.files[path] + (f"#{ANCHOR}{_name(anchor)}" if anchor else "")
        way = f"{path}/" if path else ""
        return self.view.address + self.view.prefix + way + (f"#{anchor}" if anchor else "")

    def _text(self, part: TextBody, chapter: Chapter) -> str:
        root = read_text(self.html_of(part.file))
        folder = part.file.rpartition("/")[0]
        for element in list(root.iter()):
            element.attrib.pop("data-l", None)
            element.attrib.pop("data-tabs", None)
            if anchor := element.get("id"):
                element.set("id", ANCHOR + _name(anchor))
            if lang := element.get("lang"):
                element.set("xml:lang", lang)
            if element.tag == "a" and (href := element.get("href")):
                goal = inside(href, part.path)
                if goal is not None:
                    element.set("href", self._same_file(goal, part))
                if "footnote-backref" not in classes(element) and href.startswith("#fn"):
                    element.set("role", "doc-noteref")
            elif element.tag == "img":
                element.set("src", self.pictures[f"{folder}/{element.get('src', '')}"])
            elif element.tag == "section" and "footnotes" in classes(element):
                element.set("role", "doc-endnotes")
            elif element.tag == "h2" and element.get("id"):
                chapter.entries.append({"id": element.get("id", ""), "title": text_of(element)})
        _boxes(root)
        text = ET.tostring(root, encoding="unicode")
        return text.removeprefix("<text>").removesuffix("</text>").removesuffix("<text />")

    def _same_file(self, goal: tuple[str, str], part: TextBody) -> str:
        path, anchor = goal
        if path == part.path and anchor:
            return f"#{ANCHOR}{_name(anchor)}"
        return self._where(path, anchor)


def _chapters(view: PrintView) -> Iterator[Chapter]:
    """The first page with everything up to the first chapter, then the chapters."""
    chapter = Chapter("start.xhtml", view.title.text)
    for part in view.parts:
        if isinstance(part, Heading) and part.opens:
            yield chapter
            number = int(chapter.file[1:-6]) + 1 if chapter.file != "start.xhtml" else 1
            chapter = Chapter(f"c{number}.xhtml", part.said.text)
        chapter.parts.append(part)
    yield chapter


def _files(view: PrintView, chapters: Sequence[Chapter]) -> dict[str, str]:
    """Address of each page that the book holds -> the file where it begins."""
    here = {part.path: c.file for c in chapters for part in c.parts if isinstance(part, Heading) and part.opens}
    return {path: here.get(path, chapters[0].file) for path in labels(view) if path in here or path == view.page}


def _boxes(root: ET.Element) -> None:
    """Not every reader has forms: a box becomes a sign, and choices have letters."""
    for parent in list(root.iter()):
        for box in [part for part in parent if part.tag == "input"]:
            if box.get("class") == "task-list-item-checkbox":
                box.tail = ("☑" if box.get("checked") is not None else "☐") + (box.tail or "")
            remove(parent, box)
        if parent.tag == "label":
            parent.tag = "span"
            parent.attrib.pop("for", None)


def _name(anchor: str) -> str:
    return anchor.replace(":", "-")


def _kind(file: str) -> str:
    return file.rpartition(".")[2].lower()


def _markup(html: str) -> Any:
    from markupsafe import Markup

    return Markup(html)  # noqa: S704 - checked against the allow-list, and written anew from its tree


def _plain(value: Any, href: Callable[[Link], str]) -> Any:
    """Frozen data for templates; links know where they lead."""
    if isinstance(value, Link):
        return {"said": value.said, "href": href(value), "note": value.note}
    if hasattr(value, "_asdict"):
        if type(value).__name__ == "Said":
            return value
        return {key: _plain(inner, href) for key, inner in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(inner, href) for inner in value]
    return value


@lru_cache(maxsize=2)
def _environment(theme: Path) -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(theme / "epub"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _zipped(contents: Mapping[str, str | bytes]) -> bytes:
    """The files in one archive, the kind of archive first and plain, as readers expect."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype", _DAY), "application/epub+zip", zipfile.ZIP_STORED)
        for name, content in contents.items():
            info = zipfile.ZipInfo(name, _DAY)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            raw = content.strip() + "\n" if isinstance(content, str) else content
            archive.writestr(info, raw, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()
