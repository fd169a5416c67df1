"""`new` without options on a terminal: a conversation with somebody who makes mistakes, and a file that passes `check`."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

import pytest
from commands import PATIENCE, kurskatalog
from small import HOME, environment

from kurskatalog.cli.ask import pick
from kurskatalog.source.markdown import front_text
from kurskatalog.source.yaml import read_yaml


def talk(root: Path, *arguments: str, answers: list[tuple[str, str]]) -> tuple[int, str]:
    """The program on a terminal of its own: waits for each question and answers it. Exit code and all that was shown."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "kurskatalog", "new", *arguments, "--root", str(root), "--today", "2026-11-21"]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment(HOME), preexec_fn=_take_terminal
    )
    os.close(theirs)
    shown, at = "", 0
    for question, answer in answers:
        shown = _until(ours, shown, at, question)
        at = shown.index(question, at) + len(question)
        os.write(ours, answer.encode())
    shown = _until(ours, shown, at, None, again="\x03" if answers[-1][1] == "\x03" else "")
    os.close(ours)
    return process.wait(timeout=PATIENCE), shown


def _take_terminal() -> None:
    """In the new process: the terminal is its own, so that Ctrl-C on it reaches it, whoever ignores it around the tests."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _until(ours: int, shown: str, at: int, text: str | None, again: str = "") -> str:
    """What has been shown when `text` is there; all of it for None.

    `again` is said once more in every silence: an interruption between a question and the wait for its answer gets lost in Python.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if text is not None and text in shown[at:]:
            return shown
        if select.select([ours], [], [], 0.2)[0]:
            try:
                more = os.read(ours, 65536)
            except OSError:  # the other end is closed
                more = b""
            if not more and text is None:
                return shown
            assert more, f"{text!r} never came; this did:\n{shown}"
            shown += more.decode(errors="replace").replace("\r\n", "\n")
        elif again:
            with suppress(OSError):  # it has just left
                os.write(ours, again.encode())
    raise AssertionError(f"{text!r} never came; this did:\n{shown}")


def test_a_module_by_numbers_and_names_with_mistakes(root: Path) -> None:
    code, shown = talk(
        root,
        answers=[
            ("Nummer eller navn: ", "et brev\n"),
            ("«et brev» er ingen av dem.\nNummer eller navn: ", "1\n"),
            ("Hvem sitt er det?", ""),
            ("Nummer eller navn: ", "redaksjonen\n"),
            ("Tittelen på modulen", "Måling: «på» hjørnet\n"),
            ("[maling-pa-hjornet]: ", "Store Bokstaver\n"),
            ("[maling-pa-hjornet]: ", "sensorer\n"),
            ("Den finnes fra før: redaksjonen/sensorer", "\n"),
            ("(Enter: senere): ", "x" * 301 + "\n"),
            ("300 er det meste.", "Om å måle.\n"),
            ("Nivå i NKR", ""),
            ("(Enter: senere): ", "none\n"),
            ("Temaer", ""),
            ("komma mellom (Enter: senere): ", "energi, 99\n"),
            ("«99» er ingen av dem.", "energi, 1\n"),
        ],
    )
    assert code == 0, shown
    file = root / "modules/redaksjonen/maling-pa-hjornet/module.nb.md"
    data, problems = read_yaml(front_text(file.read_text("utf-8")), "")
    assert not problems
    assert isinstance(data, dict)
    assert (data["title"], data["summary"], data["level"]) == ("Måling: «på» hjørnet", "Om å måle.", "none")
    assert data["themes"][0] == "energi"
    assert kurskatalog("check", "--root", str(root), "--today", "2026-11-21").returncode == 0


def test_what_is_left_for_later_is_as_without_questions(root: Path) -> None:
    answers = [("Nummer eller navn: ", "redaksjonen\n"), ("Tittelen på kurset", "Et kurs\n"), ("[et-kurs]: ", "\n")]
    code, shown = talk(root, "course", answers=[*answers, *[("(Enter: senere): ", "\n")] * 3])
    assert code == 0, shown
    asked = (root / "content/providers/redaksjonen/courses/et-kurs.yml").read_text("utf-8")
    kurskatalog("new", "course", "redaksjonen/to-kurs", "--root", str(root), "--today", "2026-11-21")
    told = (root / "content/providers/redaksjonen/courses/to-kurs.yml").read_text("utf-8")
    assert asked.replace("Et kurs", "Uten tittel: skriv tittelen her").replace("et-kurs", "to-kurs") == told


@pytest.mark.parametrize("way_out", ["\x04", "\x03"])
def test_somebody_who_leaves_has_made_nothing(root: Path, way_out: str) -> None:
    before = sorted(path.name for path in root.rglob("*"))
    code, shown = talk(root, answers=[("Nummer eller navn: ", "provider\n"), ("Navnet på tilbyderen", way_out)])
    assert code == 2
    assert "ingenting ble laget" in shown
    assert "Traceback" not in shown
    assert sorted(path.name for path in root.rglob("*")) == before


def test_without_a_terminal_it_asks_nothing(root: Path) -> None:
    done = kurskatalog("new", "--root", str(root), stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "SLAG, ID is missing" in done.stderr


@pytest.mark.parametrize(
    ("answer", "code"),
    [("1", "5.1"), ("5.1", "5.1"), ("3", ""), ("nivå 5.2", "5.2"), ("nivå", ""), ("", ""), ("0", "")],
)
def test_an_answer_means_one_choice_or_none(answer: str, code: str) -> None:
    assert pick(answer, {"5.1": "Nivå 5.1", "5.2": "Nivå 5.2"}) == code
