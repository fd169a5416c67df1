"""Norwegian sentences for texts that look like texts: patterns filled with words of a Zipf-like distribution."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from random import Random

# Nouns with their way of inflection: m maskin-en-er-ene, e rutine-n-r-ne, a leder-en-e-ne, n system-et-er-ene,
# o anlegg-et-0-ene, t område-t-r-ne.
_NOUNS = """
maskin m, anlegg o, rutine e, prosess m, tiltak o, kommune e, bedrift m, sensor m, løsning m, system n, måling m,
krav o, leder a, verktøy o, avtale e, vurdering m, plan m, mål o, produkt n, metode e, leverandør m, råd o, operatør
m, ressurs m, materiale t, vare e, tjeneste e, resultat n, avvik o, område t, analyse e, indikator m, bruker a,
kunde e, spørsmål o, utslipp o, oppgave e, rapport m, endring m, skjema n, pumpe e, ventil m, kostnad m, utfordring
m, erfaring m, gruppe e, kjede e, temperatur m, grense e, alarm m, tabell m, kilde e, årsak m, øvelse e, signal n,
nettverk o, miljø n, forsøk o, regnskap o, kjøretøy o, møte t, budsjett n, samling m, ordning m, bransje e,
håndverker a, ærend o, ørret m, åpning m, lærling m, veileder a, brønn m, måler a, tråd m, øy m, næring m, spår o,
følge e, støtte e, prøve e, krets m, motor m, generator m, strategi m, vei m, enhet m, behov o, begrep o, navn o,
nøkkeltall o
"""
_FRONTS = """
energi prosess avfalls vann kvalitets sikkerhets vedlikeholds produksjons klima miljø data lærings kompetanse
arbeids innkjøps transport bygge strøm råvare nettverks måle drifts ombruks reparasjons gjenvinnings tilstands
planleggings livsløps ressurs fjernvarme kraft verksteds fylkes kjøle sveise logistikk nærings sjømat havbruks
treforedlings gjødsel støv lydnivå ærlighets årsmøte øvings åkerbruks
"""
_VERBS = """
måle måler målt, bruke bruker brukt, velge velger valgt, kontrollere kontrollerer kontrollert, forbedre forbedrer
forbedret, beskrive beskriver beskrevet, planlegge planlegger planlagt, påvirke påvirker påvirket, følge følger
fulgt, dele deler delt, redusere reduserer redusert, sammenligne sammenligner sammenlignet, dokumentere dokumenterer
dokumentert, reparere reparerer reparert, gjenbruke gjenbruker gjenbrukt, vurdere vurderer vurdert, registrere
registrerer registrert, endre endrer endret, støtte støtter støttet, styre styrer styrt, forklare forklarer
forklart, kjøpe kjøper kjøpt, bygge bygger bygd, undersøke undersøker undersøkt, oppdage oppdager oppdaget, løse
løser løst, prøve prøver prøvd, overvåke overvåker overvåket, tilpasse tilpasser tilpasset, drøfte drøfter drøftet,
verne verner vernet, lære lærer lært, nå når nådd, skjære skjærer skåret, føre fører ført, gjøre gjør gjort
"""
_ADJECTIVES = """
ny nytt nye, god godt gode, stor stort store, viktig viktig viktige, digital digitalt digitale, enkel enkelt enkle,
sirkulær sirkulært sirkulære, trygg trygt trygge, grønn grønt grønne, lokal lokalt lokale, åpen åpent åpne, nøyaktig
nøyaktig nøyaktige, rask raskt raske, årlig årlig årlige, daglig daglig daglige, tydelig tydelig tydelige, billig
billig billige, dyr dyrt dyre, sårbar sårbart sårbare, bærekraftig bærekraftig bærekraftige, robust robust robuste,
ærlig ærlig ærlige, nøktern nøkternt nøkterne, særlig særlig særlige
"""
_WHEN = (
    "i praksis",
    "etter hvert",
    "hver uke",
    "før oppstart",
    "på arbeidsplassen",
    "så tidlig som mulig",
    "hele året",
    "i mange bransjer",
    "uten ekstra kostnad",
    "i samme rekkefølge",
    "når det er nødvendig",
    "sammen med en kollega",
    "over tid",
    "i løpet av våren",
    "på tvers av fagene",
    "ute i anlegget",
    "i små og mellomstore bedrifter",
    "første gang",
    "til daglig",
    "på en trygg måte",
)
_PATTERNS = (
    "{N} {V} {P} {A}.",
    "Derfor må vi {I} {N}, og det gjelder også {n}.",
    "Det er lett å {I} {n}, men vanskeligere å {I} {P}.",
    "Når {N} {V} {n}, blir {P} {T} {A}.",
    "Mange velger å {I} {p} før de {V} {N}.",
    "Du kan {I} {P} {A}, og du trenger ikke {n} til det.",
    "{P} blir {T} {A}.",
    "Først må {N} bli {T}.",
    "Hvis {N} ikke blir {T}, kan {n} gi feil svar.",
    "Spør alltid hvem som {V} {P}, og hvorfor.",
    "Det finnes {p} som {V} {n} {A}.",
    "{N} er sjelden alene om å {I} {P}.",
    "Skriv ned hva dere {V}, og hvilke {p} dere har sett.",
    "Noen {V} {P} {A}, mens andre heller {V} {n}.",
    "Et godt råd er å {I} {N} {A}.",
    "Forskjellen mellom {n} og {n} er større enn vi tror.",
    "Både {N} og {P} må bli {T}, ellers er arbeidet gjort forgjeves.",
    "Dette gjelder særlig når {P} {V} {n}.",
    "Tenk deg {n} som ingen har {T} på lenge.",
    "I mange virksomheter {V} de {P} uten å {I} {N}.",
    "Slik kan {N} bli en del av hverdagen.",
    "Det tar tid å {I} {P}, men det lønner seg {A}.",
    "Uten {n} vet vi ikke om {P} er {T}.",
    "Hvor mye {N} koster, avhenger av {P}.",
    "{N} og {N} henger sammen, for begge {V} {P}.",
    "La {n} være det første dere {V}.",
    "Som regel er det {N} som {V} {P} {A}.",
)
_SLOT = re.compile(r"\{([A-Za-z])\}")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun: article, one, the one, several, the several."""

    article: str
    one: str
    the_one: str
    several: str
    the_several: str

    def after(self, front: str) -> Noun:
        """The compound with `front` before it."""
        return Noun(
            self.article, front + self.one, front + self.the_one, front + self.several, front + self.the_several
        )


