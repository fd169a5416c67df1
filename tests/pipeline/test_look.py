"""What differs from the last build comes out the same, however many processes look."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import LANGUAGES, TODAY, catalogue_of, small_files, write

from kurskatalog.pipeline import look
from kurskatalog.pipeline.manifest import Manifest
from kurskatalog.view import build_site


def test_several_processes_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, small_files())
    catalogue = catalogue_of(tmp_path)
    sites = [build_site(catalogue, lang, TODAY, "1") for lang in LANGUAGES]
    texts = {page.body: f"key of {page.body}" for site in sites for page in site.pages if page.body}
    calls: list[str] = []

    def compare(jobs: int, texts: dict[str, str], old: Manifest) -> tuple[look.Pages, Manifest]:
        new = Manifest()
        return look._compare(sites, texts, old, new, jobs, lambda: calls.append("meanwhile")), new

    alone, first = compare(1, texts, Manifest())
    assert {lang: len(pages) for lang, pages in alone.items()} == {site.lang: len(site.pages) for site in sites}
    monkeypatch.setattr(look, "MANY", 1)
    together, second = compare(3, texts, Manifest())
    assert (together, second.pages) == (alone, first.pages)
    changed = min(texts)
    after, third = compare(2, {**texts, changed: "another"}, first)
    assert {page.body for pages in after.values() for page in pages} == {changed}
    assert third.pages.keys() == first.pages.keys()
    assert calls == ["meanwhile"] * 3
