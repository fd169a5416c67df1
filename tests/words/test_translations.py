"""Everything that the program says is there in bokmål and nynorsk; no page or message shows what is left of English."""

from __future__ import annotations

import re
import shutil
import string
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from overlay import BAD, check, lay
from small import HOME, Small

from kurskatalog.output.docs.templates import environment
from kurskatalog.problems import Message
from kurskatalog.report import as_line
from kurskatalog.words import LOCALE, Words

NORWEGIAN = ("nb", "nn")

# Texts that are the same in Norwegian.
SAME = {
    "plan",
    "Plan",
    "Program",
    "Semester",
    "Start",
    "{number} studiepoeng",
    "{number} kr",
    "GreenComp",
    "DigComp",
    "ESCO",
    "EQF",
    "URI",
}

# What gives a language away: words that only one of the three has, or that the others write differently.
ENGLISH = "the an of is are has with and or not this that which write use it its there here should delete"
BOKMAAL = """ikke hva hvem hvor hvordan hvilken hvilket hvilke hver hverandre noe noen mye bare også fra jeg være gjøre et en
ennå navn flere disse mangler finnes kommer lenke lenken linjen filen mappen siden listen kilde kilden vært skrevet lest sier
selv sted steder moduler timer tilbyder tilbydere uten bilde bildet endringer utgaven velg la anførselstegn"""
NYNORSK = """ikkje kva kven kvar korleis kvifor noko nokon mykje berre òg frå vere gjere eit ein enno namn fleire desse manglar
finst kjem lenkje lenkja linja fila mappa sida lista kjelde kjelda vore lesen seier sjølv stad stader modular timar
tilbydar tilbydarar utan bilete biletet endringar utgåva vel lat hermeteikn"""
FOREIGN = {"nb": f"{ENGLISH} {NYNORSK}".split(), "nn": f"{ENGLISH} {BOKMAAL}".split()}


def settings() -> tuple[list[tuple[str, str]], dict[str, None]]:
    """What `make translations` reads, and the names of the functions whose first argument is a text."""
    mappings = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    names = re.findall(r"--keyword (\w+)", (HOME / "Makefile").read_text("utf-8"))
    return [(m["pattern"], m["method"]) for m in mappings], dict.fromkeys(["_", *names])


def sources() -> set[str]:
    """Every text in the code and the theme, extracted as `make translations` does it."""
    mappings, keywords = settings()
    found: set[str] = set()
    for place, method in mappings:
        folder, _, below = place.partition("/")
        found |= {
            str(text) for _, _, text, _, _ in extract_from_dir(HOME / folder, [(below, method)], keywords=keywords)
        }
    return found


SOURCES = sources()


def catalogue(lang: str) -> Catalog:
    with (LOCALE / f"{lang}.po").open("rb") as file:
        return read_po(file, locale=lang)


TEXTS = {lang: {str(m.id): str(m.string) for m in catalogue(lang) if m.id} for lang in NORWEGIAN}


