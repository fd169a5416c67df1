"""A catalogue with errors as far as it goes: what is sound as it is, stand-ins for the rest, so that pages can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kurskatalog.check.catalogue import to_body, to_catalogue
from kurskatalog.check.context import Context, TextVersion
from kurskatalog.check.reading import FileResult, SourceFile
from kurskatalog.model import catalogue as model
from kurskatalog.model.records import (
    CourseFile,
    ModuleFile,
    NeedFile,
    NeedSource,
    PageFile,
    PlanFile,
    ProviderFile,
    VocabularyFile,
)
from kurskatalog.model.shapes import Outcomes
from kurskatalog.problems import Problem

SETTINGS = "catalogue.yml"
EVERY = ""
"""In the place of a language: all of them."""

Key = tuple[str, str, str]
"""Kind of record, id, language of the text (`EVERY` for the whole record)."""


@dataclass(frozen=True, slots=True)
class Partial:
    """A catalogue with stand-ins; None when there is nothing to show at all.

    `broken` says which records, or texts in one language, have a stand-in, and which problems are the reason.
    """

    catalogue: model.Catalogue | None
    broken: Mapping[Key, tuple[Problem, ...]] = field(default_factory=dict)


def partial_catalogue(
    ctx: Context | None, problems: Iterable[Problem], files: Mapping[SourceFile, FileResult]
) -> Partial:
    """The catalogue of a context, whatever is wrong with it; without errors the same as `to_catalogue`.

    `files` is what the context was made from: a record that cannot be read may still say what it is called.
    """
    errors: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.severity == "error":
            errors.setdefault(problem.place.file, []).append(problem)
    if ctx is None:
        return Partial(None)
    if not errors:
        return Partial(to_catalogue(ctx))
    if (
        ctx.settings.address == "https://-/"
    ):  # a stand-in itself (see records._stand_in): nobody knows what belongs together
        return Partial(None)
    return _Mender(ctx, errors, {file.name: result.data for file, result in files.items()}).mend()


class _Mender:
    """Takes what has errors out of one context and puts stand-ins there."""

    def __init__(self, ctx: Context, errors: dict[str, list[Problem]], data: Mapping[str, Any]) -> None:
        self.ctx = ctx
        self.errors = errors
        self.data = data
        self.default = ctx.settings.default_language
        self.broken: dict[Key, tuple[Problem, ...]] = {}

    def mend(self) -> Partial:
        courses = {i: model.Course(i, self._file("course", i), r) for i, r in self._records("course", self.ctx.courses)}
        providers = dict(self._records("provider", self.ctx.providers))
        modules = self._modules()
        for ident in {name.partition("/")[0] for name in (*courses, *modules)} - providers.keys():
            providers[ident] = _stand_in("provider", {self.default: ident})
            self.broken["provider", ident, EVERY] = ()
        uses: dict[str, list[str]] = {}
        for ident, course in courses.items():
            for module, _ in course.modules:
                uses.setdefault(module, []).append(ident)
        catalogue = model.Catalogue(
            settings=self.ctx.settings,
            providers={i: model.Provider(i, self._file("provider", i), r) for i, r in sorted(providers.items())},
            courses=courses,
            modules=modules,
            pages=self._pages(),
            plans={i: model.Plan(i, self._file("plan", i), r) for i, r in self._records("plan", self.ctx.plans)},
            needs={i: model.Need(i, self._file("need", i), r) for i, r in self._records("need", self.ctx.needs)},
            vocabularies=self._vocabularies(),
            uses={module: tuple(names) for module, names in uses.items()},
        )
        return Partial(catalogue, self.broken)

    def _file(self, kind: str, ident: str) -> str:
        origin = self.ctx.origins.get((kind, ident))
        return origin.file if origin else ""

    def _called(self, kind: str, ident: str) -> dict[str, str]:
        """The title of a record as far as it can be read, by language; its id where there is none."""
        origin = self.ctx.origins.get((kind, ident))
        data = self.data.get(origin.file) if origin else None
        for key in origin.prefix if origin else ():
            data = data.get(str(key)) if isinstance(data, dict) else None
        said = data.get("title") or data.get("name") if isinstance(data, dict) else None
        if isinstance(said, str):
            said = {self.default: said}
        texts = (
            {k: " ".join(v.split())[:120] for k, v in said.items() if isinstance(v, str)}
            if isinstance(said, dict)
            else {}
        )
        return texts if texts.get(self.default) else {self.default: ident}

    def _records(self, kind: str, found: Mapping[str, Any]) -> list[tuple[str, Any]]:
        """Every record of a kind that is known, sound or not, sorted."""
        records = []
        for ident in sorted(self.ctx.known[kind]):
            record = found.get(ident)
            wrong = self.errors.get(self._file(kind, ident), [])
            if wrong or record is None:
                self.broken[kind, ident, EVERY] = tuple(wrong)
                record = _stand_in(kind, self._called(kind, ident))
            records.append((ident, record))
        return records

    def _modules(self) -> dict[str, model.Module]:
        made = {}
        for ident in sorted(self.ctx.known["module"]):
            versions = self.ctx.module_texts.get(ident, {})
            facts = self.ctx.modules.get(ident)
            folder = f"modules/{ident}/"
            ours = {file: found for file, found in self.errors.items() if file.startswith(folder)}
            of_one = {
                lang: ours.pop(version.file.name)
                for lang, version in versions.items()
                if lang != self.default and version.file.name in ours
            }
            if ours or facts is None or self.default not in versions:
                wrong = [problem for found in (*ours.values(), *of_one.values()) for problem in found]
                self.broken["module", ident, EVERY] = tuple(wrong)
                made[ident] = self._no_module(ident)
                continue
            self.broken |= {("module", ident, lang): tuple(found) for lang, found in of_one.items()}
            sound = {lang: v for lang, v in sorted(versions.items()) if lang not in of_one}
            texts = {lang: (v.facts, to_body(v)) for lang, v in sound.items() if v.facts is not None}
            made[ident] = model.Module(ident, versions[self.default].file.name, facts, texts)
        return made

    def _no_module(self, ident: str) -> model.Module:
        file = self._file("module", ident)
        record = ModuleFile.model_construct(
            title=self._called("module", ident)[self.default],
            summary="",
            hours=0.0,
            themes=(),
            outcomes=Outcomes(),
            licence="",
            updated=self.ctx.today,
            review_by=self.ctx.today,
        )
        return model.Module(ident, file, record, {self.default: (record, _no_body(file))})

    def _pages(self) -> dict[str, model.Page]:
        made = {}
        for ident in sorted(self.ctx.known["page"]):
            versions = self.ctx.page_texts.get(ident, {})
            texts = {}
            for lang, version in sorted(versions.items()):
                wrong = self.errors.get(version.file.name, [])
                if wrong or version.facts is None:
                    self.broken["page", ident, lang] = tuple(wrong)
                    title = self._called("page", ident)[self.default]
                    facts = PageFile.model_construct(title=title, summary="")
                    texts[lang] = (facts, _no_body(version.file.name))
                else:
                    texts[lang] = (version.facts, self._without_pictures(version))
            if texts:
                made[ident] = model.Page(ident, texts)
        return made

    def _without_pictures(self, version: TextVersion) -> model.Body:
        """Pictures that lie beside hand-written pages may have errors that no text has."""
        body = to_body(version)
        folder = version.file.name.rpartition("/")[0]
        return replace(body, pictures=tuple(p for p in body.pictures if f"{folder}/{p}" not in self.errors))

    def _vocabularies(self) -> dict[str, model.Vocabulary]:
        ctx = self.ctx
        empty = VocabularyFile.model_construct(name={}, terms=())
        return {
            ident: model.Vocabulary(ident, ctx.vocabularies.get(ident, empty), ctx.terms.get(ident, {}))
            for ident in ctx.known["vocabulary"] | ctx.vocabularies.keys()
        }


def _no_body(file: str) -> model.Body:
    return model.Body(file, "", (), frozenset(), (), 0)


def _stand_in(kind: str, title: dict[str, str]) -> Any:
    """A record that says nothing but its name, and names no other."""
    nothing = dict.fromkeys(title, "")
    if kind == "provider":
        return ProviderFile.model_construct(name=title, type="")
    if kind == "course":
        return CourseFile.model_construct(title=title, summary=nothing, themes=())
    if kind == "plan":
        return PlanFile.model_construct(title=title, role=nothing, summary=nothing, themes=(), steps=())
    source = NeedSource.model_construct(title="", publisher="")
    return NeedFile.model_construct(title=title, statement=nothing, source=source, themes=())
