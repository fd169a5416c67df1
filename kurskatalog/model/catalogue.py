"""The whole catalogue in memory: records with their ids and files, ready to be viewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class Provider:
    """Who gives courses or publishes modules."""

    id: str
    file: str
    facts: ProviderFile


@dataclass(frozen=True, slots=True)
class Course:
    """`id` is `<provider>/<course>`; `uses` are its modules in reading order."""

    id: str
    file: str
    facts: CourseFile

    @property
    def provider(self) -> str:
        """The provider's id."""
        return self.id.partition("/")[0]

    @property
    def modules(self) -> tuple[tuple[str, bool], ...]:
        """(module id, optional) in reading order."""
        return tuple((use, False) if isinstance(use, str) else (use.module, use.optional) for use in self.facts.modules)


@dataclass(frozen=True, slots=True)
class Body:
    """What is known of a rendered text without its HTML: `key` finds that in the store of texts."""

    file: str
    key: str
    headings: tuple[tuple[int, str, str], ...]
    anchors: frozenset[str]
    pictures: tuple[str, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Module:
    """`id` is `<provider>/<module>`; `texts` by language, the default one always there."""

    id: str
    file: str
    facts: ModuleFile
    texts: Mapping[str, tuple[ModuleFile | TranslationFile, Body]]

    @property
    def provider(self) -> str:
        """The provider's id."""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Page:
    """A hand-written page in its languages."""

    id: str
    texts: Mapping[str, tuple[PageFile, Body]]


@dataclass(frozen=True, slots=True)
class Plan:
    """A competence plan for a role."""

    id: str
    file: str
    facts: PlanFile


@dataclass(frozen=True, slots=True)
class Need:
    """A stated competence need."""

    id: str
    file: str
    facts: NeedFile


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list; `terms` by id, in the order of the file."""

    id: str
    facts: VocabularyFile
    terms: Mapping[str, TermFile]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything, checked."""

    settings: Settings
    providers: Mapping[str, Provider]
    courses: Mapping[str, Course]
    modules: Mapping[str, Module]
    pages: Mapping[str, Page]
    plans: Mapping[str, Plan]
    needs: Mapping[str, Need]
    vocabularies: Mapping[str, Vocabulary]
    uses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Module id -> ids of the courses that use it, sorted."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Words and phrases that mean the same to somebody who searches."""
