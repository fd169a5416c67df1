"""By which words every page is found: its texts in all languages, by weight, and words that mean the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Catalogue, Course, Module
from kurskatalog.model.shapes import OUTCOME_KINDS
from kurskatalog.words.search import FACT, OFTEN, TITLE, forms, tokens

Texts = Mapping[str, str] | None


class Document(NamedTuple):
    """A page that can be found: its address, its texts by their weight, and the files of its running texts."""

    path: str
    texts: Mapping[int, tuple[str, ...]]
    bodies: tuple[str, ...]


class FoundBy(NamedTuple):
    """All documents in the order of their numbers, and groups of words that mean the same."""

    documents: tuple[Document, ...]
    groups: tuple[tuple[str, ...], ...]


def build_found_by(catalogue: Catalogue) -> FoundBy:
    """The same for readers of all languages: a text that is there in one of them is found in each."""
    collector = _Collector(catalogue)
    documents = (
        *(collector.course(course) for course in catalogue.courses.values()),
        *(collector.module(module) for module in catalogue.modules.values()),
        *collector.plans(),
        *collector.providers(),
        *collector.pages(),
    )
    return FoundBy(documents, (*catalogue.synonyms, *sorted(_two_norwegians(catalogue))))


def _two_norwegians(catalogue: Catalogue) -> set[tuple[str, str]]:
    """Words of the lists' terms that differ between bokmål and nynorsk: (sikkerhet, tryggleik)."""
    pairs = set()
    for vocabulary in catalogue.vocabularies.values():
        for term in vocabulary.terms.values():
            ours, theirs = (tokens(term.label.get(lang, "")) for lang in ("nb", "nn"))
            if len(ours) == len(theirs):
                pairs |= {(a, b) for a, b in zip(ours, theirs, strict=True) if a != b and len(a) > 3 and len(b) > 3}
    return {(a, b) for a, b in pairs if forms(a) and forms(b)}


def _all(*texts: Texts) -> Iterator[str]:
    for text in texts:
        if text:
            yield from dict.fromkeys(text.values())


class _Collector:
    """Collects texts; those of terms and providers once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._labels = {
            (name, code): tuple(_all(term.label))
            for name, vocabulary in catalogue.vocabularies.items()
            for code, term in vocabulary.terms.items()
        }
        self._names = {ident: tuple(_all(p.facts.name)) for ident, p in catalogue.providers.items()}

    def _terms(self, vocabulary: str, codes: Iterable[str | None]) -> Iterator[str]:
        for code in codes:
            if code:
                yield from self._labels.get((vocabulary, code), ())

    def course(self, course: Course) -> Document:
        """A course by its facts, its provider, its places and what its modules are called."""
        facts, modules = course.facts, self.catalogue.modules
        places = [place for run in facts.runs for place in run.places]
        short = (
            *_all(facts.summary),
            *self._names[course.provider],
            *self._terms("themes", facts.themes),
            *(place.name for place in places),
            *self._terms("counties", (place.county for place in places)),
            *self._terms("forms", dict.fromkeys(run.form for run in facts.runs)),
        )
        longer = (
            *(text for kind in OUTCOME_KINDS for item in getattr(facts.outcomes, kind) for text in _all(item)),
            *_all(facts.audience, facts.admission, facts.quality, facts.funding, *facts.partners),
            *self._terms("levels", (facts.level,)),
            *self._terms("award", (facts.award,)),
            *self._terms("isced-f", (facts.isced,)),
            *(version[0].title for ident, _ in course.modules for version in modules[ident].texts.values()),
        )
        texts = {TITLE: tuple(_all(facts.title)), FACT: short, OFTEN: longer}
        return Document(addresses.course(course.id), texts, ())

    def module(self, module: Module) -> Document:
        """A module by its facts, its headings and its text."""
        facts = module.facts
        versions = module.texts.values()
        short = (
            *(front.summary for front, _ in versions),
            *self._names[module.provider],
            *self._terms("themes", facts.themes),
            *(title for _, body in versions for _, _, title in body.headings),
        )
        longer = (
            *(text for front, _ in versions for kind in OUTCOME_KINDS for text in getattr(front.outcomes, kind)),
            *self._terms("greencomp", facts.greencomp),
            *self._terms("digcomp", facts.digcomp),
            *self._terms("r-strategies", facts.r),
            *self._terms("sdg", facts.sdg),
            *self._terms("dimensions", facts.dimension),
        )
        texts = {TITLE: tuple(front.title for front, _ in versions), FACT: short, OFTEN: longer}
        return Document(addresses.module(module.id), texts, tuple(body.file for _, body in versions))

    def plans(self) -> Iterator[Document]:
        """Plans by their role and the reasons for their steps."""
        for ident, plan in self.catalogue.plans.items():
            facts = plan.facts
            short = (*_all(facts.summary), *self._terms("themes", facts.themes))
            reasons = tuple(text for step in facts.steps for text in _all(step.reason))
            texts = {TITLE: tuple(_all(facts.title, facts.role)), FACT: short, OFTEN: reasons}
            yield Document(f"{addresses.PLAN}/{ident}", texts, ())

    def providers(self) -> Iterator[Document]:
        """Providers by their name, kind and places."""
        for ident, provider in self.catalogue.providers.items():
            facts = provider.facts
            short = (
                *_all(facts.summary),
                *(place.name for place in facts.places),
                *self._terms("counties", (place.county for place in facts.places)),
                *self._terms("provider-types", (facts.type,)),
            )
            yield Document(addresses.provider(ident), {TITLE: self._names[ident], FACT: short}, ())

    def pages(self) -> Iterator[Document]:
        """Hand-written pages but the home page."""
        for ident, page in self.catalogue.pages.items():
            if ident != "index":
                versions = page.texts.values()
                headings = tuple(title for _, body in versions for _, _, title in body.headings)
                short = (*(front.summary for front, _ in versions), *headings)
                texts = {TITLE: tuple(front.title for front, _ in versions), FACT: short}
                yield Document(addresses.page(ident), texts, tuple(body.file for _, body in versions))
