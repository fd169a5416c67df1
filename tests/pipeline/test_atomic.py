"""A build that is killed, or that cannot write, leaves the old site whole; the next one makes the new site."""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from small import (
    HOME,
    LONG,
    Small,
    catalogue,
    command,
    difference,
    environment,
    module,
    run,
    same,
    small_files,
    tree,
    write,
)

from kurskatalog.output.site.tree import NotOurs
from kurskatalog.pipeline.lock import Busy, only_one
from kurskatalog.words import Words

AVVIK = "modules/redaksjonen/avvik/module.nb.md"
KILLS = 50 if LONG else 8
FINE, WRONG_CONTENT, WRONG_USAGE, ENGINE_FAILED = 0, 1, 2, 3
AS_IT_WAS = Words("nb")("Nothing was built; the site that was there is as it was.")


def avvik(title: str, text: str) -> str:
    return module(title, text=text, hours="1.5", needs="redaksjonen/sensorer")


# --- killed ---

STATES: list[dict[str, object]] = [
    {AVVIK: avvik("Avvik", "Den første teksten."), "catalogue.yml": catalogue(("nb",))},
    {AVVIK: avvik("Avvik", "Den andre teksten."), "catalogue.yml": catalogue(("nb",))},  # one text
    {AVVIK: avvik("Avvik og feil", "Den tredje teksten."), "catalogue.yml": catalogue(("nb",))},  # a title in lists
    {
        AVVIK: avvik("Avvik", "Den første teksten."),
        "catalogue.yml": catalogue(("nb",), licence="CC0-1.0"),
    },  # every page
]
"""Four versions of a catalogue; from each to the next, another way through the build."""


