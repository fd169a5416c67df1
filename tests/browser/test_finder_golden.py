"""The golden list: questions as people type them, with what has to be found and what may not, asked in a real browser."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from served import Served
from small import HOME

sys.path.insert(0, str(HOME / "tests" / "finder"))
from studies import write_index, write_studies

pytestmark = pytest.mark.xdist_group("browser-golden")

GOLDEN = HOME / "tests" / "finder" / "golden.tsv"
HEADERS = (
    "/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:\n"
)
RECALL, EACH, FIRST, MEAN = 0.985, 0.75, 3, 1.2
"""Of all that has to be found; of what one question has to find; the last place of its first right answer, and the mean of these."""
ASK = """async (questions) => {
  const { Search } = await import("/assets/kk-search.js");
  const search = new Search("/", "/");
  const { count } = await search.open();
  const entries = await Promise.all([...Array(count).keys()].map((number) => search.entry(number)));
  const answers = [];
  for (const question of questions) answers.push((await search.find(question)).hits.map(([number]) => number));
  return { titles: entries.map((one) => [one.title, one.provider ?? "", one.places ?? ""].join(" | ")), answers };
}"""


class Case(NamedTuple):
    """A question to a catalogue: what fits `must` has to be found, nothing that fits `wrong`."""

    catalogue: str
    question: str
    must: str
    wrong: str


class Answer(NamedTuple):
    """How many right answers there are, how many were found, where the first stands, and what was wrong."""

    right: int
    found: int
    rank: int
    wrong: list[str]


def cases() -> list[Case]:
    lines = [line for line in GOLDEN.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    return [Case(*(field.strip() for field in [*line.split("\t"), "", ""][:4])) for line in lines[1:]]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: Any, browser: Any) -> dict[Case, Answer]:
    place = tmp_path_factory.mktemp("golden")
    write_studies(place / "studies")
    for name in ("content", "modules"):
        shutil.copytree(HOME / name, place / "shipped" / name)
    for name in ("catalogue.yml", "mkdocs.yml"):
        shutil.copyfile(HOME / name, place / "shipped" / name)
    found = {}
    for catalogue in ("studies", "shipped"):
        asked = [case for case in cases() if case.catalogue == catalogue]
        told = ask(place / catalogue, place / f"{catalogue}-site", browser, [case.question for case in asked])
        for case, hits in zip(asked, told["answers"], strict=True):
            found[case] = judge(case, told["titles"], hits)
    return found


def ask(root: Path, out: Path, browser: Any, questions: list[str]) -> dict[str, Any]:
    """The titles of all that can be found, and for each question the numbers of what was."""
    write_index(root, out)
    shutil.copytree(HOME / "theme" / "site" / "assets", out / "assets")
    (out / "_headers").write_text(HEADERS, "utf-8")
    (out / "index.html").write_text('<!doctype html><html lang="nb"><title>Søk</title>', "utf-8")
    served = Served(out)
    page = browser.new_page()
    try:
        page.goto(served.address)
        told: dict[str, Any] = page.evaluate(ASK, questions)
        return told
    finally:
        page.close()
        served.end()


def judge(case: Case, titles: list[str], hits: list[int]) -> Answer:
    right = {n for n, title in enumerate(titles) if case.must and re.search(case.must, title, re.IGNORECASE)}
    assert right or not case.must, f"nothing in the catalogue fits {case}"
    rank = next((at for at, number in enumerate(hits, 1) if number in right), 0)
    wrong = [titles[n] for n in hits if case.wrong and re.search(case.wrong, titles[n], re.IGNORECASE)]
    return Answer(len(right), len(right.intersection(hits)), rank, wrong)


def test_the_list_is_long_enough_and_says_something() -> None:
    assert len(cases()) >= 120
    assert [case for case in cases() if not case.must and not case.wrong] == []
    assert len(set(cases())) == len(cases())


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.catalogue}-{case.question}")
def test_a_question_finds_what_it_has_to(case: Case, answers: dict[Case, Answer]) -> None:
    answer = answers[case]
    assert answer.wrong == []
    if case.must:
        assert answer.found >= EACH * answer.right
        assert 1 <= answer.rank <= FIRST


def test_recall_and_rank_as_a_whole(answers: dict[Case, Answer], capsys: Any) -> None:
    asked = [answer for case, answer in answers.items() if case.must]
    recall = sum(answer.found for answer in asked) / sum(answer.right for answer in asked)
    each = sum(answer.found / answer.right for answer in asked) / len(asked)
    rank = sum(answer.rank for answer in asked) / len(asked)
    first = sum(answer.rank == 1 for answer in asked)
    told = {"questions": len(asked), "recall": round(recall, 4), "recall of a question": round(each, 4)}
    with capsys.disabled():
        print("golden list:", json.dumps({**told, "first right answer at": round(rank, 3), "at once": first}))
    assert recall >= RECALL
    assert rank <= MEAN
