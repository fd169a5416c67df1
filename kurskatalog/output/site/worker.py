"""A process that builds parts of the site with MkDocs: it reads a settings file's path a line and answers in JSON."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from kurskatalog.output.site.settings import EXTENSION, TEMPLATES_CACHE


def main() -> None:
    """Serve until standard input ends. Imports come first, so that a worker started early is warm when its first part comes."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    import jinja2.ext  # noqa: F401
    import markdown.extensions.attr_list
    import markdown.extensions.fenced_code  # noqa: F401
    import mkdocs.config.defaults  # noqa: F401
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from kurskatalog.output.site.short import ShortWays, short_ways

    gc.freeze()  # what has been loaded stays: nobody need look through it for garbage
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(handler)

    def build_part(file: str) -> None:
        settings: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"))
        cache = settings.pop(TEMPLATES_CACHE, None)
        is_ours = settings.get("markdown_extensions") == [EXTENSION]
        # The engine's YAML reader takes 30 ms over what is JSON.
        config = load_config(io.BytesIO(b"{}"), config_file_path=file, **settings)
        if is_ours and not config.plugins.events["page_read_source"]:  # there can only be one
            config.plugins["kurskatalog"] = ShortWays(cache)
        with short_ways() if is_ours else contextlib.nullcontext():
            build(config)

    for line in sys.stdin:
        log.seek(0)
        log.truncate()
        answer = {"ok": True, "log": ""}
        try:
            with contextlib.redirect_stdout(sys.stderr):
                build_part(line.strip())
        except (MkDocsException, SystemExit) as error:
            answer = {"ok": False, "log": f"{log.getvalue()}{error}"}
        except OSError as error:
            answer = {"ok": False, "log": f"{log.getvalue()}{error}", "errno": error.errno}
        except Exception as error:  # noqa: BLE001 - an engine's own failure is reported, whatever it is
            answer = {"ok": False, "log": f"{log.getvalue()}{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
