"""Which command with which options, and which exit code: 0 fine, 1 wrong content, 2 wrong usage, 3 an engine failed."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from commands import kurskatalog
from small import HOME, Small, environment, run, write

from kurskatalog import __version__
from kurskatalog.cli import main
from kurskatalog.cli.commands import COMMANDS, NEW_KINDS, SCHEMA_KINDS
from kurskatalog.cli.main import _parser
from kurskatalog.cli.parser import NotUnderstood, split_command
from kurskatalog.words import Words

PARSERS = {name: _parser(name, command) for name, command in COMMANDS.items()}


@pytest.mark.parametrize(
    ("given", "command", "rest"),
    [
        ("", "build", ""),
        ("--root x", "build", "--root x"),
        ("--root=x --clean", "build", "--root=x --clean"),
        ("build --root x", "build", "--root x"),
        ("--root x build", "build", "--root x"),
        ("--root check", "build", "--root check"),
        ("--root check check content", "check", "--root check content"),
        ("--lang nn check --format json build", "check", "--lang nn --format json build"),
        ("--jobs 2 --today 2026-11-21 serve --port 1", "serve", "--jobs 2 --today 2026-11-21 --port 1"),
        ("new module a/b", "new", "module a/b"),
        ("check --help", "check", "--help"),
        ("--help", "", "--help"),
        ("--root x -h", "", "--root x -h"),
        ("--root", "build", "--root"),
    ],
)
def test_the_command_is_found_wherever_it_stands(given: str, command: str, rest: str) -> None:
    assert split_command(given.split(), PARSERS) == (command, rest.split())


WRONG = [
    ("bild", "there is no command 'bild' (did you mean 'build'?)"),
    ("sjekk", "there is no command 'sjekk'"),
    ("--rot x", "there is no option --rot (did you mean '--root'?)"),
    ("build --cleen", "the command 'build' has no option --cleen (did you mean '--clean'?)"),
    ("build --format json", "the command 'build' has no option --format"),
    ("build content", "this cannot stand here: content"),
    ("--root", "--root needs a value"),
    ("check --root", "--root needs a value"),
    ("build --clean=yes", "--clean takes no value"),
    ("--root /no/such/folder", "--root: there is no folder /no/such/folder"),
    ("--today 2026-02-30", "'2026-02-30' is not a date"),
    ("--today 20261121", "'20261121' is not a date"),
    ("--jobs 0", "'0' is not a number from 1 to 64"),
    ("--jobs ١", "'١' is not a number from 1 to 64"),
    ("--lang no", "'no' is none of: nb, nn, en"),
    ("check --format jsn", "'jsn' is none of: text, json, github (did you mean 'json'?)"),
    ("check no/such.yml", "no/such.yml: there is no such file or folder"),
    ("check /etc", "/etc is not in the catalogue"),
    ("new", "is missing"),
    ("new module", "ID is missing"),
    ("new modul a/b", "'modul' is none of: module, course, provider, plan, need (did you mean 'module'?)"),
    ("new module a/b c", "this cannot stand here: c"),
    ("schema corse", "'corse' is none of"),
    ("serve --port x", "'x' is not a number from 0 to 65535"),
    ("serve --port 65536", "'65536' is not a number from 0 to 65535"),
]


@pytest.mark.parametrize(("given", "said"), WRONG, ids=[given for given, _ in WRONG])
def test_wrong_usage_is_2_and_one_plain_sentence(
    given: str, said: str, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    code = main(["--lang", "en", *given.split()])
    out, error = capsys.readouterr()
    assert code == 2
    assert out == ""
    assert error.startswith("kurskatalog: ")
    assert said in error
    assert "argument" not in error
    assert "usage:" not in error


def test_exit_codes_of_check(root: Path) -> None:
    fine = kurskatalog("check", "--root", str(root), "--today", "2026-11-21")
    assert (fine.returncode, fine.stdout) == (0, "")
    write(root, {"content/pages/om.nb.md": "---\ntitle: Om\n---\n"})
    wrong = kurskatalog("check", "--root", str(root))
    assert wrong.returncode == 1
    assert "content/pages/om.nb.md" in wrong.stdout
    elsewhere = kurskatalog("check", "content/providers", "--root", str(root), "--today", "2026-11-21")
    assert elsewhere.returncode == 0
    dots = kurskatalog("check", "content/../content/pages", "--root", f"{root}/content/..")
    assert dots.returncode == 1
    usage = kurskatalog("check", "no-such-file", "--root", str(root))
    assert (usage.returncode, usage.stdout) == (2, "")


def test_exit_codes_of_build(built: Small, program: Path) -> None:
    fine = run(program, built.root)
    assert (fine.returncode, fine.stderr) == (0, "")
    before = built.site()

    built.put("content/pages/om.nb.md", "---\ntitle: Om\n---\n")
    wrong = run(program, built.root, "--lang", "en")
    assert wrong.returncode == 1
    assert "Nothing was built" in wrong.stderr
    built.put("content/pages/om.nb.md", "---\ntitle: Om\nsummary: Kort.\n---\n\n## Først\n")

    (built.root / "mine").mkdir()
    (built.root / "mine" / "thesis.txt").write_text("years of work")
    usage = run(program, built.root, "--out", str(built.root / "mine"), "--lang", "en")
    assert usage.returncode == 2
    assert "is not a site made by this program" in usage.stderr
    assert (built.root / "mine" / "thesis.txt").read_text() == "years of work"

    settings = (built.home / "mkdocs.yml").read_text(encoding="utf-8")
    built.put("mkdocs.yml", f"{settings}\nplugins: [no-such-plugin]\n")
    engine = run(program, built.root, "--lang", "en")
    assert engine.returncode == 3, engine.stderr
    assert "no-such-plugin" in engine.stderr
    for one in (wrong, usage, engine):
        assert "Traceback" not in one.stderr
        assert one.stdout == ""
    assert built.site() == before


def test_build_py_is_the_same_program(root: Path) -> None:
    def both(*arguments: str) -> None:
        results = []
        for program in (["-m", "kurskatalog"], [str(HOME / "build.py")]):
            done = subprocess.run(
                [sys.executable, *program, *arguments], text=True, capture_output=True, cwd=root, env=environment(HOME)
            )
            results.append((done.returncode, done.stdout, done.stderr))
        assert results[0] == results[1]
        assert "Traceback" not in results[0][2]

    write(root, {"content/pages/om.nb.md": "---\ntitle: Om\n---\n"})
    both("check", "--format", "json")
    both("--help")
    both("bild")


def test_the_help_is_in_plain_norwegian(capsys: pytest.CaptureFixture[str]) -> None:
    for given in (["--help"], ["help"], ["-h", "--root", "x"]):
        assert main(given) == 0
        text = capsys.readouterr().out
        assert text.startswith("bruk: kurskatalog [kommando] [valg]")
        assert all(f"\n  {name} " in text for name in COMMANDS)
        assert "Svarkoder: 0" in text
    for name, parser in PARSERS.items():
        assert main([name, "--help"]) == 0
        text = capsys.readouterr().out
        assert text.startswith(f"bruk: kurskatalog {name} ")
        assert COMMANDS[name].help[1:] in " ".join(text.split())
        assert all(option in text for option in parser.options)
        for english in ("usage", "options", "positional", "show this", "default", "exit"):
            assert english not in text.replace("(standard", "")


def test_every_option_has_a_help() -> None:
    for parser in PARSERS.values():
        for line in parser.format_help().splitlines():
            assert "None" not in line
    assert set(NEW_KINDS) < set(SCHEMA_KINDS)


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"kurskatalog {__version__}\n"


def test_messages_of_usage_follow_the_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def say(self: Words, message: object) -> str:
        return f"in {self.lang}"

    monkeypatch.setattr(Words, "say", say)
    for given, lang in ((["bild"], "nb"), (["--lang", "nn", "bild"], "nn"), (["bild", "--lang=en"], "en")):
        assert main(given) == 2
        assert f"in {lang}" in capsys.readouterr().err


def test_the_letters_of_an_unknown_option_are_not_understood() -> None:
    with pytest.raises(NotUnderstood):
        split_command(["-x", "check"], PARSERS)


def test_a_reader_who_has_seen_enough_is_no_error(root: Path) -> None:
    program = [sys.executable, "-m", "kurskatalog", "schema", "--root", str(root)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(HOME)) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_a_terminal_without_norwegian_letters(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kurskatalog", "--help"],
        capture_output=True,
        env=environment(HOME, PYTHONIOENCODING="ascii", PYTHONUTF8="0"),
    )
    assert done.returncode == 0
    assert done.stdout.startswith(b"bruk: ")
    assert done.stderr == b""


def test_an_interrupted_build_says_so_and_leaves_the_site(built: Small, program: Path) -> None:
    before = built.site()
    command = [sys.executable, "-m", "kurskatalog", "build", "--clean", "--root", str(built.root), "--lang", "en"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(program),
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # a shell may have it ignored
    ) as process:
        documents = built.root / "build" / "parts"
        shutil.rmtree(documents, ignore_errors=True)
        while process.poll() is None and not documents.exists():
            pass
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=30)
    assert process.returncode == 130, error
    assert error == "Interrupted.\n"
    assert built.site() == before
    assert not [path for path in built.root.iterdir() if path.name.startswith(".site")]
