"""A small catalogue on disk that tests build, change and break, and a program of its own to build it with."""

from __future__ import annotations

import atexit
import datetime as dt
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import kurskatalog
from kurskatalog.files import digest_tree
from kurskatalog.model.catalogue import Catalogue
from kurskatalog.output.site.engine import Engines
from kurskatalog.pipeline.build import Built, Wanted, build
from kurskatalog.pipeline.load import load
from kurskatalog.project import Project

LONG = os.environ.get("KURSKATALOG_TESTS") == "long"
"""Whether tests take their time (a night's run): more examples, more kills."""

TODAY = dt.date(2026, 11, 21)
PACKAGE = Path(kurskatalog.__file__).parent
HOME = PACKAGE.parent
LANGUAGES = ("nb", "nn", "en")
# Terms that the small home keeps of the long lists: a site of a few dozen pages instead of hundreds.
KEPT = {"levels": {"5.1", "none"}, "themes": {"energi", "ki", "bygg"}, "counties": {"03", "18"}}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63e08ef5fb0f0002e301b65ed85d590000000049454e44ae426082"
)

MODULE = """---
title: "{title}"
summary: "{summary}"
level: none
hours: {hours}
themes: [ki]
outcomes:
  knowledge: ["{outcome}"]
  skills: ["kan lese en måling"]
  competence: ["kan ta opp et avvik"]{needs}
authors: [Redaksjonen]
licence: CC-BY-4.0
updated: 2026-11-01
review_by: 2028-11-01
sources:
  - title: En rapport
    publisher: Etaten
    year: "2025"
    url: https://etaten.example/rapport
---

## Læringsmål

{text}

## Øvelse

1. Gjør dette.
2. Gjør det igjen.
"""

TRANSLATION = """---
title: "{title}"
summary: "{summary}"
outcomes:
  knowledge: ["kan forklare kva ein sensor er"]
  skills: ["kan lese ei måling"]
  competence: ["kan ta opp eit avvik"]
translates: 2026-11-01
---

## Læringsmål

{text}

## Øving

1. Gjer dette.
"""

PAGE = """---
title: "{title}"
summary: "{summary}"{translates}
updated: 2026-11-02
---

## {heading}

{text}
"""


def catalogue(languages: tuple[str, ...] = LANGUAGES, **more: Any) -> dict[str, Any]:
    """catalogue.yml as data."""
    title = {"nb": "Småkatalogen", "nn": "Småkatalogen på nynorsk", "en": "The small catalogue"}
    return {
        "title": {lang: title[lang] for lang in languages if lang in title},
        "address": "https://katalog.example/",
        "publisher": {"name": "Utgiveren & co"},
        "languages": list(languages),
        "licence": "CC-BY-4.0",
        "description": "En liten katalog.",
        "repository": {"edit": "https://git.example/katalog/edit/main/"},
        **more,
    }


def module(
    title: str = "Sensorer", *, text: str = "En tekst.", hours: str = "2.5", needs: str = "", **more: str
) -> str:
    """A module's text in the default language."""
    values = {"summary": f"Om {title.lower()}.", "outcome": "kan forklare hva en sensor er", **more}
    return MODULE.format(
        title=title, text=text, hours=hours, needs=f"\nprerequisites: [{needs}]" if needs else "", **values
    )


def page(
    title: str,
    *,
    heading: str = "Først",
    text: str = "En tekst.",
    summary: str = "Kort fortalt.",
    translates: str = "",
) -> str:
    """A hand-written page, or a translation of the version of the day `translates`."""
    version = f"\ntranslates: {translates}" if translates else ""
    return PAGE.format(title=title, heading=heading, text=text, summary=summary, translates=version)


def course(title: str, **more: Any) -> dict[str, Any]:
    """A course file as data."""
    return {"title": title, "summary": f"Kurs om {title.lower()}.", "themes": ["energi"], "language": ["nb"], **more}


RUN = {
    "id": "2027-var",
    "start": "2027-01-12",
    "end": "2027-05-30",
    "apply_by": "2026-12-01",
    "form": "nettbasert-med-samlinger",
    "gatherings": 3,
    "places": [{"name": "Mo i Rana", "county": "18"}],
    "apply_url": "https://skolen.example/sok",
    "verified_on": "2026-11-20",
}


