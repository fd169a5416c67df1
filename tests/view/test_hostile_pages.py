"""Whatever stands in a contributed field, pages show it as text: nothing is run, nothing is evaluated, nothing breaks out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from html_page import Element, parse
from small import RUN, Small, course, module, page, small_files, write

from kurskatalog.pipeline.load import load
from kurskatalog.pipeline.replace import spare_place

EVIL = {
    "script": '"><script>alert(1)</script>',
    "attribute": "' onmouseover='alert(1)' x=\"",
    "template": "{{ 7*7 }}{% raw %}{# #}${7*7}<%= 7*7 %>",
    "head": "</title></head><body onload=alert(1)>",
    "comment": "--> <!-- /text --> <!-- text --> <!--",
    "entities": "&lt;b&gt; & &amp; &#106;avascript:",
    "markdown": "*stjerne* [lenke](javascript:alert(1)) `kode` # ---",
    "yaml": "---",
    "percent": "100 %(x)s {0} {navn} %7B",
    "control": "]]> \\u003c </article></div></main>",
}
FIELDS = (
    """
    title|summary|outcome|provider|provider summary|place|audience|admission|quality|funding|price|partner|source note|plan|role
    plan summary|reason|site|site description|publisher|term|term note|author|source title|source publisher|source page
    page title|page summary|module title|module summary|module outcome|text|heading|gathering place
    need|statement|need audience|need document|need publisher|need section
""".strip()
    .replace("\n    ", "|")
    .split("|")
)


def evil(kind: str, field: str) -> str:
    """A text with a mark of its field, so that the test knows where it went."""
    return f"{kind}-{FIELDS.index(field)} {EVIL[kind]}"


def quoted(text: str) -> str:
    """As a YAML value in front matter."""
    return json.dumps(text, ensure_ascii=False)


def front(**values: Any) -> str:
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "---\n" + "\n".join(lines) + "\n---\n\n"


def in_markdown(text: str) -> str:
    """The text with every sign escaped, as Markdown has it."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>()#+-.!|&\"'$%/:;=?@^~," else c for c in text)


def files_with(kind: str) -> dict[str, Any]:
    """The small catalogue with evil in every field that takes a text."""

    def e(field: str) -> str:
        return evil(kind, field)

    source = {"url": "https://skolen.example/kurs", "verified_on": "2026-11-20", "note": e("source note")}
    kinds = ("knowledge", "skills", "competence")
    facts = {
        "title": e("module title"),
        "summary": e("module summary"),
        "level": "none",
        "hours": 1,
        "themes": ["ki"],
        "outcomes": {kind: [e("module outcome")] for kind in kinds},
        "prerequisites": ["redaksjonen/sensorer"],
        "authors": [e("author")],
        "licence": "CC-BY-4.0",
        "updated": "2026-11-01",
        "review_by": "2028-11-01",
        "sources": [{"title": e("source title"), "publisher": e("source publisher"), "page": e("source page")}],
    }
    changed = {
        "catalogue.yml": {
            "title": e("site"),
            "address": "https://katalog.example/",
            "publisher": {"name": e("publisher")},
            "languages": ["nb"],
            "licence": "CC-BY-4.0",
            "description": e("site description"),
        },
        "content/providers/skolen/provider.yml": {
            "name": e("provider"),
            "type": "fagskole",
            "summary": e("provider summary"),
            "places": [{"name": e("place"), "county": "18"}],
        },
        "content/providers/skolen/courses/energi.yml": course(
            e("title"),
            summary=e("summary"),
            level="5.1",
            outcomes={kind: [e("outcome")] for kind in kinds},
            **{name: e(name) for name in ("audience", "admission", "quality", "funding")},
            price={"note": e("price")},
            partners=[e("partner")],
            source=source,
            runs=[{**RUN, "places": [{"name": e("gathering place"), "county": "18"}]}],
        ),
        "content/plans/operator.yml": {
            "title": e("plan"),
            "role": e("role"),
            "summary": e("plan summary"),
            "themes": ["ki"],
            "steps": [{"module": "redaksjonen/avvik", "reason": e("reason")}],
        },
        "content/needs/maling.yml": {
            "title": e("need"),
            "statement": e("statement"),
            "audience": e("need audience"),
            "source": {
                "title": e("need document"),
                "publisher": e("need publisher"),
                "section": e("need section"),
                "url": "https://laget.example/rapport",
            },
            "themes": ["ki"],
            "modules": ["redaksjonen/avvik"],
            "courses": ["skolen/energi"],
        },
        "content/vocabularies/themes.yml": {
            "name": {"nb": "Tema"},
            "terms": [{"id": "ki", "label": {"nb": e("term")}, "note": {"nb": e("term note")}}],
        },
        "content/pages/bidra.nb.md": front(title=e("page title"), summary=e("page summary")) + "Tekst.\n",
        "modules/redaksjonen/avvik/module.nb.md": f"{front(**facts)}## {in_markdown(e('heading'))}\n\n{in_markdown(e('text'))}\n",
    }
    return {**small_files(("nb",)), **changed}


