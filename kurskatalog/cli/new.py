"""`new`: a file that passes `check` at once, with a comment on every field and no invented facts."""

from __future__ import annotations

import datetime as dt
import json
import os
import shlex
import sys
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kurskatalog.check.files import better_id
from kurskatalog.cli.known import Known, is_id, read_known
from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import WrongUsage, did_you_mean
from kurskatalog.model import addresses
from kurskatalog.model.fields import FIELDS, RECORDS, VOCABULARIES
from kurskatalog.problems import Message

FINE = 0
WIDTH = 110
"""Characters of a comment line."""
MANY, FEW = 40, 6
"""Codes that a comment lists in full, and how many of a longer list."""

ANSWERS = ("title", "summary", "statement", "role", "level", "type", "themes")
TEMPLATES = Path(__file__).parent / "templates"
_PLACES: Mapping[str, tuple[str, str]] = {
    "provider": ("provider.yml", "content/providers/{0}/provider.yml"),
    "course": ("course.yml", "content/providers/{0}/courses/{1}.yml"),
    "module": ("module.md", "modules/{0}/{1}/module.{lang}.md"),
    "plan": ("plan.yml", "content/plans/{0}.yml"),
    "need": ("need.yml", "content/needs/{0}.yml"),
}
_ADDRESSES = {
    "provider": addresses.provider,
    "course": addresses.course,
    "module": addresses.module,
    "plan": f"{addresses.PLAN}/{{}}".format,
}


Given = Mapping[str, Any]
"""What a person has answered: some of ANSWERS; `themes` is a list."""


def run_new(options: Options, kind: str, ident: str, given: Given | None = None) -> int:
    """Write the file and say what comes next. Raises WrongUsage when it cannot be made; nothing is overwritten."""
    known = read_known(options.project)
    _check_id(kind, ident)
    _check_free(known, kind, ident, options.project.root)
    template, place = _PLACES[kind]
    name = place.format(*ident.split("/"), lang=known.languages[0])
    text = render_new(template, kind, ident, known, options.today, given)
    try:
        write_new(options.project.root / name, text)
    except FileExistsError:
        raise WrongUsage(_exists(name)) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise WrongUsage(Message("{path} cannot be written: {why}", path=name, why=why)) from None
    _tell(options, name)
    return FINE


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all. Raises FileExistsError when it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            path.unlink()
            raise


def _tell(options: Options, name: str) -> None:
    root = options.project.root
    where = "" if root == Path.cwd() else f" --root {shlex.quote(os.fspath(root))}"
    print(name)
    message = Message(
        "Write what you know into it. '{check}' finds what is wrong, '{serve}' shows the page.",
        check=f"{_program()} check{where} {name}",
        serve=f"{_program()} serve{where}",
    )
    print(options.words.say(message))


def _program() -> str:
    """The program as it was called: what is told to be typed has to work."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return "python -m kurskatalog"
    if called.name == "build.py":
        return "python build.py"
    here = Path.cwd()
    return os.fspath(called.relative_to(here)) if called.is_relative_to(here) else "kurskatalog"


def _check_id(kind: str, ident: str) -> None:
    """An id is one name, or for courses and modules the provider's and its own."""
    has_provider = kind in ("course", "module")
    parts = ident.strip("/").split("/")
    form = {"course": "<tilbyder>/<kurs>", "module": "<tilbyder>/<modul>"}.get(kind, "<id>")
    if len(parts) != 1 + has_provider:
        message = Message("'{id}' is not the id of a {kind}: write {form}", id=ident, kind=kind, form=form)
        raise WrongUsage(message)
    if ident != "/".join(parts) or not all(map(is_id, parts)):
        better = "/".join(map(better_id, parts))
        raise WrongUsage(
            Message("'{id}' is not an id (a-z, 0-9 and hyphens); write '{better}'", id=ident, better=better)
        )


def _check_free(known: Known, kind: str, ident: str, root: Path) -> None:
    """The catalogue is there, its provider too, and the id has not been used."""
    if not known.has_settings:
        raise WrongUsage(Message("{root} has no catalogue.yml; --root names another folder", root=str(root)))
    if known.has(kind, ident):
        raise WrongUsage(_exists(f"{kind} {ident}"))
    if kind in _ADDRESSES and _ADDRESSES[kind](ident) in known.redirects:
        message = Message(
            "'{id}' has been published and then moved: an id is never used again; choose another", id=ident
        )
        raise WrongUsage(message)
    provider = ident.partition("/")[0]
    if kind in ("course", "module") and not known.has("provider", provider):
        message = Message(
            "there is no provider '{provider}'; make it first: kurskatalog new provider {provider}", provider=provider
        )
        raise WrongUsage(did_you_mean(message, provider, known.ids.get("provider", ())))
    if kind == "plan" and not (known.first("module") or known.first("course")):
        raise WrongUsage(Message("a plan has steps, and the catalogue has no module or course yet: make one first"))


def _exists(what: str) -> Message:
    return Message("{what} exists already and is left as it is", what=what)


def render_new(template: str, kind: str, ident: str, known: Known, today: dt.date, given: Given | None = None) -> str:
    """The text of a new file. Values are quoted where they land; codes come from the catalogue's own lists."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=False,  # noqa: S701 - YAML, and every value is quoted or an id, a date or a code
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    env.filters["q"] = lambda text: json.dumps(text, ensure_ascii=False)
    start = dt.date(today.year + 1, 1, 12)
    values: dict[str, Any] = {
        "kind": kind,
        "ident": ident,
        "lang": known.languages[0],
        "licence": known.licence,
        "today": today,
        "next_year": a_year_after(today),
        "term": f"{start.year}-var",
        "start": start,
        "end": dt.date(start.year, 5, 30),
        "step_kind": "module" if known.first("module") else "course",
        "about": lambda field, prefix="# ": _about(known, field, prefix),
        "first": lambda name: next(iter(known.terms.get(name, {})), "kode"),
        "some": lambda kind: known.first(kind) or "<tilbyder>/<navn>",
        "first_step": known.start,
        "given": dict.fromkeys(ANSWERS, "") | dict(given or {}),
    }
    return env.get_template(template).render(values)


def a_year_after(day: dt.date) -> dt.date:
    """The same day one year later; 28 February for the leap day."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _about(known: Known, name: str, prefix: str) -> str:
    """The comment on a field: what it holds, whether it is required, and its codes."""
    record, field = name.split(".")
    text = FIELDS[record][field]
    if RECORDS[record].model_fields[field].is_required():
        text += " Må være med."
    if name in VOCABULARIES:
        text += " " + _codes(known, VOCABULARIES[name])
    return "\n".join(
        textwrap.wrap(text, WIDTH, initial_indent=prefix, subsequent_indent=prefix, break_on_hyphens=False)
    )


def _codes(known: Known, vocabulary: str) -> str:
    """The codes of a list, with names where the codes say nothing by themselves; of a long one only the first."""
    terms = known.terms.get(vocabulary, {})
    first = list(terms.items())[: len(terms) if len(terms) <= MANY else FEW]
    if all(code.isalpha() or len(code) > 4 for code, _ in first):
        shown = ", ".join(code for code, _ in first)
    else:
        shown = "; ".join(f"{code} = {name}" if name != code else code for code, name in first)
    more = f" ... og {len(terms) - FEW} til i listen {vocabulary}" if len(terms) > MANY else ""
    return f"Koder: {' '.join(shown.split())}{more}."
