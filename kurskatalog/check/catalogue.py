"""All files together: records from their data, then every rule, then the catalogue or the problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kurskatalog.check import field, links, published, references
from kurskatalog.check.context import Context, Rule, TextVersion
from kurskatalog.check.places import Origin, Places
from kurskatalog.check.reading import FileResult, SourceFile
from kurskatalog.check.shape import read_shape
from kurskatalog.model import catalogue as model
from kurskatalog.model.records import (
    CourseFile,
    ModuleFile,
    NeedFile,
    PageFile,
    PlanFile,
    ProviderFile,
    Settings,
    TermFile,
    TranslationFile,
    VocabularyFile,
)
from kurskatalog.problems import Message, Place, Problem

RULES: tuple[Rule, ...] = (*references.RULES, *links.RULES, *field.RULES, *published.RULES)

_SHAPES: dict[str, type[BaseModel]] = {
    "provider": ProviderFile, "course": CourseFile, "plan": PlanFile, "need": NeedFile, "vocabulary": VocabularyFile,
}  # fmt: skip
_KINDS = ("provider", "course", "module", "page", "plan", "need", "vocabulary")


def check_catalogue(
    files: Mapping[SourceFile, FileResult], root: Path, today: dt.date, ledger: Mapping[str, int] | None = None
) -> tuple[model.Catalogue | None, list[Problem]]:
    """The catalogue, or None when there are errors, and all problems, sorted by place.

    `files` is what every file says by itself (see `reading.check_file`), `today` the day for rules about dates, `ledger` the
    published paths with their lines.
    """
    problems = [problem for result in files.values() for problem in result.problems]
    ctx = _read_settings(files, root, today, problems)
    if ctx is None:
        return None, sorted(problems, key=lambda p: p.order)
    ctx.published = dict(ledger or {})
    _read_records(ctx, files, problems)
    for rule in RULES:
        problems += rule(ctx)
    problems.sort(key=lambda p: p.order)
    if any(p.severity == "error" for p in problems):
        return None, problems
    return _catalogue(ctx), problems


def _read_settings(
    files: Mapping[SourceFile, FileResult], root: Path, today: dt.date, problems: list[Problem]
) -> Context | None:
    places = Places(root)
    for file, result in files.items():
        if file.kind != "settings":
            continue
        if result.data is None:
            return None
        data = dict(result.data) if isinstance(result.data, dict) else result.data
        if isinstance(data, dict):
            data.pop("providers", None)
            data.pop("courses", None)
        languages = data.get("languages") if isinstance(data, dict) else None
        listed = [x for x in languages if isinstance(x, str)] if isinstance(languages, list) else []
        context = {"language": (listed or ["nb"])[0], "languages": None}
        settings, found = read_shape(Settings, data, Origin(file.name), places, context)
        problems += found
        if settings is None:
            return None
        return Context(settings=settings, today=today, places=places, known={kind: set() for kind in _KINDS})
    return None


def _read_records(ctx: Context, files: Mapping[SourceFile, FileResult], problems: list[Problem]) -> None:
    context = {"language": ctx.settings.default_language, "languages": ctx.settings.languages}
    for file, result in files.items():
        if file.kind == "settings":
            _read_inline(ctx, result, problems, context)
    for file, result in files.items():
        if file.kind == "picture":
            ctx.pictures.add(file.name)
        elif file.kind in ("module", "page"):
            _read_text(ctx, file, result, problems, context)
        elif file.kind != "settings":
            _read_record(ctx, file.kind, file.owner, result.data, Origin(file.name), problems, context)
    _check_default_texts(ctx, problems)


def _read_inline(ctx: Context, result: FileResult, problems: list[Problem], context: dict[str, Any]) -> None:
    """Providers and courses inside catalogue.yml: the same shapes, the same checks, their places in that file."""
    if not isinstance(result.data, dict):
        return
    for key, kind in (("providers", "provider"), ("courses", "course")):
        entries = result.data.get(key)
        if entries is None:
            continue
        if not isinstance(entries, dict):
            place = ctx.places.of(Origin("catalogue.yml"), key)
            problems.append(Problem(place, "K124", Message("'{key}' should hold keys of its own", key=key), Message("write 'id:' and its facts below it")))
            continue
        for ident, data in entries.items():
            origin = Origin("catalogue.yml", (key, ident))
            if kind == "provider" and isinstance(data, dict) and isinstance(data.get("courses"), dict):
                for course, facts in data["courses"].items():
                    inner = Origin("catalogue.yml", (key, ident, "courses", course))
                    _read_record(ctx, "course", f"{ident}/{course}", facts, inner, problems, context)
                data = {k: v for k, v in data.items() if k != "courses"}
            _read_record(ctx, kind, ident, data, origin, problems, context)


def _read_record(
    ctx: Context, kind: str, ident: str, data: Any, origin: Origin, problems: list[Problem], context: dict[str, Any]
) -> None:
    if origin.prefix and not _is_id(kind, ident):
        place = ctx.places.of(origin, on="key")
        problems.append(Problem(place, "K107", Message("'{id}' cannot be an id", id=ident), Message("an id has a-z, 0-9 and hyphens, at most 60 characters")))
        return
    if kind == "vocabulary" and ident in ctx.known[kind]:
        _extend_vocabulary(ctx, ident, data, origin, problems, context)
        return
    if ident in ctx.known[kind]:
        first = ctx.origins[kind, ident]
        problems.append(
            Problem(
                ctx.places.of(origin), "K118", Message("'{id}' is also written in {file}", id=ident, file=first.file),
                Message("keep one of them"),
            )
        )
        return
    ctx.known[kind].add(ident)
    ctx.origins[kind, ident] = origin
    if data is None:
        return
    record, found = read_shape(_SHAPES[kind], data, origin, ctx.places, {} if kind == "vocabulary" else context)
    problems += found
    if record is None:
        return
    if isinstance(record, VocabularyFile):
        ctx.vocabularies[ident] = record
        ctx.terms[ident] = {term.id: term for term in record.terms}
    else:
        {"provider": ctx.providers, "course": ctx.courses, "plan": ctx.plans, "need": ctx.needs}[kind][ident] = record  # type: ignore[index]


def _extend_vocabulary(
    ctx: Context, ident: str, data: Any, origin: Origin, problems: list[Problem], context: dict[str, Any]
) -> None:
    """A catalogue's own file of the same name adds terms to the program's list, or words a term anew."""
    if data is None:
        return
    record, found = read_shape(VocabularyFile, data, origin, ctx.places, {})
    problems += found
    if record is None or ident not in ctx.vocabularies:
        return
    terms: dict[str, TermFile] = {**ctx.terms[ident], **{term.id: term for term in record.terms}}
    ctx.terms[ident] = terms
    ctx.vocabularies[ident] = record
    ctx.origins["vocabulary", ident] = origin


def _is_id(kind: str, ident: str) -> bool:
    from kurskatalog.model.shapes import ID, ITEM_ID

    return bool((ITEM_ID if kind == "course" else ID).match(ident))


def _read_text(
    ctx: Context, file: SourceFile, result: FileResult, problems: list[Problem], context: dict[str, Any]
) -> None:
    ctx.known[file.kind].add(file.owner)
    origin = Origin(file.name)
    ctx.origins[f"{file.kind}.{file.lang}", file.owner] = origin
    if file.lang == ctx.settings.default_language or (file.kind, file.owner) not in ctx.origins:
        ctx.origins[file.kind, file.owner] = origin
    if file.lang not in ctx.settings.languages:
        problems.append(
            Problem(Place(file.name), "K126", Message("the catalogue has no language '{lang}'", lang=file.lang), Message("catalogue.yml lists the languages"))
        )
        return
    shape: type[BaseModel] = PageFile
    if file.kind == "module":
        shape = ModuleFile if file.lang == ctx.settings.default_language else TranslationFile
    record: Any = None
    if result.data is not None:
        record, found = read_shape(shape, result.data, origin, ctx.places, context)
        problems += found
    versions = ctx.module_texts if file.kind == "module" else ctx.page_texts
    versions.setdefault(file.owner, {})[file.lang] = TextVersion(file, result, record)
    if isinstance(record, ModuleFile):
        ctx.modules[file.owner] = record


def _check_default_texts(ctx: Context, problems: list[Problem]) -> None:
    """K101: a module or page exists in the catalogue's first language."""
    for kind, versions_of in (("module", ctx.module_texts), ("page", ctx.page_texts)):
        for ident, versions in versions_of.items():
            if ctx.settings.default_language not in versions:
                name = next(iter(versions.values())).file.name
                wanted = f"{name.rsplit('.', 2)[0]}.{ctx.settings.default_language}.md"
                problems.append(
                    Problem(Place(name), "K101", Message("the text '{id}' has no version in the catalogue's first language", id=ident), Message("make {file}", file=wanted))
                )


