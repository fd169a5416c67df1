"""All files together: records from their data, then every rule, then the catalogue or the problems."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from kurskatalog.check import (
    dates,
    field,
    files,
    lengths,
    links,
    owners,
    plans,
    published,
    references,
    terms,
    translations,
)
from kurskatalog.check.context import Context, Rule, TextVersion
from kurskatalog.check.reading import FileResult, SourceFile
from kurskatalog.check.records import read_records, read_settings
from kurskatalog.check.silence import silence
from kurskatalog.model import catalogue as model
from kurskatalog.problems import Problem

RULES: tuple[Rule, ...] = (
    *files.RULES,
    *references.RULES,
    *plans.RULES,
    *terms.RULES,
    *links.RULES,
    *field.RULES,
    *dates.RULES,
    *lengths.RULES,
    *translations.RULES,
    *published.RULES,
    *owners.RULES,
)
_KINDS = ("provider", "course", "module", "page", "plan", "need", "vocabulary")


def check_catalogue(
    files: Mapping[SourceFile, FileResult], root: Path, today: dt.date, ledger: Mapping[str, int] | None = None
) -> tuple[model.Catalogue | None, list[Problem]]:
    """The catalogue, or None when there are errors, and all problems, sorted by place (see `examine`)."""
    ctx, problems = examine(files, root, today, ledger)
    if ctx is None or any(p.severity == "error" for p in problems):
        return None, problems
    return to_catalogue(ctx), problems


def examine(
    files: Mapping[SourceFile, FileResult], root: Path, today: dt.date, ledger: Mapping[str, int] | None = None
) -> tuple[Context | None, list[Problem]]:
    """Everything that could be read (None without catalogue.yml), and all problems, sorted by place.

    `files` is what every file says by itself (see `reading.check_file`), `today` the day for rules about dates,
    `ledger` the published paths with their lines.
    """
    problems = [problem for result in files.values() for problem in result.problems]
    start = read_settings(files, root, problems)
    if start is None:
        return None, sorted(silence(problems, today), key=lambda p: p.order)
    settings, in_doubt, places = start
    ctx = Context(settings=settings, today=today, places=places, known={kind: set() for kind in _KINDS})
    ctx.published = dict(ledger or {})
    found: list[Problem] = []
    read_records(ctx, files, found)
    for rule in RULES:
        found += rule(ctx)
    problems += (problem for problem in found if problem.code not in in_doubt)
    return ctx, sorted(silence(problems, today), key=lambda p: p.order)


def to_body(version: TextVersion) -> model.Body:
    """What the model knows of a text."""
    result = version.result
    return model.Body(
        version.file.name,
        result.key,
        tuple((level, anchor, title) for level, anchor, title in result.headings),
        frozenset(result.anchors),
        tuple(source for source, _, _ in result.pictures),
        result.words,
    )


def to_catalogue(ctx: Context) -> model.Catalogue:
    """The catalogue of a context without errors."""
    courses = {i: model.Course(i, ctx.origin("course", i).file, r) for i, r in sorted(ctx.courses.items())}
    uses: dict[str, list[str]] = {}
    for ident, course in courses.items():
        for module, _ in course.modules:
            uses.setdefault(module, []).append(ident)
    return model.Catalogue(
        settings=ctx.settings,
        providers={i: model.Provider(i, ctx.origin("provider", i).file, r) for i, r in sorted(ctx.providers.items())},
        courses=courses,
        modules=_modules(ctx),
        pages={
            i: model.Page(i, {lang: (v.facts, to_body(v)) for lang, v in sorted(versions.items())})
            for i, versions in sorted(ctx.page_texts.items())
        },
        plans={i: model.Plan(i, ctx.origin("plan", i).file, r) for i, r in sorted(ctx.plans.items())},
        needs={i: model.Need(i, ctx.origin("need", i).file, r) for i, r in sorted(ctx.needs.items())},
        vocabularies={i: model.Vocabulary(i, r, ctx.terms[i]) for i, r in sorted(ctx.vocabularies.items())},
        uses={module: tuple(names) for module, names in uses.items()},
        synonyms=tuple(ctx.synonyms),
    )


def _modules(ctx: Context) -> dict[str, model.Module]:
    default = ctx.settings.default_language
    made = {}
    for ident, record in sorted(ctx.modules.items()):
        versions = ctx.module_texts[ident]
        texts = {lang: (version.facts, to_body(version)) for lang, version in sorted(versions.items())}
        made[ident] = model.Module(ident, versions[default].file.name, record, texts)
    return made
