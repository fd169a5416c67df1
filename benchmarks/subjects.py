"""The two programs that are measured: how each is built cold, and what one changed module is."""

from __future__ import annotations

import compileall
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from against_hugo import hugo_command, hugo_output, module_file
from aside import put_aside
from invented import TODAY, Module
from measure import Failed, Run, measure

PARTS = ("kurskatalog", "theme", "content/vocabularies", "mkdocs.yml")
"""What the program is in a clone."""


def copy_program(source: Path, target: Path) -> None:
    """Copy the program, so that it stays the same while it is measured, and compile it as a first use would."""
    shutil.rmtree(target, ignore_errors=True)
    for part in PARTS:
        (target / part).parent.mkdir(parents=True, exist_ok=True)
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source / part, target / part)
    compileall.compile_dir(target / "kurskatalog", quiet=1)


@dataclass(frozen=True, slots=True)
class Size:
    """HTML pages and bytes of a finished site."""

    pages: int
    bytes: int


def size_of(site: Path) -> Size:
    """Count a finished site."""
    files = [path for path in site.rglob("*") if path.is_file()]
    return Size(sum(path.suffix == ".html" for path in files), sum(path.stat().st_size for path in files))


@dataclass(frozen=True, slots=True)
class Ours:
    """A catalogue and the program to build it with."""

    root: Path
    program: Path
    jobs: int

    @property
    def site(self) -> Path:
        """The finished site."""
        return self.root / "site"

    def forget(self) -> None:
        """Back to before the first build."""
        for tree in (self.root / "build", self.site):
            put_aside(tree, aside_of(self.root))

    def run(self, command: str) -> Run:
        """`build` or `check`."""
        words = [
            sys.executable,
            "-m",
            "kurskatalog",
            command,
            "--root",
            str(self.root),
            "--jobs",
            str(self.jobs),
            "--today",
            f"{TODAY}",
            *(["--no-search"] if command == "build" else []),
        ]
        return measure(words, self.root.with_name(f"{self.root.name}.log"), {"PYTHONPATH": str(self.program)})

    def change(self, module: Module, old: str, new: str) -> None:
        """Change a module's file."""
        _replace(self.root / "modules" / module.id / "module.nb.md", old, new)

    def page_of(self, module: Module) -> Path:
        """The module's finished page."""
        return self.site / "moduler" / module.id / "index.html"


@dataclass(frozen=True, slots=True)
class Hugo:
    """The same catalogue as a Hugo site."""

    root: Path
    binary: Path
    jobs: int

    @property
    def site(self) -> Path:
        """The finished site."""
        return self.root / "public"

    def forget(self) -> None:
        """Back to before the first build."""
        for tree in hugo_output(self.root):
            put_aside(tree, aside_of(self.root))

    def run(self, command: str) -> Run:
        """`build`."""
        if command != "build":
            raise ValueError(command)
        env = {"GOMAXPROCS": str(self.jobs)} if self.jobs < (os.cpu_count() or 1) else {}
        return measure(hugo_command(self.binary, self.root), self.root.with_name(f"{self.root.name}.log"), env)

    def change(self, module: Module, old: str, new: str) -> None:
        """Change a module's file."""
        _replace(module_file(self.root, module.id), old, new)

    def page_of(self, module: Module) -> Path:
        """The module's finished page."""
        return self.site / "moduler" / module.id / "index.html"


def aside_of(root: Path) -> Path:
    """Where old trees of the subjects in one folder wait to be deleted."""
    return root.parent / "aside"


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise Failed(f"{path}: there is no {old!r} to change")
    path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def expect_on_page(subject: Ours | Hugo, module: Module, text: str) -> None:
    """Raises Failed when the finished page does not show a change that was made."""
    if text not in subject.page_of(module).read_text(encoding="utf-8"):
        raise Failed(f"{subject.page_of(module)} does not show the change: {text!r}")
