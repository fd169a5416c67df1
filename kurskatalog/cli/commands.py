"""Every command: its line in the help, its options, and the function that runs it, loaded only when it is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kurskatalog.cli.build import prints_of, run_build
from kurskatalog.cli.check import run_check
from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import NotUnderstood, Parser, number_in, one_of
from kurskatalog.problems import Message
from kurskatalog.report import FORMATS

NEW_KINDS = ("module", "course", "provider", "plan", "need")
CI_STEPS = ("scope", "fetch", "unpack", "number", "place", "comment", "remind", "links")
SCHEMA_KINDS = (
    *("catalogue", "provider", "course", "module", "translation", "page", "plan", "need"),
    *("vocabulary", "synonyms"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command: its line in the help, what more its own help says, its options, what it does."""

    help: str
    more: str = ""
    arguments: Callable[[Parser], None]
    run: Callable[[Options, argparse.Namespace], int]


def _build_arguments(parser: Parser) -> None:
    parser.add_argument("--out", metavar="DIR", help="mappen til nettstedet (standard: site/ i katalogen)")
    parser.add_argument("--no-search", action="store_true", help="uten søkeindeks")
    parser.add_argument("--clean", action="store_true", help="glem alt fra før, og lag alt på nytt")
    parser.add_argument("--pdf", action="store_true", help="lag PDF-er, e-bøker og pakker til å ta med også")
    _print_arguments(parser)
    parser.add_argument("--editor", action="store_true", help="ta med redigeringen i nettleseren (/rediger/)")
    help_ = "bare sidene som er annerledes enn i denne utgaven i git, i build/preview"
    parser.add_argument("--preview", metavar="FØR", help=help_)


def _print_arguments(parser: Parser) -> None:
    parser.add_argument("--texts", action="store_true", help="lag også boken med alle modultekstene (sammen med PDF)")
    parser.add_argument("--archive", action="store_true", help="PDF-er som også er til arkiv (PDF/A-2a)")


def _check_arguments(parser: Parser) -> None:
    parser.add_argument("paths", nargs="*", metavar="STI", help="vis bare problemer i disse filene og mappene")
    help_ = "text, json eller github (standard: text, i GitHub Actions: github)"
    parser.add_argument("--format", type=one_of(*FORMATS), metavar="FORM", help=help_)


def _fmt_arguments(parser: Parser) -> None:
    parser.add_argument("paths", nargs="*", metavar="STI", help="bare disse filene og mappene")
    parser.add_argument("--check", action="store_true", help="skriv ingenting; svarkode 1 når en fil har en annen form")


def _diff_arguments(parser: Parser) -> None:
    parser.add_argument("base", metavar="FØR", help="utgaven det sammenlignes med: en gren, et merke eller en commit")
    help_ = "utgaven med forslaget (standard: filene slik de ligger i mappen)"
    parser.add_argument("head", metavar="ETTER", nargs="?", default="", help=help_)
    help_ = "text (standard i en terminal), markdown (til en kommentar, standard ellers) eller json"
    parser.add_argument("--format", type=one_of("text", "markdown", "json"), metavar="FORM", help=help_)
    help_ = "adressen der sidene kan ses, til lenker i kommentaren"
    parser.add_argument("--site", type=_site_address, default="", metavar="ADRESSE", help=help_)


def _ci_arguments(parser: Parser) -> None:
    parser.add_argument("step", metavar="STEG", type=one_of(*CI_STEPS), help=", ".join(CI_STEPS))
    parser.add_argument("rest", metavar="VERDI", nargs="*", help="det steget trenger")


def _import_arguments(parser: Parser) -> None:
    add = parser.add_argument
    add(
        "file", metavar="FIL", nargs="?", default="", help="regneark (.xlsx) eller .csv; med --template filen som lages"
    )
    add("--provider", metavar="ID", default="", help="tilbyderen kursene hører til")
    add("--mapping", metavar="FIL", default="", help="YAML-fil som sier hvilke kolonner som er hvilke felt")
    add("--sheet", metavar="NAVN", default="", help="arket i regnearket (standard: Kurs, ellers det første)")
    add("--dry-run", action="store_true", help="vis hva som ville blitt laget, og skriv ingenting")
    help_ = "hvem som vinner når både filen og arket er endret"
    add("--prefer", metavar="HVEM", type=one_of("sheet", "file"), help=f"sheet eller file: {help_}")
    add("--template", action="store_true", help="lag et tomt regneark med kolonner, forklaringer og valglister")


