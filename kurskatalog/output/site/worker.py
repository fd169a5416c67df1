"""A process that builds parts of the site with MkDocs: it reads a settings file's path a line and answers in JSON."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import logging
import os
import sys


def main() -> None:
    """Serve until standard input ends. Imports come first, so that a worker started early is warm when its first part comes."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    import jinja2.ext  # noqa: F401
    import pymdownx.emoji  # noqa: F401
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

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
                build(load_config(line.strip()))
        except (MkDocsException, SystemExit) as error:
            answer = {"ok": False, "log": f"{log.getvalue()}{error}"}
        except OSError as error:
            answer = {"ok": False, "log": f"{log.getvalue()}{error}", "errno": error.errno}
        except Exception as error:  # noqa: BLE001 - an engine's own failure is reported, whatever it is
            answer = {"ok": False, "log": f"{log.getvalue()}{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
