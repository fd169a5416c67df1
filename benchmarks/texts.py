"""The text of one module: headings, lists, tables, boxes, code, footnotes, links and abbreviations around prose."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from string import Template

from words import Writer

SHORT_FORMS = {
    "KI": "kunstig intelligens",
    "HMS": "helse, miljø og sikkerhet",
    "IoT": "tingenes internett",
    "FDV": "forvaltning, drift og vedlikehold",
    "LCA": "livsløpsvurdering",
    "API": "programmeringsgrensesnitt",
    "PLS": "programmerbar logisk styring",
    "BIM": "bygningsinformasjonsmodell",
}
CODE = {
    "python": Template("""\
def ${one}_over(verdier: list[float], grense: float = $limit) -> list[float]:
    '''De som er for høye.'''
    return [verdi for verdi in verdier if verdi > grense]

print(${one}_over([$low, $limit.5]))  # bare den siste
"""),
    "json": Template("""\
{
  "$one": {"grense": $limit, "enhet": "kWh"},
  "$two": [$low, $limit, null],
  "aktiv": true
}
"""),
    "sql": Template("""\
SELECT $one, avg(verdi) AS snitt
FROM $two
WHERE verdi > $limit AND sted = 'Mo i Rana'
GROUP BY $one
ORDER BY snitt DESC;
"""),
    "yaml": Template("""\
$one:
  grense: $limit
  enhet: kWh
$two:
  - $low
  - $limit  # andre måling
"""),
    "bash": Template("""\
for fil in $one-*.csv; do
  sort --numeric-sort "$$fil" | head -n $limit > "$two-$$fil"
done
"""),
}
KINDS = ("note", "tip", "info", "warning", "question")


def module_text(numbers: Random, links: Sequence[tuple[str, str]]) -> str:
    """A text of about 680 words that begins at heading level 2; `links` are (address, title) of other modules."""
    return _Text(numbers, links).whole()


def count_words(text: str) -> int:
    """Words of a text: what stands between white space and has a letter or digit in it."""
    return sum(any(c.isalnum() for c in token) for token in text.split())


def module_title(numbers: Random) -> str:
    """A title for lists."""
    return Writer(numbers).title()


class _Text:
    def __init__(self, numbers: Random, links: Sequence[tuple[str, str]]) -> None:
        self.numbers = numbers
        self.write = Writer(numbers)
        self.links = list(links)
        self.notes: list[str] = []
        self.length = numbers.uniform(0.57, 1.08)

    def whole(self) -> str:
        short = self.numbers.sample(sorted(SHORT_FORMS), 3)
        blocks = [
            "## Hvorfor dette er viktig",
            self.prose(62) + self.note(),
            self.prose(48) + f" I faget kaller vi det {short[0]}.",
            f"## {self.write.title()}",
            self.prose(58) + self.link(),
            self.items("-", 4),
            self.box(self.numbers.choice(KINDS), 34),
            f"### {self.write.title()}",
            self.prose(46) + f" Både {short[1]} og {short[0]} hører med.",
            self.table(),
            self.prose(40) + self.note(),
            f"## {self.write.title()}",
            self.prose(50) + self.link(),
            f"Et lite program kan {self.write.phrase()}:",
            self.code(),
            self.prose(36),
            "## Eksempel",
            self.box("example", 44),
            self.items("1.", 4),
            self.prose(40) + f" Her er {short[2]} til hjelp." + self.link(),
            "## Oppgave",
            self.prose(30),
            self.tasks(),
            *self.notes,
            "\n".join(f"*[{word}]: {SHORT_FORMS[word]}" for word in short),
        ]
        return "\n\n".join(blocks) + "\n"

    def prose(self, words: int) -> str:
        return self.write.paragraph(int(words * self.length))

    def note(self) -> str:
        number = len(self.notes) + 1
        self.notes.append(f"[^{number}]: {self.write.sentence()} Se side {self.numbers.randint(4, 90)}.")
        return f"[^{number}]"

    def link(self) -> str:
        if not self.links:
            return ""
        address, title = self.links.pop(0)
        anchor = self.numbers.choice(("", "", "#eksempel", "#oppgave"))
        return f" Les også modulen [{title}]({address}{anchor})."

    def items(self, mark: str, count: int) -> str:
        lines = [f"{mark if mark == '-' else f'{n}.'} {_upper(self.write.phrase())}" for n in range(1, count + 1)]
        if mark == "-":
            lines.insert(2, f"    - {_upper(self.write.phrase())}")
        return "\n".join(lines)

    def tasks(self) -> str:
        return "\n".join(f"- [{'x' if n == 0 else ' '}] {_upper(self.write.phrase())}" for n in range(3))

    def box(self, kind: str, words: int) -> str:
        return f'!!! {kind} "{self.write.title()}"\n    {self.prose(words)}\n\n    {self.write.sentence()}'

    def table(self) -> str:
        rows = ["| Tiltak | Før | Etter | Merknad |", "|---|---:|---:|---|"]
        for _ in range(4):
            before = self.numbers.randint(20, 900)
            after = int(before * self.numbers.uniform(0.4, 0.95))
            rows.append(f"| {_upper(self.write.noun().one)} | {before} | {after} | {self.write.phrase()} |")
        return "\n".join(rows)

    def code(self) -> str:
        language = self.numbers.choice(sorted(CODE))
        names = {"one": _ascii(self.write.noun(0.2).one), "two": _ascii(self.write.noun(0.2).one)}
        numbers = {"limit": self.numbers.randint(10, 99), "low": f"{self.numbers.uniform(1, 9):.1f}"}
        return f"```{language}\n{CODE[language].substitute(names | numbers)}```"


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]


_ASCII = str.maketrans({**dict.fromkeys("å", "a"), **dict.fromkeys("ø", "o"), **dict.fromkeys("æ", "ae")})


def _ascii(text: str) -> str:
    return text.translate(_ASCII)
