"""`diff` says what a proposal means: facts, texts, what hangs on them, pages and problems."""

from __future__ import annotations

import html
import json
import subprocess
import sys
from pathlib import Path

import pytest
from gitted import ENV, Gitted, git
from hypothesis import given
from hypothesis import strategies as st
from overlay import BAD
from small import LONG, PACKAGE, TODAY, course, module, tree, write

from kurskatalog.proposal.changes import Report
from kurskatalog.proposal.comment import as_comment
from kurskatalog.proposal.escape import JOINER
from kurskatalog.proposal.git import NoHistory
from kurskatalog.proposal.worddiff import Effort, compare_texts, paragraphs
from kurskatalog.words import Words

SENSORS = "modules/redaksjonen/sensorer/module.nb.md"
ENERGY = "content/providers/skolen/courses/energi.yml"


def shown(comment: str) -> str:
    """A comment as people see it: without what parts signs from words."""
    return html.unescape(comment).replace(JOINER, "")


def change(report: Report, kind: str, ident: str):
    return next(c for c in report.changes if (c.kind, c.id) == (kind, ident))


def facts(report: Report, kind: str, ident: str) -> dict[str, tuple[str, str]]:
    return {f"{f.where} {f.label}".strip(): (f.before, f.after) for f in change(report, kind, ident).fields}


def test_nothing_changed(repo: Gitted) -> None:
    report = repo.report()
    assert report == Report(base=git(repo.root, "rev-parse", "main"), today=TODAY)
    assert "Ingenting som leserne ser" in as_comment(report, Words("nb"))


def test_facts_have_norwegian_names_and_values(repo: Gitted) -> None:
    repo.edit(ENERGY, "credits: 10", "credits: 5")
    repo.edit(ENERGY, "apply_by: '2026-12-01'", "apply_by: '2026-11-01'")
    repo.edit(ENERGY, "level: '5.1'", "level: none")
    found = facts(repo.report(), "course", "skolen/energi")
    assert found["Studiepoeng"] == ("10", "5")
    assert found["Gjennomføring 2027-var Søknadsfrist"] == ("1. des. 2026", "passert (1. nov. 2026)")
    assert found["Nivå"][0].endswith("(5.1)")
    text = shown(repo.comment())
    assert "  - Studiepoeng 10 → 5\n" in text
    assert "  - Gjennomføring 2027-var, Søknadsfrist 1. des. 2026 → passert (1. nov. 2026)\n" in text
    assert text.index("Søknadsfrist") < text.index("Studiepoeng") < text.index("### Sider")


def test_a_form_is_no_meaning(repo: Gitted) -> None:
    """Quotes, order of keys and empty lines move; nothing is different for a reader."""
    path = repo.root / ENERGY
    lines = (
        path.read_text("utf-8").replace("credits: 10\n", "").replace("title: Energi i bygg", 'title: "Energi i bygg"')
    )
    path.write_text(f"{lines}\n\ncredits:   10\n", "utf-8")
    report = repo.report()
    assert (report.changes, report.pages, report.new_problems) == ((), (), ())


def test_lists_runs_and_outcomes(repo: Gitted) -> None:
    repo.edit(SENSORS, "themes: [ki]", "themes: [energi, ki]")
    repo.edit(SENSORS, "kan forklare hva en sensor er", "kan forklare hva en føler er og hvorfor den trengs i et bygg")
    data = course("Energi i bygg", level="5.1", credits=10, hours=270, admission="Fagbrev.")
    source = {"url": "https://skolen.example/kurs", "verified_on": "2026-11-20"}
    repo.change({ENERGY: {**data, "source": source, "runs": [{"id": "2027-host", "term": "2027-host"}]}})
    report = repo.report()
    themes, outcome = change(report, "module", "redaksjonen/sensorer").fields
    assert (themes.label, themes.new, themes.gone) == ("Tema", ("Energi",), ())
    assert ("+", "føler") in outcome.pieces
    assert ("-", "sensor") in outcome.pieces
    runs = {f.where: (f.new, f.gone) for f in change(report, "course", "skolen/energi").fields}
    assert "Start: 12. jan. 2027" in runs["Gjennomføring 2027-var"][1][0]
    assert runs["Gjennomføring 2027-host"][0] == ("Semester: 2027-host",)


