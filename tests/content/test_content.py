"""The catalogue that the repository ships with: how much there is, and that all of it is as its readers were promised."""

from __future__ import annotations

import re

import pytest
from shipped import catalogue, html_of, own_modules, problems, script, texts
from small import HOME

from kurskatalog.model.shapes import OUTCOME_KINDS
from kurskatalog.report import as_line
from kurskatalog.view.gaps import answers, is_met
from kurskatalog.words import Words

EASY = "redaksjonen/sirkular-okonomi-for-alle"
COURSES = {
    f"redaksjonen/{name}"
    for name in (
        "sirkular-okonomi-og-ki-i-kommunale-innkjop",
        "sirkular-okonomi-for-alle",
        "baerekraft-i-tre-trinn",
        "digitalisering-for-fagoperatorer",
        "systemkompetanse",
        "digital-omstilling-i-offentlig-sektor",
        "gronn-kompetanse-for-regional-utvikling",
        "energi-og-klimateknologi",
    )
}
ROLES = {
    "innkjoper-i-kommune",
    "fagoperator-i-prosessindustrien",
    "mellomleder-i-offentlig-sektor",
    "tillitsvalgt-i-omstilling",
    "driftsansvarlig-for-vann-og-avlop",
    "alle-ansatte",
}
GROUPS = (
    "Digitalisering",
    "Vertskapsattraktivitet",
    "Sirkulær økonomi",
    "Ny prosessteknologi",
    "Produktutvikling",
    "Entreprenørskap",
    "Biobasert prosessindustri",
    "Karbonfangst",
)
LANGUAGES = ("nb", "nn", "en")
TEN_RS = set("r refuse rethink reduce reuse repair refurbish remanufacture repurpose recycle recover as energy".split())
"""The names of the R strategies are a list of terms (Potting 2017), which everybody gives in this order."""


def test_check_is_clean_warnings_included() -> None:
    assert [as_line(problem, Words("en")) for problem in problems()] == []


def test_there_is_as_much_as_was_asked_for() -> None:
    modules = own_modules()
    assert len(modules) >= 30
    assert sum("nn" in module.texts for module in modules.values()) >= max(8, len(modules) / 4)
    assert sum("en" in module.texts for module in modules.values()) >= 6
    assert len(catalogue().needs) >= 40
    assert len(catalogue().plans) >= 8
    assert set(catalogue().plans) >= ROLES
    assert set(catalogue().courses) >= COURSES


@pytest.mark.parametrize("ident", sorted(COURSES))
def test_every_own_course_has_modules_and_outcomes_of_all_kinds(ident: str) -> None:
    course = catalogue().courses[ident]
    assert [kind for kind in OUTCOME_KINDS if not getattr(course.facts.outcomes, kind)] == []
    assert len(course.modules) >= 4


def test_every_own_module_is_in_a_course() -> None:
    assert set(own_modules()) == {m for ident in COURSES for m, _ in catalogue().courses[ident].modules}


# --- modules ---

QUIZ = re.compile(r"^!!! quiz \"(?P<question>[^\n]+)\"\n(?P<body>(?:(?: {4}[^\n]*)?\n)+)", re.MULTILINE)
CHOICE = re.compile(r"^ {4}- \[(?P<tick>[ xX])\] (?P<text>.+)\n(?P<rest>(?: {6,}.*\n|\n)*)", re.MULTILINE)

TEXTS = sorted(path.relative_to(HOME).as_posix() for path in HOME.glob("modules/redaksjonen/*/module.*.md"))


@pytest.mark.parametrize("file", TEXTS)
def test_every_text_has_a_quiz_with_an_explanation_under_each_choice(file: str) -> None:
    text = (HOME / file).read_text("utf-8") + "\n"
    quizzes = list(QUIZ.finditer(text))
    assert text.count("!!! quiz") == len(quizzes)
    assert 3 <= len(quizzes) <= 5
    for quiz in quizzes:
        choices = list(CHOICE.finditer(quiz["body"]))
        assert quiz["body"].count("- [") == len(choices), quiz["question"]
        assert 3 <= len(choices) <= 5, quiz["question"]
        ticks = [choice["tick"] != " " for choice in choices]
        assert any(ticks), quiz["question"]
        assert not all(ticks), quiz["question"]
        for choice in choices:
            assert choice["rest"].lstrip().startswith(">"), f"no explanation: {choice['text']}"


