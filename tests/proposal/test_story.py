"""A fork, its mistakes and its mends; a neighbour at the same time; and a hostile fork. A bare repository is the forge."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from gitted import ENV, Gitted, git
from small import PACKAGE, TODAY, tree

ENERGY = "content/providers/skolen/courses/energi.yml"
SENSORS = "modules/redaksjonen/sensorer/module.nb.md"


def run(root: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kurskatalog", *arguments, "--today", TODAY.isoformat(), "--jobs", "1"]
    env = {**ENV, "PYTHONPATH": str(PACKAGE.parent), "GITHUB_ACTIONS": "true", **more}
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True)


def fork(forge: Path, place: Path, home: Path) -> Gitted:
    """A clone with a branch of its own."""
    git(forge, "clone", "-q", str(forge), str(place))
    git(place, "checkout", "-q", "-b", "forslag")
    return Gitted(place, home)


def merged(forge: Path, one: Gitted, place: Path) -> tuple[Path, bool]:
    """What the workflow checks out: the fork's branch merged into main as it is now; and whether there was no conflict."""
    git(forge, "clone", "-q", str(forge), str(place))
    git(place, "fetch", "-q", str(one.root), "forslag")
    done = subprocess.run(
        ["git", "merge", "-q", "--no-ff", "-m", "merge", "FETCH_HEAD"], cwd=place, env=ENV, capture_output=True
    )
    return place, done.returncode == 0


def test_a_proposal_from_beginning_to_end(tmp_path: Path, home: Path) -> None:
    source = Gitted.begin(tmp_path / "source", home)
    forge = tmp_path / "forge.git"
    git(source.root, "clone", "-q", "--bare", str(source.root), str(forge))
    # the school changes its course, the editors break their module at the same time
    school, editors = fork(forge, tmp_path / "school", home), fork(forge, tmp_path / "editors", home)
    school.edit(ENERGY, "credits: 10", "credits: 10\nfunding: Gratis.")
    school.commit("funding")
    editors.edit(SENSORS, "hours: 2.5", "hours: to og en halv")
    editors.commit("hours in words")
    # the editors' run: refused at the very line, the page is a box, the report names the error
    checkout, clean = merged(forge, editors, tmp_path / "run1")
    assert clean
    assert run(checkout, "ci", "scope", "HEAD^1").returncode == 0
    done = run(checkout, "check")
    line = (checkout / SENSORS).read_text("utf-8").splitlines().index("hours: to og en halv") + 1
    assert done.returncode == 1
    assert f"::error file={SENSORS},line={line}," in done.stdout
    assert run(checkout, "build", "--preview", "HEAD^1", "--out", "vis").returncode == 1
    assert "kk-warning" in (checkout / "vis/moduler/redaksjonen/sensorer/index.html").read_text("utf-8")
    report = json.loads(run(checkout, "diff", "HEAD^1", "--format", "json").stdout)
    assert [p["line"] for p in report["new_problems"]] == [line]
    # they mend it; meanwhile the school's proposal is merged
    school_run, clean = merged(forge, school, tmp_path / "run2")
    assert clean
    assert run(school_run, "check").returncode == 0
    git(school_run, "push", "-q", "origin", "HEAD:main")
    editors.edit(SENSORS, "hours: to og en halv", "hours: 3")
    editors.commit("hours as a number")
    checkout, clean = merged(forge, editors, tmp_path / "run3")
    assert clean, "providers' files never touch each other"
    assert run(checkout, "check").returncode == 0
    assert run(checkout, "build", "--preview", "HEAD^1", "--out", "vis").returncode == 0
    report = json.loads(run(checkout, "diff", "HEAD^1", "--format", "json").stdout)
    assert [c["id"] for c in report["changes"]] == ["redaksjonen/sensorer"], "the school's change is not theirs"
    assert report["new_problems"] == []
    assert "Timer 2,5 → 3" in run(checkout, "diff", "HEAD^1").stdout


def test_a_hostile_fork_gets_nothing(tmp_path: Path, home: Path) -> None:
    """Program beside content is refused; what its run leaves behind is refused; nothing of it is run on the way."""
    source = Gitted.begin(tmp_path / "source", home)
    forge = tmp_path / "forge.git"
    git(source.root, "clone", "-q", "--bare", str(source.root), str(forge))
    mallory = fork(forge, tmp_path / "mallory", home)
    trap = tmp_path / "trap"
    mallory.edit(ENERGY, "credits: 10", "credits: 11")
    mallory.change(
        {".github/workflows/forslag.yml": f"run: touch {trap}\n", "theme/docs/module.md.j2": "{{ ''.__class__ }}"}
    )
    mallory.commit("helpful")
    checkout, _ = merged(forge, mallory, tmp_path / "run")
    done = run(checkout, "ci", "scope", "HEAD^1")
    assert done.returncode == 1
    assert done.stderr.startswith("Takk for forslaget!")
    assert "theme/docs/module.md.j2" in done.stderr
    # what its run could leave behind instead of a report
    main = tmp_path / "main"
    git(forge, "clone", "-q", str(forge), str(main))
    before = tree(main)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as whole:
        whole.writestr("number.txt", f"7; touch {trap}")
        whole.writestr(
            "report.json", json.dumps({"base": "", "today": TODAY.isoformat(), "changes": f"$(touch {trap})"})
        )
    assert run(main, "ci", "unpack", str(tmp_path / "a.zip"), str(tmp_path / "inn")).returncode == 0
    settings = {"GITHUB_REPOSITORY": "eier/katalog", "GITHUB_TOKEN": "x", "GITHUB_API_URL": "http://127.0.0.1:9"}
    commit = git(mallory.root, "rev-parse", "HEAD")
    assert (
        run(main, "ci", "number", str(tmp_path / "inn/number.txt"), commit, "mallory/katalog", **settings).returncode
        == 1
    )
    assert run(main, "ci", "comment", "7", str(tmp_path / "inn/report.json"), **settings).returncode == 1
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as whole:
        whole.writestr("../main/catalogue.yml", "title: Mallory")
    assert run(main, "ci", "unpack", str(tmp_path / "b.zip"), str(tmp_path / "inn2")).returncode == 1
    assert tree(main) == before
    assert not trap.exists()
