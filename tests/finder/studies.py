"""A catalogue of real titles of studies (titles.tsv) as files, and an index of any catalogue without its pages."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import yaml
from small import HOME, TODAY, write

from kurskatalog.output.finder import finder_files
from kurskatalog.output.search.bags import Synonyms, body_bag, facts_bag
from kurskatalog.output.search.index import build_index, merge
from kurskatalog.output.search.postings import shards_for
from kurskatalog.pipeline.load import check_reading, with_store
from kurskatalog.pipeline.reading import read_files
from kurskatalog.project import Project
from kurskatalog.view.finder import build_finder
from kurskatalog.view.found_by import build_found_by

HERE = Path(__file__).parent
_ASCII = str.maketrans({"å": "a", "ø": "o", "æ": "ae", "á": "a", "š": "s", "é": "e", "–": "-"})


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower().translate(_ASCII)).strip("-")[:55].strip("-")


def studies() -> dict[str, Any]:
    """Files of a catalogue: titles, providers and places as they are listed; nothing else is said about a study."""
    files: dict[str, Any] = {
        "catalogue.yml": {
            "title": "Studier",
            "address": "https://studier.example/",
            "publisher": {"name": "Studier"},
            "languages": ["nb"],
            "licence": "CC-BY-4.0",
        },
        "content/vocabularies/themes.yml": {
            "name": {"nb": "Tema"},
            "terms": [{"id": "x", "label": {"nb": "Usortert"}}],
        },
        "content/pages/index.nb.md": "---\ntitle: Forside\nsummary: Forside.\n---\n\n## Velkommen\n\nTekst.\n",
    }
    with (HERE / "titles.tsv").open(encoding="utf-8") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)):
            provider = slug(row["provider"])
            files[f"content/providers/{provider}/provider.yml"] = {"name": row["provider"], "type": "universitet"}
            course: dict[str, Any] = {"title": row["title"], "summary": row["title"], "themes": ["x"]}
            places = [{"name": name} for name in row["place"].split(", ") if name]
            if places:
                course["runs"] = [{"id": "a", "places": places, "verified_on": TODAY.isoformat()}]
            files[f"content/providers/{provider}/courses/{slug(row['title'])[:50].strip('-')}-{number}.yml"] = course
    return files


def write_studies(root: Path) -> Path:
    write(root, {n: v if isinstance(v, str) else yaml.safe_dump(v, allow_unicode=True) for n, v in studies().items()})
    return root


def write_index(root: Path, out: Path) -> None:
    """The index and the finder's data of a catalogue, in its first language, as they lie in its site."""
    project = Project(root=root, out=out, home=HOME)

    def make(store: Any) -> None:
        loaded = check_reading(project, read_files(project, store, 1), TODAY)
        assert loaded.catalogue, [str(p) for p in loaded.problems if p.severity == "error"][:5]
        found_by = build_found_by(loaded.catalogue)
        synonyms = Synonyms(found_by.groups)
        bags = [
            merge([facts_bag(d.texts, synonyms), *(body_bag(store.html(file), synonyms) for file in d.bodies)])
            for d in found_by.documents
        ]
        files = {f"search/{name}": raw for name, raw in build_index(bags, synonyms).files.items()}
        about = {"id": "test", "count": len(bags), "shards": shards_for(len(bags))}
        files["search/index.json"] = json.dumps(about).encode()
        files |= dict(finder_files(build_finder(loaded.catalogue, loaded.catalogue.settings.default_language, TODAY)))
        for name, raw in files.items():
            target = out / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(raw)

    with_store(project, make)