def test_texts_word_by_word(repo: Gitted) -> None:
    repo.edit(SENSORS, "1. Gjør dette.", "1. Gjør dette først.")
    repo.edit("modules/redaksjonen/trender/module.nn.md", "Ein tekst.", "Ein lengre tekst.")
    report = repo.report()
    (text,) = change(report, "module", "redaksjonen/sensorer").texts
    assert (text.lang, [p.state for p in text.paragraphs]) == ("nb", ["changed"])
    assert ("+", " først") in text.paragraphs[0].pieces
    assert change(report, "module", "redaksjonen/trender").texts[0].lang == "nn"
    assert "Gjør dette<ins> først</ins>" in shown(repo.comment()) or "Gjør dette <ins>først</ins>" in shown(
        repo.comment()
    )
    # the text's own pages, in every language that shows it, and nothing else
    assert [p.path for p in report.pages] == [
        "moduler/redaksjonen/sensorer",
        "nn/moduler/redaksjonen/sensorer",
        "nn/moduler/redaksjonen/trender",
        "en/moduler/redaksjonen/sensorer",
    ]
    assert report.pages[1].pdf == "nn/pdf/moduler/redaksjonen/sensorer.pdf"


def test_affected_courses_plans_and_needs(repo: Gitted) -> None:
    need = {
        "title": "Måling",
        "statement": "Noen må måle.",
        "source": {"title": "Rapport", "publisher": "Etaten"},
        "themes": ["ki"],
    }
    repo.change(
        {"content/needs/maling.yml": {**need, "modules": ["redaksjonen/sensorer"]}, "content/needs/lys.yml": need}
    )
    repo.commit("needs")
    repo.edit(SENSORS, 'title: "Sensorer"', 'title: "Følere"')
    repo.change({"content/needs/maling.yml": need, "content/needs/lys.yml": {**need, "courses": ["skolen/energi"]}})
    report = repo.report("HEAD")
    assert [(a.kind, a.id, a.because) for a in report.affected] == [
        ("course", "redaksjonen/maling", ("Følere",)),
        ("plan", "operator", ("Følere",)),
    ]
    assert [(n.id, n.met) for n in report.needs] == [("lys", True), ("maling", False)]


def test_new_and_gone(repo: Gitted) -> None:
    repo.change({"modules/redaksjonen/lys/module.nb.md": module("Lys"), "content/plans/operator.yml": None})
    report = repo.report()
    assert [(c.state, c.kind, c.id) for c in report.changes] == [
        ("gone", "plan", "operator"),
        ("new", "module", "redaksjonen/lys"),
    ]
    states = {p.path: p.state for p in report.pages}
    assert states["planer/operator"] == "gone"
    assert states["moduler/redaksjonen/lys"] == "new"
    assert states["tilbydere/redaksjonen"] == "changed"
    assert report.pages[0].path == "moduler/redaksjonen/lys"


def test_what_stands_around_all_pages_does_not_hide_what_is_new(repo: Gitted) -> None:
    repo.edit("catalogue.yml", "licence: CC-BY-4.0", "licence: CC0-1.0")
    paths = [page.path for page in repo.report().pages]
    assert "" in paths
    assert len(paths) < 10


def test_problems_new_and_gone(repo: Gitted) -> None:
    repo.edit(SENSORS, "hours: 2.5", "hours: mange")
    repo.edit("modules/redaksjonen/trender/module.nb.md", "level: none", "level: none\nfarge: rod")
    broken = repo.commit("broken")
    report = repo.report("HEAD~1", broken)
    assert {(p.file, p.severity) for p in report.new_problems} == {
        (SENSORS, "error"),
        ("modules/redaksjonen/trender/module.nb.md", "error"),
    }
    repo.edit(SENSORS, "hours: mange", "hours: 3")
    report = repo.report(broken)
    assert [p.file for p in report.gone_problems] == [SENSORS]
    assert report.new_problems == ()
    assert facts(report, "module", "redaksjonen/sensorer")["Timer"] == ("mange", "3")


