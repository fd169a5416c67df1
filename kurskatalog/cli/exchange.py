"""`import` and `export`: courses from a spreadsheet to files, and from files to a spreadsheet."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kurskatalog.cli.known import Known, read_known
from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import WrongUsage, did_you_mean
from kurskatalog.exchange.course import to_course
from kurskatalog.exchange.fields import fields
from kurskatalog.exchange.mapping import read_mapping, standard
from kurskatalog.exchange.merge import Prefer
from kurskatalog.exchange.plan import COURSES, Change, Import, Plan
from kurskatalog.exchange.problems import Refused
from kurskatalog.exchange.rules import check_plan
from kurskatalog.exchange.sheet import Read, read_sheet
from kurskatalog.exchange.table import read_table
from kurskatalog.exchange.workbook import workbook
from kurskatalog.files import write_atomic
from kurskatalog.model.fields import FIELDS
from kurskatalog.problems import BadContent, Message
from kurskatalog.report import render_problems
from kurskatalog.source.text import read_text
from kurskatalog.source.yaml import read_yaml

FINE, WRONG_CONTENT = 0, 1
TEMPLATE = "kurs.xlsx"
_IN_SHEETS = {"credits": "Studiepoeng, slik regnearket skriver tall: på norsk med komma, som 7,5."}
"""What is written in another way in a sheet than in a file."""


def run_import(
    options: Options, file: str, provider: str, *, mapping: str, sheet: str, dry_run: bool, prefer: Prefer
) -> int:
    """Make and change files of courses from a sheet; 1 when something stood in the way, which was printed."""
    known = read_known(options.project)
    _check_provider(known, provider)
    try:
        columns = read_mapping(Path(mapping), known.languages) if mapping else standard(known.languages)
        table = read_table(Path(file), sheet or columns.sheet)
    except BadContent as error:
        print(render_problems(error.problems, "text", options.words))
        return WRONG_CONTENT
    except Refused as error:
        raise WrongUsage(error.message) from None
    read = read_sheet(table, columns, known.terms, known.languages, provider)
    root = options.project.root
    one = Import(
        root=root,
        provider=provider,
        languages=known.languages,
        prefer=prefer,
        inline=frozenset(c for c in _own(known, provider) if not (root / _file(provider, c)).exists()),
        has_mapping=bool(mapping),
    )
    plan = one.plan(read)
    _check_rules(options, known, plan, read)
    for problem in plan.problems:
        print(problem.line(options.words))
    for change in () if plan.has_errors else plan.changes:
        _tell(options, change)
    if not dry_run and not plan.has_errors:
        _write(root, plan)
    _sum_up(options, plan, read, dry_run=dry_run)
    return WRONG_CONTENT if plan.problems else FINE


def _own(known: Known, provider: str) -> list[str]:
    """The provider's courses without its id before them."""
    names = (ident.partition("/") for ident in known.ids.get("course", ()))
    return sorted(own for owner, _, own in names if owner == provider)


def _file(provider: str, course: str) -> str:
    return COURSES.format(provider=provider, course=course)


def _check_provider(known: Known, provider: str) -> None:
    if not known.has("provider", provider):
        message = Message(
            "there is no provider '{provider}'; make it first: kurskatalog new provider {provider}", provider=provider
        )
        raise WrongUsage(did_you_mean(message, provider, known.ids.get("provider", ())))


def _check_rules(options: Options, known: Known, plan: Plan, read: Read) -> None:
    try:
        check_plan(plan, read, options.project, known.languages, options.today, options.jobs)
    except OSError as error:  # a full disk, or no folder for files that are gone again at once
        raise _cannot_write(error, tempfile.gettempdir()) from None


def _cannot_write(error: OSError, path: str) -> WrongUsage:
    why = error.strerror or str(error)
    return WrongUsage(Message("{path} cannot be written: {why}", path=error.filename or path, why=why))


