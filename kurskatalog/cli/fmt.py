"""`fmt`: YAML and front matter in one order and form, without another meaning."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from kurskatalog.check.files import find_files
from kurskatalog.check.reading import SourceFile
from kurskatalog.cli.known import read_known
from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import WrongUsage
from kurskatalog.cli.paths import from_root, is_among
from kurskatalog.files import write_atomic
from kurskatalog.problems import Message
from kurskatalog.source.text import Unreadable, read_text
from kurskatalog.writing.form import CannotFormat, format_file
from kurskatalog.writing.order import SHAPES

FINE, WRONG_CONTENT = 0, 1


def run_fmt(options: Options, paths: Sequence[str], *, check: bool) -> int:
    """Write the files that have another form, or with `check` only name them; 1 when there are such, or unreadable ones."""
    root = options.project.root
    wanted = from_root(paths, root)
    languages = read_known(options.project).languages
    others, unreadable = [], []
    for file, entry in find_files(options.project).files:
        if file.kind == "picture" or not is_among(file.name, wanted):
            continue
        try:
            text = read_text(Path(entry), file.name)
            new = format_file(text, file.name, SHAPES[shape_of(file, languages)], languages)
        except (Unreadable, CannotFormat):
            unreadable.append(file.name)
            continue
        if _bytes(Path(entry)) != new.encode():
            others.append(file.name)
            if not check:
                _write(root / file.name, file.name, new)
    for name in others:
        print(name)
    _tell(options, others, unreadable, check=check)
    return WRONG_CONTENT if unreadable or (check and others) else FINE


def shape_of(file: SourceFile, languages: Sequence[str]) -> str:
    """The name of the record that a file holds."""
    return "translation" if file.kind == "module" and file.lang != languages[0] else file.kind


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it was there a moment ago
        return b""


def _write(path: Path, name: str, text: str) -> None:
    try:
        write_atomic(path, text)
    except OSError as error:
        why = error.strerror or str(error)
        raise WrongUsage(Message("{path} cannot be written: {why}", path=name, why=why)) from None


def _tell(options: Options, others: Sequence[str], unreadable: Sequence[str], *, check: bool) -> None:
    say = options.words.say
    for name in unreadable:
        message = Message("{path} is left as it is: 'kurskatalog check' says what is wrong with it", path=name)
        print(say(message), file=sys.stderr)
    if not others:
        done = Message("All files have their form.") if not unreadable else None
    elif check:
        done = Message("{number} files have another form: 'kurskatalog fmt' writes them anew", number=len(others))
    else:
        done = Message("{number} files were written anew.", number=len(others))
    if done:
        print(say(done), file=sys.stderr)