def _export_arguments(parser: Parser) -> None:
    parser.add_argument("--xlsx", metavar="FIL", required=True, help="regnearket som lages")
    parser.add_argument("--provider", metavar="ID", default="", help="bare kursene til denne tilbyderen")


def _serve_arguments(parser: Parser) -> None:
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        metavar="VERT",
        help="adressen siden vises på (standard: 127.0.0.1, bare denne maskinen)",
    )
    help_ = "port (standard: 8000; 0 tar en som er ledig)"
    parser.add_argument("--port", type=number_in(0, 65535), default=8000, metavar="N", help=help_)
    parser.add_argument("--out", metavar="DIR", help="mappen til nettstedet (standard: site/ i katalogen)")


def _new_arguments(parser: Parser) -> None:
    parser.add_argument(
        "kind", metavar="SLAG", nargs="?", type=one_of(*NEW_KINDS), help="module, course, provider, plan eller need"
    )
    help_ = "<tilbyder>/<modul> eller <tilbyder>/<kurs>; ellers ett navn"
    parser.add_argument("ident", metavar="ID", nargs="?", help=help_)


def _schema_arguments(parser: Parser) -> None:
    help_ = f"bare dette slaget: {', '.join(SCHEMA_KINDS)}"
    parser.add_argument("kind", metavar="SLAG", nargs="?", type=one_of(*SCHEMA_KINDS), help=help_)


def _site_address(text: str) -> str:
    from kurskatalog.cli.diff import site_address

    return site_address(text)


def _diff(options: Options, args: argparse.Namespace) -> int:
    from kurskatalog.cli.diff import run_diff

    return run_diff(options, args.base, args.head, args.format, args.site)


def _build(options: Options, args: argparse.Namespace) -> int:
    if args.preview is None:
        prints = prints_of(args) if args.pdf else None
        return run_build(options, clean=args.clean, search=not args.no_search, prints=prints, editor=args.editor)
    from kurskatalog.cli.preview import run_preview

    return run_preview(options, args.preview, at=bool(args.out))


def _ci(options: Options, args: argparse.Namespace) -> int:
    from kurskatalog.cli.ci import run_ci

    return run_ci(options, args.step, args.rest)


def _serve(options: Options, args: argparse.Namespace) -> int:
    from kurskatalog.cli.serve import run_serve  # what only one command needs is not loaded for the others

    return run_serve(options, host=args.host, port=args.port)


def _pdf_arguments(parser: Parser) -> None:
    parser.add_argument(
        "names",
        nargs="*",
        metavar="ID",
        help="<tilbyder>/<modul>, <tilbyder>/<kurs>, en tilbyder, plan, et nivå, eller katalog",
    )
    parser.add_argument("--out", metavar="DIR", help="mappen til PDF-ene (standard: build/pdf i katalogen)")
    _print_arguments(parser)


def _pdf(options: Options, args: argparse.Namespace) -> int:
    from kurskatalog.cli.pdf import run_pdf

    folder = Path(args.out).absolute() if args.out else options.project.work / "pdf"
    return run_pdf(options, args.names, folder, prints_of(args))


def _fmt(options: Options, args: argparse.Namespace) -> int:
    from kurskatalog.cli.fmt import run_fmt

    return run_fmt(options, args.paths, check=args.check)


def _codeowners(options: Options, args: argparse.Namespace) -> int:  # noqa: ARG001 - as all commands
    from kurskatalog.cli.codeowners import run_codeowners

    return run_codeowners(options)