def _tell(options: Options, change: Change) -> None:
    kind = Message("new") if change.is_new else Message("changed")
    print(f"{options.words.say(kind)} {change.file}")
    for name, before, after in () if change.is_new else change.values:
        print("".join(c if c.isprintable() else "\ufffd" for c in f"  {name}: {before or '-'} -> {after or '-'}"))


def _write(root: Path, plan: Plan) -> None:
    try:
        for change in plan.changes:
            write_atomic(root / change.file, change.text)
        state = root / plan.state_file
        if not state.is_file() or state.read_text("utf-8") != plan.state:
            write_atomic(state, plan.state)
    except OSError as error:
        raise _cannot_write(error, plan.state_file) from None


def _sum_up(options: Options, plan: Plan, read: Read, *, dry_run: bool) -> None:
    def say(message: Message) -> None:
        print(options.words.say(message), file=sys.stderr)

    if read.unused:
        say(Message("Columns that were not used: {headers}", headers=", ".join(read.unused)))
    if read.other_rows:
        say(Message("{number} rows are of other providers.", number=read.other_rows))
    if plan.gone:
        names = ", ".join(plan.gone)
        say(Message("No longer in the sheet, and left as they are: {courses}", courses=names))
    new = sum(change.is_new for change in plan.changes)
    counts = {"new": new, "changed": len(plan.changes) - new}
    if plan.has_errors:
        say(Message("Nothing was written: mend what is wrong in the sheet first."))
    elif dry_run:
        say(Message("{new} files would be new and {changed} changed; nothing was written.", **counts))
    else:
        say(Message("{new} files are new and {changed} changed.", **counts))


def run_template(options: Options, file: str) -> int:
    """Write an empty workbook with the columns and lists of this catalogue."""
    known = read_known(options.project)
    return _write_new(file, workbook({}, known.terms, known.languages, about()))


def run_export(options: Options, file: str, provider: str) -> int:
    """Write the courses of a provider, or of all, to a workbook; 1 when the catalogue has errors."""
    from kurskatalog.pipeline.load import load  # other commands do without it

    known = read_known(options.project)
    if provider:
        _check_provider(known, provider)
    loaded = load(options.project, today=options.today, jobs=options.jobs)
    if loaded.catalogue is None:
        print(render_problems([p for p in loaded.problems if p.severity == "error"], "text", options.words))
        print(options.words.say(Message("Nothing was written: the catalogue has errors.")), file=sys.stderr)
        return WRONG_CONTENT
    courses = {}
    for ident, course in loaded.catalogue.courses.items():
        owner, _, own = ident.partition("/")
        if provider in ("", owner) and course.file == _file(owner, own):
            data, _ = read_yaml(read_text(options.project.root / course.file, course.file), course.file)
            if isinstance(data, dict):
                courses[ident] = to_course(data, known.languages)
    return _write_new(file, workbook(courses, known.terms, known.languages, about(), providers=not provider))


def _write_new(file: str, raw: bytes) -> int:
    path = Path(file)
    if path.suffix.lower() != ".xlsx":
        raise WrongUsage(Message("{path} is not the name of a workbook: it ends with .xlsx", path=file))
    try:
        with path.open("xb") as target:
            target.write(raw)
    except FileExistsError:
        raise WrongUsage(Message("{what} exists already and is left as it is", what=file)) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise WrongUsage(Message("{path} cannot be written: {why}", path=file, why=why)) from None
    print(file)
    return FINE


def about() -> Mapping[str, str]:
    """What each field holds, in Norwegian, by its name."""
    found = {"id": "Kursets id: a-z, 0-9 og bindestrek. Den blir del av adressen og skal aldri endres."}
    records = {"outcomes": "text_outcomes", "price": "price", "source": "source"}
    for one in fields(("nb",))[1:]:
        steps = one.path if not one.in_run else ("run", *one.path)
        record, name = ("course", steps[0]) if len(steps) == 1 else (records.get(steps[-2], steps[-2]), steps[-1])
        found.setdefault(one.name, _IN_SHEETS.get(one.name) or FIELDS[record][name])
    return found