def small_files(languages: tuple[str, ...] = LANGUAGES) -> dict[str, Any]:
    """Every file of the small catalogue: path -> text, bytes, or data to be written as YAML."""
    source = {"url": "https://skolen.example/kurs", "verified_on": "2026-11-20"}
    files: dict[str, Any] = {
        "catalogue.yml": catalogue(languages),
        "content/providers/skolen/provider.yml": {
            "name": "Fagskolen Åsgård",
            "type": "fagskole",
            "summary": "En fagskole i nord.",
            "places": [{"name": "Mo i Rana", "county": "18"}],
            "homepage": "https://skolen.example/",
        },
        "content/providers/redaksjonen/provider.yml": {"name": "Redaksjonen", "type": "redaksjon"},
        "content/providers/skolen/courses/energi.yml": course(
            "Energi i bygg", level="5.1", credits=10, hours=270, runs=[RUN], source=source, admission="Fagbrev."
        ),
        "content/providers/skolen/courses/aal.yml": course(
            "Ål som næring", level="5.1", credits=5, hours=140, source=source
        ),
        "content/providers/redaksjonen/courses/maling.yml": course(
            "Måling for alle",
            hours=5,
            modules=["redaksjonen/sensorer", {"module": "redaksjonen/trender", "optional": True}, "redaksjonen/avvik"],
            outcomes={"knowledge": ["kan måle"], "skills": ["kan lese av"], "competence": ["kan melde fra"]},
            price={"nok": 0},
        ),
        "content/plans/operator.yml": {
            "title": "Plan for operatører",
            "role": "Operatør",
            "summary": "Det en operatør trenger.",
            "themes": ["ki"],
            "steps": [
                {"module": "redaksjonen/sensorer", "reason": "Først dette.", "kind": "general"},
                {"course": "skolen/energi", "reason": "Så dette."},
            ],
        },
        "content/needs/maling.yml": {
            "title": "Flere som kan måle",
            "statement": "Bedriftene mangler folk som kan lese målinger.",
            "audience": "Operatører",
            "source": {
                "title": "En rapport",
                "publisher": "Etaten",
                "year": "2025",
                "page": "7",
                "section": "avsnitt 2",
            },
            "themes": ["ki"],
            "levels": ["5.1"],
            "counties": ["18"],
            "modules": ["redaksjonen/avvik"],
            "courses": ["skolen/aal"],
        },
        "content/needs/nett.yml": {
            "title": "Strømnettet trenger folk",
            "statement": "Nettselskapene mangler montører.",
            "source": {"title": "En annen rapport", "publisher": "Laget", "url": "https://laget.example/rapport"},
            "themes": ["energi"],
        },
        "content/pages/index.nb.md": page("Forsiden", text="Velkommen. Se [om katalogen](side:om)."),
        "content/pages/om.nb.md": page("Om katalogen", text="Les [sensorer](modul:redaksjonen/sensorer#ovelse)."),
        "modules/redaksjonen/sensorer/module.nb.md": module(
            "Sensorer", text="![En sensor](sensor.png)\n\nSe [trender](../trender/module.md#laeringsmal)."
        ),
        "modules/redaksjonen/sensorer/sensor.png": PNG,
        "modules/redaksjonen/trender/module.nb.md": module("Trender", hours="1", needs="redaksjonen/sensorer"),
        "modules/redaksjonen/avvik/module.nb.md": module("Avvik", hours="1.5", needs="redaksjonen/sensorer"),
    }
    if "nn" in languages:
        files["content/pages/om.nn.md"] = page("Om katalogen på nynorsk", text="Ein tekst.", translates="2026-11-02")
        files["modules/redaksjonen/trender/module.nn.md"] = TRANSLATION.format(
            title="Trendar", summary="Om trendar.", text="Ein tekst."
        )
    return files


def write(root: Path, files: Mapping[str, Any]) -> None:
    """Write files below `root`; data becomes YAML, None takes the file away."""
    for name, content in files.items():
        path = root / name
        if content is None:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = (
            content
            if isinstance(content, bytes)
            else (content if isinstance(content, str) else to_yaml(content)).encode()
        )
        path.write_bytes(raw)


def to_yaml(data: Any) -> str:
    """Data as YAML that the strict reader takes: no aliases, long lines whole."""

    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    return yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False, width=10_000)


def write_home(home: Path) -> Path:
    """A program's home with the real theme and shorter lists of terms."""
    shutil.copytree(HOME / "theme", home / "theme")
    shutil.copy(HOME / "mkdocs.yml", home / "mkdocs.yml")
    for path in sorted((HOME / "content" / "vocabularies").glob("*.yml")):
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        if kept := KEPT.get(path.stem):
            data["terms"] = [term for term in data["terms"] if term["id"] in kept]
        write(home, {f"content/vocabularies/{path.name}": data})
    return home


