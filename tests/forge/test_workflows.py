"""The workflow files: what a stranger's proposal starts may do nothing, and everything is pinned."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from small import HOME

from kurskatalog.cli.ci import STEPS
from kurskatalog.cli.commands import CI_STEPS

FOLDER = HOME / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
PINNED = re.compile(r"actions/[a-z-]+(/[a-z]+)?@[0-9a-f]{40}\Z")


def load(path: Path) -> dict[Any, Any]:
    """`on` is a key, not a truth."""
    return yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in load(path)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_workflow(path: Path) -> None:
    data = load(path)
    assert data["permissions"] == {}
    for job in data["jobs"].values():
        assert set(job["permissions"].values()) <= {"read", "write"}
        assert int(job["timeout-minutes"]) <= 45
    for step in steps(path):
        assert "uses" not in step or PINNED.match(step["uses"])
        assert (
            not step.get("uses", "").startswith("actions/checkout@") or step["with"]["persist-credentials"] == "false"
        )
        assert "${{" not in step.get("run", "")  # values come through the environment, never as text of a script
    assert "pull_request_target" not in path.read_text("utf-8")


def test_what_a_stranger_starts_may_do_nothing() -> None:
    path = FOLDER / "forslag.yml"
    data = load(path)
    assert list(data["on"]) == ["pull_request"]
    assert [job["permissions"] for job in data["jobs"].values()] == [{"contents": "read"}]
    text = path.read_text("utf-8")
    assert "secrets." not in text
    assert "GITHUB_TOKEN" not in text
    assert "github.token" not in text
    assert not any(step.get("uses", "").startswith(("actions/cache@", "actions/cache/save@")) for step in steps(path))


def test_what_may_write_runs_main_alone() -> None:
    """Nothing of the artifact is a program, a script, a path to one, or sourced."""
    path = FOLDER / "forslag-svar.yml"
    assert list(load(path)["on"]) == ["workflow_run"]
    (checkout,) = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert not any("download-artifact" in step.get("uses", "") for step in steps(path))
    script = "\n".join(step.get("run", "") for step in steps(path))
    assert not re.search(r"(^|\s)(source|\.|eval|bash|sh|python|cat)\s", script)
    used = set(re.findall(r"build\.py ci (\w+)", script))
    assert used == {"fetch", "unpack", "number", "place", "comment"}
    order = [script.index(f"ci {step}") for step in ("fetch", "unpack", "number", "place", "comment")]
    assert order == sorted(order)


def test_the_steps_are_known() -> None:
    assert tuple(STEPS) == CI_STEPS
    used = {
        name
        for path in (*FILES, HOME / ".gitlab-ci.yml")
        for name in re.findall(r"build\.py ci (\w+)", path.read_text("utf-8"))
    }
    assert used == set(STEPS)
