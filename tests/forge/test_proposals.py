"""The number, the report and the comment: whatever a stranger's run hands over, nobody else's proposal is touched."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from server import HEAD, Fake, forge, pull
from small import HOME, TODAY, module, small_files, write

from kurskatalog.forge.api import Forge, ForgeFailed
from kurskatalog.forge.artifact import NotTrusted
from kurskatalog.forge.links import is_there
from kurskatalog.forge.proposals import keep_comment, matches, read_number, read_report
from kurskatalog.forge.scope import out_of_scope
from kurskatalog.proposal.changes import Report
from kurskatalog.proposal.comment import MARK, as_comment
from kurskatalog.proposal.escape import JOINER
from kurskatalog.words import Words

FORK = "stranger/katalog"


@pytest.fixture
def fake() -> Iterator[Fake]:
    with forge() as one:
        yield one


def ours(fake: Fake) -> Forge:
    return Forge("eier/katalog", "hemmelig", fake.address)


def ci(fake: Fake, root: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(HOME),
        "GITHUB_REPOSITORY": "eier/katalog",
        "GITHUB_TOKEN": "hemmelig",
    }
    command = [sys.executable, "-m", "kurskatalog", "ci", *arguments, "--today", TODAY.isoformat()]
    return subprocess.run(
        command, cwd=root, env={**env, "GITHUB_API_URL": fake.address, **more}, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"0", b"-1", b"+1", b"01", b"1.0", b"1e3", b" 1", b"1 ", b"1\n\n", b"1\r\n", b"1\n2", b"1; rm -rf ~", b"$(id)", b"`id`", b"1 && id",
        b"1\nGITHUB_TOKEN=x", b"12/../13", b"12?x=y", b"12#", b"1_000", b"0x10", "\u0661\u0662".encode(), "１２".encode(), b"\xff\xfe1\x00", b"\x00",
        b"9999999999", b"1" * 5000, b"::set-output name=x::1", b"nan", b"null", b"[1]", b'"1"',
    ],
)  # fmt: skip
def test_what_is_no_number(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "number.txt").write_bytes(raw)
    with pytest.raises(NotTrusted):
        read_number(tmp_path / "number.txt")


@given(st.binary(max_size=80))
def test_a_number_is_digits_or_nothing(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.mktemp("n") / "number.txt"
    path.write_bytes(raw)
    try:
        assert str(read_number(path)).encode() == raw.rstrip(b"\n")
    except NotTrusted:
        assert not raw.removesuffix(b"\n").isdigit() or raw.startswith(b"0") or len(raw) > 9


def test_a_number_that_is_a_link_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("12")
    (tmp_path / "number.txt").symlink_to(tmp_path / "real")
    for name in ("number.txt", "missing"):
        with pytest.raises(NotTrusted):
            read_number(tmp_path / name)


def test_a_stolen_number(fake: Fake) -> None:
    """Number 7 is somebody else's: another commit, or the same commit from another fork."""
    fake.pulls[7] = pull(7, "f" * 40, "offer/katalog")
    fake.pulls[12] = pull(12)
    assert matches(12, HEAD, FORK, ours(fake))
    assert not matches(7, HEAD, FORK, ours(fake))
    fake.pulls[7] = pull(7, HEAD, "offer/katalog")
    assert not matches(7, HEAD, FORK, ours(fake))
    fake.pulls[12] = pull(12, state="closed")
    assert not matches(12, HEAD, FORK, ours(fake))
    fake.pulls[12] = pull(12, "a" * 40)  # it has moved on
    assert not matches(12, HEAD, FORK, ours(fake))
    fake.pulls[12] = {**pull(12), "base": {"repo": {"full_name": "eier/annet"}}}
    assert not matches(12, HEAD, FORK, ours(fake))
    fake.pulls[12] = {**pull(12), "head": {"sha": HEAD, "repo": None}}  # the fork is gone
    assert not matches(12, HEAD, FORK, ours(fake))
    with pytest.raises(ForgeFailed):
        matches(99, HEAD, FORK, ours(fake))
    for head in ("", "main", HEAD[:7], f"{HEAD}\n", "0" * 41, "$(id)"):
        with pytest.raises(NotTrusted):
            matches(12, head, FORK, ours(fake))


