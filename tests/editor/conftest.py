"""The editor as npm has installed it. Where it is not, these tests fail: `make test` installs it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from small import HOME

EDITOR = HOME / "editor"
Formatted = Callable[[dict[str, Any], Sequence[dict[str, Any]]], list[str]]
"""(settings, cases) -> what the editor writes for each: `kind`, `text` as it was, `changes` of the form."""


@pytest.fixture(scope="session")
def installed() -> Path:
    """The folder with the editor's bundle."""
    if not shutil.which("node"):
        pytest.fail("there is no node, so nobody knows whether the editor works: `make test` installs it")
    if not (EDITOR / "node_modules/decap-server/dist/index.js").is_file():
        pytest.fail(
            "the editor has not been installed, so nobody knows whether it works: run `make test`, or npm ci in editor/"
        )
    return EDITOR


@pytest.fixture
def formatted(installed: Path, tmp_path: Path) -> Formatted:
    """The editor's reading and writing of files, run by node."""
    folder = tmp_path / "format"
    folder.mkdir()
    (folder / "package.json").write_text('{"type": "module"}', "utf-8")
    shutil.copyfile(installed / "page/format.js", folder / "format.js")
    (folder / "yaml").symlink_to(installed / "node_modules/yaml/browser", target_is_directory=True)

    def run(settings: dict[str, Any], cases: Sequence[dict[str, Any]]) -> list[str]:
        given = json.dumps({"settings": settings, "cases": list(cases)})
        script = Path(__file__).parent / "format.mjs"
        done = subprocess.run(
            ["node", script, folder / "format.js"],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        made: list[str] = json.loads(done.stdout)
        return made

    return run