def _import(options: Options, args: argparse.Namespace) -> int:
    from kurskatalog.cli.exchange import TEMPLATE, run_import, run_template

    if args.template:
        return run_template(options, args.file or TEMPLATE)
    if not args.file or not args.provider:
        raise NotUnderstood(Message("{what} is missing", what="--provider" if args.file else "FIL"))
    return run_import(
        options,
        args.file,
        args.provider,
        mapping=args.mapping,
        sheet=args.sheet,
        dry_run=args.dry_run,
        prefer=args.prefer or "",
    )


def _export(options: Options, args: argparse.Namespace) -> int:
    from kurskatalog.cli.exchange import run_export

    return run_export(options, args.xlsx, args.provider)


def _new(options: Options, args: argparse.Namespace) -> int:
    from kurskatalog.cli.new import run_new

    if args.kind is not None and args.ident is not None:
        return run_new(options, args.kind, args.ident)
    from kurskatalog.cli.ask import ask_new, on_terminal

    if not on_terminal():
        raise NotUnderstood(Message("{what} is missing", what="ID" if args.kind else "SLAG, ID"))
    wanted = ask_new(options, args.kind or "")
    return run_new(options, wanted.kind, wanted.ident, wanted.given)


def _schema(options: Options, args: argparse.Namespace) -> int:
    from kurskatalog.cli.schema import run_schema

    return run_schema(options, args.kind)


COMMANDS = {
    "build": Command(
        help="lag nettstedet (standard)",
        arguments=_build_arguments,
        run=_build,
    ),
    "check": Command(
        help="finn alt som er feil, på én gang",
        arguments=_check_arguments,
        run=lambda options, args: run_check(options, args.format, args.paths),
    ),
    "fmt": Command(
        help="skriv YAML og feltene øverst i tekster på én form",
        more="Nøklene kommer i samme rekkefølge overalt. Kommentarer blir med, og ingen mening endres.",
        arguments=_fmt_arguments,
        run=_fmt,
    ),
    "diff": Command(
        help="si hva et forslag betyr, sammenlignet med en utgave i git",
        more="Sammenlignes med stedet der forslaget skilte lag med den utgaven. Ingenting hentes ut over filene i mappen.",
        arguments=_diff_arguments,
        run=_diff,
    ),
    "ci": Command(
        help="stegene i arbeidsflytene på GitHub",
        more="Kataloger på GitHub bruker dem i .github/workflows; ingen trenger dem ellers.",
        arguments=_ci_arguments,
        run=_ci,
    ),
    "serve": Command(
        help="lag og vis nettstedet, og følg med på endringer",
        more="Siden i nettleseren lastes på nytt når du lagrer. Feil vises i siden. Ctrl-C avslutter.",
        arguments=_serve_arguments,
        run=_serve,
    ),
    "pdf": Command(
        help="lag PDF-er av moduler, kurs, tilbydere, planer, nivåer eller hele katalogen",
        more="Uten ID lages alle. PDF-ene har samme innhold som sidene, og kan leses uten nett.",
        arguments=_pdf_arguments,
        run=_pdf,
    ),
    "codeowners": Command(
        help="skriv .github/CODEOWNERS etter owners: i provider.yml",
        more="Linjer utenfor blokken som kommandoen skriver, blir stående.",
        arguments=lambda parser: None,  # noqa: ARG005
        run=_codeowners,
    ),
    "import": Command(
        help="lag og endre kurs etter et regneark",
        more="Kolonnene er malens, eller de som rapporteres til DBH-F. Det som er endret for hånd, blir ikke overskrevet.",
        arguments=_import_arguments,
        run=_import,
    ),
    "export": Command(
        help="skriv kursene til et regneark",
        arguments=_export_arguments,
        run=_export,
    ),
    "new": Command(
        help="lag en ny fil med forklaring til hvert felt",
        more="En fil som finnes, blir aldri overskrevet. Uten SLAG og ID spør programmet deg, i en terminal.",
        arguments=_new_arguments,
        run=_new,
    ),
    "schema": Command(
        help="skriv JSON Schema for redigeringsprogrammer",
        more="Skjemaet kommer på standard ut: kurskatalog schema course > course.schema.json",
        arguments=_schema_arguments,
        run=_schema,
    ),
}
