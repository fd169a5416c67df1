"""Reading finished PDFs: their structure tree, the words in reading order, pictures of their pages, and a press to make small ones."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from PIL import Image
from selectolax.lexbor import LexborHTMLParser
from small import HOME

from kurskatalog.output.pdf.press import Press
from kurskatalog.output.pdf.stage import lay_out, stage_picture
from kurskatalog.view.parts import Said
from kurskatalog.view.prints.frame import frame_words
from kurskatalog.view.prints.shapes import Part, PrintView, TextBody
from kurskatalog.words import Words

FILE = "modules/skolen/prove/module.nb.md"


class _Marked(PDFLayoutAnalyzer):
    """Letters by the number of the marked content that they stand in; those outside of any are decoration."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources, laparams=None)
        self.found: dict[int, list[str]] = {}
        self.open: list[tuple[int | None, bool]] = [(None, False)]

    def begin_tag(self, tag: Any, props: Any = None) -> None:
        props = props if isinstance(props, dict) else {}
        number, said = self.open[-1]
        number = props.get("MCID", number)
        actual = props.get("ActualText")
        if actual is not None and number is not None:
            text = actual.decode("utf-16") if actual.startswith(b"\xfe\xff") else actual.decode("latin-1")
            self.found.setdefault(number, []).append(text)
        self.open.append((number, said or actual is not None))

    def end_tag(self) -> None:
        self.open.pop()

    def do_tag(self, tag: Any, props: Any = None) -> None:
        pass

    def render_char(
        self, matrix: Any, font: Any, fontsize: Any, scaling: Any, rise: Any, cid: Any, *rest: Any
    ) -> float:
        number, said = self.open[-1]
        if number is not None and not said:
            self.found.setdefault(number, []).append(font.to_unichr(cid))
        return super().render_char(matrix, font, fontsize, scaling, rise, cid, *rest)

    def receive_layout(self, ltpage: Any) -> None:
        pass


@dataclass(frozen=True)
class Node:
    """An element of the structure tree: its role, alternative text, language and heading title; its words, its children."""

    role: str
    alt: str = ""
    lang: str = ""
    words: str = ""
    children: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def text(self) -> str:
        return self.words + "".join(child.text for child in self.children)