@pytest.mark.parametrize("ident", sorted({"/".join(file.split("/")[1:3]) for file in TEXTS}))
def test_every_own_module_has_outcomes_sources_and_a_review_date(ident: str) -> None:
    module = own_modules()[ident]
    assert module.facts.sources
    assert module.facts.review_by > module.facts.updated
    assert module.facts.licence == "CC-BY-4.0"
    assert module.facts.authors
    for lang, (facts, body) in module.texts.items():
        assert [kind for kind in OUTCOME_KINDS if not getattr(facts.outcomes, kind)] == [], lang
        others = [getattr(module.facts.outcomes, kind) for kind in OUTCOME_KINDS]
        assert [len(getattr(facts.outcomes, kind)) for kind in OUTCOME_KINDS] == [len(other) for other in others], lang
        assert 700 <= script("reading_ease").count_words((HOME / body.file).read_text("utf-8")) <= 1200, lang


def test_every_translation_says_which_version_it_translates() -> None:
    for record in (*catalogue().modules.values(), *catalogue().pages.values()):
        original = record.texts["nb"][0]
        for lang, (facts, body) in record.texts.items():
            if lang != "nb":
                assert facts.translates == original.updated, body.file


@pytest.mark.parametrize("file", TEXTS)
def test_texts_are_easy_to_read(file: str) -> None:
    ease = script("reading_ease")
    easy = {module for module, _ in catalogue().courses[EASY].modules}
    limit = 45 if "/".join(file.split("/")[1:3]) in easy else 55
    html = html_of(file)
    assert max(ease.lix(html), ease.lix(ease.paragraphs(html))) <= limit


# --- own words ---


def test_no_run_of_twelve_words_stands_in_the_documents_that_texts_build_on() -> None:
    runs = script("seed_runs")
    known = runs.read_runs()
    assert len(known) > 20_000
    titles = {need.facts.source.title for need in catalogue().needs.values()}
    titles |= {source.title for module in catalogue().modules.values() for source in module.facts.sources}
    found = []
    for where, text in texts():
        for title in titles:  # a document's own title is quoted
            text = text.replace(title, " | ")
        found += [(where, words) for part in text.split(" | ") for key, words in runs.runs_of(part) if key in known]
    assert [(where, words) for where, words in found if not set(words.split()) <= TEN_RS] == []


def test_the_hashes_find_a_run_that_is_copied(tmp_path) -> None:
    runs = script("seed_runs")
    words = [f"ord{chr(97 + n)}" for n in range(20)]
    (tmp_path / "kilde.txt").write_text(" ".join(words) + "\n", "utf-8")
    assert runs.write_runs(tmp_path, tmp_path / "runs.bin") == 9
    known = runs.read_runs(tmp_path / "runs.bin")

    def copied(text: str) -> bool:
        return any(key in known for key, _ in runs.runs_of(text))

    assert copied(f"Her står det: {', '.join(words[4:10])}4 {' '.join(words[10:16]).upper()}.")
    assert not copied(" ".join(words[4:15]))
    assert not copied(" ".join([*words[4:10], "annet", *words[10:16]]))


# --- needs and plans ---


def test_needs_say_who_states_them_and_where() -> None:
    needs = catalogue().needs
    publishers = {need.facts.source.publisher for need in needs.values()}
    assert {"Prosess21", "NITO", "Kompetansebehovsutvalget", "Digitaliseringsrådet", "KMD"} <= publishers
    for ident, need in needs.items():
        facts = need.facts
        assert facts.source.section or facts.source.page, ident
        assert facts.audience, ident
        for text in (facts.title, facts.statement, facts.audience):
            assert set(text) == set(LANGUAGES), ident
        assert 1 <= len(re.findall(r"[.?!](?=\s|$)", facts.statement["nb"])) <= 2, ident


@pytest.mark.parametrize("group", GROUPS)
def test_the_needs_of_all_eight_expert_groups_are_there(group: str) -> None:
    sections = {need.facts.source.section or "" for need in catalogue().needs.values()}
    assert any(section.endswith(f"ekspertgruppene: {group}") for section in sections)


def test_what_meets_a_need_and_what_does_not_is_said() -> None:
    met = sum(is_met(need) for need in catalogue().needs.values())
    assert 30 <= met < len(catalogue().needs), "some needs are met, and somebody was honest about the others"
    named = answers(catalogue())
    assert {f"course:{ident}" for ident in COURSES} <= set(named)


@pytest.mark.parametrize("ident", sorted(path.stem for path in HOME.glob("content/plans/*.yml")))
def test_plans_have_reasons_in_all_languages_and_both_parts_where_there_is_a_role(ident: str) -> None:
    facts = catalogue().plans[ident].facts
    for text in (facts.title, facts.role, facts.summary, *(step.reason for step in facts.steps)):
        assert set(text) == set(LANGUAGES)
    kinds = {step.kind for step in facts.steps}
    assert kinds == ({"general"} if ident == "alle-ansatte" else {"general", "role"})
