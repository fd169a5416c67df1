"""The command line: which command with which options, and which exit code."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kurskatalog import __version__
from kurskatalog.cli.build import run_build
from kurskatalog.cli.check import run_check
from kurskatalog.cli.options import Options
from kurskatalog.report import FORMATS

WRONG_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 0 fine, 1 wrong content, 2 wrong usage, 3 an engine failed."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser()
    known = {"build", "check", "serve", "new", "schema"}
    if not any(word in known for word in given) and not {"-h", "--help", "--version"} & set(given):
        given.insert(0, "build")
    args = parser.parse_args(given)
    root = Path(args.root).absolute()
    if not root.is_dir():
        print(f"kurskatalog: --root: {root}: no such folder", file=sys.stderr)
        return WRONG_USAGE
    options = Options.of(args, root)
    if args.command == "check":
        return run_check(options, args.format, args.paths)
    if args.command == "build":
        return run_build(options, clean=args.clean)
    return WRONG_USAGE


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--root", default=".", metavar="DIR", help="katalogens mappe (standard: her)")
    common.add_argument("--lang", default="nb", choices=("nb", "nn", "en"), help="språk for meldinger (standard: nb)")
    common.add_argument("--today", type=_day, default=dt.date.today(), metavar="DATO", help="regn fra denne dagen (ÅÅÅÅ-MM-DD)")
    common.add_argument("--jobs", type=_count, default=os.cpu_count() or 1, metavar="N", help="prosesser side om side")
    parser = argparse.ArgumentParser(prog="kurskatalog", description="Åpen kurskatalog: YAML og Markdown inn, nettsted ut.")
    parser.add_argument("--version", action="version", version=f"kurskatalog {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="kommando")
    build = commands.add_parser("build", parents=[common], help="lag nettstedet (standard)")
    build.add_argument("--out", metavar="DIR", help="mappen til nettstedet (standard: site/ i katalogen)")
    build.add_argument("--clean", action="store_true", help="glem alt fra før, og lag alt på nytt")
    check = commands.add_parser("check", parents=[common], help="finn alt som er feil, på én gang")
    check.add_argument("paths", nargs="*", metavar="STI", help="vis bare problemer i disse filene og mappene")
    check.add_argument("--format", choices=FORMATS, default=None, help="form på problemene (standard: text, i GitHub Actions: github)")
    return parser


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' er ikke en dato (ÅÅÅÅ-MM-DD)") from None


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"'{text}' er ikke et tall fra 1 til 64")
    return int(text)