class Killed:
    """Builds of one catalogue, each killed at some moment."""

    def __init__(self, small: Small, program: Path) -> None:
        self.small, self.program, self.random = small, program, random.Random(20261121)
        self.expected: list[dict[str, bytes]] = []
        for state in STATES:
            write(small.root, state)
            small.build()
            self.expected.append(small.site())
        self.now = len(STATES) - 1
        self.lasting = self._time_of_a_build()

    def _time_of_a_build(self) -> float:
        write(self.small.root, STATES[0])
        self.now = 0
        begin = time.perf_counter()
        assert run(self.program, self.small.root).returncode == FINE
        return time.perf_counter() - begin

    def kill_at(self, moment: float, kill: Callable[[int], None]) -> bool:
        """Begin a build, kill it `moment` seconds later; whether it was still at work."""
        target = self.random.choice([state for state in range(len(STATES)) if state != self.now])
        write(self.small.root, STATES[target])
        process = subprocess.Popen(
            command(self.small.root),
            env=environment(self.program),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(moment)
        at_work = process.poll() is None
        if at_work:
            kill(process.pid)
        else:  # nothing was killed: builds take less time than they did while the machine was busier
            self.lasting *= 0.8
        process.wait()
        found = self.small.site()
        if difference(found, self.expected[self.now]):
            same(found, self.expected[target])
        again = run(self.program, self.small.root)
        assert (again.returncode, "Traceback" in again.stderr) == (FINE, False), again.stderr
        same(self.small.site(), self.expected[target])
        self.now = target
        return at_work


def of_session(session: int) -> list[int]:
    """The processes that a program and those that it started have begun, as far as they are alive."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, its = entry.read_text().rpartition(")")[2].split()[:4]
            if int(its) == session and state != "Z":
                found.append(int(entry.parent.name))
    return found


def kill_all(process: int) -> None:
    """The program and its engines, at once."""
    for one in of_session(process):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


def kill_one(process: int) -> None:
    """The program alone, as the system does when memory is short; its engines notice."""
    os.kill(process, signal.SIGKILL)


@pytest.mark.xdist_group("killed")
@pytest.mark.parametrize("kill", [kill_all, kill_one], ids=["all", "one"])
def test_a_killed_build_leaves_a_whole_site(small: Small, program: Path, kill: Callable[[int], None]) -> None:
    killed = Killed(small, program)
    count = KILLS if kill is kill_all else KILLS // 4
    at_work = sum(killed.kill_at(killed.lasting * killed.random.uniform(0.15, 1.1), kill) for _ in range(count))
    assert at_work >= max(1, count // 4)  # else the moments are not those of a build
    assert not list(small.root.glob(".site*"))


@pytest.mark.parametrize("arguments", [(), ("--pdf",)], ids=["pages", "pdf"])
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda sign: sign.name)
def test_nothing_that_a_build_started_outlives_it(
    small: Small, program: Path, sign: signal.Signals, arguments: tuple[str, ...]
) -> None:
    many = {
        f"modules/redaksjonen/nr-{n}/module.nb.md": module(f"Nr. {n}", text="Ord. " * 2000, hours="1.5")
        for n in range(90)
    }
    write(small.root, many)
    process = subprocess.Popen(
        command(small.root, "--jobs", "2", *arguments),
        env=environment(program),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    # Those that read are there, with the program and its engine; or those that print, since something is printed.
    while process.poll() is None and not (
        next((small.root / "build").rglob("*.pdf"), None) if arguments else len(of_session(process.pid)) >= 4
    ):
        time.sleep(0.005)
    assert process.poll() is None
    os.kill(process.pid, sign)
    process.wait()
    end = time.monotonic() + 15
    while (left := of_session(process.pid)) and time.monotonic() < end:
        time.sleep(0.1)
    kill_all(process.pid)
    assert not left


def test_an_interrupted_build_leaves_the_site(small: Small, program: Path) -> None:
    small.build()
    before = small.site()
    small.change("catalogue.yml", "Utgiveren", "Den nye utgiveren")
    process = subprocess.Popen(
        command(small.root),
        env=environment(program),
        start_new_session=True,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # whoever ignores it around the tests
    )
    while not (small.root / "build" / "parts").exists() and process.poll() is None:
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGINT)
    process.communicate()
    assert process.returncode != FINE
    same(small.site(), before)
    small.build()
    small.is_clean()


# --- no room ---

FULL_DISK = Path(__file__).with_name("full_disk.py")


def test_a_full_disk_leaves_the_old_site_and_says_so(tmp_path: Path, program: Path) -> None:
    write(tmp_path / "katalog", small_files(("nb",)))
    found = subprocess.run(
        [sys.executable, str(FULL_DISK), str(tmp_path / "katalog"), str(tmp_path / "disk")],
        env=environment(program, PYTHONPATH=f"{program}{os.pathsep}{FULL_DISK.parents[1]}"),
        text=True, capture_output=True, timeout=300,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout + found.stderr
    assert "mounted" in found.stdout or "limited" in found.stdout
    assert found.stdout.count("the old site is whole") >= 3


# --- places that are not ours to write ---


@pytest.fixture
def as_nobody_special() -> Callable[[], None]:
    """Takes from a process of the administrator the right to write where nobody may."""

    def drop() -> None:
        if os.geteuid() == 0:
            prctl = ctypes.CDLL(None, use_errno=True).prctl
            for right in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
                assert prctl(24, right, 0, 0, 0) == 0  # PR_CAPBSET_DROP

    return drop


@pytest.fixture
def read_only() -> Iterator[Callable[[Path], None]]:
    """Makes folders read-only, and writable again in the end."""
    closed: list[Path] = []

    def close(folder: Path) -> None:
        folder.chmod(0o555)
        closed.append(folder)

    yield close
    for folder in closed:
        folder.chmod(0o755)


@pytest.mark.parametrize("what", ["the site", "the folder that it is in", "the folder for what is generated"])
def test_a_read_only_folder_is_said_plainly(
    small: Small, program: Path, what: str, as_nobody_special: Callable[[], None], read_only: Callable[[Path], None]
) -> None:
    out = small.root.parent / "ut" / "site"
    small.out = out
    small.build()
    before = small.site()
    small.change(AVVIK, "En tekst.", "En annen tekst.")
    read_only({"the site": out, "the folder that it is in": out.parent}.get(what, small.root / "build"))
    found = run(program, small.root, "--out", str(out), preexec_fn=as_nobody_special)
    assert found.returncode == ENGINE_FAILED
    assert AS_IT_WAS in found.stderr
    assert "Traceback" not in found.stderr
    same(small.site(), before)


def test_a_folder_with_something_else_is_left_alone(small: Small, program: Path) -> None:
    write(small.root.parent, {"mine/brev.txt": "Kjære deg", "mine/index.html": "<p>Min egen side</p>"})
    mine = small.root.parent / "mine"
    small.out = mine
    with pytest.raises(NotOurs):
        small.build()
    found = run(program, small.root, "--out", str(mine))
    assert (found.returncode, str(mine) in found.stderr) == (WRONG_USAGE, True)
    assert sorted(tree(mine)) == ["brev.txt", "index.html"]


@pytest.mark.parametrize("out", [".", "content", "modules/redaksjonen", "build", "build/docs", "..", "build/cache"])
def test_a_folder_of_the_catalogue_is_never_replaced(small: Small, program: Path, out: str) -> None:
    before = tree(small.root)
    found = run(program, small.root, "--out", out, cwd=small.root)
    assert found.returncode == WRONG_USAGE, found.stderr
    same({n: raw for n, raw in tree(small.root).items() if not n.startswith("build/")}, before)
    assert not list(small.root.parent.glob(".*.old"))


def test_a_file_is_left_alone(small: Small, program: Path) -> None:
    file = small.root.parent / "site.txt"
    file.write_text("min")
    assert run(program, small.root, "--out", str(file)).returncode == WRONG_USAGE
    assert file.read_text() == "min"


def test_a_link_is_left_alone_and_so_is_what_it_leads_to(small: Small, program: Path) -> None:
    small.build()
    target, link = small.root.parent / "target", small.root.parent / "link"
    shutil.copytree(small.out, target)
    link.symlink_to(target)
    before = tree(target)
    small.change(AVVIK, "En tekst.", "En annen tekst.")
    assert run(program, small.root, "--out", str(link)).returncode == WRONG_USAGE
    assert link.is_symlink()
    same(tree(target), before)


def test_an_empty_folder_and_a_missing_one_become_the_site(small: Small, program: Path) -> None:
    empty, missing = small.root.parent / "tom", small.root.parent / "a" / "b" / "mangler"
    empty.mkdir()
    for out in (empty, missing):
        assert run(program, small.root, "--out", str(out)).returncode == FINE
        same(tree(out), small.clean()[0])


def test_a_site_on_another_disk_is_built_and_built_on(small: Small, other_disk: Path) -> None:
    small.out = other_disk / "site"
    for number in range(3):
        small.change(AVVIK, "Gjør dette.", f"Gjør dette. {number}")
        small.build()
        small.is_clean()
    assert small.build().made == 0


# --- two at once ---


def test_two_builds_at_once_do_not_mix(small: Small, program: Path) -> None:
    small.build()
    before = small.site()
    small.change(AVVIK, "En tekst.", "En annen tekst.")
    with only_one(small.root / "build" / "cache"):
        with pytest.raises(Busy):
            small.build()
        found = run(program, small.root)
        assert found.returncode == ENGINE_FAILED
        assert Words("nb")("Another build is at work in this catalogue. Try again when it is done.") in found.stderr
        same(small.site(), before)
    small.build()
    small.is_clean()


def test_of_many_builds_at_once_each_is_made_or_told_to_wait(small: Small, program: Path) -> None:
    small.build()
    small.change(AVVIK, "En tekst.", "En annen tekst.")
    running = [
        subprocess.Popen(
            command(small.root), env=environment(program), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    codes = []
    for process in running:
        words = process.communicate()[1].decode()
        assert "Traceback" not in words
        codes.append(process.returncode)
    assert FINE in codes
    assert set(codes) <= {FINE, ENGINE_FAILED}
    small.is_clean()


# --- the engine fails ---


def own_theme(small: Small, name: str, old: str, new: str) -> None:
    """A theme of the catalogue's own with a change in one file."""
    if not (small.root / "theme").exists():
        shutil.copytree(HOME / "theme", small.root / "theme")
    text = (small.root / "theme" / name).read_text(encoding="utf-8")
    assert old in text
    (small.root / "theme" / name).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("site/main.html", "</body>", "{% if %}</body>", "Expected an expression"),
        ("site/main.html", "</body>", "{{ page.borte.borte }}</body>", "borte"),
        ("site/main.html", "</body>", "{{ 1 / 0 }}</body>", "division by zero"),
        ("site/main.html", "</body>", '<a href="{{ base_url }}/borte/">Borte</a></body>', "borte/"),
        ("site/main.html", "</body>", '<a href="#borte">Borte</a></body>', "#borte"),
        (
            "site/main.html",
            "</body>",
            '<script src="https://cdn.example/x.js"></script></body>',
            "https://cdn.example/x.js",
        ),
        ("site/main.html", "</body>", '<img alt="" src="borte.png"></body>', "borte.png"),
        ("docs/module.md.j2", "</article>", "{% endif %}</article>", "endif"),
        ("docs/module.md.j2", "</article>", "{{ data.finnes_ikke }}</article>", "finnes_ikke"),
        ("docs/module.md.j2", "</article>", '<a href="../borte/">Borte</a></article>', "../borte/"),
    ],
)
def test_a_broken_theme_leaves_the_old_site_and_says_why(
    small: Small, program: Path, name: str, old: str, new: str, words: str
) -> None:
    small.build()
    before = small.site()
    own_theme(small, name, old, new)
    found = run(program, small.root)
    assert found.returncode == ENGINE_FAILED, found.stderr
    assert words in found.stderr
    assert AS_IT_WAS in found.stderr
    assert "Traceback" not in found.stderr
    same(small.site(), before)
    shutil.rmtree(small.root / "theme")
    small.build()
    same(small.site(), before)


def test_a_missing_template_is_said_plainly(small: Small, program: Path) -> None:
    own_theme(small, "docs/module.md.j2", "</article>", "</article>")
    (small.root / "theme" / "docs" / "module.md.j2").unlink()
    found = run(program, small.root)
    assert found.returncode == ENGINE_FAILED
    assert "module.md.j2" in found.stderr
    assert "Traceback" not in found.stderr
