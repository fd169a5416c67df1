"""The command line: which command with which options, and which exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from kurskatalog import __version__
from kurskatalog.cli.commands import COMMANDS, Command
from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import (
    LANGUAGES,
    NotUnderstood,
    Parser,
    WrongUsage,
    day,
    language_in,
    number_in,
    one_of,
    parse,
    split_command,
)
from kurskatalog.problems import Message
from kurskatalog.words import Words

FINE, WRONG_USAGE, INTERRUPTED = 0, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit code is 0 fine, 1 wrong content, 2 wrong usage, 3 an engine failed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal without Norwegian letters shows codes for them
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = Words(language_in(given))
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except WrongUsage as error:
        print(f"kurskatalog: {words.say(error.message)}", file=sys.stderr)
        if isinstance(error, NotUnderstood):
            print(words.say(Message("'kurskatalog --help' shows the commands and their options.")), file=sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt:
        print(words.say(Message("Interrupted.")), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader of a pipe (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE


def run() -> NoReturn:
    """The program as a process: its exit code is that of the command."""
    code = main()
    gc.freeze()  # else the interpreter looks for garbage in all that it is about to give back: 35 ms
    sys.exit(code)


def _run(given: list[str]) -> int:
    parsers = {name: _parser(name, command) for name, command in COMMANDS.items()}
    name, rest = split_command(given, parsers) if given != ["help"] else ("", [])
    if not name:
        print(overview())
        return FINE
    try:
        args = parse(name, rest, parsers[name])
    except SystemExit:  # --help and --version have said what they say
        return FINE
    root = Path(os.path.abspath(args.root))  # noqa: PTH100 - '..' is taken out, links are not followed
    if not root.is_dir():
        raise WrongUsage(Message("--root: there is no folder {path}", path=str(root)))
    return COMMANDS[name].run(Options.of(args, root), args)


def overview() -> str:
    """The help of the whole program."""
    commands = "\n".join(f"  {name:<10} {command.help}" for name, command in COMMANDS.items())
    return f"""bruk: kurskatalog [kommando] [valg]

Åpen kurskatalog: YAML og Markdown inn, nettsted ut.

kommandoer:
{commands}

Uten kommando lages nettstedet. «kurskatalog <kommando> --help» viser valgene til kommandoen.
Alle kommandoer tar --root DIR (katalogens mappe), --lang nb|nn|en (språk for meldinger) og --today DATO.

Svarkoder: 0 alt gikk bra, 1 det er feil i innholdet, 2 feil bruk, 3 nettstedet kunne ikke lages."""


def _parser(name: str, command: Command) -> Parser:
    description = f"{command.help[0].upper()}{command.help[1:]}."
    parser = Parser(f"kurskatalog {name}", f"{description} {command.more}".strip())
    command.arguments(parser)
    cpus = os.cpu_count() or 1
    add = parser.add_argument
    add("--root", default=".", metavar="DIR", help="katalogens mappe (standard: her)")
    add("--lang", default=LANGUAGES[0], type=one_of(*LANGUAGES), metavar="SPRÅK", help="nb, nn eller en (standard: nb)")
    add("--today", type=day, metavar="DATO", help="regn fra denne dagen, skrevet 2027-01-31 (standard: i dag)")
    add("--jobs", type=number_in(1, 64), metavar="N", help=f"prosesser side om side (standard: {cpus})")
    add("--version", action="version", version=f"kurskatalog {__version__}", help="vis versjonen")
    return parser
