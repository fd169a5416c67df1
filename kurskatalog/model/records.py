"""The records of a catalogue as people write them: one class a kind of file, frozen; fields as in docs/formats.md."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from kurskatalog.model.shapes import (
    Address,
    Day,
    Flag,
    Id,
    ItemId,
    Language,
    Line,
    Number,
    Outcomes,
    Owner,
    PlaceOfStudy,
    Record,
    Season,
    Source,
    TermId,
    Text,
    TextOutcomes,
    Whole,
)

Codes = tuple[Line, ...]


class Publisher(Record):
    """Who answers for the catalogue."""

    name: Text
    homepage: Address | None = None


class Repository(Record):
    """Where the sources can be edited: an address to which a file's path is added.

    `login` and `app_id` are for the editor in the browser: what lets people in, and what the forge knows it by.
    """

    edit: Address
    login: Address | None = None
    app_id: Line | None = None


class Settings(Record):
    """catalogue.yml without its providers and courses."""

    title: Text
    address: Address
    publisher: Publisher
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    licence: Line
    description: Text | None = None
    repository: Repository | None = None
    claims_valid_days: Whole = 365
    redirects: dict[str, str] = Field(default_factory=dict)

    @property
    def default_language(self) -> str:
        """The first language; its pages lie at `/`."""
        return self.languages[0]


class ProviderFile(Record):
    """provider.yml."""

    name: Text
    type: Line
    summary: Text | None = None
    homepage: Address | None = None
    places: tuple[PlaceOfStudy, ...] = ()
    organisation_number: Annotated[str, StringConstraints(pattern=r"^\d{9}$")] | None = None
    owners: tuple[Owner, ...] = ()
    source: Source | None = None


class Price(Record):
    """Kroner a participant pays; 0 is free of charge."""

    nok: Whole | None = None
    note: Text | None = None


class ModuleUse(Record):
    """A module's place in a course."""

    module: ItemId
    optional: Flag = False


class RunFile(Record):
    """When and where a course is given; dates are claims that somebody saw on a day."""

    id: Id
    term: Season | None = None
    start: Day | None = None
    end: Day | None = None
    apply_by: Day | None = None
    form: Line | None = None
    gatherings: Whole | None = None
    places: tuple[PlaceOfStudy, ...] = ()
    apply_url: Address | None = None
    verified_on: Day | None = None
    source: Source | None = None


class CourseFile(Record):
    """<course>.yml. `credits` in studiepoeng, `hours` of notional workload."""

    title: Text
    summary: Text
    level: Line | None = None
    credits: Number | None = None
    hours: Whole | None = None
    themes: Annotated[Codes, Field(min_length=1)]
    outcomes: TextOutcomes = TextOutcomes()
    modules: tuple[ItemId | ModuleUse, ...] = ()
    audience: Text | None = None
    admission: Text | None = None
    assessment: Codes = ()
    award: Line | None = None
    quality: Text | None = None
    funding: Text | None = None
    price: Price | None = None
    partners: tuple[Text, ...] = ()
    language: tuple[Language, ...] = ()
    isced: Line | None = None
    homepage: Address | None = None
    runs: tuple[RunFile, ...] = ()
    source: Source | None = None


class TextSource(Record):
    """Something that a module text builds on."""

    title: Line
    publisher: Line | None = None
    year: Line | None = None
    page: Line | None = None
    url: Address | None = None


class ModuleFile(Record):
    """Front matter of a module in the default language."""

    title: Line
    summary: Line
    level: Line | None = None
    hours: Number
    credits: Number | None = None
    themes: Annotated[Codes, Field(min_length=1)]
    outcomes: Outcomes
    prerequisites: tuple[ItemId, ...] = ()
    dimension: Codes = ()
    maturity: Line | None = None
    sdg: Codes = ()
    r: Codes = ()
    greencomp: Codes = ()
    digcomp: Codes = ()
    esco: tuple[Address, ...] = ()
    authors: tuple[Line, ...] = ()
    licence: Line
    updated: Day
    review_by: Day
    sources: tuple[TextSource, ...] = ()


class TranslationFile(Record):
    """Front matter of a module in another language: what a reader sees, not the facts."""

    title: Line
    summary: Line
    outcomes: Outcomes
    translates: Day | None = None
    updated: Day | None = None
    authors: tuple[Line, ...] = ()


class PageFile(Record):
    """Front matter of a hand-written page; `translates` belongs to its translations."""

    title: Line
    summary: Line
    translates: Day | None = None
    updated: Day | None = None


class StepFile(Record):
    """One step of a plan: a module or a course, and why."""

    module: ItemId | None = None
    course: ItemId | None = None
    reason: Text
    kind: Annotated[str, StringConstraints(pattern=r"^(general|role)$")] = "role"


class PlanFile(Record):
    """<plan>.yml: a competence plan for a role."""

    title: Text
    role: Text
    summary: Text
    themes: Annotated[Codes, Field(min_length=1)]
    steps: Annotated[tuple[StepFile, ...], Field(min_length=1)]


class NeedSource(Record):
    """The document that states a need."""

    title: Line
    publisher: Line
    year: Line | None = None
    page: Line | None = None
    section: Line | None = None
    url: Address | None = None


class NeedFile(Record):
    """<need>.yml: a competence need that somebody has stated."""

    title: Text
    statement: Text
    source: NeedSource
    audience: Text | None = None
    themes: Annotated[Codes, Field(min_length=1)]
    levels: Codes = ()
    counties: Codes = ()
    modules: tuple[ItemId, ...] = ()
    courses: tuple[ItemId, ...] = ()


class TermFile(Record):
    """One term of a vocabulary."""

    id: TermId
    label: Annotated[dict[str, str], Field(min_length=1)]
    note: dict[str, str] = Field(default_factory=dict)
    uri: Address | None = None
    broader: Line | None = None
    eqf: Line | None = None


class VocabularyFile(Record):
    """vocabularies/<name>.yml."""

    name: dict[str, str]
    source: Line | None = None
    scheme: Address | None = None
    terms: tuple[TermFile, ...] = ()


class SynonymsFile(Record):
    """vocabularies/synonyms.yml: groups of words and phrases that mean the same to somebody who searches."""

    name: dict[str, str]
    source: Line | None = None
    groups: tuple[Annotated[tuple[Line, ...], Field(min_length=2)], ...] = ()
