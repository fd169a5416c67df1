"""What a rule may look at: everything that could be read, and the ids of everything that exists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kurskatalog.check.nearest import nearest
from kurskatalog.check.places import Origin, Places
from kurskatalog.check.reading import FileResult, SourceFile
from kurskatalog.problems import Message, Problem

if TYPE_CHECKING:
    from kurskatalog.model.records import (
        CourseFile,
        ModuleFile,
        NeedFile,
        PlanFile,
        ProviderFile,
        Settings,
        TermFile,
        VocabularyFile,
    )

_MOST_GUESSES = 50  # of one run: each looks at all ids, and nobody reads a hundred of them
_LOOK = Message("look for it in the list of files, or make it first")


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One language of a module or page: its file, its content, its front matter (None when that is wrong)."""

    file: SourceFile
    result: FileResult
    facts: Any


@dataclass(slots=True, kw_only=True)
class Context:
    """All records by id, with their origins.

    `known` has every id that exists by kind, also of records that have problems of their own, so that one mistake is
    reported once. `today` is the day on which the check is made.
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
    """By vocabulary; without those that have problems of their own, since nobody knows what they should have held."""
    synonyms: list[tuple[str, ...]] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    known: dict[str, set[str]] = field(default_factory=dict)
    origins: dict[tuple[str, str], Origin] = field(default_factory=dict)
    published: dict[str, int] = field(default_factory=dict)
    """Paths that have been on the net, with their line in content/published.txt."""
    _guesses: dict[tuple[str, str], str] = field(default_factory=dict)

    def origin(self, kind: str, ident: str) -> Origin:
        """Where a record is written."""
        return self.origins[kind, ident]

    def texts(self) -> Iterator[tuple[str, dict[str, TextVersion]]]:
        """(kind, versions by language) of every module and page."""
        for versions in self.module_texts.values():
            yield "module", versions
        for versions in self.page_texts.values():
            yield "page", versions

    def nearest(self, what: str, word: str, known: Collection[str], likeness: float = 0.6) -> str:
        """As `nearest.nearest`, for some words of a run only; `what` tells equal words of different lists apart."""
        asked = (what, word)
        if asked not in self._guesses and len(self._guesses) < _MOST_GUESSES:
            self._guesses[asked] = nearest(word, known, likeness)
        return self._guesses.get(asked, "")

    def did_you_mean(self, kind: str, ident: str, otherwise: Message = _LOOK) -> Message:
        """A hint with the id that is most like one that does not exist; `otherwise` when none is."""
        near = self.nearest(kind, ident, self.known[kind])
        return Message("did you mean '{near}'?", near=near) if near else otherwise


Rule = Callable[[Context], Iterator[Problem]]