def test_only_what_the_proposal_itself_did(repo: Gitted) -> None:
    """Main has moved on since; that is not part of the proposal. Nor do files count that lie about."""
    git(repo.root, "checkout", "-q", "-b", "forslag")
    repo.edit(SENSORS, "hours: 2.5", "hours: 3")
    repo.commit("mine")
    git(repo.root, "checkout", "-q", "main")
    repo.edit(ENERGY, "credits: 10", "credits: 5")
    repo.commit("theirs")
    repo.edit(ENERGY, "credits: 5", "credits: 7")
    report = repo.report("main", "forslag")
    assert [(c.kind, c.id) for c in report.changes] == [("module", "redaksjonen/sensorer")]
    assert report.head == git(repo.root, "rev-parse", "forslag")


def test_providers_and_courses_in_one_file(tmp_path: Path, home: Path) -> None:
    facts_ = {"name": "En", "type": "fagskole", "courses": {"a": course("A")}}
    settings = {
        "title": "K",
        "address": "https://k.example/",
        "publisher": {"name": "P"},
        "languages": ["nb"],
        "licence": "CC-BY-4.0",
    }
    repo = Gitted.begin(tmp_path / "k", home, {"catalogue.yml": {**settings, "providers": {"en": facts_}}})
    facts_ = {**facts_, "courses": {"b": course("B")}}
    repo.change({"catalogue.yml": {**settings, "title": "L", "providers": {"en": facts_}}})
    report = repo.report()
    assert [(c.state, c.kind, c.id) for c in report.changes] == [
        ("gone", "course", "en/a"),
        ("new", "course", "en/b"),
        ("changed", "catalogue", ""),
    ]


