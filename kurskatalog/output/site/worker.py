"""A process that builds parts of the site with MkDocs, side by side where it is asked to.

It reads a request a line, `{"files": [settings files], "jobs": 2}`, and answers with a line: a list of what became of each,
`{"ok": true, "log": ""}` or the words of the failure.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kurskatalog.output.site.settings import EXTENSION, TEMPLATES_CACHE

Answer = dict[str, Any]
NO_WORD: Answer = {"ok": False, "log": "the engine ended without a word"}


def main() -> None:
    """Serve until standard input ends. Imports come first, so that a worker started early is warm when its first part comes."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    import jinja2.ext  # noqa: F401
    import mkdocs.commands.build
    import mkdocs.config.defaults  # noqa: F401

    import kurskatalog.output.site.short  # noqa: F401

    gc.freeze()  # what has been loaded stays: nobody need look through it for garbage
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(handler)

    def answer_for(file: str) -> Answer:
        log.seek(0)
        log.truncate()
        return _try(file, log)

    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(side_by_side(answer_for, request["files"], request["jobs"])), flush=True)  # noqa: T201 - the answer


def side_by_side(answer_for: Callable[[str], Answer], files: Sequence[str], jobs: int) -> list[Answer]:
    """An answer for each file: every `jobs`-th is built here, the others in processes split off this one."""
    lists = [files[number::jobs] for number in range(min(jobs, len(files)))]
    others = [_split_off(answer_for, rest) for rest in lists[1:]]
    answers = [answer_for(file) for file in lists[0]]
    for pid, pipe in others:
        with open(pipe, encoding="utf-8") as words:  # noqa: PTH123 - a pipe
            answers += json.loads(words.read() or "[]") or [NO_WORD]
        os.waitpid(pid, 0)
    return answers


def _split_off(answer_for: Callable[[str], Answer], files: Sequence[str]) -> tuple[int, int]:
    """A process that works on these files: its number, and the end of a pipe from which its answers can be read."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        os.dup2(2, 1)  # the answer is the other's; when that one has died, nobody must wait for this
        with open(writing, "w", encoding="utf-8") as words:  # noqa: PTH123 - a pipe
            words.write(json.dumps([answer_for(file) for file in files]))
    finally:
        os._exit(0)


def _try(file: str, log: io.StringIO) -> Answer:
    from mkdocs.exceptions import MkDocsException

    try:
        with contextlib.redirect_stdout(sys.stderr):
            _build(file)
    except (MkDocsException, SystemExit) as error:
        return {"ok": False, "log": f"{log.getvalue()}{error}"}
    except OSError as error:
        return {"ok": False, "log": f"{log.getvalue()}{error}", "errno": error.errno}
    except Exception as error:  # noqa: BLE001 - an engine's own failure is reported, whatever it is
        return {"ok": False, "log": f"{log.getvalue()}{type(error).__name__}: {error}"}
    return {"ok": True, "log": ""}


def _build(file: str) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    from kurskatalog.output.site.short import ShortWays, short_ways

    settings: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"))
    cache = settings.pop(TEMPLATES_CACHE, None)
    is_ours = settings.get("markdown_extensions") == [EXTENSION]
    with short_ways() if is_ours else contextlib.nullcontext():
        # The engine's YAML reader takes 30 ms over what is JSON.
        config = load_config(io.BytesIO(b"{}"), config_file_path=file, **settings)
        if is_ours and not config.plugins.events["page_read_source"]:  # there can only be one
            config.plugins["kurskatalog"] = ShortWays(cache)
        build(config)


if __name__ == "__main__":
    main()
