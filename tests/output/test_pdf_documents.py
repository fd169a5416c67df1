"""Finished PDFs, opened: structure, alternative texts, language, title, outline, links, and every word of the page in order."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pikepdf
import pytest
from everything import write_everything
from paper import Paper, article_words, in_order
from small import TODAY, Small

from kurskatalog.pipeline.build import PrintsWanted, Wanted
from kurskatalog.pipeline.print_some import print_some

ALT, TRENDER = "moduler/redaksjonen/alt", "moduler/redaksjonen/trender"


def test_there_is_one_of_everything_in_every_language_that_it_has(papers: dict[str, Paper]) -> None:
    assert {
        "pdf/moduler/redaksjonen/alt.pdf", "pdf/moduler/redaksjonen/trender.pdf", "nn/pdf/moduler/redaksjonen/trender.pdf",
        "pdf/kurs/redaksjonen/maling.pdf", "pdf/kurs/skolen/energi.pdf", "pdf/tilbydere/skolen.pdf",
        "nn/pdf/tilbydere/skolen.pdf", "pdf/planer/operator.pdf", "pdf/nivaa/5.1.pdf", "en/pdf/nivaa/5.1.pdf",
        "pdf/katalog.pdf", "nn/pdf/katalog.pdf", "en/pdf/katalog.pdf", "pdf/katalog-med-tekster.pdf",
    } <= set(papers)  # fmt: skip
    assert "nn/pdf/moduler/redaksjonen/alt.pdf" not in papers
    assert "nn/pdf/kurs/skolen/energi.pdf" not in papers


def test_every_one_is_tagged_titled_and_says_its_language(papers: dict[str, Paper]) -> None:
    for name, paper in papers.items():
        lang = name.partition("/")[0] if not name.startswith("pdf/") else "nb"
        assert bool(paper.root.MarkInfo.Marked) is True, name
        assert str(paper.root.Lang) == lang, name
        assert bool(paper.root.ViewerPreferences.DisplayDocTitle) is True, name
        with paper.pdf.open_metadata() as meta:
            assert meta["pdfuaid:part"] == "1", name
            assert meta["dc:title"] == str(paper.pdf.docinfo["/Title"]) != "", name
        assert str(paper.pdf.docinfo["/CreationDate"]).startswith("D:2026"), name


def test_headings_skip_no_level_and_are_the_outline(papers: dict[str, Paper]) -> None:
    for name, paper in papers.items():
        if name.startswith(("nn/", "en/")) and name not in (f"nn/pdf/{TRENDER}.pdf", "en/pdf/nivaa/5.1.pdf"):
            continue  # the same parts in other words
        before = 0
        for level, text in paper.headings:
            assert text, name
            assert level <= before + 1, (name, level, text)
            before = level
        with paper.pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        tops = [text for level, text in paper.headings if level == 1]
        assert titles == [text for text in tops if text not in ("Innhold", "Innhald", "Contents")], name
        assert titles, name


def test_every_picture_has_its_alternative_text(papers: dict[str, Paper]) -> None:
    for name, paper in papers.items():
        figures = [node for node in paper.structure.walk() if node.role == "Figure"]
        assert figures, name
        assert all(node.alt or any(inner.alt for inner in node.walk()) for node in figures), name
    alts = {node.alt for node in papers["pdf/moduler/redaksjonen/alt.pdf"].tree.walk() if node.alt}
    assert {"En tegning av en trend", "En prikk"} <= alts
    assert "QR-kode til https://katalog.example/moduler/redaksjonen/alt/" in alts


def test_internal_links_lead_into_the_same_pdf_and_others_out(papers: dict[str, Paper]) -> None:
    alone, course = papers["pdf/moduler/redaksjonen/alt.pdf"], papers["pdf/kurs/redaksjonen/maling.pdf"]
    trends, sensors = (
        "https://katalog.example/moduler/redaksjonen/trender/#laeringsmal",
        "https://katalog.example/moduler/redaksjonen/sensorer/",
    )
    assert {trends, sensors} <= alone.addresses
    assert not {trends, sensors} & course.addresses
    report = "https://etaten.example/rapport?aar=2025&del=2"
    assert {report, "https://noten.example/"} <= alone.addresses
    assert alone.text.replace("\u200b", "").count("etaten.example/rapport?aar=2025&del=2") == 1
    for name, paper in papers.items():
        pages = {page.obj.objgen for page in paper.pdf.pages}
        places = _named(paper)
        for link in paper.links:
            goal = link.get("/Dest", link.A.get("/D") if "/A" in link else None)
            if goal is not None:
                goal = places[str(goal)] if isinstance(goal, pikepdf.String) else goal
                assert goal[0].objgen in pages, name


def _named(paper: Paper) -> dict[str, pikepdf.Array]:
    if "/Names" not in paper.root:
        return {}
    flat = list(paper.root.Names.Dests.Names)
    return {str(key): value for key, value in zip(flat[::2], flat[1::2], strict=True)}


@pytest.mark.parametrize("page", [ALT, "moduler/redaksjonen/trender", "kurs/skolen/energi", "kurs/redaksjonen/maling"])
def test_all_words_of_the_page_are_in_the_pdf_in_order(printed: Small, papers: dict[str, Paper], page: str) -> None:
    words = article_words(printed.html(page))
    assert len(words) > 40
    skipped = {"ikke", "kjent"} if page.startswith("kurs") else set()
    lost = [word for word in in_order(words, papers[f"pdf/{page}.pdf"].letters) if word not in skipped]
    assert lost == []


def test_notes_answers_and_abbreviations_have_their_places(papers: dict[str, Paper]) -> None:
    paper = papers["pdf/moduler/redaksjonen/alt.pdf"]
    text = " ".join(paper.text.split())
    assert len(paper.roles("Note")) >= 2
    assert text.count("En note med en lenke") == 1
    answers = text.index("Svar", text.index("Slutten."))
    for told in ("Nei, det er gjenvinning.", "Ja. Den skifter bare bruker.", "Mange svarer emballasje."):
        assert text.count(told) == 1
        assert text.index(told) > answers
    assert text.count("At tingen brukes om igjen som den er.") == 1
    assert "BRiktig. Ja." in text
    assert re.search(r"KI:? ?kunstig intelligens", text)
    assert text.index("Linux") < text.index("Kjør ls") < text.index("Windows") < text.index("Kjør dir")


def test_tables_have_heads_and_are_turned_when_they_are_wide(papers: dict[str, Paper]) -> None:
    paper = papers["pdf/moduler/redaksjonen/alt.pdf"]
    tables = paper.roles("Table")
    assert [len([n for n in table.walk() if n.role == "TH"]) for table in tables] == [3, 12]
    sizes = [(float(p.MediaBox[2]), float(p.MediaBox[3])) for p in paper.pdf.pages]
    assert sum(wide > high for wide, high in sizes) == 1


def test_a_course_has_its_modules_as_chapters_and_its_runs_with_states(papers: dict[str, Paper]) -> None:
    course = papers["pdf/kurs/redaksjonen/maling.pdf"]
    tops = [text for level, text in course.headings if level == 1]
    assert tops.index("Alt på én gang") < tops.index("Sensorer") < tops.index("Trender") < tops.index("Avvik")
    energy = " ".join(papers["pdf/kurs/skolen/energi.pdf"].text.split())
    assert "Søknadsfristen er snart ute per 21. november 2026" in energy
    assert "Datoene gjelder per 21. november 2026" in energy


def test_the_first_page_says_what_it_is(papers: dict[str, Paper]) -> None:
    paper = papers["pdf/moduler/redaksjonen/alt.pdf"]
    text = " ".join(paper.text.replace("\u200b", "").split())
    for told in ("Alt på én gang", "Om alt på én gang.", "Redaksjonen", "3 timer", "CC-BY-4.0", "Versjon", "1. november 2026",
                 "katalog.example/moduler/redaksjonen/alt"):  # fmt: skip
        assert told in text, told
    assert "Innhold" in text


def test_pages_lead_to_their_pdf_with_size_and_pages_at_top_and_end(printed: Small, papers: dict[str, Paper]) -> None:
    for page, base, file in ((ALT, "../../../", f"pdf/{ALT}.pdf"), ("", "./", "pdf/katalog.pdf"), ("kurs/skolen/energi", "../../../", "pdf/kurs/skolen/energi.pdf"),
                             ("nivaa/5.1", "../../", "pdf/nivaa/5.1.pdf"), ("tilbydere/skolen", "../../", "pdf/tilbydere/skolen.pdf"),
                             ("planer/operator", "../../", "pdf/planer/operator.pdf")):  # fmt: skip
        html = printed.html(page)
        pages = papers[file].pages
        told = "1 side" if pages == 1 else f"{pages} sider"
        found = re.findall(
            rf'<a href="{re.escape(base + file)}"[^>]*>[^<]*</a> <span class="kk-note">\(([^)]*)\)', html
        )
        assert len(found) == 2, page
        assert found[0].startswith(told), page
        assert found[0].endswith("kB"), page


def test_every_page_but_the_tools_leads_to_a_pdf_at_top_and_end(printed: Small) -> None:
    without = set()
    for path in printed.out.rglob("index.html"):
        lists = re.findall(r'<ul class="kk-files.*?</ul>', path.read_text("utf-8"), re.DOTALL)
        if not lists:
            without.add(path.parent.relative_to(printed.out).as_posix())
            continue
        assert len(lists) == 2, path
        for found in lists:
            files = re.findall(r'<a href="([^"]*)"[^>]*>[^<]*</a> <span class="kk-note">\((.*?)\)</span>', found)
            assert [told for file, told in files if file.endswith(".pdf")], path
            for file, told in files:
                assert (path.parent / file).is_file(), (path, file)
                assert re.search(r"\d+ kB$", told), (path, told)
                assert not file.endswith(".pdf") or re.search(r"\d+ (sider?|pages?),|1 page,|1 side,", told), (
                    path,
                    told,
                )
    tools = ("behov", "finn", "finn/liste", "kalender", "om", "status")
    assert without == {prefix + name for prefix in ("", "nn/", "en/") for name in tools}


def test_a_page_in_a_language_without_a_text_leads_to_the_pdf_that_there_is(printed: Small) -> None:
    html = printed.html(f"nn/{ALT}")
    assert f'href="../../../../pdf/{ALT}.pdf" hreflang="nb"' in html
    assert 'href="../../../pdf/moduler/redaksjonen/trender.pdf"' in printed.html("nn/moduler/redaksjonen/trender")


def test_the_same_input_and_day_give_the_same_bytes(printed: Small, tmp_path: Path) -> None:
    other = Small(tmp_path / "annet sted", printed.home)
    write_everything(other)
    names = ["redaksjonen/alt", "redaksjonen/maling", "katalog"]
    made = print_some(other.project, Wanted(today=TODAY, jobs=1, prints=PrintsWanted()), names, tmp_path / "ut")
    assert len(made.files) == 5
    for file in made.files:
        lang, _, rest = file.relative_to(tmp_path / "ut").as_posix().partition("/")
        mine = printed.out / (f"{lang}/pdf/{rest}" if lang in ("nn", "en") else f"pdf/{lang}/{rest}".rstrip("/"))
        assert file.read_bytes() == mine.read_bytes(), mine


def test_for_archives_they_say_so(copy: Small, tmp_path: Path) -> None:
    wanted = Wanted(today=TODAY, prints=PrintsWanted(archive=True))
    (file,) = print_some(copy.project, wanted, ["redaksjonen/alt"], tmp_path).files
    with Paper(file.read_bytes()).pdf.open_metadata() as meta:
        assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("1", "2", "A")


def test_another_day_renews_what_has_dates_and_leaves_texts(copy: Small, tmp_path: Path) -> None:
    day = dt.date(2026, 11, 25)
    print_some(copy.project, Wanted(today=TODAY), ["redaksjonen/alt", "skolen/energi"], tmp_path)
    again = print_some(copy.project, Wanted(today=day), ["redaksjonen/alt", "skolen/energi"], tmp_path)
    assert again.made == 1
    text = " ".join(Paper((tmp_path / "kurs/skolen/energi.pdf").read_bytes()).text.split())
    assert "Datoene gjelder per 25. november 2026" in text
