"""An invented catalogue: providers, courses and modules in believable Norwegian, the same for the same seed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from texts import module_text, module_title
from words import Writer

TODAY = dt.date(2026, 11, 21)
"""The day for which the catalogue is made: dates lie around it, and `check` finds nothing to warn of."""

MODULES_A_PROVIDER, MODULES_A_COURSE = 25, 5
KINDS = (
    ("fagskole", "Fagskolen i {place}", ("5.1", "5.2")),
    ("hoyskole", "Høyskolen i {place}", ("6.1", "6.2")),
    ("fagskole", "{place} tekniske fagskole", ("5.1", "5.2")),
    ("naringsklynge", "{place} næringsklynge", ("none",)),
    ("fagskole", "{place} maritime fagskole", ("5.1", "5.2")),
)
_PLACE_LIST = """
Kristiansand 42, Bergen 46, Trondheim 50, Tromsø 55, Bodø 18, Ålesund 15, Stavanger 11, Oslo 03, Gjøvik 34,
Fredrikstad 31, Drammen 33, Lillestrøm 32, Tønsberg 39, Skien 40, Alta 56, Mo i Rana 18, Kongsberg 33, Førde 46,
Molde 15, Hamar 34, Lyngdal 42, Haugesund 11, Steinkjer 50, Harstad 55, Vadsø 56, Larvik 39, Porsgrunn 40, Moss 31,
Stord 46, Odda 46, Narvik 18, Kirkenes 56, Elverum 34, Ås 32, Grimstad 42, Røros 50, Sandnes 11, Volda 15, Notodden
40, Halden 31
"""
_THEME_LIST = """
sirkularokonomi ki digitalisering data datasikkerhet automasjon baerekraft klima natur materialer energi elkraft
vann-avlop bygg industri helse arbeidsmiljo anskaffelser okonomi ledelse omstilling innovasjon regional-utvikling
veiledning
"""
_PLACES = [
    (name, county) for name, _, county in (" ".join(entry.split()).rpartition(" ") for entry in _PLACE_LIST.split(","))
]
_THEMES = _THEME_LIST.split()
FORMS = ("nettbasert", "nettbasert-med-samlinger", "samlingsbasert", "deltid", "stedbasert", "arbeidsplassbasert")


@dataclass(frozen=True, kw_only=True)
class Provider:
    """A provider and what its courses and modules have in common."""

    id: str
    name: str
    type: str
    levels: tuple[str, ...]
    place: str
    county: str


@dataclass(frozen=True, kw_only=True)
class Module:
    """A module: facts and Markdown body."""

    id: str
    title: str
    summary: str
    provider: Provider
    level: str
    hours: int
    themes: tuple[str, ...]
    outcomes: dict[str, tuple[str, ...]]
    prerequisites: tuple[str, ...]
    updated: dt.date
    body: str


@dataclass(frozen=True, kw_only=True)
class Course:
    """A course over five modules, with one run."""

    id: str
    title: str
    summary: str
    provider: Provider
    level: str
    hours: int
    themes: tuple[str, ...]
    outcomes: dict[str, tuple[str, ...]]
    modules: tuple[str, ...]
    start: dt.date
    form: str

    @property
    def end(self) -> dt.date:
        """Last day of the run."""
        return self.start + dt.timedelta(days=90)

    @property
    def apply_by(self) -> dt.date:
        """Last day for applications."""
        return self.start - dt.timedelta(days=45)

    @property
    def credits(self) -> float:
        """Studiepoeng: one for five modules, so that there are 25-30 hours a studiepoeng."""
        return round(0.2 * len(self.modules), 1)

    @property
    def address(self) -> str:
        """The course's page at the provider."""
        return f"https://{self.provider.id}.example/kurs/{self.id.partition('/')[2]}"


@dataclass(frozen=True, kw_only=True)
class Seeded:
    """A whole catalogue."""

    providers: tuple[Provider, ...]
    courses: tuple[Course, ...]
    modules: tuple[Module, ...]


