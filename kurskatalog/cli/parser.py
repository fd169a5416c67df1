"""What a person typed -> a command and its options; what cannot be understood is said in plain words."""

from __future__ import annotations

import argparse
import datetime as dt
import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Never

from kurskatalog.problems import Message

LANGUAGES = ("nb", "nn", "en")
DEFAULT_COMMAND = "build"
HELP = ("-h", "--help")

# What argparse says for itself, and the same in our words. Everything else is raised by the functions of this file.
_SAID: tuple[tuple[str, Message], ...] = (
    (r"the following arguments are required: (?P<what>.*)", Message("{what} is missing")),
    (r"argument (?P<name>\S+): expected (one|at least one) argument", Message("{name} needs a value")),
    (r"argument (?P<name>\S+): ignored explicit argument (?P<value>.*)", Message("{name} takes no value")),
    (r"unrecognized arguments: (?P<what>.*)", Message("this cannot stand here: {what}")),
)


class WrongUsage(Exception):
    """Raised when a command cannot do what it is asked for; `message` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


class NotUnderstood(WrongUsage):
    """Raised when the command line itself cannot be understood."""


class _Formatter(argparse.HelpFormatter):
    """Help with a Norwegian heading."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "bruk: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """The options of one command. Raises NotUnderstood where argparse would end the program."""

    def __init__(self, prog: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Formatter,
        )
        self.options: set[str] = set()
        self.valued: set[str] = set()
        self._positionals.title = "hva"
        self._optionals.title = "valg"
        self.add_argument(*HELP, action="help", help="vis denne hjelpen")

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        """As argparse's; notes which options there are and which take a value."""
        action = super().add_argument(*names, **settings)
        self.options.update(action.option_strings)
        if action.nargs is None:
            self.valued.update(action.option_strings)
        return action

    def error(self, message: str) -> Never:
        """Say what is wrong in our own words."""
        for pattern, said in _SAID:
            if match := re.fullmatch(pattern, message):
                raise NotUnderstood(Message(said.text, **match.groupdict()))
        raise NotUnderstood(Message("this cannot be understood: {what}", what=message))


def split_command(given: Sequence[str], parsers: Mapping[str, Parser]) -> tuple[str, list[str]]:
    """The command and everything else; options may stand before it. Without a command it is `build`, or "" for help.

    Raises NotUnderstood for an unknown command or option.
    """
    options = set().union(*(parser.options for parser in parsers.values()))
    valued = set().union(*(parser.valued for parser in parsers.values()))
    number = 0
    while number < len(given) and given[number].startswith("-") and given[number] not in ("-", "--"):
        name = given[number].partition("=")[0]
        if name not in options:
            raise NotUnderstood(unknown_option(name, options))
        number += 2 if given[number] in valued else 1
    if number >= len(given):
        return ("" if set(HELP) & set(given) else DEFAULT_COMMAND), list(given)
    command = given[number]
    if command not in parsers:
        raise NotUnderstood(did_you_mean(Message("there is no command '{name}'", name=command), command, parsers))
    return command, [*given[:number], *given[number + 1 :]]


def parse(command: str, rest: Sequence[str], parser: Parser) -> argparse.Namespace:
    """The options of a command. Raises NotUnderstood when they cannot be understood."""
    args, unknown = parser.parse_known_args(list(rest))
    for word in unknown:
        if word.startswith("-") and len(word) > 1:
            raise NotUnderstood(unknown_option(word.partition("=")[0], parser.options, command))
    if unknown:
        raise NotUnderstood(Message("this cannot stand here: {what}", what=" ".join(unknown)))
    return args


def unknown_option(name: str, options: Collection[str], command: str = "") -> Message:
    """That there is no such option, and which one may have been meant."""
    if command:
        message = Message("the command '{command}' has no option {name}", command=command, name=name)
    else:
        message = Message("there is no option {name}", name=name)
    return did_you_mean(message, name, [option for option in options if option.startswith("--")])


def did_you_mean(message: Message, name: str, known: Iterable[str]) -> Message:
    """The message, with the most similar of the known names behind it where there is one."""
    near = difflib.get_close_matches(name, sorted(known), 1, 0.6)
    return Message("{message} (did you mean '{near}'?)", message=message, near=near[0]) if near else message


def language_in(given: Sequence[str]) -> str:
    """The language of messages, found before anything is understood; bokmål where none is named."""
    for number, word in enumerate(given):
        value = given[number + 1] if word == "--lang" and number + 1 < len(given) else word.removeprefix("--lang=")
        if word.partition("=")[0] == "--lang" and value in LANGUAGES:
            return value
    return LANGUAGES[0]


def one_of(*choices: str) -> Callable[[str], str]:
    """A type for arguments that are one of a few words."""

    def choose(text: str) -> str:
        if text not in choices:
            message = Message("'{value}' is none of: {choices}", value=text, choices=", ".join(choices))
            raise NotUnderstood(did_you_mean(message, text, choices))
        return text

    return choose


def day(text: str) -> dt.date:
    """A type for dates: year-month-day."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return dt.date.fromisoformat(text)
    except ValueError:
        raise NotUnderstood(Message("'{value}' is not a date; write it as 2027-01-31", value=text)) from None


def number_in(low: int, high: int) -> Callable[[str], int]:
    """A type for whole numbers within limits."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise NotUnderstood(
                Message("'{value}' is not a number from {low} to {high}", value=text, low=low, high=high)
            )
        return int(text)

    return read
