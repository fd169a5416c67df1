"""What a build makes again after one change, and what it leaves as it is. Each ends held against a clean build."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from small import HOME, PNG, RUN, TRANSLATION, Small, catalogue, module, page, same, small_files, write

from kurskatalog.pipeline.build import Built
from kurskatalog.problems import BadContent

SENSORER, TRENDER, AVVIK = (f"modules/redaksjonen/{name}/module.nb.md" for name in ("sensorer", "trender", "avvik"))
ENERGI = "content/providers/skolen/courses/energi.yml"


@pytest.fixture(autouse=True)
def is_clean(built: Small) -> Iterator[None]:
    """Whatever a test does, the site is a clean one in the end."""
    yield
    built.is_clean()


def changed(small: Small, edit: Callable[[], Any]) -> tuple[set[str], Built]:
    """The pages (by address) and other files of the site that an edit and a build change, without the search's."""
    before = small.site()
    edit()
    made = small.build()
    after = small.site()
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} - {".kurskatalog"}
    return {name.removesuffix("/index.html") for name in names if not name.startswith(("search/", "finn/data/"))}, made


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and time of change of everything below a folder."""
    paths = [folder, *folder.rglob("*")]
    return {str(path): (path.lstat().st_ino, path.lstat().st_mtime_ns) for path in paths}


# --- nothing changed ---


def test_nothing_is_made_and_no_file_is_touched_when_nothing_changed(built: Small) -> None:
    built.build()
    before = stamps(built.out), stamps(built.root / "build" / "docs")
    made = built.build()
    assert (made.made, made.pages) == (0, len([n for n in built.site() if n.endswith("index.html")]))
    assert (stamps(built.out), stamps(built.root / "build" / "docs")) == before


def test_touched_files_are_not_made_again(built: Small) -> None:
    for path in [*built.root.glob("modules/**/*"), *built.root.glob("content/**/*.yml"), built.root / "catalogue.yml"]:
        os.utime(path)
    before = stamps(built.out)
    assert built.build().made == 0
    assert stamps(built.out) == before


def test_a_comment_in_a_file_makes_no_page(built: Small) -> None:
    def edit() -> None:
        path = built.root / ENERGI
        path.write_text("# En merknad\n" + path.read_text(encoding="utf-8"), encoding="utf-8")

    names, made = changed(built, edit)
    assert (names, made.made) == (set(), 0)


# --- one thing changed ---


def test_a_text_makes_its_page_alone(built: Small) -> None:
    names, made = changed(built, lambda: built.change(AVVIK, "En tekst.", "En annen tekst."))
    assert names == {"moduler/redaksjonen/avvik"}
    assert made.made == 1


def test_texts_one_after_the_other(built: Small) -> None:
    for number in range(3):
        built.change(AVVIK, "Gjør dette.", f"Gjør dette. {number}")
        built.change("content/pages/om.nb.md", "## Først", f"## Først {number}")
        built.build()
    assert built.html("moduler/redaksjonen/avvik").count("Gjør dette. 2 1 0") == 1
    assert "Først 2 1 0" in built.html("om")


def test_a_heading_makes_the_contents_of_its_page_too(built: Small) -> None:
    names, _ = changed(built, lambda: built.change(AVVIK, "## Øvelse", "## Oppgave"))
    assert names == {"moduler/redaksjonen/avvik"}
    assert 'href="#oppgave"' in built.html("moduler/redaksjonen/avvik")


def test_a_title_makes_its_page_and_those_that_list_or_neighbour_it(built: Small) -> None:
    names, _ = changed(built, lambda: built.change(AVVIK, 'title: "Avvik"', 'title: "Feil"'))
    assert names == {
        "moduler/redaksjonen/avvik",
        "moduler",
        "tilbydere/redaksjonen",
        "nivaa/none",
        "tema/ki",
        "tid/dag",
        "kurs/redaksjonen/maling",
        "moduler/redaksjonen/trender",
        "behov",
    }


def test_a_title_makes_the_pages_of_modules_that_build_on_it_and_of_plans(built: Small) -> None:
    names, _ = changed(built, lambda: built.change(SENSORER, 'title: "Sensorer"', 'title: "Følere"'))
    assert {
        "moduler/redaksjonen/avvik",
        "moduler/redaksjonen/trender",
        "planer/operator",
        "kurs/redaksjonen/maling",
    } <= names
    assert "kurs/skolen/energi" not in names


def test_a_need_makes_its_page_the_data_and_what_meets_it(built: Small) -> None:
    names, made = changed(
        built, lambda: built.change("content/needs/maling.yml", "Flere som kan måle", "Mange som måler")
    )
    data = {"api/v1/gaps.json", "api/v1/gaps.csv"}
    assert names == {"behov", "moduler/redaksjonen/avvik", "kurs/skolen/aal"} | data
    assert made.made == 3


def test_the_first_need_and_the_last_one(built: Small) -> None:
    kept = {
        f"content/needs/{name}.yml": small_files(("nb",))[f"content/needs/{name}.yml"] for name in ("maling", "nett")
    }
    gone, _ = changed(built, lambda: write(built.root, dict.fromkeys(kept)))
    assert {"behov", "api/v1/gaps.json", "api/v1/gaps.csv", "kurs/skolen/aal"} <= gone
    assert not (built.out / "behov").exists()
    assert not (built.out / "api").exists()
    changed(built, lambda: write(built.root, kept))
    assert "Flere som kan måle" in built.html("behov")


def test_outcomes_make_the_page_alone(built: Small) -> None:
    names, made = changed(built, lambda: built.change(AVVIK, "hva en sensor er", "hva et avvik er"))
    assert (names, made.made) == ({"moduler/redaksjonen/avvik"}, 1)


def test_a_provider_name_makes_all_that_name_it(built: Small) -> None:
    names, _ = changed(
        built, lambda: built.change("content/providers/skolen/provider.yml", "Fagskolen Åsgård", "Fagskolen")
    )
    assert {"tilbydere", "tilbydere/skolen", "kurs", "kurs/skolen/energi", "kurs/skolen/aal", "fylke/18"} <= names
    assert not {"moduler", "tilbydere/redaksjonen", "kurs/redaksjonen/maling"} & names


def test_a_run_makes_its_course_the_lists_and_its_county(built: Small) -> None:
    run = {**RUN, "id": "oslo", "apply_by": "2026-11-25", "places": [{"name": "Oslo", "county": "03"}]}
    data = small_files(("nb",))[ENERGI]
    names, _ = changed(built, lambda: built.put(ENERGI, {**data, "runs": [*data["runs"], run]}))
    assert names == {
        "",
        "index.html",
        "finn",
        "kurs",
        "kurs/skolen/energi",
        "fylke",
        "fylke/03",
        "fylke/18",
        "nivaa/5.1",
        "kalender",
        "tema/energi",
        "tid/semester",
        "tilbydere/skolen",
        "status",
    } - {""}


def test_a_picture_alone_makes_no_page(built: Small) -> None:
    names, made = changed(built, lambda: built.put("modules/redaksjonen/sensorer/sensor.png", PNG + b"\0"))
    assert names == {"moduler/redaksjonen/sensorer/sensor.png"}
    assert made.made == 0


def test_a_new_page_is_linked_from_every_page(built: Small) -> None:
    names, _ = changed(built, lambda: built.put("content/pages/bidra.nb.md", page("Bidra")))
    assert {"bidra", "sitemap.xml", "moduler/redaksjonen/avvik"} <= names
    assert "bidra/" in built.html("moduler/redaksjonen/avvik")


def test_same_size_changes_within_a_second_are_seen(built: Small) -> None:
    for letter in "ABCD":
        built.change(
            AVVIK,
            *(
                ("En tekst.", "En tekst A.")
                if letter == "A"
                else (f"tekst {chr(ord(letter) - 1)}.", f"tekst {letter}.")
            ),
        )
        stat = (built.root / AVVIK).stat()
        os.utime(built.root / AVVIK, ns=(stat.st_atime_ns, 1_700_000_000_000_000_000))  # the same time each
        built.build()
        assert f"En tekst {letter}." in built.html("moduler/redaksjonen/avvik")


# --- something is gone ---


def test_a_deleted_module_takes_its_page_document_and_picture_along_for_good(built: Small) -> None:
    files = {
        "modules/skolen/ekstra/module.nb.md": module("Ekstra", text="![Et bilde](bilde.png)"),
        "modules/skolen/ekstra/bilde.png": PNG,
    }
    write(built.root, files)
    built.build()
    assert (built.out / "moduler/skolen/ekstra/bilde.png").is_file()
    write(built.root, dict.fromkeys(files))
    for number in range(3):  # the spare tree and the site have changed places by then
        assert not (built.out / "moduler/skolen").exists() or number == 0
        built.change(TRENDER, "Gjør det igjen.", f"Nå {number}. Gjør det igjen.")
        built.build()
        assert not (built.out / "moduler/skolen").exists()
        assert not (built.root / "build/docs/nb/moduler/skolen/ekstra/index.md").exists()


def test_a_module_of_the_name_that_engines_give_to_folders_has_its_own_address(built: Small) -> None:
    built.put("modules/redaksjonen/index/module.nb.md", module("Indeks"))
    built.build()
    assert "<h1>Indeks</h1>" in built.html("moduler/redaksjonen/index")


def test_a_module_that_comes_back_is_there_again(built: Small) -> None:
    for _ in range(2):
        built.put("modules/skolen/ekstra/module.nb.md", module("Ekstra"))
        built.build()
        assert "Ekstra" in built.html("moduler/skolen/ekstra")
        built.put("modules/skolen/ekstra/module.nb.md", None)
        built.build()
        assert not (built.out / "moduler/skolen/ekstra").exists()


def test_a_language_comes_and_goes(built: Small) -> None:
    built.put("catalogue.yml", catalogue(("nb", "nn")))
    built.put(
        "modules/redaksjonen/trender/module.nn.md",
        TRANSLATION.format(title="Trendar", summary="Om.", text="Ein tekst."),
    )
    built.build()
    assert "Trendar" in built.html("nn/moduler/redaksjonen/trender")
    assert 'hreflang="nn"' in built.html("moduler/redaksjonen/avvik")
    built.put("catalogue.yml", catalogue(("nb",)))
    built.put("modules/redaksjonen/trender/module.nn.md", None)
    built.build()
    assert not (built.out / "nn").exists()
    assert not list((built.root / "build/docs").glob("nn/**/*.md"))
    assert not (built.root / "build/mkdocs.nn.yml").exists()


def test_another_language_comes_first(built: Small) -> None:
    settings = {**catalogue(("nb", "nn")), "title": {"nb": "Katalogen", "nn": "Katalogen på nynorsk"}}
    built.put("catalogue.yml", settings)
    built.build()
    for path in [*built.root.glob("modules/*/*/module.nb.md"), *built.root.glob("content/pages/*.nb.md")]:
        path.rename(path.with_name(path.name.replace(".nb.", ".nn.")))
    built.put("catalogue.yml", {**settings, "languages": ["nn", "nb"]})
    built.build()
    assert '<html lang="nn"' in (built.out / "index.html").read_text(encoding="utf-8")
    assert '<html lang="nb"' in built.html("nb")
    assert not (built.out / "nn").exists()


def test_a_redirect_comes_and_goes(built: Small) -> None:
    redirects = {"kurs/skolen/gammelt": "kurs/skolen/energi"}
    names, made = changed(built, lambda: built.put("catalogue.yml", catalogue(("nb",), redirects=redirects)))
    assert (names, made.made) == ({"kurs/skolen/gammelt"}, 0)
    assert 'url=../../../kurs/skolen/energi/"' in built.html("kurs/skolen/gammelt")
    names, made = changed(built, lambda: built.put("catalogue.yml", catalogue(("nb",))))
    assert (names, made.made) == ({"kurs/skolen/gammelt"}, 0)


# --- what stands around the texts ---


def own_theme(small: Small) -> Path:
    shutil.copytree(HOME / "theme", small.root / "theme")
    return small.root / "theme"


def test_an_own_theme_that_is_the_same_changes_nothing(built: Small) -> None:
    names, made = changed(built, lambda: own_theme(built))
    assert (names, made.made) == (set(), 0)
    names, made = changed(built, lambda: built.change(AVVIK, "En tekst.", "En annen tekst."))
    assert (names, made.made) == ({"moduler/redaksjonen/avvik"}, 1)


def test_a_changed_template_makes_the_pages_that_it_shows(built: Small) -> None:
    template = own_theme(built) / "docs" / "plan.md.j2"
    names, made = changed(
        built,
        lambda: template.write_text(
            template.read_text(encoding="utf-8").replace("</article>", "<p>Ny</p></article>"), encoding="utf-8"
        ),
    )
    assert (names, made.made) == ({"planer/operator"}, 1)


def test_a_template_can_show_anything_of_the_site(built: Small) -> None:
    template = own_theme(built) / "docs" / "plan.md.j2"
    shown = "{{ site.publisher }}|{{ site.description }}|{{ site.address }}|{{ site.licence }}|{{ site.title }}"
    template.write_text(
        template.read_text(encoding="utf-8").replace("</article>", f"<p>{shown}</p></article>"), encoding="utf-8"
    )
    built.build()
    for key, value in {"publisher": {"name": "Ny"}, "description": "Ny tekst", "licence": "CC0-1.0"}.items():
        built.put("catalogue.yml", {**catalogue(("nb",)), key: value})
        built.build()
    assert "<p>Utgiveren &amp; co|En liten katalog.|https://katalog.example/|CC0-1.0|Småkatalogen</p>" in built.html(
        "planer/operator"
    )


def test_a_changed_frame_makes_every_page(built: Small) -> None:
    frame = own_theme(built) / "site" / "main.html"
    text = frame.read_text(encoding="utf-8").replace("</body>", "<!-- ny ramme --></body>")
    made = changed(built, lambda: frame.write_text(text, encoding="utf-8"))[1]
    assert made.made == made.pages
    assert all("ny ramme" in raw.decode() for name, raw in built.site().items() if name.endswith(".html"))


def test_a_file_of_the_theme_comes_and_goes(built: Small) -> None:
    file = own_theme(built) / "site" / "assets" / "ny.txt"
    names, _ = changed(built, lambda: file.write_text("Ny", encoding="utf-8"))
    assert names == {"assets/ny.txt"}
    names, _ = changed(built, file.unlink)
    assert names == {"assets/ny.txt"}


def test_a_changed_vocabulary_makes_what_names_the_term(built: Small) -> None:
    terms = {"name": {"nb": "Tema"}, "terms": [{"id": "energi", "label": {"nb": "Kraft"}}]}
    names, _ = changed(built, lambda: built.put("content/vocabularies/themes.yml", terms))
    assert {"tema", "tema/energi", "kurs/skolen/energi", "kurs/skolen/aal"} <= names
    assert not {"moduler/redaksjonen/avvik", "tema/ki", "kurs/redaksjonen/avvik"} & names
    built.put("content/vocabularies/themes.yml", None)
    built.build()
    assert "Kraft" not in built.html("tema/energi")


def test_changed_settings_of_the_engine_make_every_page(built: Small) -> None:
    made = changed(built, lambda: built.put("mkdocs.yml", "theme:\n  features: [navigation.top]\n"))[1]
    assert made.made == made.pages


def test_broken_settings_of_the_engine_are_a_problem_with_a_place(built: Small) -> None:
    before = built.site()
    built.put("mkdocs.yml", "theme:\n  features: [\n")
    with pytest.raises(BadContent) as error:
        built.build()
    assert [(str(p.place.file), p.place.line > 0) for p in error.value.problems] == [("mkdocs.yml", True)]
    assert built.site() == before
    built.put("mkdocs.yml", None)
    built.build()


def test_another_day_makes_the_pages_that_show_it(built: Small) -> None:
    """The page of the build, those of courses with dates, and the lists of their deadlines, which say as of which day they are."""

    def edit() -> None:
        built.today += dt.timedelta(days=1)

    names, _ = changed(built, edit)
    lists = {
        "index.html",
        "kurs",
        "kalender",
        "fylke/18",
        "nivaa/5.1",
        "tema/energi",
        "tid/semester",
        "tilbydere/skolen",
    }
    assert names == {"status", "kurs/skolen/energi"} | lists


def test_a_passed_deadline_leaves_the_lists(built: Small) -> None:
    def edit() -> None:
        built.today = dt.date(2026, 12, 2)

    names, _ = changed(built, edit)
    assert {
        "index.html",
        "kurs",
        "kurs/skolen/energi",
        "nivaa/5.1",
        "tema/energi",
        "kalender",
        "tid/semester",
        "tilbydere/skolen",
        "fylke/18",
        "status",
    } == names
    assert 'data-state="closed"' in built.html("kurs/skolen/energi")


def test_a_broken_file_leaves_the_site_and_a_mended_one_gives_the_clean_one(built: Small) -> None:
    before = stamps(built.out)
    good = (built.root / ENERGI).read_text(encoding="utf-8")
    built.put(ENERGI, "title: [\n")
    with pytest.raises(BadContent):
        built.build()
    assert stamps(built.out) == before
    built.put(ENERGI, good)
    assert built.build().made == 0
    assert stamps(built.out) == before


def test_two_sites_of_one_catalogue_do_not_mix(built: Small, tmp_path: Path) -> None:
    other = Small(built.root, built.home)
    other.out = tmp_path / "andre"
    for number in range(2):
        built.change(AVVIK, "Gjør dette.", f"Gjør dette. {number}")
        other.build()
        other.is_clean()
        built.build()
        same(built.site(), other.site())


def test_a_catalogue_that_has_moved_is_built_on(built: Small) -> None:
    moved = Small(built.root.rename(built.root.with_name("flyttet")), built.home)
    assert moved.build().made == 0
    moved.change(AVVIK, "En tekst.", "En annen tekst.")
    assert moved.build().made == 1
    built.root = moved.root.rename(built.root)


def test_a_catalogue_with_its_own_theme_that_has_moved_is_built_on(built: Small) -> None:
    own_theme(built)
    built.build()
    moved = Small(built.root.rename(built.root.with_name("flyttet")), built.home)
    moved.change(AVVIK, "En tekst.", "En annen tekst.")
    assert moved.build().made == 1
    built.root = moved.root.rename(built.root)


def test_a_program_that_has_moved_builds_on(built: Small, tmp_path: Path) -> None:
    before, built.home = built.home, shutil.copytree(built.home, tmp_path / "home")
    assert built.build().made == 0
    built.change(AVVIK, "En tekst.", "En annen tekst.")
    assert built.build().made == 1
    shutil.rmtree(tmp_path / "home")
    built.home = before
    built.change(AVVIK, "En annen tekst.", "En tredje tekst.")
    assert built.build().made == 1


def test_clean_makes_every_page_and_the_same_site(built: Small) -> None:
    before = built.site()
    made = built.build(clean=True)
    assert made.made == made.pages > 0
    assert built.site() == before
