"""The same input, day and versions give the same bytes, wherever and however they are built; another version is noticed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small import Small, run, same, small_files, tree, write, write_program

AVVIK = "modules/redaksjonen/avvik/module.nb.md"


def test_another_place_more_processes_another_seed_and_zone_give_the_same_site(
    tmp_path: Path, site: Small, program: Path
) -> None:
    same_program = write_program(tmp_path / "et annet program", site.home)
    root = tmp_path / "en" / "annen mappe" / "Ærlige Åse"
    write(root, small_files())
    found = run(
        same_program, root, "--jobs", "2", "--out", str(tmp_path / "ut"),
        more={"PYTHONHASHSEED": "17", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HOME": str(tmp_path), "LANG": "tr_TR.UTF-8"},
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    same(tree(tmp_path / "ut"), site.site())


def test_the_order_of_files_on_disk_does_not_matter(tmp_path: Path, site: Small, home: Path) -> None:
    backwards = dict(reversed(list(small_files().items())))
    write(tmp_path / "katalog", backwards)
    other = Small(tmp_path / "katalog", home, jobs=2)
    other.build()
    same(other.site(), site.site())
    same(other.documents(), site.documents())


def test_nothing_tells_where_or_when_it_was_built(site: Small) -> None:
    forbidden = [str(site.root), str(site.home), "/tmp/", "katalog/build", "spare-"]
    for name, raw in site.site().items():
        text = raw.decode("utf-8", "replace")
        assert not [word for word in forbidden if word in text], name
        assert not re.search(r"\b\d\d:\d\d:\d\d\b", text) or name.startswith("assets/"), name


# --- another version of the program ---


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Path:
    """A catalogue in `katalog`, built with the program in `program`."""
    folder = tmp_path_factory.mktemp("before")
    write(folder / "katalog", small_files(("nb",)))
    assert run(write_program(folder / "program", home), folder / "katalog").returncode == 0
    return folder


@pytest.fixture
def upgraded(tmp_path: Path, before: Path, home: Path) -> tuple[Small, Path]:
    """The same in another place, where the program is then changed."""
    for name in ("katalog", "program"):
        shutil.copytree(before / name, tmp_path / name, symlinks=True)
    return Small(tmp_path / "katalog", home), tmp_path / "program"


def change(program: Path, name: str, old: str, new: str) -> None:
    path = program / "kurskatalog" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def new_renderer(program: Path) -> None:
    change(
        program,
        "source/markup/render.py",
        "from __future__ import annotations",
        "from __future__ import annotations\n\n# changed",
    )
    path = program / "kurskatalog" / "check" / "reading.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("html=checked.xhtml,", 'html=checked.xhtml.replace("En tekst.", "En ny tekst."),'),
        encoding="utf-8",
    )


def new_view(program: Path) -> None:
    change(
        program,
        "view/site.py",
        "title=teller.say(settings.title).text,",
        'title=teller.say(settings.title).text + " 2",',
    )


def new_words(program: Path) -> None:
    change(program, "locale/nb.po", 'msgstr "Læringsutbytte"', 'msgstr "Utbytte"')


def new_version(program: Path) -> None:
    change(program, "__init__.py", '__version__ = "', '__version__ = "9.')


def new_frame(program: Path) -> None:
    change(program, "home/theme/site/main.html", "</body>", "<!-- ny --></body>")


def new_template(program: Path) -> None:
    change(program, "home/theme/docs/module.md.j2", "</article>", "<!-- ny --></article>")


@pytest.mark.xdist_group("upgrades")
@pytest.mark.parametrize("upgrade", [new_renderer, new_view, new_words, new_version, new_frame, new_template])
def test_a_changed_program_makes_what_depends_on_it(
    upgraded: tuple[Small, Path], upgrade: Callable[[Path], None]
) -> None:
    small, program = upgraded
    before = small.site()
    upgrade(program)
    found = run(program, small.root)
    assert found.returncode == 0, found.stderr
    after = small.site()
    assert after != before
    shutil.rmtree(small.root / "build")
    shutil.rmtree(small.out)
    assert run(program, small.root).returncode == 0
    same(after, small.site())


@pytest.mark.xdist_group("upgrades")
@pytest.mark.parametrize("package", ["mkdocs", "markdown-it-py", "Pygments"])
def test_another_version_of_a_library_makes_every_page(upgraded: tuple[Small, Path], package: str) -> None:
    small, program = upgraded
    assert "0 av" in run(program, small.root).stdout
    write(
        program,
        {
            f"{package.replace('-', '_')}-99.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: 99.0\n"
        },
    )
    pages = len(list(small.out.rglob("index.html")))
    assert f"{pages} av {pages} sider" in run(program, small.root).stdout
