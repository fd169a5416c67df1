"""Tells a catalogue to one reader: picks languages, names terms, makes rows and facts for the page builders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property

from kurskatalog.model import addresses
from kurskatalog.model.catalogue import Catalogue, Course, Module
from kurskatalog.model.records import ModuleFile, PageFile, RunFile, TranslationFile
from kurskatalog.model.shapes import OUTCOME_KINDS
from kurskatalog.view import dates
from kurskatalog.view.gaps import answers
from kurskatalog.view.parts import Dated, Link, Moment, Older, OutcomeKind, Row, RunView, Said, moment
from kurskatalog.words import Words, sort_key


class Teller:
    """The catalogue for readers of `lang` on `today`."""

    def __init__(self, catalogue: Catalogue, lang: str, today: dt.date) -> None:
        self.catalogue = catalogue
        self.lang = lang
        self.today = today
        self.words = Words(lang)
        self.default = catalogue.settings.default_language
        self._labels: dict[tuple[str, str], Said] = {}

    def say(self, text: Mapping[str, str] | None) -> Said:
        """A text in several languages."""
        if not text:
            return Said("")
        lang = self.words.true_language(text)
        return Said(text[lang], "" if lang == self.lang else lang)

    def plain(self, text: str, lang: str | None = None) -> Said:
        """A text in one language (the catalogue's first where none is said)."""
        lang = lang or self.default
        return Said(text, "" if lang == self.lang else lang)

    def label(self, vocabulary: str, code: str) -> Said:
        """The name of a term."""
        key = (vocabulary, code)
        if key not in self._labels:
            found = self.catalogue.vocabularies.get(vocabulary)
            term = found.terms.get(code) if found else None
            self._labels[key] = self.say(term.label) if term else Said(code)
        return self._labels[key]

    def older(
        self, shown: ModuleFile | TranslationFile | PageFile, original: ModuleFile | PageFile | None, path: str
    ) -> Older | None:
        """What to say on the page at `path` when it shows a translation and the original has been changed since."""
        then = None if isinstance(shown, ModuleFile) else shown.translates
        if original is None or then is None or not original.updated or then >= original.updated:
            return None
        way = addresses.base(path) + ("" if self.lang == self.default else "../") + (f"{path}/" if path else "")
        words = self.words
        return Older(words.day(then), words.day(original.updated), self.default, way)

    def level(self, code: str | None) -> str:
        """A level in a list: its number; the label for the one outside the framework; empty when unknown."""
        if not code:
            return ""
        return code if code[:1].isdigit() else self.words("without a level")

    def number(self, number: float | None) -> str:
        """A number for people; empty when unknown."""
        return "" if number is None else self.words.number(number)

    def day(self, day: dt.date | None) -> Moment | None:
        """A day in full."""
        return moment(day, self.words.day(day)) if day else None

    def provider(self, ident: str) -> Link:
        """The link to a provider."""
        return self._providers[ident]

    @cached_property
    def _providers(self) -> dict[str, Link]:
        return {
            ident: Link(self.say(p.facts.name), addresses.provider(ident))
            for ident, p in self.catalogue.providers.items()
        }

    @cached_property
    def courses(self) -> dict[str, Row]:
        """Every course as a row, in Norwegian order of titles."""
        rows = {ident: self._course_row(course) for ident, course in self.catalogue.courses.items()}
        return dict(sorted(rows.items(), key=lambda item: (item[1].sort, item[0])))

    @cached_property
    def modules(self) -> dict[str, Row]:
        """Every module as a row, in Norwegian order of titles."""
        rows = {ident: self._module_row(module) for ident, module in self.catalogue.modules.items()}
        return dict(sorted(rows.items(), key=lambda item: (item[1].sort, item[0])))

    @cached_property
    def leads_to(self) -> dict[str, list[str]]:
        """Module -> the modules that build on it, in order of titles."""
        found: dict[str, list[str]] = {}
        for ident in self.modules:
            for before in self.catalogue.modules[ident].facts.prerequisites:
                found.setdefault(before, []).append(ident)
        return found

    def _course_row(self, course: Course) -> Row:
        facts = course.facts
        provider = self.provider(course.provider)
        title = self.say(facts.title)
        deadline = dates.next_deadline(facts, self.today, self.catalogue.settings.claims_valid_days)
        return Row(
            title,
            addresses.course(course.id),
            provider.said,
            provider.path,
            self.level(facts.level),
            self.number(facts.credits),
            self.number(facts.hours),
            ", ".join(dict.fromkeys(self.label("forms", code).text for code in self._forms(course))),
            moment(deadline, self.words.short_day(deadline)) if deadline else None,
            self.say(facts.summary),
            sort_key(title.text),
            tuple(
                self.dated(run, course, self.words.short_day(run.apply_by))
                for run in dates.open_runs(facts, self.today, self.catalogue.settings.claims_valid_days)
                if run.apply_by
            ),
        )

    def is_old(self, verified: dt.date | None) -> bool:
        """Whether what somebody saw on that day has to be confirmed again."""
        return verified is not None and (self.today - verified).days > self.catalogue.settings.claims_valid_days

    def dated(self, run: RunFile, course: Course, text: str) -> Dated:
        """A text about a run with the run's dates."""

        def iso(day: dt.date | None) -> str:
            return day.isoformat() if day else ""

        return Dated(
            text,
            iso(run.start),
            iso(run.end),
            iso(run.apply_by),
            run.term or "",
            iso(dates.verified_on(run, course.facts)),
            dates.is_unconfirmed(run, course.facts, self.today, self.catalogue.settings.claims_valid_days),
        )

    def is_for_oneself(self, course: Course) -> bool:
        """Whether it is open modules that one reads alone at any time: no runs, and no source but the catalogue."""
        return bool(course.modules) and not course.facts.runs and not course.facts.source

    def _forms(self, course: Course) -> tuple[str, ...]:
        """Codes of the forms of study in which the course is given."""
        return ("selvstudium",) if self.is_for_oneself(course) else tuple(r.form for r in course.facts.runs if r.form)

    def _module_row(self, module: Module) -> Row:
        title, summary = self.module_title(module.id), self.module_summary(module.id)
        provider = self.provider(module.provider)
        facts = module.facts
        return Row(
            title,
            addresses.module(module.id),
            provider.said,
            provider.path,
            self.level(facts.level),
            self.number(facts.credits),
            self.number(facts.hours),
            "",
            None,
            summary,
            sort_key(title.text),
        )

    def module_lang(self, ident: str) -> str:
        """The language in which this reader gets a module."""
        return self.words.true_language(dict.fromkeys(self.catalogue.modules[ident].texts, ""))

    def module_title(self, ident: str) -> Said:
        """A module's title."""
        lang = self.module_lang(ident)
        return self.plain(self.catalogue.modules[ident].texts[lang][0].title, lang)

    def module_summary(self, ident: str) -> Said:
        """A module's summary."""
        lang = self.module_lang(ident)
        return self.plain(self.catalogue.modules[ident].texts[lang][0].summary, lang)

    def module(self, ident: str) -> Link:
        """The link to a module."""
        return Link(self.modules[ident].said, self.modules[ident].path)

    def course(self, ident: str) -> Link:
        """The link to a course."""
        return Link(self.courses[ident].said, self.courses[ident].path)

    def need(self, ident: str) -> Link:
        """The link to a need, with who states it."""
        facts = self.catalogue.needs[ident].facts
        return Link(
            self.say(facts.title), addresses.NEED, note=facts.source.publisher, anchor=addresses.need_anchor(ident)
        )

    @cached_property
    def _answers(self) -> Mapping[str, tuple[str, ...]]:
        return answers(self.catalogue)

    def needs_met(self, kind: str, ident: str) -> tuple[Link, ...]:
        """Links to the needs that a `module` or `course` meets."""
        return tuple(self.need(need) for need in self._answers.get(f"{kind}:{ident}", ()))

    def terms(self, vocabulary: str, codes: tuple[str, ...], folder: str = "") -> tuple[Link, ...]:
        """Links to the pages of terms; plain names where terms have no pages."""
        return tuple(Link(self.label(vocabulary, c), f"{folder}/{c}" if folder else "") for c in codes)

    def outcomes(self, by_kind: Mapping[str, tuple[Said, ...]]) -> tuple[OutcomeKind, ...]:
        """Outcomes by NKR's three kinds, in that order, without empty ones."""
        return tuple(
            OutcomeKind(kind, self.label("outcome-kinds", kind).text, by_kind[kind])
            for kind in OUTCOME_KINDS
            if by_kind[kind]
        )

    def in_order(self, course: Course) -> list[RunFile]:
        """A course's runs in order of time."""
        return sorted(course.facts.runs, key=lambda r: (dates.sort_day(r), r.id))

    def runs(self, course: Course) -> tuple[RunView, ...]:
        """The same as a page shows them."""
        return tuple(self._run(run, course) for run in self.in_order(course))

    def ask(self, course: Course) -> Link:
        """Where to ask about the course: its own page at the provider, the provider's, or the provider's page here."""
        provider = self.catalogue.providers[course.provider].facts
        return self.provider(course.provider)._replace(url=course.facts.homepage or provider.homepage or "")

    def _run(self, run: RunFile, course: Course) -> RunView:
        valid = self.catalogue.settings.claims_valid_days
        source = run.source or course.facts.source
        verified = dates.verified_on(run, course.facts)
        state = dates.state_of(run, course.facts, self.today, valid)
        return RunView(
            run.id,
            self.run_title(run),
            run.term or "",
            state,
            dates.has_begun(run, self.today),
            self.day(run.start),
            self.day(run.end),
            self.day(run.apply_by),
            self.label("forms", run.form).text if run.form else "",
            self.number(run.gatherings),
            tuple(self._place(p.name, p.county) for p in run.places),
            run.apply_url or "",
            self.day(verified),
            dates.is_unconfirmed(run, course.facts, self.today, valid),
            (source.url or "") if source else "",
        )

    def run_title(self, run: RunFile) -> str:
        """What a run is called: by its start, or by its term."""
        if run.start:
            return self.words("Starts {day}").format(day=self.words.day(run.start))
        return self.term(run.term) if run.term else self.words("Start not known")

    def term(self, term: str) -> str:
        """`Spring 2027` for `2027-var`."""
        year, _, season = term.partition("-")
        return (self.words("Spring {year}") if season == "var" else self.words("Autumn {year}")).format(year=year)

    def _place(self, name: str, county: str | None) -> str:
        label = self.label("counties", county).text if county else ""
        return f"{name} ({label})" if label and label != name else name
