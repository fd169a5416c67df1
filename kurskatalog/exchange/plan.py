"""What an import would make: new files, changed files, and what stands in its way. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kurskatalog.check.wording import type_problem, value_problem
from kurskatalog.exchange.course import Course, build_course, changes, to_course
from kurskatalog.exchange.fields import all_fields
from kurskatalog.exchange.locate import cell_of, field_at
from kurskatalog.exchange.merge import STATE, Prefer, merge, read_state, state_text
from kurskatalog.exchange.problems import Cell, CellProblem
from kurskatalog.exchange.sheet import Read, Sheeted
from kurskatalog.model.records import CourseFile
from kurskatalog.problems import Message
from kurskatalog.source.text import Unreadable, read_text
from kurskatalog.source.yaml import read_yaml
from kurskatalog.writing.edit import edit_yaml, new_yaml
from kurskatalog.writing.form import CannotFormat

COURSES = "content/providers/{provider}/courses/{course}.yml"


@dataclass(slots=True)
class Change:
    """A file that an import makes or changes: (field, before, after) of each value; `is_new` when there was no file."""

    file: str
    text: str
    is_new: bool
    values: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """Everything that an import would do. `state` is what the next one compares with."""

    changes: list[Change] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    state_file: str = ""
    state: str = ""
    gone: list[str] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Whether anything but a conflict is wrong; nothing is written then."""
        return any(not problem.conflict for problem in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One import: the catalogue's folder, the provider, its languages, and which side wins a conflict."""

    root: Path
    provider: str
    languages: Sequence[str]
    prefer: Prefer = ""
    inline: frozenset[str] = frozenset()
    """Courses of the provider that stand in catalogue.yml, where an import does not reach."""
    has_mapping: bool = False

    def plan(self, read: Read) -> Plan:
        """What is to be written for the courses of a sheet."""
        out = Plan(problems=list(read.problems), state_file=f"content/providers/{self.provider}/{STATE}")
        state = read_state(self.root / out.state_file)
        out.gone = sorted(set(state) - set(read.courses))
        new_state = dict(state)
        for ident, sheeted in read.courses.items():
            base = state.get(ident, Course())
            if (made := self._course(out, ident, sheeted, base, read.seen)) is not None:
                new_state[ident] = made
        out.state = state_text(new_state)
        return out

    def _course(self, out: Plan, ident: str, sheeted: Sheeted, base: Course, seen: set[str]) -> Course | None:
        name = COURSES.format(provider=self.provider, course=ident)
        if ident in self.inline:
            message = Message("the course '{id}' stands in catalogue.yml, which is changed by hand", id=ident)
            out.problems.append(CellProblem(sheeted.row, message))
            return None
        try:
            path = self.root / name
            text = read_text(path, name) if path.exists() or path.is_symlink() else None
            data = self._data(text)
        except (Unreadable, CannotFormat, ValidationError):
            hint = Message("'kurskatalog check' says what")
            out.problems.append(CellProblem(sheeted.row, Message("{file} has problems of its own", file=name), hint))
            return None
        before = to_course(data, self.languages)
        merged = merge(before, sheeted.course, base, seen, self.prefer)
        out.problems += (self._conflict(sheeted, before, at) for at in merged.conflicts)
        if merged.after == before and text is not None:
            return merged.base
        try:
            new = self._write(text, data, before, merged.after)
        except CannotFormat:
            out.problems.append(CellProblem(sheeted.row, _UNWRITABLE, _UNUSUAL))
            return None
        if found := list(self._wrong(new, sheeted, merged.after)):
            out.problems += found
            return None
        out.changes.append(Change(name, new, text is None, list(_differences(before, merged.after))))
        return merged.base

    def _context(self) -> dict[str, Any]:
        return {"language": self.languages[0], "languages": self.languages}

    def _data(self, text: str | None) -> dict[str, Any]:
        """The data of a course's file; nothing where there is none. Raises ValidationError or CannotFormat."""
        if text is None:
            return {}
        data, problems = read_yaml(text, "")
        if problems or not isinstance(data, dict):
            raise CannotFormat("")
        CourseFile.model_validate(data, context=self._context())
        return data

    def _write(self, text: str | None, data: dict[str, Any], before: Course, after: Course) -> str:
        if text is None:
            return new_yaml(build_course(after, self.languages), CourseFile, self.languages)
        return edit_yaml(text, changes(data, before, after, self.languages), CourseFile, self.languages)

    def _conflict(self, sheeted: Sheeted, before: Course, at: tuple[str, str]) -> CellProblem:
        run, name = at
        ours = (before.runs.get(run, {}) if run else before.values).get(name, "")
        theirs = (sheeted.course.runs[run] if run else sheeted.course.values).get(name, "")
        message = Message(
            "the file says '{ours}' and the sheet '{theirs}', and both have changed: the file is left as it is",
            ours=_short(ours),
            theirs=_short(theirs),
        )
        hint = Message("make them say the same, or settle all of these with --prefer sheet or --prefer file")
        return CellProblem(cell_of(sheeted, run, name), message, hint, conflict=True)

    def _wrong(self, text: str, sheeted: Sheeted, wanted: Course) -> list[CellProblem]:
        """What the records of the catalogue say about the new file, with the cells that it comes from."""
        data, problems = read_yaml(text, "")
        if problems or not isinstance(data, dict):
            return [CellProblem(sheeted.row, problem.message, problem.hint) for problem in problems]
        try:
            CourseFile.model_validate(data, context=self._context())
        except ValidationError as error:
            return [self._problem(detail, data, sheeted) for detail in error.errors(include_url=False)[:20]]
        if to_course(data, self.languages) != wanted:  # a value that YAML, or a list of this kind, cannot hold
            return [CellProblem(sheeted.row, _UNWRITABLE, _UNUSUAL)]
        return []

    def _problem(self, detail: Any, data: Mapping[str, Any], sheeted: Sheeted) -> CellProblem:
        run, name = field_at(detail["loc"], data, self.languages)
        cell = cell_of(sheeted, run, name)
        known = all_fields(self.languages)
        header = known[name].header if name in known else name
        if detail["type"] == "missing":
            return CellProblem(cell, Message("'{key}' is missing", key=header), self._fill_in(cell, header))
        values, value = detail.get("ctx") or {}, detail.get("input")
        wording = value_problem(detail["type"], header, value, values) or type_problem(detail["type"], header, value)
        if detail["type"] == "no_default_language":
            lang = Message(
                "'{key}' has no text in the catalogue's first language ({lang})", key=header, lang=values["lang"]
            )
            return CellProblem(cell, lang, self._fill_in(cell, header))
        return CellProblem(cell, wording[1], wording[2])

    def _fill_in(self, cell: Cell, header: str) -> Message:
        """How to say what is missing; of mapping files only those hear who use one."""
        if self.has_mapping:
            return Message("fill in the column, or say it for all rows in a mapping file: constants")
        if cell.column and cell.header:
            return Message("write it in the cell")
        return Message("add a column '{header}' and write it there", header=header)


_UNWRITABLE = Message("this course holds something that cannot be written to a file as it is")
_UNUSUAL = Message("look for unusual characters, and empty lines in lists")


def _differences(before: Course, after: Course) -> list[tuple[str, str, str]]:
    found = [
        (name, before.values.get(name, ""), after.values.get(name, ""))
        for name in dict.fromkeys((*before.values, *after.values))
    ]
    for ident, values in after.runs.items():
        old = before.runs.get(ident, {})
        found += [
            (f"{ident}: {name}", old.get(name, ""), values.get(name, "")) for name in dict.fromkeys((*old, *values))
        ]
    return [(name, _short(a), _short(b)) for name, a, b in found if a != b]


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 60 else f"{one_line[:57]}..."