def test_a_report_is_data_of_one_shape(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    good = Report(base=HEAD, today=TODAY).model_dump(mode="json")
    path.write_text(json.dumps(good))
    assert read_report(path).base == HEAD
    hostile = [
        {**good, "extra": 1},
        {**good, "base": "main"},
        {**good, "base": f"{HEAD}\n"},
        {**good, "pages": [{"path": "javascript:alert(1)", "state": "new"}]},
        {**good, "pages": [{"path": 'x" onclick="x', "state": "new"}]},
        {**good, "pages": [{"path": "a", "state": "evil"}]},
        {**good, "new_problems": [{"file": "x", "code": "K1@x", "severity": "error", "message": "x"}]},
        {**good, "new_problems": [{"file": "x", "line": 10**30, "code": "K101", "severity": "error", "message": "x"}]},
        {**good, "changes": [{"kind": "<b>", "id": "x", "state": "new", "title": "x"}]},
        {**good, "today": "i dag"},
        [], "x", None, 1,
    ]  # fmt: skip
    for data in hostile:
        path.write_text(json.dumps(data))
        with pytest.raises(NotTrusted):
            read_report(path)
    for raw in (b"", b"{", b"\xff", b"[" * 100_000, b'{"base": "' + b"a" * 9_000_000):
        path.write_bytes(raw)
        with pytest.raises(NotTrusted):
            read_report(path)


def test_one_comment_is_kept(fake: Fake) -> None:
    """People who write our mark keep their comments; ours is found behind a hundred others."""
    people = [{"id": n, "body": f"{MARK}\nfra et menneske", "user": {"type": "User"}} for n in range(150)]
    fake.comments[12] = list(people)
    first = as_comment(Report(base=HEAD, today=TODAY), Words("nb"))
    assert keep_comment(12, first, ours(fake)) == "made"
    assert keep_comment(12, first, ours(fake)) == "same"
    assert keep_comment(12, first.replace("Ingenting", "Noe"), ours(fake)) == "changed"
    mine = [c for c in fake.comments[12] if c["user"]["type"] == "Bot"]
    assert [("Noe" in c["body"]) for c in mine] == [True]
    assert fake.comments[12][:150] == people


def test_the_token_goes_to_the_forge_alone(fake: Fake, tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as whole:
        whole.writestr("number.txt", "12")
    fake.archive = raw.getvalue()
    fake.artifacts = [{"id": 5, "name": "forslag", "size_in_bytes": len(fake.archive)}]
    assert ci(fake, tmp_path, "fetch", "77", "forslag", "a.zip").returncode == 0
    assert (tmp_path / "a.zip").read_bytes() == fake.archive
    assert {token for _, path, token, _ in fake.asked if path == "/elsewhere"} == {""}
    assert {token for _, path, token, _ in fake.asked if path != "/elsewhere"} == {"Bearer hemmelig"}
    assert ci(fake, tmp_path, "fetch", "77", "annet", "b.zip").returncode == 1
    assert ci(fake, tmp_path, "fetch", "77/../../x", "forslag", "b.zip").returncode == 1
    fake.artifacts[0]["size_in_bytes"] = 10**12
    assert ci(fake, tmp_path, "fetch", "77", "forslag", "b.zip").returncode == 1


def test_the_steps_of_the_workflow(fake: Fake, tmp_path: Path) -> None:
    """From an archive to a comment; and with a stolen number nothing is asked but whose it is."""
    report = Report(base=HEAD, head=HEAD, today=TODAY).model_dump_json()
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as whole:
        whole.writestr("number.txt", "12\n")
        whole.writestr("report.json", report)
    fake.pulls = {12: pull(12), 7: pull(7, "f" * 40)}
    assert ci(fake, tmp_path, "unpack", "a.zip", "inn").returncode == 0
    done = ci(fake, tmp_path, "number", "inn/number.txt", HEAD, FORK)
    assert (done.returncode, done.stdout) == (0, "12\n")
    done = ci(fake, tmp_path, "comment", "12", "inn/report.json", "https://forslag.example/12/")
    assert (done.returncode, done.stdout) == (0, "made\n")
    (tmp_path / "inn/number.txt").write_text("7")
    fake.asked.clear()
    done = ci(fake, tmp_path, "number", "inn/number.txt", HEAD, FORK)
    assert (done.returncode, done.stdout) == (1, "")
    assert [method for method, *_ in fake.asked] == ["GET"]
    for wrong in (["comment", "12; id", "inn/report.json"], ["comment", "0", "inn/report.json"]):
        assert ci(fake, tmp_path, *wrong).returncode == 1
    assert ci(fake, tmp_path, "comment", "12").returncode == 2
    assert ci(fake, tmp_path, "evil").returncode == 2
    assert "Traceback" not in ci(fake, tmp_path, "unpack", "missing.zip", "ut").stderr


def test_reminders(fake: Fake, tmp_path: Path) -> None:
    old = module("Sensorer", text="![En sensor](sensor.png)").replace("review_by: 2028-11-01", "review_by: 2026-11-10")
    write(tmp_path, {**small_files(("nb",)), "modules/redaksjonen/sensorer/module.nb.md": old})
    write(tmp_path, {"modules/redaksjonen/trender/module.nb.md": module("Trender", hours="1")})
    fake.issues.append(
        {
            "number": 1,
            "state": "open",
            "user": {"type": "User"},
            "title": "x",
            "body": "<!-- kurskatalog: paaminnelse redaksjonen -->",
        }
    )
    done = ci(fake, tmp_path, "remind")
    assert (done.returncode, done.stdout) == (0, "redaksjonen: made\n"), done.stderr
    assert "sensorer" in fake.issues[1]["body"]
    assert ci(fake, tmp_path, "remind").stdout == "redaksjonen: same\n"
    write(tmp_path, {"modules/redaksjonen/sensorer/module.nb.md": module("Sensorer", text="![En sensor](sensor.png)")})
    assert ci(fake, tmp_path, "remind").stdout == "redaksjonen: closed\n"
    assert [issue["state"] for issue in fake.issues] == ["open", "closed"]


def test_links_that_are_dead_for_four_weeks(fake: Fake, tmp_path: Path) -> None:
    """A site that answers again begins anew; the provider is told once; mended links close the issue."""
    files = small_files(("nb",))
    dead, alive = f"{fake.address}/missing", f"{fake.address}/elsewhere"
    text = module(
        "Avvik",
        text=f"[en kilde]({dead}) og [en annen]({alive}) og [flytting]({fake.address}/repos/eier/katalog/actions/artifacts/5/zip)",
    )
    files = {name: raw for name, raw in files.items() if "avvik" not in name}
    write(tmp_path, files)
    for path in tmp_path.rglob("*"):
        if path.suffix in (".yml", ".md"):
            path.write_text(
                path.read_text("utf-8")
                .replace("https://skolen.example", alive)
                .replace("https://etaten.example", alive),
                "utf-8",
            )
    write(tmp_path, {"modules/redaksjonen/avvik/module.nb.md": text.replace("https://etaten.example", alive)})
    fake.archive = b"x"

    def week() -> str:
        done = ci(fake, tmp_path, "links", "lenker.json", KURSKATALOG_LINKS_INSIDE="1")
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert [week() for _ in range(3)] == ["", "", ""]
    state = json.loads((tmp_path / "lenker.json").read_text())
    assert state.pop(dead) == 3
    assert all(address.startswith(f"{alive}/") for address in state), state
    assert "redaksjonen: made\n" in week()
    assert "missing" in next(issue["body"] for issue in fake.issues if "redaksjonen" in issue["title"]).replace(
        JOINER, ""
    )
    assert "redaksjonen: same\n" in week()
    write(
        tmp_path,
        {
            "modules/redaksjonen/avvik/module.nb.md": module("Avvik", hours="1.5").replace(
                "https://etaten.example", fake.address
            )
        },
    )
    (tmp_path / "lenker.json").write_text("not ours")
    assert "redaksjonen: closed\n" in week()


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost:80/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "file:///etc/passwd",
        "ftp://x.example/",
        "http://0/",
        "http://2130706433/",
    ],
)
def test_nothing_inside_is_asked(address: str) -> None:
    assert not is_there(address)


@pytest.mark.parametrize(
    ("paths", "refused"),
    [
        (["modules/a/b/module.nb.md", "content/plans/x.yml", "catalogue.yml"], []),
        (["kurskatalog/cli/main.py", "theme/site/main.html"], []),
        (["modules/a/b/module.nb.md", ".github/CODEOWNERS"], []),
        (["modules/a/b/module.nb.md", ".github/workflows/forslag.yml"], [".github/workflows/forslag.yml"]),
        (["content/x.yml", "theme/site/main.html", "build.py"], ["build.py", "theme/site/main.html"]),
        (["catalogue.yml", "catalogue.yml.py"], ["catalogue.yml.py"]),
        (["content/x.yml", "modules.py"], ["modules.py"]),
    ],
)
def test_content_alone(paths: list[str], refused: list[str]) -> None:
    assert out_of_scope(paths) == refused