def names(text: str) -> list[str]:
    """The `{names}` in a text, in alphabetical order."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def words(text: str) -> set[str]:
    """The words of a text without `{names}`, codes in quotes, `<places>`, file names and options."""
    bare = re.sub(r"\{+[^}]*\}+|'[^']*'|<[^>]*>|\S*\w[./]\w\S*|--\w+|nb, nn, en, se", " ", text)
    return {word.casefold() for word in re.findall(r"\w[\w-]*", bare)}


def test_babel_reads_what_make_reads() -> None:
    assert settings()[1] == {"_": None, "Message": None, "words": None}
    assert len(SOURCES) > 300


@pytest.mark.parametrize("lang", NORWEGIAN)
def test_every_text_is_translated(lang: str) -> None:
    found = catalogue(lang)
    assert SOURCES - TEXTS[lang].keys() == set(), "run: make translations, then translate"
    assert TEXTS[lang].keys() - SOURCES == set(), "nothing says this any more; run: make translations"
    assert [text for text, said in TEXTS[lang].items() if not said.strip()] == []
    assert [m.id for m in found if m.fuzzy and m.id] == []
    assert list(found.obsolete) == []


@pytest.mark.parametrize("lang", NORWEGIAN)
def test_the_program_reads_the_file_as_babel_does(lang: str) -> None:
    assert {text: Words(lang)(text) for text in SOURCES} == TEXTS[lang]


@pytest.mark.parametrize("lang", NORWEGIAN)
def test_the_file_changes_only_with_the_texts(lang: str) -> None:
    text = (LOCALE / f"{lang}.po").read_text("utf-8")
    assert not re.search(r"^#: .*:\d", text, re.MULTILINE), "line numbers"
    assert "@" not in text, "an e-mail address"


@pytest.mark.parametrize("lang", NORWEGIAN)
def test_placeholders_are_the_same(lang: str) -> None:
    assert {text: said for text, said in TEXTS[lang].items() if names(text) != names(said)} == {}


@pytest.mark.parametrize("lang", NORWEGIAN)
def test_translations_end_as_their_sources_do(lang: str) -> None:
    """Some stand in the middle of a sentence: no full stop or space of their own, and no capital letter."""
    ends = {text: said for text, said in TEXTS[lang].items() if (text[-1] in " .:?") != (said[-1] in " .:?")}
    cases = {text: said for text, said in TEXTS[lang].items() if text[0].islower() and said[:2].istitle()}
    assert (ends, cases) == ({}, {})


@pytest.mark.parametrize("lang", NORWEGIAN)
def test_no_other_language_is_left(lang: str) -> None:
    assert {text for text, said in TEXTS[lang].items() if text == said} == SAME
    foreign = {said: words(said).intersection(FOREIGN[lang]) for said in TEXTS[lang].values()}
    assert {said: found for said, found in foreign.items() if found} == {}


def test_problems_are_said_in_norwegian(tmp_path: Path) -> None:
    """A text that is put together or kept in a variable would not be seen by the extraction, but it comes out here."""
    untranslated: set[str] = set()
    for number, fixture in enumerate(sorted(path for path in BAD.iterdir() if path.is_dir())):
        root = tmp_path / str(number)
        lay(fixture, root)
        for problem in check(root):
            said = [problem.severity, *(text for m in (problem.message, problem.hint) if m for text in texts_of(m))]
            untranslated |= {text for text in said if text not in TEXTS["nb"]}
            for lang in NORWEGIAN:
                as_line(problem, Words(lang))
        shutil.rmtree(root)
    assert untranslated == set()


def texts_of(message: Message) -> Iterator[str]:
    """The text of a message and of those among its values."""
    yield message.text
    for value in message.values.values():
        if isinstance(value, Message):
            yield from texts_of(value)


VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Page(HTMLParser):
    """The texts of a page that are in its own language: text and labels, without code and parts in other languages."""

    def __init__(self, html: str, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self.texts: set[str] = set()
        self._silent: list[bool] = [False]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        own = given.get("lang", self.lang) == self.lang and tag not in ("script", "style", "svg", "code", "pre")
        silent = self._silent[-1] or not own
        if tag not in VOID:
            self._silent.append(silent)
        if not silent:
            self.texts |= {given[name] or "" for name in ("aria-label", "title", "data-label", "alt") if name in given}

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self._silent) > 1:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent[-1]:
            self.texts.add(" ".join(data.split()))


def texts_on_pages(site: Small, lang: str) -> dict[str, str]:
    """Every text in a language's tree -> a page that has it."""
    found: dict[str, str] = {}
    for path in sorted(site.out.rglob("*.html")):
        first = path.relative_to(site.out).parts[0]
        if path.name != "404.html" and (first if first in ("nn", "en") else "nb") == lang:
            page = Page(re.sub(r"</?abbr\b[^>]*>", "", path.read_text("utf-8")), lang)  # within what is said
            found |= dict.fromkeys(page.texts - found.keys(), path.relative_to(site.out).as_posix())
    return found


def pattern(texts: set[str]) -> re.Pattern[str]:
    """Any of the texts, alone, with values in place of `{names}`."""
    parts = []
    for text in sorted(text for text in texts if len(re.sub(r"\{\w+\}", "", text).strip()) > 3):
        parsed = string.Formatter().parse(text)
        parts.append("".join(re.escape(literal) + ("" if name is None else ".+") for literal, name, _, _ in parsed))
    return re.compile("|".join(f"(?:{part})" for part in parts), re.DOTALL)


