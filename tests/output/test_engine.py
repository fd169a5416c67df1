"""The engine as a process: what it warns of is a failure, and its words are handed on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from kurskatalog.output.site import worker
from kurskatalog.output.site.engine import EngineFailed, Engines, Part, write_settings
from kurskatalog.output.site.settings import EXTENSION, TEMPLATES_CACHE
from kurskatalog.output.site.tree import files_below

PAGE = '---\n{"title": "Side"}\n---\n\n<h1>Side</h1>\n'


def part(place: Path, documents: dict[str, str] | None = None, **settings: Any) -> Part:
    """A small job: MkDocs' plainest settings and a few documents."""
    made = Part(place / "mkdocs.yml", place / "docs", place / "site")
    for name, text in (documents or {"index.md": PAGE}).items():
        (made.docs / name).parent.mkdir(parents=True, exist_ok=True)
        (made.docs / name).write_text(text, encoding="utf-8")
    base = {
        "site_name": "Prøve",
        "docs_dir": str(made.docs),
        "site_dir": str(made.out),
        "strict": True,
        "plugins": [],
        "theme": "mkdocs",
    }
    write_settings(made.file, {**base, **settings})
    return made


def started(engines: Engines) -> subprocess.Popen[str]:
    """The worker, once it runs."""
    engines.start()
    assert engines.worker is not None
    return engines.worker


def test_parts_are_built_side_by_side_and_one_after_the_other(tmp_path: Path) -> None:
    parts = [part(tmp_path / str(number), {"index.md": PAGE, f"side-{number}.md": PAGE}) for number in range(5)]
    with Engines(2) as engines:
        engines.build(parts)
        more = part(tmp_path / "more")
        engines.build([more])
    assert all((p.out / f"side-{n}" / "index.html").is_file() for n, p in enumerate(parts))
    assert (more.out / "index.html").is_file()


