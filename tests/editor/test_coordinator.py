"""A study coordinator who has never used git changes a module and a course in a real browser; what comes out is held in hand."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from office import Office, picture
from small import HOME, PNG, TODAY, environment

pytestmark = pytest.mark.xdist_group("editor")

MODULE = "modules/kystskolen/grunnlag/module.nb.md"
COURSE = "content/providers/kystskolen/courses/apent.yml"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, installed: Path, browser: Any) -> Iterator[Office]:
    found = Office(tmp_path_factory.mktemp("office"), installed, browser)
    yield found
    found.close()
    assert found.complaints == []


def change_module(office: Office, tmp_path: Path) -> None:
    """A new text, an outcome more, and a picture."""
    page = office.open("moduler-kystskolen", "grunnlag/module")
    page.get_by_label("Sammendrag").fill("Ordene: alt bygger på dem.")
    page.get_by_role("button", name="Legg til: ferdigheter").click()
    page.get_by_label("Ferdigheter").last.fill("kan finne en frist")
    text = page.get_by_role("textbox", name="Tekst")
    text.fill(text.input_value().replace("RMT er et ord.", "RMT er et godt ord."))
    page.get_by_role("button", name="Legg til et bilde").click()
    page.get_by_role("button", name="Velg eller last opp en fil").click()
    dialog = page.locator(".ReactModalPortal")
    dialog.locator("input[type=file]").set_input_files(picture(tmp_path))
    dialog.get_by_text("maling-pa-veggen.png").wait_for()
    dialog.get_by_role("button", name="Velg markert").click()
    page.get_by_text("Bildet: maling-pa-veggen.png").wait_for()
    put = page.get_by_role("button", name="Sett det inn i teksten")
    assert put.is_disabled()  # not without a description
    page.get_by_label("Hva bildet viser").fill("En måler på en vegg")
    put.click()
    office.save(page)


def add_run(office: Office) -> None:
    """A course is given once more."""
    page = office.open("kurs-kystskolen", "apent")
    form = page.locator("body").inner_text().lower()  # labels are shown in capitals
    assert "studiepoeng, med punktum" in form
    assert "digital eksamen" in form
    assert "som kode" not in form
    page.get_by_role("button", name="Legg til: gjennomføringer").click()
    page.get_by_label("Navn i adresser").last.fill("2028-var")
    page.get_by_label("Semester").last.fill("2028-var")
    page.get_by_label("Samlinger").last.fill("2")
    office.save(page)


def passes(proposal: Path) -> None:
    """The files are right, those that were changed have their form, and they become a site."""
    for command in (("check",), ("fmt", "--check", proposal / MODULE, proposal / COURSE), ("build", "--no-search")):
        done = subprocess.run(
            [sys.executable, "-m", "kurskatalog", *command, "--root", proposal, "--today", TODAY.isoformat()],
            capture_output=True,
            text=True,
            timeout=120,
            env=environment(HOME),
        )
        assert done.returncode == 0, done.stdout + done.stderr


def begin_module(office: Office) -> None:
    """A module that was not there."""
    page = office.open("moduler-kystskolen", "")
    page.get_by_role("textbox", name="Tittel").first.fill("Ærlig øl på Åland")
    page.get_by_label("Sammendrag").fill("Om noe nytt.")
    hours = page.get_by_role("textbox", name="Timer")
    hours.fill("2,5")
    page.get_by_label("Tema").click()
    page.keyboard.type("Vann")
    page.keyboard.press("Enter")
    for kind in ("kunnskap", "ferdigheter", "generell kompetanse"):
        page.get_by_role("button", name=f"Legg til: {kind}").click()
        page.get_by_label(kind.capitalize()).last.fill(f"kan {kind}")
    page.get_by_label("Skal leses på nytt innen").fill("2028-01-01")
    page.get_by_role("textbox", name="Tekst").fill("## Først\n\nTekst.")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_text("skriv et tall, med punktum foran desimaler").wait_for()
    hours.press("ControlOrMeta+a")
    hours.press_sequentially("2.5")
    office.save(page)


def test_a_module_that_was_not_there(office: Office, tmp_path: Path) -> None:
    begin_module(office)
    made = "modules/kystskolen/aerlig-ol-pa-aland/module.nb.md"
    branch = "cms/moduler-kystskolen/aerlig-ol-pa-aland/module"
    assert office.git("diff", "--name-only", "main", branch).split() == [made]
    lines = [line for line in office.git("show", f"{branch}:{made}").splitlines() if not line.startswith("updated:")]
    assert lines == [
        *(
            "---",
            "title: Ærlig øl på Åland",
            "summary: Om noe nytt.",
            "hours: 2.5",
            "themes: [vann-avlop]",
            "outcomes:",
        ),
        *("  knowledge:", "    - kan kunnskap", "  skills:", "    - kan ferdigheter"),
        *("  competence:", "    - kan generell kompetanse", "licence: CC-BY-4.0", "review_by: 2028-01-01", "---"),
        *("", "## Først", "", "Tekst."),
    ]


def test_a_module_and_a_course_are_changed_and_nothing_else(office: Office, tmp_path: Path) -> None:
    module, course = ((office.root / name).read_text("utf-8") for name in (MODULE, COURSE))
    change_module(office, tmp_path)
    add_run(office)
    proposal = office.proposal("moduler-kystskolen/grunnlag/module", "kurs-kystskolen/apent")

    changed = set(office.git("diff", "--name-only", "main", "forslag").split())
    drawing = Path(MODULE).with_name("maling-pa-veggen.png")
    assert changed == {MODULE, COURSE, str(drawing)}
    assert (proposal / drawing).read_bytes() == PNG
    wanted = module.replace("summary: Ordene som alt bygger på.", 'summary: "Ordene: alt bygger på dem."')
    wanted = wanted.replace("skills: [kan bruke dem]", "skills: [kan bruke dem, kan finne en frist]")
    wanted = wanted.replace("RMT er et ord.", "RMT er et godt ord.")
    assert (proposal / MODULE).read_text("utf-8") == f"{wanted}\n![En måler på en vegg](maling-pa-veggen.png)\n"
    added = "  - id: 2028-var\n    term: 2028-var\n    gatherings: 2\n"
    assert (proposal / COURSE).read_text("utf-8") == course.replace("source: {url", f"{added}source: {{url")
    passes(proposal)


def test_a_picture_without_a_description_is_not_saved(office: Office) -> None:
    page = office.open("moduler-kystskolen", "oppgaver/module")
    text = page.get_by_role("textbox", name="Tekst")
    text.fill(f"{text.input_value()}\n![](maler.png)\n")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_text("Dette bildet mangler beskrivelse: maler.png").wait_for()
    assert "oppgaver" not in office.git("branch", "--list")


def test_no_page_leads_to_the_editor_and_search_engines_leave_it_alone(office: Office) -> None:
    site = office.served.top
    pages = [path for path in site.rglob("*.html") if "rediger" not in path.relative_to(site).parts]
    assert len(pages) > 100
    assert [
        path.name for path in pages if re.search(r"""(href|src)=["'][^"']*rediger""", path.read_text("utf-8"))
    ] == []
    assert "rediger" not in (site / "sitemap.xml").read_text("utf-8")
    assert '<meta name="robots" content="noindex, nofollow">' in (site / "rediger/index.html").read_text("utf-8")


def test_an_editor_without_a_forge_does_not_work_from_the_net(office: Office) -> None:
    """It would ask a server on the reader's own machine."""
    asked: list[str] = []
    context = office.browser.new_context()
    page = context.new_page()
    page.on("request", lambda sent: asked.append(sent.url))
    net = "https://katalog.example/"
    page.route(
        f"{net}**",
        lambda route: route.fulfill(response=route.fetch(url=route.request.url.replace(net, office.served.address))),
    )
    page.goto(f"{net}rediger/")
    page.get_by_text("Ingen har sagt ennå hvor forslag herfra skal").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.get_by_role("button").count() == 0
    assert [url for url in asked if not url.startswith((net, "data:"))] == []
    context.close()