@pytest.fixture(scope="module", params=["small", "whole"])
def built(request: pytest.FixtureRequest) -> Small:
    """The small catalogue (all kinds of runs, fallbacks) and the real one."""
    found = request.getfixturevalue("site" if request.param == "small" else "own")
    assert isinstance(found, Small)
    return found


@pytest.mark.xdist_group("translated sites")
@pytest.mark.parametrize("lang", NORWEGIAN)
def test_norwegian_pages_show_no_english(built: Small, lang: str) -> None:
    shown = texts_on_pages(built, lang)
    assert len(shown) > 200
    english = pattern(SOURCES - SAME - set(TEXTS[lang].values()))
    assert {text: page for text, page in shown.items() if english.fullmatch(text)} == {}
    long = [text for text in SOURCES - SAME if len(text) > 20 and "{" not in text]
    assert [(text, page) for said, page in shown.items() for text in long if text in said] == []


def on_pages() -> set[str]:
    """The messages of page views and templates; those of spreadsheets, proposals and PDFs may have the same words by chance."""
    with (LOCALE / "nb.po").open("rb") as file:
        messages = [(str(message.id), [place for place, _ in message.locations]) for message in read_po(file)]
    elsewhere = ("kurskatalog/view/prints/", "kurskatalog/view/finder_words.py")
    pages = ("kurskatalog/view/", "theme/")
    return {i for i, places in messages if any(p.startswith(pages) and not p.startswith(elsewhere) for p in places)}


@pytest.mark.xdist_group("translated sites")
def test_english_pages_show_the_sources(built: Small) -> None:
    """What stands on Norwegian pages in translation stands on English ones as in the code, without any Norwegian."""
    said = list(TEXTS["nb"].values())
    alone = {text: said_ for text, said_ in TEXTS["nb"].items() if said.count(said_) == 1 and not names(text)}
    norwegian, english = texts_on_pages(built, "nb"), texts_on_pages(built, "en")
    expected = {text for text, said_ in alone.items() if said_ in norwegian} & on_pages()
    assert len(expected) > 50
    assert expected - english.keys() == set()
    foreign = pattern(set(TEXTS["nb"].values()) - SOURCES)
    # The text of a module that is not translated is shown in Norwegian, and marked as such.
    ours = {text: page for text, page in english.items() if "/moduler/" not in page}
    assert {text: page for text, page in ours.items() if foreign.fullmatch(text)} == {}


@pytest.mark.parametrize("lang", [*NORWEGIAN, "en"])
def test_the_guide_names_the_states_as_pages_do(lang: str) -> None:
    guide = (HOME / f"content/pages/slik-bruker-du-katalogen.{lang}.md").read_text("utf-8")
    states: dict[str, str] = environment(HOME / "theme", lang).globals["state_words"]  # type: ignore[assignment]
    rows = re.findall(r"^\| ([^|]+) \|", guide[guide.rindex("|---|---|") :], re.MULTILINE)
    assert rows == [word for state, word in states.items() if state != "begun"]


@pytest.mark.parametrize("lang", [*NORWEGIAN, "en"])
def test_the_example_of_a_problem_is_what_the_program_prints(lang: str, tmp_path: Path) -> None:
    """How to contribute shows a module, and the line for one word of it that is misspelt."""
    advice = (HOME / f"content/pages/bidra.{lang}.md").read_text("utf-8")
    line = re.search(r"^(modules/.*):\d+:\d+: \w+ K204 '(\w+)' .* '(\w+)'\?\)$", advice, re.MULTILINE)
    module = re.search(r"^```markdown\n(.*?)^```", advice, re.MULTILINE | re.DOTALL)
    assert line
    assert module
    name, wrong, right = line.groups()
    for folder in ("content", "modules"):
        shutil.copytree(HOME / folder, tmp_path / folder)
    shutil.copy(HOME / "catalogue.yml", tmp_path)
    provider = f"content/providers/{name.split('/')[1]}/provider.yml"
    for path, text in ((name, module[1].replace(right, wrong)), (provider, "name: Skolen\ntype: fagskole\n")):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, "utf-8")
    assert [as_line(problem, Words(lang)) for problem in check(tmp_path)] == [line[0]]
