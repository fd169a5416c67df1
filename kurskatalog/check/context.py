"""What a rule may look at: everything that could be read, and the ids of everything that exists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kurskatalog.check.places import Origin, Places
from kurskatalog.check.reading import FileResult, SourceFile
from kurskatalog.model.records import CourseFile, ModuleFile, NeedFile, PlanFile, ProviderFile, Settings, TermFile, VocabularyFile
from kurskatalog.problems import Problem


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One language of a module or page: its file, what stands in it, and its front matter as a record (None when that is wrong)."""

    file: SourceFile
    result: FileResult
    facts: Any


@dataclass(slots=True, kw_only=True)
class Context:
    """All records by id, with their origins.

    `known` has every id that exists by kind, also of records that have problems of their own, so that one mistake is reported
    once. `today` is the day on which the check is made.
    """

    settings: Settings
    today: dt.date
    places: Places
    providers: dict[str, ProviderFile] = field(default_factory=dict)
    courses: dict[str, CourseFile] = field(default_factory=dict)
    modules: dict[str, ModuleFile] = field(default_factory=dict)
    module_texts: dict[str, dict[str, TextVersion]] = field(default_factory=dict)
    page_texts: dict[str, dict[str, TextVersion]] = field(default_factory=dict)
    plans: dict[str, PlanFile] = field(default_factory=dict)
    needs: dict[str, NeedFile] = field(default_factory=dict)
    vocabularies: dict[str, VocabularyFile] = field(default_factory=dict)
    terms: dict[str, dict[str, TermFile]] = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)
    known: dict[str, set[str]] = field(default_factory=dict)
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    published: dict[str, int] = field(default_factory=dict)
    """Paths that have been on the net, with their line in content/published.txt."""

    def origin(self, kind: str, ident: str) -> Origin:
        """Where a record is written."""
        return self.origins[kind, ident]

    def texts(self) -> Iterator[tuple[str, dict[str, TextVersion]]]:
        """(kind, versions by language) of every module and page."""
        for versions in self.module_texts.values():
            yield "module", versions
        for versions in self.page_texts.values():
            yield "page", versions


Rule = Callable[[Context], Iterator[Problem]]
