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

from kurskatalog.output.site.settings import EXTENSION


def main() -> None:
    """Serve until standard input ends. Imports come first, so that a worker started early is warm when its first part comes."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    import jinja2.ext  # noqa: F401
    import markdown
    import pymdownx.emoji  # noqa: F401
    from markdown.blockprocessors import build_block_parser
    from markdown.util import Registry
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    class HtmlOnly(markdown.Markdown):
        """For our documents, which are HTML already: nothing that reads Markdown is made for every page."""

        def build_parser(self) -> HtmlOnly:
            self.parser = build_block_parser(self)  # without any block it would look for one for ever
            self.preprocessors, self.inlinePatterns = Registry(), Registry()
            self.treeprocessors, self.postprocessors = Registry(), Registry()
            return self

    reads_markdown = markdown.Markdown

    gc.freeze()  # what has been loaded stays: nobody need look through it for garbage
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(handler)
    for line in sys.stdin:
        log.seek(0)
        log.truncate()
        answer = {"ok": True, "log": ""}
        try:
            with contextlib.redirect_stdout(sys.stderr):
                settings = json.loads(Path(line.strip()).read_text(encoding="utf-8"))
                is_ours = settings.get("markdown_extensions") == [EXTENSION]
                # The name by which the engine asks for its reader of Markdown.
                markdown.Markdown = HtmlOnly if is_ours else reads_markdown  # type: ignore[misc]
                # The engine's YAML reader takes 30 ms over what is JSON.
                build(load_config(io.BytesIO(b"{}"), config_file_path=line.strip(), **settings))
        except (MkDocsException, SystemExit) as error:
            answer = {"ok": False, "log": f"{log.getvalue()}{error}"}
        except OSError as error:
            answer = {"ok": False, "log": f"{log.getvalue()}{error}", "errno": error.errno}
        except Exception as error:  # noqa: BLE001 - an engine's own failure is reported, whatever it is
            answer = {"ok": False, "log": f"{log.getvalue()}{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
