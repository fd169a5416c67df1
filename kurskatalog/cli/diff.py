"""`diff`: what a proposal means, as text, as a comment or as JSON."""

from __future__ import annotations

import gc
import re
import sys

from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import NotUnderstood, WrongUsage
from kurskatalog.problems import Message
from kurskatalog.proposal.comment import as_comment
from kurskatalog.proposal.compare import report_on
from kurskatalog.proposal.git import NoHistory
from kurskatalog.proposal.sides import with_sides
from kurskatalog.proposal.text import as_text

FINE = 0


def run_diff(options: Options, base: str, head: str, form: str | None, site: str) -> int:
    """Print what `head` (empty: the files as they lie) changed since it left `base`."""
    gc.disable()
    try:
        report = with_sides(
            options.project,
            base,
            head,
            options.today,
            options.jobs,
            lambda sides: report_on(sides, options.words, options.today),
        )
    except NoHistory as error:
        raise WrongUsage(error.message) from error
    form = form or ("text" if sys.stdout.isatty() else "markdown")
    if form == "json":
        print(report.model_dump_json(indent=2))
    else:
        comment = as_comment(report, options.words, site)
        print(as_text(comment) if form == "text" else comment, end="")
    return FINE


def site_address(text: str) -> str:
    """A type for arguments that are the address of a site; it gets a slash at its end."""
    if not text:
        return ""
    if not re.fullmatch(r"https?://[A-Za-z0-9.:/_~-]{1,300}", text):
        raise NotUnderstood(Message("'{value}' is not an address; write it as https://example.org/", value=text))
    return text if text.endswith("/") else f"{text}/"