def test_nothing_is_run_or_touched(repo: Gitted, tmp_path: Path) -> None:
    """Hooks, filters, monitors, text conversion and attributes of a hostile repository stay words."""
    trap = tmp_path / "trap"
    script = tmp_path / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch {trap}\ncat\n")
    script.chmod(0o755)
    for hook in ("post-checkout", "pre-commit", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        path = repo.root / ".git" / "hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(script.read_bytes())
        path.chmod(0o755)
    git(repo.root, "config", "core.hooksPath", "/dev/null")
    repo.change(
        {
            ".gitattributes": "* filter=evil diff=evil text ident export-subst\n",
            ".gitmodules": f'[submodule "x"]\n path = modules/x\n url = "ext::{script}"\n',
        }
    )
    git(repo.root, "update-index", "--add", "--cacheinfo", f"160000,{git(repo.root, 'rev-parse', 'HEAD')},modules/x")
    repo.edit(SENSORS, "hours: 2.5", "hours: 3")
    git(repo.root, "add", ".gitattributes", ".gitmodules", SENSORS)
    git(repo.root, "commit", "-q", "-m", "hostile")
    for key, value in {
        "core.hooksPath": str(repo.root / ".git" / "hooks"),
        "core.fsmonitor": str(script),
        "filter.evil.smudge": str(script),
        "filter.evil.clean": str(script),
        "filter.evil.process": str(script),
        "diff.evil.textconv": str(script),
        "diff.external": str(script),
        "core.pager": str(script),
        "core.sshCommand": str(script),
    }.items():
        git(repo.root, "config", key, value)
    before = tree(repo.root / ".git")
    report = repo.report("HEAD~1", "HEAD")
    assert facts(report, "module", "redaksjonen/sensorer")["Timer"] == ("2,5", "3")
    assert tree(repo.root / ".git") == before
    assert not trap.exists()
    assert not list((repo.root / "build").glob("proposal-*"))


def test_links_of_a_commit_lead_nowhere(repo: Gitted, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(module("Hemmelig"), "utf-8")
    (repo.root / "modules/redaksjonen/lenke").mkdir()
    (repo.root / "modules/redaksjonen/lenke/module.nb.md").symlink_to(secret)
    head = repo.commit("a link")
    report = repo.report("HEAD~1", head)
    assert [p.code for p in report.new_problems] == ["K106"]
    assert "Hemmelig" not in report.model_dump_json()


@pytest.mark.parametrize("name", ["--output=x", "no-such", "", "HEAD\n", "HEAD:catalogue.yml"])
def test_revisions_that_are_none(repo: Gitted, name: str) -> None:
    with pytest.raises(NoHistory):
        repo.report(name)


def test_the_command(repo: Gitted) -> None:
    repo.edit(SENSORS, "hours: 2.5", "hours: 3")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kurskatalog", "diff", *arguments, "--today", TODAY.isoformat()]
        env = {**ENV, "PYTHONPATH": str(PACKAGE.parent)}
        return subprocess.run(command, cwd=repo.root, env=env, capture_output=True, text=True)

    done = run("main", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert Report.model_validate_json(done.stdout).changes[0].id == "redaksjonen/sensorer"
    assert json.loads(done.stdout)["today"] == TODAY.isoformat()
    done = run("main", "--site", "https://forslag.example/12")
    assert '<a href="https://forslag.example/12/moduler/redaksjonen/sensorer/">' in done.stdout
    done = run("main", "--site", "https://forslag.example/12", "--format", "text")
    assert "\n- endret: Modul Sensorer (redaksjonen/sensorer)\n  - Timer 2,5 → 3\n" in done.stdout
    assert "- endret: /moduler/redaksjonen/sensorer/ Sensorer" in done.stdout
    assert not {"<", "&", JOINER} & set(done.stdout)
    assert run("main", "--site", 'https://x/"onclick=').returncode == 2
    assert run("nothing").returncode == 2
    assert "nothing" in run("nothing").stderr


def test_every_bad_catalogue_can_be_compared(tmp_path: Path, home: Path) -> None:
    """Whatever is wrong: a report comes, with the errors of the check in it, and no traceback."""
    repo = Gitted.begin(tmp_path / "k", home)
    for folder in sorted(BAD.iterdir())[:: 1 if LONG else 3]:
        if not (folder / "catalogue.yml").is_file() and not any(folder.iterdir()):
            continue
        files = {n: raw for n, raw in tree(folder).items() if not n.endswith("/") and not n.startswith("expected")}
        for name, raw in files.items():
            path = repo.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        report = repo.report()
        Report.model_validate_json(report.model_dump_json())
        assert len(as_comment(report, Words("nb"))) <= 40_000
        git(repo.root, "clean", "-fdq")
        git(repo.root, "checkout", "-q", ".")


LINES = st.lists(
    st.sampled_from(["", "En tekst.", "## Her", "```", "a b", "- x", "| a |", "En annen tekst om det."]), max_size=9
).map("\n".join)


@given(LINES, LINES)
def test_a_word_diff_tells_both_texts(before: str, after: str) -> None:
    """What went and stayed is the old text, what came and stayed the new one, of every paragraph that differs."""
    kept, more = compare_texts(before, after, Effort())
    assert not more
    old, new = set(paragraphs(before)), set(paragraphs(after))
    for paragraph in kept:
        was = "".join(text for sign, text in paragraph.pieces if sign != "+")
        is_now = "".join(text for sign, text in paragraph.pieces if sign != "-")
        assert paragraph.state == "new" or was in old or "…" in was
        assert paragraph.state == "gone" or is_now in new or "…" in is_now
    assert bool(kept) == (paragraphs(before) != paragraphs(after))


def test_a_word_diff_ends() -> None:
    """Texts made to be slow are shown whole."""
    kept, more = compare_texts(
        "\n\n".join(f"{'a b ' * 900}{n}" for n in range(60)),
        "\n\n".join(f"{'b a ' * 900}{n}" for n in range(60)),
        Effort(),
    )
    assert (len(kept), more) == (40, 20)


def test_a_comment_is_bounded(repo: Gitted) -> None:
    write(
        repo.root,
        {f"modules/redaksjonen/m{n}/module.nb.md": module(f"Modul {n}", text="@x " * 3000) for n in range(150)},
    )
    comment = repo.comment()
    assert len(comment) <= 40_000
    assert "til" in comment
    assert len(repo.comment(longest=3_000)) <= 3_000