def _body(version: TextVersion) -> model.Body:
    result = version.result
    return model.Body(
        version.file.name,
        result.key,
        tuple((level, anchor, title) for level, anchor, title in result.headings),
        frozenset(result.anchors),
        tuple(source for source, _, _ in result.pictures),
        result.words,
    )


def _catalogue(ctx: Context) -> model.Catalogue:
    default = ctx.settings.default_language
    courses = {i: model.Course(i, ctx.origin("course", i).file, r) for i, r in sorted(ctx.courses.items())}
    uses: dict[str, list[str]] = {}
    for ident, course in courses.items():
        for module, _ in course.modules:
            uses.setdefault(module, []).append(ident)
    return model.Catalogue(
        settings=ctx.settings,
        providers={i: model.Provider(i, ctx.origin("provider", i).file, r) for i, r in sorted(ctx.providers.items())},
        courses=courses,
        modules={
            i: model.Module(
                i, ctx.module_texts[i][default].file.name, r, {lang: (v.facts, _body(v)) for lang, v in sorted(ctx.module_texts[i].items())}
            )
            for i, r in sorted(ctx.modules.items())
        },
        pages={
            i: model.Page(i, {lang: (v.facts, _body(v)) for lang, v in sorted(versions.items())})
            for i, versions in sorted(ctx.page_texts.items())
        },
        plans={i: model.Plan(i, ctx.origin("plan", i).file, r) for i, r in sorted(ctx.plans.items())},
        needs={i: model.Need(i, ctx.origin("need", i).file, r) for i, r in sorted(ctx.needs.items())},
        vocabularies={i: model.Vocabulary(i, r, ctx.terms[i]) for i, r in sorted(ctx.vocabularies.items())},
        uses={module: tuple(names) for module, names in uses.items()},
    )
