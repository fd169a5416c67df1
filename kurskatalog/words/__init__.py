"""Words for people: translations from gettext catalogues, Norwegian sorting, dates and numbers in plain language."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from kurskatalog.problems import Message

LOCALE = Path(__file__).parent.parent / "locale"

# The source texts are English; Norwegian readers may get the other written standard where a text is missing.
FALLBACKS: dict[str, tuple[str, ...]] = {"nb": ("nb", "nn"), "nn": ("nn", "nb"), "en": ("en",)}
NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English", "se": "Davvisámegiella"}
"""Languages in their own words."""

_LANGUAGES = {
    "nb": Message("Norwegian bokmål"),
    "nn": Message("Norwegian nynorsk"),
    "en": Message("English"),
    "se": Message("Northern Sami"),
    "sv": Message("Swedish"),
    "da": Message("Danish"),
}


@lru_cache(maxsize=8)
def catalogue(lang: str) -> Mapping[str, str]:
    """English text -> text in `lang`, read from `locale/<lang>.po`; empty for a language without a file."""
    path = LOCALE / f"{lang}.po"
    return dict(_entries(path.read_text(encoding="utf-8"))) if path.is_file() else {}


_ENTRY = re.compile(r"^msgid (.+?)^msgstr (.+?)\Z", re.MULTILINE | re.DOTALL)


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """The translated messages of a .po file as Babel writes it: plain entries, a blank line between them.

    Babel's own reader takes 60 ms with its import, and every command needs a sentence or two; a test compares the two.
    """
    for block in text.split("\n\n"):
        if (match := _ENTRY.search(block.strip())) and "#, fuzzy" not in block:
            source, target = ("".join(map(json.loads, part.strip().split("\n"))) for part in match.groups())
            if source and target:
                yield source, target


class Words:
    """The words of one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._texts = catalogue(lang)

    def __call__(self, text: str) -> str:
        """The text in this language; the English source where no translation exists."""
        return self._texts.get(text, text)

    def say(self, message: Message) -> str:
        """A message with its values in place."""
        values = {k: self.say(v) if isinstance(v, Message) else v for k, v in message.values.items()}
        return self(message.text).format(**values)

    def language(self, code: str) -> str:
        """A language's name in this language; its code where the name is not known."""
        message = _LANGUAGES.get(code)
        return self.say(message) if message else code

    def day(self, day: dt.date) -> str:
        """`21. november 2026`."""
        return _day(day, self.lang, "long")

    def short_day(self, day: dt.date) -> str:
        """`21. nov. 2026`."""
        return _day(day, self.lang, "medium")

    def month(self, day: dt.date) -> str:
        """`November 2026`, as a heading."""
        text = _day(day, self.lang, "month")
        return text[:1].upper() + text[1:]

    def short_month(self, day: dt.date) -> str:
        """`nov. 2026`."""
        return _day(day, self.lang, "short month")

    def hours(self, number: str) -> str:
        """`1 time`, `2,5 timer`: a workload whose number has been written by `number`."""
        return self.say(Message("1 hour") if number == "1" else Message("{number} hours", number=number))

    def number(self, number: float) -> str:
        """`2,5` in Norwegian, `2.5` in English; at most two decimals, none for whole numbers."""
        text = f"{number:.2f}".rstrip("0").rstrip(".")
        return text if self.lang == "en" else text.replace(".", ",")

    def pick(self, text: Mapping[str, str]) -> str:
        """The best version of a text in several languages for this reader."""
        return text[self.true_language(text)] if text else ""

    def true_language(self, text: Mapping[str, str]) -> str:
        """The language of the version that `pick` gives."""
        return nearest_language(self.lang, text)


def nearest_language(reader: str, text: Iterable[str]) -> str:
    """Of the languages that a text has, the one that a reader gets; the reader's own where it has none."""
    languages = list(text)
    return next((lang for lang in (*FALLBACKS.get(reader, (reader,)), *languages) if lang in languages), reader)


@lru_cache(maxsize=4096)
def _day(day: dt.date, lang: str, form: str) -> str:
    from babel import UnknownLocaleError
    from babel.dates import format_date

    try:
        if form in ("month", "short month"):
            return format_date(day, "MMMM y" if form == "month" else "MMM y", locale=lang)
        if form == "medium" and lang != "en":
            return format_date(day, "d. MMM y", locale=lang)
        return format_date(day, form, locale="en_GB" if lang == "en" else lang)
    except UnknownLocaleError:
        return day.isoformat()


# Norwegian order: æ, ø, å after z; ä and ö with them; aa counts as å in names; accents do not count.
_ORDER = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
_ACCENTS = str.maketrans("áàâãéèêëíìîïóòôõúùûüýñçčđŋšŧž", "aaaaeeeeiiiioooouuuyynccdnstz")


@lru_cache(maxsize=65536)
def sort_key(text: str) -> tuple[str, str]:
    """Sort key in Norwegian order: æ, ø, å last, upper and lower case alike, numbers by characters."""
    folded = text.casefold().translate(_ORDER).replace("aa", "}").translate(_ACCENTS)
    return ("".join(c for c in folded if c.isalnum() or c in "{|} "), text)