@pytest.fixture(scope="module", params=EVIL)
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, home: Path) -> tuple[str, Small]:
    """A built catalogue with one kind of evil everywhere."""
    root = tmp_path_factory.mktemp("hostile") / "katalog"
    write(root, files_with(request.param))
    small = Small(root, home)
    small.build()
    return request.param, small


def html_files(small: Small) -> dict[str, Element]:
    return {name: parse(raw.decode()) for name, raw in small.site().items() if name.endswith(".html")}


def shape(top: Element) -> set[tuple[str, str]]:
    """Tags with the names of their attributes."""
    return {(e.tag, key) for e in top.below() for key in (*e.attributes, "")}


@pytest.mark.xdist_group("hostile")
def test_pages_hold_no_more_kinds_of_elements_than_harmless_ones(hostile: tuple[str, Small], site: Small) -> None:
    harmless = set().union(*(shape(top) for top in html_files(site).values()))
    for name, top in html_files(hostile[1]).items():
        assert shape(top) <= harmless | {("ul", "lang")}, name


@pytest.mark.xdist_group("hostile")
def test_no_script_but_the_themes_own(hostile: tuple[str, Small], site: Small) -> None:
    def scripts(small: Small) -> set[tuple[str, str]]:
        found = [e for top in html_files(small).values() for e in top.all("script")]
        return {(e.attributes.get("src", "").rpartition("/")[2], e.text) for e in found}

    assert scripts(hostile[1]) == scripts(site)
    for name, top in html_files(hostile[1]).items():
        for element in top.below():
            assert not [key for key in element.attributes if key.startswith("on")], name
            assert (
                "javascript:" not in "".join(element.attributes.get(k, "") for k in ("href", "src", "action")).lower()
            ), name


@pytest.mark.xdist_group("hostile")
def test_nothing_is_evaluated_and_every_field_is_shown_as_written(hostile: tuple[str, Small]) -> None:
    kind, small = hostile
    everything = "\n".join(top.text for top in html_files(small).values())
    for field in FIELDS:
        if field != "site description":  # only a home page without a text of its own shows it
            assert evil(kind, field) in everything, field
    if kind == "template":
        assert "49" not in everything


@pytest.mark.xdist_group("hostile")
def test_the_head_of_a_page_holds_titles_as_text(hostile: tuple[str, Small]) -> None:
    kind, small = hostile
    pages = html_files(small)
    for name, title, summary in (
        ("kurs/skolen/energi", "title", "summary"),
        ("moduler/redaksjonen/avvik", "module title", "module summary"),
        ("bidra", "page title", "page summary"),
        ("planer/operator", "plan", "plan summary"),
        ("tilbydere/skolen", "provider", "provider summary"),
    ):
        top = pages[f"{name}/index.html"]
        assert top.one("title").text == f"{evil(kind, title)} – {evil(kind, 'site')}"
        assert top.one("meta", name="description")["content"] == evil(kind, summary)
        assert len(top.all("html")) == len(top.all("head")) == len(top.all("body")) == len(top.all("h1")) == 1
        assert evil(kind, title) in top.one("h1").text
        assert evil(kind, "site") in top.one("header", class_="kk-header").text
        assert evil(kind, "publisher") in top.one("footer").text
    assert pages["index.html"].one("title").text == evil(kind, "site")
    assert pages["404.html"].one("title").text == evil(kind, "site")


