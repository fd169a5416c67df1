"""Generated documents: the head of facts, the text between its marks, and templates that fail."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import HOME, Small

from kurskatalog.output.docs import templates
from kurskatalog.output.docs.render import TemplateFailed, render_documents, replace_text, with_marks
from kurskatalog.pipeline.load import load
from kurskatalog.view import SiteView, build_site


@pytest.fixture(scope="module")
def view(site: Small) -> SiteView:
    """The small catalogue as pages in bokmål."""
    catalogue = load(site.project, today=site.today).catalogue
    assert catalogue is not None
    return build_site(catalogue, "nb", site.today, "1.0")


def head(text: str) -> dict[str, object]:
    """The facts of a document."""
    first, line, last, _ = text.split("\n", 3)
    assert (first, last) == ("---", "---")
    found = json.loads(line)
    assert isinstance(found, dict)
    return found


def test_every_document_has_a_head_of_one_line(view: SiteView) -> None:
    documents = {
        d.path: d.text for d in render_documents(view, view.pages, lambda file: f"<p>{file}</p>", HOME / "theme")
    }
    assert set(documents) == {page.path for page in view.pages}
    for page in view.pages:
        facts = head(documents[page.path])
        assert (facts["title"], facts["description"], facts["menu"]) == (page.title, page.description, page.menu)
        assert facts["way"] == (f"{page.path}/" if page.path else "")
        if page.source:
            assert facts["edit"] == f"https://git.example/katalog/edit/main/{page.source}"
        if page.body:
            assert f"<!-- text -->\n<p>{page.body}</p>\n<!-- /text -->" in documents[page.path]


@given(text=st.text(max_size=30), other=st.text(max_size=30))
def test_a_text_can_be_replaced_in_its_document(text: str, other: str) -> None:
    document = f"---\n{{}}\n---\n\n<article>\n{with_marks(text)}\n</article>\n"
    assert replace_text(document, other) == f"---\n{{}}\n---\n\n<article>\n{with_marks(other)}\n</article>\n"


HALVES = ["", "<p>Uten tekst</p>", "<!-- text -->\nbare start", "bare slutt\n<!-- /text -->"]


@pytest.mark.parametrize("document", [*HALVES, with_marks("a") * 2, with_marks(with_marks("a"))])
def test_a_document_that_does_not_hold_one_text_is_left_to_the_template(document: str) -> None:
    assert replace_text(document, "ny") is None


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{% if %}", r"theme/docs/facts\.md\.j2:1: Expected an expression"),
        ("\n\n{{ data.finnes_ikke }}", r"theme/docs/facts\.md\.j2:3: .*finnes_ikke"),
        ("{{ finnes_ikke }}", "'finnes_ikke' is undefined"),
        ("{{ 1 / 0 }}", r"theme/docs/facts\.md\.j2:1: division by zero"),
        ("{{ page.title + 1 }}", r"theme/docs/facts\.md\.j2:1: "),
        ("{% include 'borte.j2' %}", r"borte\.j2"),
        (None, r"theme/docs/facts\.md\.j2: "),
    ],
)
def test_a_template_that_fails_is_named_with_its_line(
    view: SiteView, tmp_path: Path, template: str | None, words: str
) -> None:
    shutil.copytree(HOME / "theme", tmp_path / "theme")
    file = tmp_path / "theme" / "docs" / "facts.md.j2"
    file.unlink() if template is None else file.write_text(template, encoding="utf-8")
    status = [page for page in view.pages if page.path == "status"]
    with pytest.raises(TemplateFailed, match=words):
        list(render_documents(view, status, str, tmp_path / "theme"))


def test_templates_cannot_reach_behind_the_view(view: SiteView, tmp_path: Path) -> None:
    """What templates are given is plain data: no page knows all others, so that one page's change makes one page."""
    shutil.copytree(HOME / "theme", tmp_path / "theme")
    (tmp_path / "theme" / "docs" / "facts.md.j2").write_text("{{ site.pages | length }}", encoding="utf-8")
    status = [page for page in view.pages if page.path == "status"]
    assert next(iter(render_documents(view, status, str, tmp_path / "theme"))).text.endswith("\n0\n")


@pytest.mark.parametrize("lang", ["nb", "en"])
def test_templates_compiled_for_one_language_give_the_same_documents(
    view: SiteView, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def documents() -> list[str]:
        return [d.text for d in render_documents(replace(view, lang=lang), view.pages, str, HOME / "theme")]

    usual = documents()
    monkeypatch.setattr(templates, "MANY", 0)
    assert documents() == usual