def catalogue_of(root: Path) -> Catalogue:
    """The catalogue in a folder, as the program has it."""
    loaded = load(Project(root=root, out=root / "site", home=HOME), today=TODAY)
    assert loaded.catalogue is not None, loaded.problems
    return loaded.catalogue


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, hidden ones too, and every empty folder (as `name/`)."""
    found: dict[str, bytes] = {}
    for top, folders, names in os.walk(folder):
        for name in names:
            path = Path(top, name)
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
        if not folders and not names and Path(top) != folder:
            found[f"{Path(top).relative_to(folder).as_posix()}/"] = b""
    return found


def difference(one: Mapping[str, bytes], two: Mapping[str, bytes]) -> str:
    """What differs between two trees, for people; empty when nothing does."""
    lines = [f"only in the first: {name}" for name in sorted(set(one) - set(two))]
    lines += [f"only in the second: {name}" for name in sorted(set(two) - set(one))]
    for name in sorted(set(one) & set(two)):
        if one[name] != two[name]:
            at = next((i for i, (a, b) in enumerate(zip(one[name], two[name], strict=False)) if a != b), 0)
            begin = max(0, at - 60)
            lines.append(f"{name} differs at {at}: {one[name][begin : at + 60]!r} and {two[name][begin : at + 60]!r}")
    return "\n".join(lines[:20])


def same(one: Mapping[str, bytes], two: Mapping[str, bytes]) -> None:
    """Two trees are the same, byte for byte."""
    __tracebackhide__ = True
    if found := difference(one, two):
        raise AssertionError(found)


@cache
def warm_engines(jobs: int) -> Engines:
    """Engines that all builds of a test process share."""
    engines = Engines(jobs)
    atexit.register(engines.stop)
    return engines


@dataclass
class Small:
    """A catalogue in `root`, built with the program's `home` into `root/site`."""

    root: Path
    home: Path
    today: dt.date = TODAY
    jobs: int = 1
    out: Path = field(init=False)

    def __post_init__(self) -> None:
        self.out = self.root / "site"

    @property
    def project(self) -> Project:
        return Project(root=self.root, out=self.out, home=self.home)

    def build(self, *, clean: bool = False) -> Built:
        """Build it as `serve` does, with engines that stay warm."""
        return build(self.project, Wanted(today=self.today, jobs=self.jobs, clean=clean), warm_engines(self.jobs))

    def write(self, **files: Any) -> None:
        write(self.root, files)

    def put(self, name: str, content: Any) -> None:
        """Write one file."""
        write(self.root, {name: content})

    def change(self, name: str, old: str, new: str) -> None:
        """Put `new` in place of `old`, which must be there."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def site(self) -> dict[str, bytes]:
        """The finished site."""
        return tree(self.out)

    def html(self, name: str) -> str:
        """A finished page by its address without slashes."""
        return (self.out / name / "index.html").read_text(encoding="utf-8")

    def documents(self) -> dict[str, bytes]:
        """What an engine is given: the documents and its settings."""
        work = self.root / "build"
        found = {f"docs/{name}": raw for name, raw in tree(work / "docs").items() if not name.endswith("/")}
        for path in work.glob("mkdocs*.yml"):  # they name the catalogue's folder or the program's
            found[path.name] = path.read_bytes().replace(bytes(self.root), b"ROOT").replace(bytes(self.home), b"HOME")
        return found

    def clean(self) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """What a clean build of the same sources gives in another place: the site, and the documents that it is made from."""
        made = {"build", "site"}
        sources = [path for path in sorted(self.root.iterdir()) if path.name not in made]
        key = f"{digest_tree(*sources)} {self.today} {digest_tree(self.home)}"
        if key not in _CLEAN:
            with tempfile.TemporaryDirectory(prefix="kurskatalog-") as place:
                twin = Small(Path(place) / "en annen katalog", self.home, self.today, self.jobs)
                shutil.copytree(self.root, twin.root, ignore=lambda at, _: made if at == str(self.root) else ())
                twin.build()
                _CLEAN[key] = twin.site(), twin.documents()
        return _CLEAN[key]

    def is_clean(self) -> None:
        """The site is what a clean build gives."""
        __tracebackhide__ = True
        same(self.site(), self.clean()[0])


_CLEAN: dict[str, tuple[dict[str, bytes], dict[str, bytes]]] = {}
"""Clean builds by their sources: many tests come to the same ones."""


def write_program(place: Path, home: Path) -> Path:
    """The package as a wheel installs it: with its home inside. Returns the folder for PYTHONPATH."""
    ignore = shutil.ignore_patterns("home")
    shutil.copytree(PACKAGE, place / "kurskatalog", ignore=ignore)
    shutil.copytree(home, place / "kurskatalog" / "home")
    return place


def run(
    program: Path, root: Path, *arguments: str, more: Mapping[str, str] | None = None, **settings: Any
) -> subprocess.CompletedProcess[str]:
    """`kurskatalog` as a process of its own, with `more` in its environment."""
    return subprocess.run(
        command(root, *arguments),
        text=True,
        capture_output=True,
        timeout=120,
        env=environment(program, **(more or {})),
        **settings,
    )


def command(root: Path, *arguments: str) -> list[str]:
    """The command line of a build of `root`; `-P` keeps the folder that the tests run in out of it."""
    given = [*arguments, "--root", str(root), "--today", TODAY.isoformat()]
    return [
        sys.executable,
        "-P",
        "-m",
        "kurskatalog",
        "build",
        *given,
        *([] if "--jobs" in arguments else ["--jobs", "1"]),
    ]


def environment(program: Path, **more: str) -> dict[str, str]:
    """The environment of such a process."""
    return {**os.environ, "PYTHONPATH": str(program), "PYTHONDONTWRITEBYTECODE": "1", **more}