def _noun(entry: str) -> Noun:
    word, way = entry.split()
    endings = {
        "m": ("en", "en", "er", "ene"),
        "e": ("en", "n", "r", "ne"),
        "a": ("en", "en", "e", "ne"),
        "n": ("et", "et", "er", "ene"),
        "o": ("et", "et", "", "ene"),
        "t": ("et", "t", "r", "ne"),
    }[way]
    article, the_one, several, the_several = endings
    return Noun(article, word, word + the_one, word + several, word + the_several)


def _triples(text: str) -> list[tuple[str, str, str]]:
    found = [tuple(entry.split()) for entry in text.split(",")]
    return [(a, b, c) for a, b, c in found]


def _zipf(count: int, flat: float = 2.7) -> list[float]:
    return list(accumulate(1 / (rank + flat) for rank in range(count)))


NOUNS = [_noun(entry) for entry in _NOUNS.split(",")]
FRONTS = _FRONTS.split()
VERBS = _triples(_VERBS)
ADJECTIVES = _triples(_ADJECTIVES)
_PARTS = [_SLOT.split(pattern) for pattern in _PATTERNS]
_NOUN_WEIGHTS, _FRONT_WEIGHTS, _VERB_WEIGHTS = _zipf(len(NOUNS)), _zipf(len(FRONTS)), _zipf(len(VERBS))
_ADJECTIVE_WEIGHTS, _PATTERN_WEIGHTS = _zipf(len(ADJECTIVES)), _zipf(len(_PARTS), 15)


class Writer:
    """Writes Norwegian; the same numbers give the same text."""

    def __init__(self, numbers: Random) -> None:
        self.numbers = numbers

    def noun(self, compounds: float = 0.35) -> Noun:
        """A noun; with the given chance a compound."""
        noun = self.numbers.choices(NOUNS, cum_weights=_NOUN_WEIGHTS)[0]
        if self.numbers.random() < compounds:
            front = self.numbers.choices(FRONTS, cum_weights=_FRONT_WEIGHTS)[0]
            if not noun.one.startswith(front[:4]):
                return noun.after(front)
        return noun

    def verb(self) -> tuple[str, str, str]:
        """Infinitive, present, participle."""
        return self.numbers.choices(VERBS, cum_weights=_VERB_WEIGHTS)[0]

    def sentence(self) -> str:
        """One sentence with a full stop."""
        parts = self.numbers.choices(_PARTS, cum_weights=_PATTERN_WEIGHTS)[0]
        text = "".join(part if number % 2 == 0 else self._fill(part) for number, part in enumerate(parts))
        return text[0].upper() + text[1:]

    def paragraph(self, words: int) -> str:
        """Sentences until there are about so many words, a few of them emphasised."""
        text: list[str] = []
        count = 0
        while count < words:
            sentence = self.sentence()
            count += sentence.count(" ") + 1
            text.append(sentence)
        if self.numbers.random() < 0.35:
            noun = self.noun()
            mark = self.numbers.choice(("**", "*", "`"))
            text.insert(len(text) // 2, f"Vi kaller det {mark}{noun.one}{mark}.")
        return " ".join(text)

    def phrase(self) -> str:
        """A few words without a full stop, for lists and cells."""
        infinitive, _, _ = self.verb()
        return f"{infinitive} {self._fill(self.numbers.choice('NPnp'))}"

    def title(self) -> str:
        """A heading."""
        form = self.numbers.randrange(5)
        first, second = self.noun(0.7), self.noun(0.3)
        text = (
            f"{first.the_one} og {second.the_several}",
            f"{first.several} i praksis",
            f"å {self.verb()[0]} {first.several}",
            f"fra {second.one} til {first.one}",
            f"{first.several} og {second.several}",
        )[form]
        return text[0].upper() + text[1:]

    def _fill(self, slot: str) -> str:
        if slot in "VIT":
            return self.verb()["IVT".index(slot)]
        if slot == "A":
            return self.numbers.choice(_WHEN)
        noun = self.noun()
        described = self.numbers.random() < 0.25
        masculine, neuter, several = (
            self.numbers.choices(ADJECTIVES, cum_weights=_ADJECTIVE_WEIGHTS)[0] if described else ("", "", "")
        )
        if slot == "n":
            return " ".join(filter(None, (noun.article, masculine if noun.article == "en" else neuter, noun.one)))
        if slot == "p":
            return " ".join(filter(None, (several, noun.several)))
        if slot == "N":
            article = "den" if noun.article == "en" else "det"
            return f"{article} {several} {noun.the_one}" if described else noun.the_one
        return f"de {several} {noun.the_several}" if described else noun.the_several