class Paper:
    """A finished PDF."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.pdf = pikepdf.open(io.BytesIO(raw))
        self.root = self.pdf.Root

    @property
    def pages(self) -> int:
        return len(self.pdf.pages)

    @cached_property
    def tree(self) -> Node:
        return self._tree(self._marked())

    @cached_property
    def structure(self) -> Node:
        """The tree without its words, which take long to read."""
        return self._tree([{} for _ in range(self.pages)])

    def _tree(self, marked: list[dict[int, str]]) -> Node:
        pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}

        def node(element: Any, page: int) -> Node:
            if "/Pg" in element:
                page = pages[element.Pg.objgen]
            kids = element.get("/K", [])
            children = []
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    children.append(Node("words", words=marked[page].get(kid, "")))
                elif kid.get("/Type") == "/MCR":
                    at = pages[kid.Pg.objgen] if "/Pg" in kid else page
                    children.append(Node("words", words=marked[at].get(int(kid.MCID), "")))
                elif "/S" in kid:
                    children.append(node(kid, page))
            role = str(element.S).lstrip("/")
            return Node(role, str(element.get("/Alt", "")), str(element.get("/Lang", "")), "", children)

        return node(
            self.root.StructTreeRoot.K[0]
            if isinstance(self.root.StructTreeRoot.K, pikepdf.Array)
            else self.root.StructTreeRoot.K,
            0,
        )

    def _marked(self) -> list[dict[int, str]]:
        found = []
        for page in PDFPage.get_pages(io.BytesIO(self.raw)):
            resources = PDFResourceManager()
            device = _Marked(resources)
            PDFPageInterpreter(resources, device).process_page(page)
            found.append({number: "".join(parts) for number, parts in device.found.items()})
        return found

    @property
    def text(self) -> str:
        """All words in reading order, notes at their references."""
        return self.tree.text

    @property
    def letters(self) -> str:
        return letters(self.text)

    def roles(self, *names: str) -> list[Node]:
        return [node for node in self.tree.walk() if node.role in names]

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [
            (int(n.role[1:]), " ".join(n.text.split())) for n in self.tree.walk() if re.fullmatch(r"H[1-9]", n.role)
        ]

    @property
    def links(self) -> list[Any]:
        return [a for page in self.pdf.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]

    @property
    def addresses(self) -> set[str]:
        return {str(a.A.URI) for a in self.links if "/A" in a and a.A.S == "/URI"}

    def page_text(self, number: int) -> str:
        """What stands on the page, from 1, decoration included."""
        text: str = pypdfium2.PdfDocument(self.raw)[number - 1].get_textpage().get_text_range()
        return text

    def picture(self, number: int, scale: float = 0.6) -> Image.Image:
        """The page, from 1, as a grey picture."""
        page = pypdfium2.PdfDocument(self.raw)[number - 1]
        return page.render(scale=scale).to_pil().convert("L")


def letters(text: str) -> str:
    """Nothing but letters and digits, for comparing texts that are broken into lines in different ways."""
    return "".join(c for c in text if c.isalnum())


def in_order(words: list[str], letters_of: str) -> list[str]:
    """The words that do not stand in the letters, each behind the one before."""
    at, lost = 0, []
    for word in words:
        plain = letters(word)
        found = letters_of.find(plain, at)
        if found < 0:
            lost.append(word)
        else:
            at = found + len(plain)
    return lost


ELSEWHERE = (
    *(
        "nav",
        ".kk-files",
        ".kk-toc",
        ".kk-kind",
        ".kk-action",
        ".kk-able",
        "[hidden]",
        "template",
        ".kk-times",
        ".kk-paths",
        ".kk-marks",
    ),  # ways, and drawings of facts
    *(".kk-answers-first", "#fakta", ".kk-builds", ".kk-notice"),  # facts are in one box on paper
    *(
        ".footnotes",
        ".footnote-ref",
        ".tabbed-labels",
        ".answers",
        ".see",
    ),  # at the foot of pages and the end of the chapter
)


def article_words(html: str) -> list[str]:
    """The words of a page's article as a reader sees them, without ways to other pages and what paper shows elsewhere."""
    article = LexborHTMLParser(html).css_first("article")
    for part in article.css(", ".join(ELSEWHERE)):
        part.decompose()
    return article.text(separator=" ").split()


def press_of(stage: Path, theme: Path = HOME / "theme", **more: Any) -> Press:
    """A press with the real templates."""
    lay_out(theme, stage)
    return Press(stage, **more)


def view_of(*parts: Part, lang: str = "nb", **more: Any) -> PrintView:
    """A document with these parts."""
    values: dict[str, Any] = {
        "path": "moduler/skolen/prove", "page": "moduler/skolen/prove", "lang": lang, "prefix": "", "kind": "module",
        "label": "Læringsmodul", "title": Said("Prøven"), "summary": Said("En prøve."), "authors": ("Åse Ås",),
        "licence": "CC-BY-4.0", "version": "12345678", "updated": "21. november 2026", "day": "2026-11-21", "dates": "",
        "catalogue": "Katalogen", "publisher": "Utgiveren", "address": "https://katalog.example/",
        "words": frame_words(Words(lang)), "parts": tuple(parts), "files": (FILE,), **more,
    }  # fmt: skip
    return PrintView(**values)


def set_text(press: Press, xhtml: str, pictures: Mapping[str, bytes] | None = None, **more: Any) -> Paper:
    """A document with one text."""
    folder = FILE.rpartition("/")[0]
    staged = {f"{folder}/{name}": stage_picture(raw, name, press.stage) for name, raw in (pictures or {}).items()}
    body = TextBody(FILE, "moduler/skolen/prove", 1, "", tuple(pictures or ()))
    return Paper(press.run(view_of(body, **more), {FILE: xhtml}.__getitem__, staged, {}))