@pytest.mark.xdist_group("hostile")
def test_the_head_of_a_document_is_one_line_of_json(hostile: tuple[str, Small]) -> None:
    kind, small = hostile
    for path in (small.root / "build" / "docs").rglob("*.md"):
        first, line, last, _ = path.read_text(encoding="utf-8").split("\n", 3)
        assert (first, last) == ("---", "---"), path
        assert isinstance(json.loads(line), dict), path
    text = (small.root / "build/docs/nb/kurs/skolen/energi/index.md").read_text(encoding="utf-8")
    assert json.loads(text.split("\n")[1])["title"] == evil(kind, "title")


@pytest.mark.xdist_group("hostile")
def test_a_hostile_catalogue_is_built_on_like_any_other(hostile: tuple[str, Small]) -> None:
    _, small = hostile
    assert small.build().made == 0
    name = "modules/redaksjonen/avvik/module.nb.md"
    small.put(name, (small.root / name).read_text(encoding="utf-8") + "\nEt avsnitt til.\n")
    small.build()
    assert "Et avsnitt til." in small.html("moduler/redaksjonen/avvik")
    small.is_clean()
    assert spare_place(small.project).is_dir()


NO_ADDRESSES = [
    "../x",
    "../../../../../ut",
    "a/b",
    "..",
    ".",
    ".skjult",
    "index",
    '"><script>',
    "a b",
    "a%2fb",
    "a\\b",
    "a?b",
    "a#b",
]


@pytest.mark.parametrize("ident", NO_ADDRESSES)
def test_a_term_with_a_page_has_an_id_that_can_be_an_address(tmp_path: Path, home: Path, ident: str) -> None:
    terms = [{"id": ident, "label": {"nb": "Merkelapp"}}]
    write(
        tmp_path, {**small_files(("nb",)), "content/vocabularies/themes.yml": {"name": {"nb": "Tema"}, "terms": terms}}
    )
    loaded = load(Small(tmp_path, home).project, today=Small(tmp_path, home).today)
    assert loaded.catalogue is None
    assert [p.place.file for p in loaded.problems] == ["content/vocabularies/themes.yml"]


@pytest.mark.parametrize("text", ["En linje\nog en til\n\n    kode\n\n# overskrift\n", "\n\n---\n\nx\n", "<!--\n\n"])
def test_line_breaks_in_texts_of_yaml_break_nothing(tmp_path: Path, home: Path, site: Small, text: str) -> None:
    fields = {"summary": text, "admission": text, "audience": text}
    write(
        tmp_path,
        {
            **small_files(("nb",)),
            "content/providers/skolen/courses/energi.yml": course("Energi", level="5.1", **fields),
        },
    )
    small = Small(tmp_path, home)
    small.build()
    top = parse(small.html("kurs/skolen/energi"))
    harmless = set().union(*(shape(other) for other in html_files(site).values()))
    assert shape(top) <= harmless
    assert " ".join(text.split()) in top.words
    assert len(top.all("h1")) == 1


def test_titles_of_only_signs_do_no_harm(tmp_path: Path, home: Path) -> None:
    files = small_files(("nb",))
    titles = ["---", "...", "# x", "- x", "> x", "    x", "```", "|", "!ENV x", "&a *b", "null", "1.10", "no"]
    for number, title in enumerate(titles):
        files[f"content/providers/skolen/courses/c-{number}.yml"] = course(title, level="5.1")
        files[f"modules/skolen/m-{number}/module.nb.md"] = module(title, summary="Om dette.")
        files[f"content/pages/p-{number}.nb.md"] = page(title)
    write(tmp_path, files)
    small = Small(tmp_path, home)
    small.build()
    for number, title in enumerate(titles):
        for name in (f"kurs/skolen/c-{number}", f"moduler/skolen/m-{number}", f"p-{number}"):
            assert parse(small.html(name)).one("h1").words == title.strip()
            assert parse(small.html(name)).one("title").text == f"{title.strip()} – Småkatalogen"