def seed_catalogue(modules: int, seed: int = 1) -> Seeded:
    """A catalogue of `modules` modules, 25 a provider, five a course."""
    providers = [_provider(number) for number in range(-(-modules // MODULES_A_PROVIDER))]
    heads = [_head(number, seed, providers[number // MODULES_A_PROVIDER]) for number in range(modules)]
    made = tuple(_module(number, seed, heads, providers[number // MODULES_A_PROVIDER]) for number in range(modules))
    return Seeded(providers=tuple(providers), courses=tuple(_courses(made, seed)), modules=made)


def _provider(number: int) -> Provider:
    round_, at = divmod(number, len(_PLACES))
    kind, name, levels = KINDS[(number + round_) % len(KINDS)]
    place, county = _PLACES[at]
    again = round_ // len(KINDS)
    name = name.format(place=place) + (f" {again + 1}" if again else "")
    return Provider(id=slug(name), name=name, type=kind, levels=levels, place=place, county=county)


def _head(number: int, seed: int, provider: Provider) -> tuple[str, str]:
    title = module_title(Random(f"{seed} title {number}"))
    return f"{provider.id}/{slug(title)[:45].strip('-')}-{number % MODULES_A_PROVIDER + 1}", title


def _module(number: int, seed: int, heads: list[tuple[str, str]], provider: Provider) -> Module:
    numbers = Random(f"{seed} module {number}")
    write = Writer(numbers)
    ident, title = heads[number]
    first = number - number % MODULES_A_PROVIDER
    in_course = number % MODULES_A_COURSE
    earlier = [number - 1] if in_course else [number - MODULES_A_COURSE] if number > first else []
    near = numbers.randrange(first, min(first + MODULES_A_PROVIDER, len(heads)))
    far = [numbers.randrange(len(heads)) for _ in range(2)]
    links = [
        (f"../{heads[near][0].partition('/')[2]}/module.md", heads[near][1]),
        *((f"modul:{heads[i][0]}", heads[i][1]) for i in far),
    ]
    return Module(
        id=ident,
        title=title,
        summary=_summary(write),
        provider=provider,
        level=provider.levels[number // MODULES_A_COURSE % len(provider.levels)],
        hours=numbers.choice((5, 6)),
        themes=tuple(numbers.sample(_THEMES, 2)),
        outcomes=_outcomes(write, 2),
        prerequisites=tuple(heads[i][0] for i in earlier if numbers.random() < 0.7),
        updated=TODAY - dt.timedelta(days=numbers.randrange(1, 300)),
        body=module_text(numbers, links),
    )


def _courses(modules: tuple[Module, ...], seed: int) -> Iterator[Course]:
    for begin in range(0, len(modules), MODULES_A_COURSE):
        inside = modules[begin : begin + MODULES_A_COURSE]
        numbers = Random(f"{seed} course {begin}")
        write = Writer(numbers)
        title = write.title()
        provider = inside[0].provider
        yield Course(
            id=f"{provider.id}/{slug(title)[:45].strip('-')}-{begin // MODULES_A_COURSE % 5 + 1}",
            title=title,
            summary=_summary(write),
            provider=provider,
            level=inside[0].level,
            hours=sum(m.hours for m in inside),
            themes=tuple(dict.fromkeys(t for m in inside for t in m.themes))[:3],
            outcomes=_outcomes(write, 3),
            modules=tuple(m.id for m in inside),
            start=TODAY + dt.timedelta(days=numbers.randrange(-60, 240)),
            form=numbers.choice(FORMS),
        )


def _summary(write: Writer) -> str:
    return f"{write.sentence()} {write.sentence()}"[:290]


def _outcomes(write: Writer, count: int) -> dict[str, tuple[str, ...]]:
    return {
        "knowledge": tuple(f"kan forklare hvordan man kan {write.phrase()}" for _ in range(count)),
        "skills": tuple(f"kan {write.phrase()}" for _ in range(count)),
        "competence": tuple(f"kan ta ansvar for å {write.phrase()}" for _ in range(count)),
    }


_ASCII = str.maketrans({**dict.fromkeys("åÅ", "a"), **dict.fromkeys("øØ", "o"), **dict.fromkeys("æÆ", "ae")})


def slug(text: str) -> str:
    """Lower-case ASCII with hyphens."""
    plain = text.lower().translate(_ASCII)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
