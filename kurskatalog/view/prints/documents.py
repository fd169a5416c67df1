"""Which printed documents there are in a language: modules, courses, providers, plans, levels, and the whole catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kurskatalog.files import digest
from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Catalogue
from kurskatalog.view.pages import Page
from kurskatalog.view.parts import Fact, Link, Row, Said
from kurskatalog.view.prints.chapters import course_parts, module_parts, plan_parts, settled
from kurskatalog.view.prints.frame import frame_words
from kurskatalog.view.prints.shapes import FactBox, Heading, Listing, Paragraph, Part, PrintView, TextBody
from kurskatalog.view.site import SiteView
from kurskatalog.words import Words

WHOLE = "katalog"
WHOLE_WITH_TEXTS = "katalog-med-tekster"
VOLUME, BOOK = 120, 300
"""Modules that one book with all texts has at most, and courses and modules that one of descriptions has.

A larger catalogue has a volume for each provider, and one with the contents of all: nobody carries 4,000 pages at once.
"""


def build_prints(catalogue: Catalogue, site: SiteView, today: dt.date, *, texts: bool = False) -> tuple[PrintView, ...]:
    """Every document in the site's language; with `texts` the book of all module texts too."""
    return tuple(_Printer(catalogue, site, today).all(texts))


class _Printer:
    """Makes the documents of one language."""

    def __init__(self, catalogue: Catalogue, site: SiteView, today: dt.date) -> None:
        self.catalogue = catalogue
        self.site = site
        self.today = today
        self.words = Words(site.lang)
        self.pages: Mapping[str, Page] = {page.path: page for page in site.pages}
        self.frame = frame_words(self.words)

    def all(self, texts: bool) -> Iterator[PrintView]:
        """One after the other, small ones first."""
        for ident in self.catalogue.modules:
            page = self.pages[addresses.module(ident)]
            if not page.data.fallback:
                yield self.module(page, ident)
        for ident in self.catalogue.courses:
            page = self.pages[addresses.course(ident)]
            if not page.data.said.lang:
                yield self.course(page, ident)
        for ident in self.catalogue.plans:
            page = self.pages[f"{addresses.PLAN}/{ident}"]
            if not page.data.said.lang:
                yield self.plan(page, ident)
        for ident in self.catalogue.providers:
            yield self.provider(self.pages[addresses.provider(ident)], ident)
        for path, page in self.pages.items():
            if path.startswith(f"{addresses.LEVEL}/") and (page.data.courses or page.data.modules):
                yield self.level(page)
        yield self.whole()
        if texts:
            yield from self.book()

    def module(self, page: Page, ident: str) -> PrintView:
        """A module with its text."""
        facts = self.catalogue.modules[ident].facts
        front = self.catalogue.modules[ident].texts[self.site.lang][0]
        updated = front.updated or facts.updated
        return self._view(
            "module",
            page,
            self.words("Learning module"),
            tuple(module_parts(page, self.words, 1)),
            authors=front.authors or facts.authors,
            licence=facts.licence,
            updated=self.words.day(updated),
            day=updated,
            files=(page.source,),
        )

    def course(self, page: Page, ident: str) -> PrintView:
        """A course with its modules as chapters."""
        course = self.catalogue.courses[ident]
        modules = [addresses.module(m) for m, _ in course.modules]
        return self._view(
            "course",
            page,
            self.words("Course"),
            (*course_parts(page, self.words, 1), *self._chapters(modules, 1)),
            files=(course.file, *self._files(modules)),
        )

    def plan(self, page: Page, ident: str) -> PrintView:
        """A plan with its modules and courses as chapters, each once."""
        plan = self.catalogue.plans[ident]
        chapters: dict[str, None] = {}
        for step in plan.facts.steps:
            if step.module:
                chapters[addresses.module(step.module)] = None
            elif step.course:
                chapters[addresses.course(step.course)] = None
                chapters |= {addresses.module(m): None for m, _ in self.catalogue.courses[step.course].modules}
        return self._view(
            "plan",
            page,
            self.words("Competence plan"),
            (*plan_parts(page, self.words), *self._chapters(list(chapters), 1)),
            files=(plan.file, *self._files(list(chapters))),
        )

    def provider(self, page: Page, ident: str) -> PrintView:
        """A provider with descriptions of all that it has."""
        data = page.data
        box = settled(data.facts, self.words)
        parts: list[Part] = [FactBox(box)] if box else []
        if data.homepage:
            link = Link(Said(data.homepage), url=data.homepage)
            parts = [FactBox((*box, Fact(self.words("The provider's own page"), (link,))))]
        parts += self._descriptions(data.courses, data.modules, 1)
        file = self.catalogue.providers[ident].file
        return replace(self._view("provider", page, self.words("Provider"), parts, files=(file,)), contents=2)

    def level(self, page: Page) -> PrintView:
        """A level with descriptions of all that is on it."""
        data = page.data
        if len(data.courses) + len(data.modules) <= BOOK:
            return self._view("level", page, self.words("Level"), self._descriptions(data.courses, data.modules, 1))
        parts = [Heading(1, Said(self.words("Courses"))), *self._paged(data.courses, self.words("Courses"))]
        parts += [Heading(1, Said(self.words("Modules"))), *self._paged(data.modules, self.words("Modules"))]
        owners = dict.fromkeys(row.provider_path for row in (*data.courses, *data.modules))
        volumes = tuple(f"{self.site.prefix}pdf/{owner}" for owner in owners)
        return replace(self._view("level", page, self.words("Level"), parts), volumes=volumes)

    def whole(self) -> PrintView:
        """The whole catalogue: a book of descriptions, by provider; a large one leads to the providers' own documents."""
        records = len(self.catalogue.modules) + len(self.catalogue.courses)
        parts: list[Part] = [FactBox(self._how_much())]
        for ident in self.catalogue.providers:
            page = self.pages[addresses.provider(ident)]
            opens = records <= BOOK
            parts.append(
                Heading(1, page.data.said, page.path, opens=opens, kind=self.words("Provider") if opens else "")
            )
            if opens:
                parts += [Paragraph(page.data.note, "lead")] if page.data.note.text else []
                parts += [FactBox(settled(page.data.facts, self.words))] if page.data.facts else []
                parts += self._descriptions(page.data.courses, page.data.modules, 2)
            else:
                parts += self._paged(page.data.courses, self.words("Courses"))
                parts += self._paged(page.data.modules, self.words("Modules"))
        names = [] if records <= BOOK else [f"pdf/{addresses.provider(ident)}" for ident in self.catalogue.providers]
        return self._whole_view("catalogue", WHOLE, parts, names)

    def book(self) -> Iterator[PrintView]:
        """All module texts: one book, or a volume for each provider and one with the contents of all."""
        by_provider: dict[str, list[str]] = {}
        for ident in self.catalogue.modules:
            by_provider.setdefault(ident.partition("/")[0], []).append(addresses.module(ident))
        parts: list[Part] = [FactBox(self._how_much())]
        names = []
        for provider, modules in by_provider.items():
            page = self.pages[addresses.provider(provider)]
            if len(self.catalogue.modules) <= VOLUME:
                parts.append(Heading(1, page.data.said, page.path, opens=True, kind=self.words("Provider")))
                parts += self._chapters(modules, 2)
                continue
            chapters = self._chapters(modules, 1)
            view = self._view("volume", page, self.words("Volume"), chapters, files=self._files(modules))
            names.append(f"pdf/{WHOLE_WITH_TEXTS}/{provider}")
            yield replace(view, path=f"{WHOLE_WITH_TEXTS}/{provider}", contents=1)
            parts.append(Heading(1, page.data.said))
            parts += self._paged(page.data.modules, self.words("Modules"))
        yield self._whole_view("texts", WHOLE_WITH_TEXTS, parts, names)

    def _paged(self, rows: Sequence[Row], heading: str) -> list[Part]:
        """A list that says on which page of its volume each one is."""
        if not rows:
            return []
        heads = (heading, self.words("Hours"), self.words("Page"))
        lines = tuple((Link(row.said, row.path), Link(Said(row.hours)), Link(Said(""))) for row in rows)
        return [Listing(heading, heads, lines, paged=True)]

    def _whole_view(self, kind: str, path: str, parts: Sequence[Part], volumes: Sequence[str]) -> PrintView:
        home = self.pages[""]
        label = self.words("The whole catalogue") if kind == "catalogue" else self.words("All module texts")
        view = self._view(kind, home, label, parts, files=("catalogue.yml",))
        summary = Said(self.site.description)
        return replace(
            view,
            path=path,
            title=Said(self.site.title),
            summary=summary,
            volumes=tuple(self.site.prefix + name for name in volumes),
            contents=1 if volumes else 3,
        )

    def _how_much(self) -> tuple[Fact, ...]:
        words, c = self.words, self.catalogue
        counts = ((words("Providers"), c.providers), (words("Courses"), c.courses), (words("Modules"), c.modules))
        return tuple(Fact(label, (Link(Said(str(len(records)))),)) for label, records in counts)

    def _chapters(self, paths: Sequence[str], level: int) -> list[Part]:
        """Whole modules and courses, each with a heading of `level` on a new page."""
        parts: list[Part] = []
        for path in paths:
            page = self.pages[path]
            is_module = path.startswith(f"{addresses.MODULE}/")
            kind = self.words("Learning module") if is_module else self.words("Course")
            parts.append(Heading(level, page.data.said, path, opens=True, kind=kind))
            parts.append(Paragraph(page.data.summary, "lead"))
            make = module_parts if is_module else course_parts
            parts += make(page, self.words, level + 1)
        return parts

    def _descriptions(self, courses: Sequence[Row], modules: Sequence[Row], level: int) -> list[Part]:
        """Tables of what there is, then each by itself, without the module texts."""
        words, parts = self.words, list[Part]()
        for rows, heading, kind in ((courses, words("Courses"), "kurs"), (modules, words("Modules"), "moduler")):
            if rows:
                parts.append(Heading(level, Said(heading)))
                parts.append(self._listing(heading, rows, kind == "kurs"))
                for row in rows:
                    page = self.pages[row.path]
                    parts.append(Heading(level + 1, page.data.said, page.path))
                    parts.append(Paragraph(page.data.summary, "lead"))
                    if kind == "kurs":
                        parts += course_parts(page, words, level + 2)
                    else:
                        parts += module_parts(page, words, level + 2, text=False)
        return parts

    def _listing(self, caption: str, rows: Sequence[Row], dated: bool) -> Listing:
        words = self.words
        heads = [words("Title"), words("Level"), words("Credits"), words("Hours")]
        heads += [words("Form of study"), words("Next deadline")] if dated else []
        lines = []
        for row in rows:
            values = [row.level, row.credits, row.hours]
            values += [row.form, row.deadlines[0].text if row.deadlines else ""] if dated else []
            lines.append((Link(row.said, row.path), *(Link(Said(value)) for value in values)))
        return Listing(caption, tuple(heads), tuple(lines))

    def _files(self, paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.pages[path].source for path in paths)

    def _view(
        self,
        kind: str,
        page: Page,
        label: str,
        parts: Iterable[Part],
        *,
        authors: tuple[str, ...] = (),
        licence: str = "",
        updated: str = "",
        day: dt.date | None = None,
        files: tuple[str, ...] = (),
    ) -> PrintView:
        data, parts = page.data, tuple(parts)
        keys = [self.pages[part.path].body_key for part in parts if isinstance(part, TextBody)]
        summary = getattr(data, "summary", None) or getattr(data, "note", None) or Said("")
        dated = "" if day else self.words("The dates hold as of {day}").format(day=self.words.day(self.today))
        return PrintView(
            path=page.path,
            page=page.path,
            lang=self.site.lang,
            prefix=self.site.prefix,
            kind=kind,
            label=label,
            title=getattr(data, "said", Said(page.title)),
            summary=summary,
            authors=authors,
            licence=licence or self.site.licence,
            version=digest(repr(parts), *keys)[:8],
            updated=updated,
            day=(day or self.today).isoformat(),
            dates=dated,
            catalogue=self.site.title,
            publisher=self.site.publisher,
            address=self.site.address,
            words=self.frame,
            parts=parts,
            files=files,
        )
