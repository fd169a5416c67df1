"""Plain data of all files -> records in the context, with the problems of their shape."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kurskatalog.check.context import Context, TextVersion
from kurskatalog.check.places import Origin, Places
from kurskatalog.check.reading import FileResult, SourceFile
from kurskatalog.check.shape import read_shape
from kurskatalog.model.fields import RECORDS
from kurskatalog.model.records import (
    CourseFile,
    ModuleFile,
    NeedFile,
    PageFile,
    PlanFile,
    ProviderFile,
    Publisher,
    Settings,
    SynonymsFile,
    TranslationFile,
    VocabularyFile,
)
from kurskatalog.model.shapes import ID, ITEM_ID, LANGUAGE
from kurskatalog.problems import Message, Place, Problem

SETTINGS = "catalogue.yml"
_USUAL = ("nb", "nn", "en")

# What cannot be judged while catalogue.yml has problems: its languages and redirects, its providers and courses.
_NEEDS_REDIRECTS = frozenset({"K131", "K132"})
_NEEDS_LANGUAGES = frozenset({"K101", "K126", "K127"})
_NEEDS_RECORDS = frozenset({"K118", "K201", "K202", "K207"})


def read_settings(
    files: Mapping[SourceFile, FileResult], root: Path, problems: list[Problem]
) -> tuple[Settings, frozenset[str], Places] | None:
    """The catalogue's settings, the codes that are in doubt because of problems there, and the finder of places.

    A stand-in takes the place of settings with problems, so that all other files are checked in the same run. None when
    there is no catalogue.yml.
    """
    places = Places(root)
    result = next((result for file, result in files.items() if file.kind == "settings"), None)
    if result is None:
        return None
    data = result.data
    languages: list[str] = []
    settings = None
    if data is not None:
        if isinstance(data, dict):
            data = {key: value for key, value in data.items() if key not in ("providers", "courses")}
            listed = data.get("languages")
            languages = (
                [x for x in listed if isinstance(x, str) and LANGUAGE.match(x)] if isinstance(listed, list) else []
            )
        context = {"language": (languages or ["nb"])[0], "languages": languages or None}
        settings, found = read_shape(Settings, data, Origin(SETTINGS), places, context)
        problems += found
    if settings is not None:
        return settings, frozenset(), places
    doubt = _NEEDS_REDIRECTS if languages else _NEEDS_REDIRECTS | _NEEDS_LANGUAGES
    if result.data is None:
        doubt |= _NEEDS_RECORDS
    return _stand_in(languages, files), doubt, places


def _stand_in(languages: list[str], files: Mapping[SourceFile, FileResult]) -> Settings:
    seen = {file.lang for file in files if file.lang} | set(_USUAL)
    listed = languages or [*_USUAL, *sorted(seen - set(_USUAL))]
    title = {listed[0]: "-"}
    return Settings.model_construct(
        title=title,
        address="https://-/",
        publisher=Publisher.model_construct(name=title),
        languages=tuple(listed),
        licence="CC0-1.0",
    )


def read_records(ctx: Context, files: Mapping[SourceFile, FileResult], problems: list[Problem]) -> None:
    """Fill the context with every record that has the right shape; note the problems of the others."""
    reader = _Reader(ctx, problems)
    for file, result in files.items():
        if file.kind == "settings" and isinstance(result.data, dict):
            reader.inline(result.data)
    for file, result in files.items():
        if file.kind == "picture":
            ctx.pictures.add(file.name)
        elif file.kind in ("module", "page"):
            reader.text(file, result)
        elif file.kind == "vocabulary":
            reader.vocabulary(file, result.data)
        elif file.kind == "synonyms":
            reader.synonyms(file, result.data)
        elif file.kind != "settings":
            reader.record(file.kind, file.owner, result.data, Origin(file.name))
    reader.folders_have_texts()


class _Reader:
    """Reads records of one run: the context that they go to, and what languages their texts can have."""

    def __init__(self, ctx: Context, problems: list[Problem]) -> None:
        self.ctx = ctx
        self.problems = problems
        self.languages = {"language": ctx.settings.default_language, "languages": ctx.settings.languages}

    def problem(self, place: Place, code: str, message: Message, hint: Message) -> None:
        self.problems.append(Problem(place, code, message, hint))

    def inline(self, data: dict[str, Any]) -> None:
        """Providers and courses inside catalogue.yml: the same shapes, the same checks, their places in that file."""
        for ident, facts in self._entries(data, "providers"):
            own = facts
            if isinstance(facts, dict) and ID.match(ident):
                own = {key: value for key, value in facts.items() if key != "courses"}
                for course, course_facts in self._entries(facts, "courses", "providers", ident):
                    origin = Origin(SETTINGS, ("providers", ident, "courses", course))
                    self.record("course", f"{ident}/{course}", course_facts, origin)
            self.record("provider", ident, own, Origin(SETTINGS, ("providers", ident)))
        for ident, facts in self._entries(data, "courses"):
            self.record("course", ident, facts, Origin(SETTINGS, ("courses", ident)))

    def _entries(self, data: dict[str, Any], key: str, *prefix: str) -> list[tuple[str, Any]]:
        entries = data.get(key, {})
        if isinstance(entries, dict):
            return list(entries.items())
        place = self.ctx.places.of(Origin(SETTINGS, prefix), key, on="key")
        if entries == "":
            hint = Message("write a value, or delete the line: what is unknown is left out")
            self.problem(place, "K123", Message("'{key}' is empty", key=key), hint)
        else:
            hint = Message("write 'id:' and its facts below it")
            self.problem(place, "K124", Message("'{key}' should hold keys of its own", key=key), hint)
        return []

    def record(self, kind: str, ident: str, data: Any, origin: Origin) -> None:
        """A provider, course, plan or need."""
        ctx = self.ctx
        if origin.prefix and not (ITEM_ID if kind == "course" else ID).match(ident):
            hint = Message("an id has a-z, 0-9 and hyphens, at most 60 characters")
            if kind == "course" and "/" not in ident:
                hint = Message("write <provider>/<course>, for example fagskolen-oslo/fuktteknikk")
            message = Message("'{id}' cannot be an id", id=ident)
            self.problem(ctx.places.of(origin, on="key"), "K107", message, hint)
            return
        if ident in ctx.known[kind]:
            message = Message("'{id}' is also written in {file}", id=ident, file=ctx.origins[kind, ident].file)
            self.problem(ctx.places.of(origin, on="key"), "K118", message, Message("keep one of them"))
            return
        ctx.known[kind].add(ident)
        ctx.origins[kind, ident] = origin
        record = self._shape(RECORDS[kind], data, origin, self.languages)
        if isinstance(record, ProviderFile):
            ctx.providers[ident] = record
        elif isinstance(record, CourseFile):
            ctx.courses[ident] = record
        elif isinstance(record, PlanFile):
            ctx.plans[ident] = record
        elif isinstance(record, NeedFile):
            ctx.needs[ident] = record

    def _shape(self, shape: type[BaseModel], data: Any, origin: Origin, languages: dict[str, Any]) -> BaseModel | None:
        if data is None:
            return None
        record, found = read_shape(shape, data, origin, self.ctx.places, languages)
        self.problems += found
        return record

    def vocabulary(self, file: SourceFile, data: Any) -> None:
        """The program's list, or a catalogue's own file of the same name, which adds or rewords terms."""
        ctx, ident, origin = self.ctx, file.owner, Origin(file.name)
        is_own = ident in ctx.known["vocabulary"]
        ctx.known["vocabulary"].add(ident)
        ctx.origins["vocabulary", ident] = origin
        record = self._shape(VocabularyFile, data, origin, {})
        if not isinstance(record, VocabularyFile):
            ctx.terms.pop(ident, None)
            return
        earlier = ctx.terms.get(ident, {}) if is_own else {}
        ctx.vocabularies[ident] = record
        ctx.terms[ident] = {**earlier, **{term.id: term for term in record.terms}}

    def synonyms(self, file: SourceFile, data: Any) -> None:
        """The program's groups of synonyms, or a catalogue's own, which come on top."""
        record = self._shape(SynonymsFile, data, Origin(file.name), {})
        if isinstance(record, SynonymsFile):
            self.ctx.synonyms += record.groups

    def text(self, file: SourceFile, result: FileResult) -> None:
        """One language of a module or a page."""
        ctx = self.ctx
        origin = Origin(file.name)
        is_default = file.lang == ctx.settings.default_language
        ctx.known[file.kind].add(file.owner)
        ctx.origins[f"{file.kind}.{file.lang}", file.owner] = origin
        if is_default or (file.kind, file.owner) not in ctx.origins:
            ctx.origins[file.kind, file.owner] = origin
        if file.lang not in ctx.settings.languages:
            message = Message("the catalogue has no language '{lang}'", lang=file.lang)
            self.problem(Place(file.name), "K126", message, Message("catalogue.yml lists the languages"))
            return
        shape: type[BaseModel] = PageFile
        if file.kind == "module":
            shape = ModuleFile if is_default else TranslationFile
        record = self._shape(shape, result.data, origin, self.languages)
        versions = ctx.module_texts if file.kind == "module" else ctx.page_texts
        versions.setdefault(file.owner, {})[file.lang] = TextVersion(file, result, record)
        if isinstance(record, ModuleFile):
            ctx.modules[file.owner] = record

    def folders_have_texts(self) -> None:
        """K101: a module or page exists in the catalogue's first language; a folder with pictures has a text."""
        ctx = self.ctx
        default = ctx.settings.default_language
        for versions_of in (ctx.module_texts, ctx.page_texts):
            for ident, versions in versions_of.items():
                if default not in versions:
                    name = next(iter(versions.values())).file.name
                    message = Message("the text '{id}' has no version in the catalogue's first language", id=ident)
                    wanted = f"{name.rsplit('.', 2)[0]}.{default}.md"
                    self.problem(Place(name), "K101", message, Message("make {file}", file=wanted))
        for name in sorted(ctx.pictures):
            folder = name.rpartition("/")[0]
            top, _, ident = folder.partition("/")
            if top == "modules" and ident not in ctx.known["module"]:
                message = Message("the folder of this picture has no text")
                wanted = f"{folder}/module.{default}.md"
                self.problem(Place(name), "K101", message, Message("make {file}", file=wanted))