FAILURES: dict[str, tuple[dict[str, str], dict[str, Any], str]] = {
    "broken link": ({"index.md": "[borte](borte.md)"}, {}, "borte.md"),  # a warning
    "missing in nav": ({"index.md": PAGE}, {"nav": ["index.md", "borte.md"]}, "borte.md"),
    "unknown setting": ({"index.md": PAGE}, {"finnes_ikke": True}, "finnes_ikke"),
    "unknown theme": ({"index.md": PAGE}, {"theme": {"name": "borte"}}, "borte"),
    "unknown plugin": ({"index.md": PAGE}, {"plugins": ["borte"]}, "borte"),
    "unknown extension": ({"index.md": PAGE}, {"markdown_extensions": ["borte"]}, "borte"),
    "no documents": ({"index.md": PAGE}, {"docs_dir": "/finnes/ikke"}, "docs_dir"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_warning_of_the_engine_is_a_failure_with_its_words(tmp_path: Path, failure: str) -> None:
    documents, settings, words = FAILURES[failure]
    with Engines(1) as engines, pytest.raises(EngineFailed, match=words):
        engines.build([part(tmp_path, documents, **settings)])


def test_an_engine_goes_on_after_a_failure_and_does_not_repeat_old_words(tmp_path: Path) -> None:
    with Engines(1) as engines:
        with pytest.raises(EngineFailed, match=r"en\.md"):
            engines.build([part(tmp_path / "1", {"index.md": "[x](en.md)"})])
        with pytest.raises(EngineFailed) as failed:
            engines.build([part(tmp_path / "2", {"index.md": "[x](to.md)"})])
        assert "to.md" in str(failed.value)
        assert "en.md" not in str(failed.value)
        engines.build([part(tmp_path / "3")])


FRAME = """<title>{{ page.meta.title | e }}</title>{{ page.meta.toc | join(';') }}|{{ page.meta.way }}|{{ page.title }}
{{ page.content }}|{{ page.toc | list }}"""
OURS = {
    "index.md": '---\n{"title": "Forside", "toc": ["2", "a", "Å \\"se\\" <b> & 🐟"], "way": ""}\n---\n\n<h1>Ja</h1>\n',
    "a/b.md": '---\n{"title": "\\u2028 #: - [x]", "way": "a/b/"}\n---\n\n\n<p>*ikke* [markdown](x.md)\n---\n\n    æ </p>\n\n',
    "headless.md": "<h2>Uten hode</h2>\n",
    "yaml.md": "---\ntitle: Et annet hode\ntoc: [1, 2]\n---\n<p>x</p>\n",
    "broken.md": '---\n{"title": "x"\n---\n<p>x</p>\n',
}


def test_our_documents_come_out_as_by_the_engine_alone(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    for name in ("main.html", "404.html"):
        (tmp_path / "theme" / name).write_text(FRAME if name == "main.html" else "borte")
    theme = {"name": None, "custom_dir": str(tmp_path / "theme"), "static_templates": ["404.html"]}
    settings = {"theme": theme, "markdown_extensions": [EXTENSION], "site_url": "https://prove.example/x/"}
    short, alone = (part(tmp_path / name, OURS, **settings) for name in ("short", "alone"))
    write_settings(short.file, {**json.loads(short.file.read_text()), TEMPLATES_CACHE: str(tmp_path / "cache")})
    with Engines(1) as engines:
        engines.build([short])
        made = {name: (short.out / name).read_bytes() for name in files_below(short.out)}
        engines.build([short])  # now with compiled templates
        plain = part(tmp_path / "plain", {"index.md": "# Tittel\n\n*Markdown*\n"})
        engines.build([plain])
    assert any((tmp_path / "cache").iterdir())
    extension = Path(worker.__file__).parent / "extension"
    env = {**os.environ, "PYTHONPATH": str(extension), "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(alone.file)]
    subprocess.run(command, check=True, env=env, cwd=tmp_path)
    for out in (short.out, alone.out):
        assert {
            name: (out / name).read_bytes() for name in files_below(out) if not name.startswith("sitemap")
        } == made, out
    assert "<em>Markdown</em>" in (plain.out / "index.html").read_text(encoding="utf-8")  # others still read theirs


def test_one_failure_of_many_is_a_failure(tmp_path: Path) -> None:
    parts = [
        part(tmp_path / str(number), {"index.md": "[x](borte.md)" if number == 3 else PAGE}) for number in range(6)
    ]
    with Engines(2) as engines, pytest.raises(EngineFailed, match="borte"):
        engines.build(parts)


def test_an_engine_that_dies_is_a_failure(tmp_path: Path) -> None:
    with Engines(1) as engines:
        Timer(0.05, os.kill, (started(engines).pid, signal.SIGKILL)).start()  # before it has warmed up
        with pytest.raises(EngineFailed):
            engines.build([part(tmp_path)])


def test_an_engine_that_has_died_is_replaced_at_the_next_start(tmp_path: Path) -> None:
    with Engines(1) as engines:
        dead = started(engines)
        dead.kill()
        dead.wait()
        assert started(engines).poll() is None
        engines.build([part(tmp_path)])
    assert (tmp_path / "site" / "index.html").is_file()


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_engine_that_dies_at_work_is_a_failure(tmp_path: Path, jobs: int) -> None:
    with Engines(jobs) as engines:
        pid = started(engines).pid
        os.kill(pid, signal.SIGSTOP)  # it will not have answered
        parts = [part(tmp_path / str(number)) for number in range(jobs)]
        Timer(0.2, os.kill, (pid, signal.SIGKILL)).start()
        with pytest.raises(EngineFailed):
            engines.build(parts)
        engines.build(parts)


def test_an_engine_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with Engines(1, patience=0.3) as engines:
        worker = started(engines)
        os.kill(worker.pid, signal.SIGSTOP)
        with pytest.raises(EngineFailed, match=r"no answer in 0\.3 seconds"):
            engines.build([part(tmp_path)])
        assert worker.poll() is not None


def test_a_process_that_was_split_off_and_died_is_a_failure(tmp_path: Path) -> None:
    def answer(file: str) -> worker.Answer:
        if file == "b":
            os.kill(os.getpid(), signal.SIGKILL)
        return {"ok": True, "log": file}

    assert worker.side_by_side(answer, ["a", "b", "c"], 2) == [*map(answer, "ac"), worker.NO_WORD]
    assert worker.side_by_side(answer, ["a", "c"], 4) == [*map(answer, "ac")]


def test_no_engine_outlives_its_build(tmp_path: Path) -> None:
    """Neither the worker nor what it has split off, which belongs to its group."""
    with Engines(2) as engines:
        engines.build([part(tmp_path / "1"), part(tmp_path / "2")])
        first = started(engines)
    with Engines(2) as engines:
        second = started(engines)
        begin = time.perf_counter()
    assert time.perf_counter() - begin < 5
    for process in (first, second):
        assert process.poll() is not None
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
