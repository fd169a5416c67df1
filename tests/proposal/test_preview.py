"""`build --preview`: a small site of what a proposal touches; what cannot be shown is a box with its problems."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from gitted import ENV, Gitted, git
from overlay import BAD
from selectolax.lexbor import LexborHTMLParser
from small import LONG, PACKAGE, PNG, TODAY, module, tree

from kurskatalog.output.site.tree import NotOurs
from kurskatalog.pipeline.build import Built
from kurskatalog.proposal.preview import build_preview

SENSORS = "modules/redaksjonen/sensorer/module.nb.md"


def preview(repo: Gitted, base: str = "main") -> tuple[Built, dict[str, str]]:
    """Build it; page -> HTML."""
    project = repo.small.project
    built = Built()
    out = repo.root / "build" / "preview"
    build_preview(type(project)(root=repo.root, out=out, home=repo.home), base, TODAY, 1, built)
    return built, {
        name: raw.decode() for name, raw in tree(out).items() if name.endswith(".html")
    } if out.exists() else {}


def test_a_text_and_what_lists_it(repo: Gitted) -> None:
    repo.edit(SENSORS, "1. Gjør dette.", "1. Gjør dette først.")
    before = tree(repo.root / "modules")
    _, pages = preview(repo)
    own = {name for name in pages if not name.startswith(("nn/", "en/"))}
    assert own == {
        "index.html",
        "forhandsvisning/index.html",
        "moduler/index.html",
        "moduler/redaksjonen/sensorer/index.html",
        "tilbydere/redaksjonen/index.html",
        "kurs/redaksjonen/maling/index.html",
        "planer/operator/index.html",
    }
    assert "Gjør dette først." in pages["moduler/redaksjonen/sensorer/index.html"]
    for html in pages.values():
        assert '<meta name="robots" content="noindex">' in html
        assert "Forhåndsvisning" in html or "Førehandsvising" in html or "Preview" in html
    out = repo.root / "build" / "preview"
    assert (out / "robots.txt").read_text() == "User-agent: *\nDisallow: /\n"
    assert (out / "moduler/redaksjonen/sensorer/sensor.png").read_bytes() == PNG
    assert tree(repo.root / "modules") == before
    assert not (repo.root / "site").exists()


def test_one_language_alone(repo: Gitted) -> None:
    repo.edit("content/pages/om.nn.md", "Ein tekst.", "Ein annan tekst.")
    _, pages = preview(repo)
    assert "Ein annan tekst." in pages["nn/om/index.html"]
    assert "om/index.html" not in pages


def test_links_lead_to_the_preview_or_to_the_published_site(repo: Gitted) -> None:
    repo.edit(SENSORS, "1. Gjør dette.", "1. Gjør dette først.")
    _, pages = preview(repo)
    out = repo.root / "build" / "preview"
    for name, html in pages.items():
        for link in LexborHTMLParser(html).css("a[href]"):
            href = (link.attributes["href"] or "").partition("#")[0]
            if href and "://" not in href:
                target = (out / name).parent / href
                assert (target / "index.html").is_file() or target.is_file(), (name, href)
    assert (
        "https://katalog.example/moduler/redaksjonen/trender/#laeringsmal"
        in pages["moduler/redaksjonen/sensorer/index.html"]
    )


def test_problems_stand_in_place_of_the_page(repo: Gitted) -> None:
    repo.edit(SENSORS, "hours: 2.5", "hours: <b>mange</b>")
    repo.edit("modules/redaksjonen/trender/module.nn.md", "Ein tekst.", "<script>alert(1)</script>")
    repo.edit("modules/redaksjonen/avvik/module.nb.md", "En tekst.", "En annen tekst.")
    built, pages = preview(repo)
    assert any(p.severity == "error" for p in built.problems)
    box = LexborHTMLParser(pages["moduler/redaksjonen/sensorer/index.html"]).css_first(".kk-warning")
    assert box is not None
    assert f"{SENSORS}:5" in box.text()
    assert "<b>mange" not in pages["moduler/redaksjonen/sensorer/index.html"]
    # the translation alone is broken; the rest of the proposal can be seen
    assert "kk-warning" in pages["nn/moduler/redaksjonen/trender/index.html"]
    assert "alert(1)" not in pages["nn/moduler/redaksjonen/trender/index.html"]
    assert "kk-warning" not in pages["moduler/redaksjonen/trender/index.html"]
    assert "En annen tekst." in pages["moduler/redaksjonen/avvik/index.html"]
    front = pages["forhandsvisning/index.html"]
    assert SENSORS in front
    assert "kurs/redaksjonen/maling/index.html" in pages


def test_a_new_preview_replaces_the_old_one(repo: Gitted) -> None:
    repo.change({"modules/redaksjonen/lys/module.nb.md": module("Lys")})
    _, pages = preview(repo)
    assert "moduler/redaksjonen/lys/index.html" in pages
    repo.change({"modules/redaksjonen/lys/module.nb.md": None})
    repo.edit(SENSORS, "1. Gjør dette.", "1. Gjør dette først.")
    _, pages = preview(repo)
    assert "moduler/redaksjonen/lys/index.html" not in pages
    old = tree(repo.root / "build" / "preview")
    repo.change({"catalogue.yml": "title: [\n"})
    built, _ = preview(repo)
    assert any(p.severity == "error" for p in built.problems)
    assert tree(repo.root / "build" / "preview") == old


def test_a_foreign_folder_is_left_alone(repo: Gitted, tmp_path: Path) -> None:
    project = repo.small.project
    with pytest.raises(NotOurs):
        build_preview(
            type(project)(root=repo.root, out=repo.root / "content", home=repo.home), "main", TODAY, 1, Built()
        )


def test_the_command_says_1(repo: Gitted) -> None:
    repo.edit(SENSORS, "hours: 2.5", "hours: mange")
    command = [
        sys.executable,
        "-m",
        "kurskatalog",
        "build",
        "--preview",
        "main",
        "--today",
        TODAY.isoformat(),
        "--jobs",
        "1",
    ]
    done = subprocess.run(
        command, cwd=repo.root, env={**ENV, "PYTHONPATH": str(PACKAGE.parent)}, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stderr
    assert "K12" in done.stderr
    assert (repo.root / "build/preview/forhandsvisning/index.html").is_file()
    command[5] = "nothing"
    done = subprocess.run(
        command, cwd=repo.root, env={**ENV, "PYTHONPATH": str(PACKAGE.parent)}, capture_output=True, text=True
    )
    assert (done.returncode, "nothing" in done.stderr) == (2, True)


@pytest.mark.parametrize("slice_", range(4))
def test_every_bad_catalogue_has_a_preview(tmp_path: Path, home: Path, slice_: int) -> None:
    """Whatever is wrong, the rest can be seen: no page and no template is lost for what a stand-in does not hold."""
    repo = Gitted.begin(tmp_path / "k", home)
    folders = [f for f in sorted(BAD.iterdir()) if f.is_dir()]
    for folder in folders[slice_ :: 4 if LONG else 36]:
        for name, raw in tree(folder).items():
            if not name.endswith("/"):
                path = repo.root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(raw)
        built, pages = preview(repo)
        assert pages or any(p.place.file == "catalogue.yml" for p in built.problems), folder.name
        git(repo.root, "clean", "-fdq")
        git(repo.root, "checkout", "-q", ".")
