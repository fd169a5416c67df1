"""Catalogues of many invented courses, without files, to measure the finder with."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from random import Random
from typing import Any

from invented import _PLACES, _THEMES, FORMS, TODAY, slug
from words import Writer

from kurskatalog.model.catalogue import Catalogue, Course, Provider, Vocabulary
from kurskatalog.model.records import CourseFile, ProviderFile, Settings, VocabularyFile

HOME = Path(__file__).parent.parent


def catalogue(size: int, seed: int = 1) -> Catalogue:
    """A catalogue of so many courses, the same for the same size and seed."""
    import yaml

    rows = list(
        csv.DictReader(
            (HOME / "tests/finder/titles.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE
        )
    )
    vocabularies = {}
    for path in sorted((HOME / "content" / "vocabularies").glob("*.yml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        if path.stem != "synonyms":
            terms = [
                {**t, "id": str(t["id"]), **({"broader": str(t["broader"])} if "broader" in t else {})}
                for t in data["terms"]
            ]
            facts = VocabularyFile.model_validate(
                {**data, "terms": [{k: v for k, v in t.items() if k != "eqf"} for t in terms]}
            )
            vocabularies[path.stem] = Vocabulary(path.stem, facts, {term.id: term for term in facts.terms})
    groups = yaml.safe_load((HOME / "content/vocabularies/synonyms.yml").read_text("utf-8"))["groups"]
    dice = Random(seed)
    courses: dict[str, CourseFile] = {}
    providers = {}
    for number in range(size):
        row = rows[number] if number < len(rows) else {**dice.choice(rows), "title": _mixed(rows, dice)}
        provider = slug(row["provider"])[:60].strip("-")
        providers[provider] = row["provider"]
        ident = f"{provider}/{slug(row['title'])[:54].strip('-')}"
        courses[ident if ident not in courses else f"{ident}-{number}"] = _course(row["title"], dice)
    known = {"language": "nb", "languages": ("nb",)}
    settings = {
        "title": "P",
        "address": "https://p.example/",
        "publisher": {"name": "P"},
        "languages": ["nb"],
        "licence": "CC0-1.0",
    }
    named = {
        i: ProviderFile.model_validate({"name": n, "type": "universitet"}, context=known)
        for i, n in sorted(providers.items())
    }
    return Catalogue(
        settings=Settings.model_validate(settings, context=known),
        providers={ident: Provider(ident, "", facts) for ident, facts in named.items()},
        courses={ident: Course(ident, "", facts) for ident, facts in sorted(courses.items())},
        modules={}, pages={}, plans={}, needs={}, vocabularies=vocabularies, synonyms=tuple(map(tuple, groups)),
    )  # fmt: skip


def _mixed(rows: list[dict[str, str]], dice: Random) -> str:
    """The beginning of one title and the end of another."""
    one, other = dice.choice(rows)["title"].split(), dice.choice(rows)["title"].split()
    return " ".join([*one[: max(1, len(one) // 2)], *other[len(other) // 2 :]])


def _course(title: str, dice: Random) -> CourseFile:
    write = Writer(dice)
    runs = []
    for number in range(dice.choice((0, 1, 1, 1, 1, 1, 1, 2, 2, 3))):
        start = TODAY + dt.timedelta(days=dice.randrange(-60, 300))
        name, county = dice.choice(_PLACES)
        runs.append({
            "id": str(number), "start": start.isoformat(), "form": dice.choice(FORMS),
            "apply_by": (start - dt.timedelta(days=dice.choice((14, 30, 45, 60, 75, 90, 120)))).isoformat(),
            "end": (start + dt.timedelta(days=dice.choice((5, 30, 60, 90, 120, 150, 200, 300)))).isoformat(),
            "places": [{"name": name, "county": county}],
            "verified_on": (TODAY - dt.timedelta(days=dice.randrange(60))).isoformat(),
        })  # fmt: skip
    facts: dict[str, Any] = {
        "title": title, "summary": f"{write.sentence()} {write.sentence()}"[:290],
        "level": dice.choice(("5.1", "5.2", "6.1", "7", "none")), "themes": dice.sample(_THEMES, dice.choice((1, 2, 3))),
        "outcomes": {kind: [f"kan {write.phrase()}" for _ in range(2)] for kind in ("knowledge", "skills", "competence")},
        "language": [dice.choice(("nb", "nb", "nb", "nn", "en"))], "runs": runs,
    }  # fmt: skip
    if dice.random() < 0.8:
        facts["credits"] = dice.choice((2.5, 5, 7.5, 10, 15, 20, 30, 60, 120, 180))
        facts["hours"] = int(facts["credits"] * dice.choice((25, 27, 28, 30)))
    if dice.random() < 0.6:
        facts["price"] = {"nok": dice.choice((0, *range(500, 40000, 500)))}
    return CourseFile.model_validate(facts, context={"language": "nb", "languages": ("nb",)})
