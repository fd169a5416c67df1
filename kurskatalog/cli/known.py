"""What a catalogue has, also when it has problems: for `new` and `schema`, which help people to mend them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kurskatalog.check.files import find_files, standard_vocabularies
from kurskatalog.check.reading import SourceFile
from kurskatalog.model.shapes import ID, LANGUAGE
from kurskatalog.project import Project
from kurskatalog.source.markdown import front_text
from kurskatalog.source.text import Unreadable, read_text
from kurskatalog.source.yaml import read_yaml


@dataclass(slots=True, kw_only=True)
class Known:
    """Ids by kind of record; the codes of every list with their names; what catalogue.yml says."""

    has_settings: bool = False
    languages: tuple[str, ...] = ("nb",)
    licence: str = "CC-BY-4.0"
    redirects: frozenset[str] = frozenset()
    ids: dict[str, set[str]] = field(default_factory=dict)
    terms: dict[str, dict[str, str]] = field(default_factory=dict)
    texts: dict[str, Path] = field(default_factory=dict)
    """Module -> its text in the first language."""

    def has(self, kind: str, ident: str) -> bool:
        """Whether there is a record of this kind and id."""
        return ident in self.ids.get(kind, set())

    def first(self, kind: str) -> str:
        """The first id of a kind in alphabetical order; empty when there is none."""
        return min(self.ids.get(kind, set()), default="")

    def start(self) -> str:
        """The first module that builds on no other, with which a plan can begin; else the first one."""
        return next((ident for ident in sorted(self.texts) if not _builds_on(self.texts[ident])), self.first("module"))


def read_known(project: Project) -> Known:
    """What can be known of a catalogue; what cannot be read is passed over, since `check` reports it."""
    known = Known()
    for file, entry in (*standard_vocabularies(project), *find_files(project).files):
        if file.kind == "vocabulary":
            terms = known.terms.setdefault(file.owner, {})
            terms.update(_terms(_data(Path(entry), file)))
        elif file.kind == "settings":
            known.has_settings = True
            _read_settings(known, _data(Path(entry), file))
        elif file.kind != "picture":
            known.ids.setdefault(file.kind, set()).add(file.owner)
            if file.kind == "module" and file.lang == known.languages[0]:
                known.texts[file.owner] = Path(entry)
    return known


def _builds_on(path: Path) -> bool:
    """Whether a module's front matter names prerequisites; also when it cannot be read."""
    try:
        data, _ = read_yaml(front_text(read_text(path, path.name)), path.name)
    except Unreadable:
        return True
    return not isinstance(data, dict) or bool(data.get("prerequisites"))


def _data(path: Path, file: SourceFile) -> dict[str, Any]:
    try:
        data, _ = read_yaml(read_text(path, file.name), file.name)
    except Unreadable:
        return {}
    return data if isinstance(data, dict) else {}


def _read_settings(known: Known, data: dict[str, Any]) -> None:
    known.languages = tuple(lang for lang in _list(data, "languages") if LANGUAGE.match(lang)) or known.languages
    licence = data.get("licence")
    known.licence = licence if isinstance(licence, str) and licence.strip() else known.licence
    known.redirects = frozenset(_map(data, "redirects"))
    known.ids.setdefault("course", set()).update(_map(data, "courses"))
    for ident, provider in _map(data, "providers").items():
        known.ids.setdefault("provider", set()).add(ident)
        courses = _map(provider, "courses") if isinstance(provider, dict) else {}
        known.ids["course"].update(f"{ident}/{course}" for course in courses)


def _terms(data: dict[str, Any]) -> dict[str, str]:
    """Code -> its name in Norwegian, or in the first language that it has one in."""
    terms = {}
    for term in data.get("terms") or ():
        if isinstance(term, dict) and isinstance(code := term.get("id"), str) and code:
            labels = {lang: text for lang, text in _map(term, "label").items() if isinstance(text, str)}
            terms[code] = labels.get("nb") or next(iter(labels.values()), code)
    return terms


def _map(data: dict[str, Any], key: str) -> dict[str, Any]:
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def _list(data: dict[str, Any], key: str) -> list[str]:
    value = data.get(key)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return bool(ID.match(text))
