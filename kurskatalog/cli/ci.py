"""`ci`: the steps of the workflows at a forge, so that the workflow files hold no logic."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kurskatalog.cli.diff import site_address
from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import NotUnderstood, WrongUsage
from kurskatalog.files import write_atomic
from kurskatalog.forge.api import GITHUB, Forge, ForgeFailed
from kurskatalog.forge.artifact import NotTrusted, place_preview, unpack
from kurskatalog.forge.proposals import keep_comment, matches, read_number, read_report
from kurskatalog.forge.reminders import by_provider, keep_dead_links, keep_reminders, provider_of
from kurskatalog.forge.scope import out_of_scope
from kurskatalog.problems import Message
from kurskatalog.proposal.comment import as_comment
from kurskatalog.proposal.git import Git, NoHistory

if TYPE_CHECKING:
    from kurskatalog.pipeline.store import Store

FINE, REFUSED, FORGE_FAILED = 0, 1, 3
MOST_ARCHIVE = 100_000_000
_NUMBER = re.compile(r"[1-9][0-9]{0,8}")

Step = Callable[[Options, list[str]], int]


def run_ci(options: Options, step: str, rest: list[str]) -> int:
    """Do one step: 0 done, 1 what was handed over is refused, 2 wrong usage, 3 the forge does not answer."""
    names, work = STEPS[step]
    needed = [name for name in names if not name.startswith("[")]
    if not len(needed) <= len(rest) <= len(names):
        raise NotUnderstood(Message("ci {step} takes: {names}", step=step, names=" ".join(names)))
    try:
        return work(options, rest)
    except NotTrusted as error:
        print(options.words.say(error.message), file=sys.stderr)
        return REFUSED
    except ForgeFailed as error:
        print(options.words.say(error.message), file=sys.stderr)
        return FORGE_FAILED
    except NoHistory as error:
        raise WrongUsage(error.message) from error


def _forge() -> Forge:
    """The forge that the workflow runs at, as its environment says."""
    environment = os.environ
    return Forge(
        environment.get("GITHUB_REPOSITORY", ""),
        environment.get("GITHUB_TOKEN", ""),
        environment.get("GITHUB_API_URL", GITHUB).rstrip("/"),
    )


def _fetch(_: Options, rest: list[str]) -> int:
    """The archive that a run has left under a name."""
    run, name, file = rest
    if not re.fullmatch(r"[1-9][0-9]{0,18}", run):
        raise NotTrusted(Message("'{value}' is not the number of a run", value=run[:40]))
    forge = _forge()
    for artifact in forge.pages(f"actions/runs/{run}/artifacts"):
        ident, size = artifact.get("id"), artifact.get("size_in_bytes")
        if artifact.get("name") == name and isinstance(ident, int) and isinstance(size, int) and size <= MOST_ARCHIVE:
            forge.download(f"actions/artifacts/{ident}/zip", Path(file), MOST_ARCHIVE)
            return FINE
    raise NotTrusted(Message("the run has left nothing under the name {name}", name=name))


def _unpack(options: Options, rest: list[str]) -> int:
    number = unpack(Path(rest[0]), Path(rest[1]))
    print(options.words.say(Message("{number} files unpacked", number=number)))
    return FINE


def _number(_: Options, rest: list[str]) -> int:
    """Print the number of the proposal, when the forge says that it is the one that the run was of."""
    file, head, fork = rest
    number = read_number(Path(file))
    if not matches(number, head, fork, _forge()):
        raise NotTrusted(Message("proposal {number} is not open at the commit that was built", number=number))
    print(number)
    return FINE


def _comment(options: Options, rest: list[str]) -> int:
    """Keep the proposal's comment up to date with a report; `site` is where its preview is."""
    number, report = rest[:2]
    if not _NUMBER.fullmatch(number):
        raise NotTrusted(Message("the proposal's number is not a number"))
    body = as_comment(read_report(Path(report)), options.words, site_address(rest[2] if len(rest) > 2 else ""))
    print(keep_comment(int(number), body, _forge()))
    return FINE


def _place(_: Options, rest: list[str]) -> int:
    """Put a preview into its folder of the repository that all previews are published from."""
    preview, checkout, number = rest
    if not _NUMBER.fullmatch(number):
        raise NotTrusted(Message("the proposal's number is not a number"))
    place_preview(Path(preview), Path(checkout), int(number))
    return FINE


def _scope(options: Options, rest: list[str]) -> int:
    """Refuse a proposal that changes content together with anything else, with a friendly word."""
    git = Git(options.project.root)
    head = git.commit(rest[1] if len(rest) > 1 else "HEAD")
    others = out_of_scope(git.paths_between(git.fork(git.commit(rest[0]), head), head))
    if not others:
        return FINE
    say = options.words.say
    thanks = Message(
        "Thank you for the proposal! It changes content together with files of the program, the theme or the workflows."
        " Please make two proposals of it, so that the content can be looked at by those who know it. These files do not belong"
        " together with content:"
    )
    print(say(thanks), file=sys.stderr)
    for path in others[:20]:
        print("  " + "".join(c if c.isprintable() else "\ufffd" for c in path[:200]), file=sys.stderr)
    return REFUSED


def _remind(options: Options, _: list[str]) -> int:
    """One open issue for each provider with texts or dates that are due."""
    from kurskatalog.pipeline.load import load

    loaded = load(options.project, today=options.today, jobs=options.jobs)
    for provider, what in keep_reminders(by_provider(loaded.problems), options.words, _forge()).items():
        print(f"{provider}: {what}")
    return FINE


def _links(options: Options, rest: list[str]) -> int:
    """Ask for every external link; what has failed four times in a row is told to its provider. FILE keeps the failures."""
    from kurskatalog.forge.links import IN_A_ROW, PAUSE, ask_all, count_failures, links_in, read_state
    from kurskatalog.pipeline.load import with_store
    from kurskatalog.pipeline.reading import read_files

    def named(store: Store) -> dict[str, set[str]]:
        files: dict[str, set[str]] = {}
        for file, result in read_files(options.project, store, options.jobs).results().items():
            if provider_of(file.name):
                html = store.html(file.name) if file.kind == "module" else ""
                for address in links_in(result.data, html):
                    files.setdefault(address, set()).add(file.name)
        return files

    files = with_store(options.project, named)
    state = Path(rest[0])
    inside = os.environ.get("KURSKATALOG_LINKS_INSIDE") == "1"
    failures = count_failures(read_state(state), ask_all(files, inside=inside, pause=0 if inside else PAUSE))
    write_atomic(state, json.dumps(failures, indent=1))
    dead: dict[str, list[tuple[str, str]]] = {}
    for address, number in failures.items():
        if number >= IN_A_ROW:
            for name in files[address]:
                dead.setdefault(provider_of(name), []).append((name, address))
    for provider, what in keep_dead_links(dead, options.words, _forge()).items():
        print(f"{provider}: {what}")
    return FINE


STEPS: Mapping[str, tuple[tuple[str, ...], Step]] = {
    "scope": (("BASE", "[HEAD]"), _scope),
    "fetch": (("RUN", "NAME", "FILE"), _fetch),
    "unpack": (("ARCHIVE", "FOLDER"), _unpack),
    "number": (("FILE", "COMMIT", "FORK"), _number),
    "place": (("PREVIEW", "CHECKOUT", "NUMBER"), _place),
    "comment": (("NUMBER", "REPORT", "[SITE]"), _comment),
    "remind": ((), _remind),
    "links": (("FILE",), _links),
}
"""Step -> what it takes (in brackets: may be left out), and what does it."""
