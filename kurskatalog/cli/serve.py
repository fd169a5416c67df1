"""`serve`: build, show the site on this machine, rebuild what changed, and tell the open pages."""

from __future__ import annotations

import errno
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread, Timer

from kurskatalog.cli.build import FINE, WRONG_USAGE, Outcome, attempt, done, tell_problems
from kurskatalog.cli.options import Options
from kurskatalog.cli.parser import WrongUsage
from kurskatalog.cli.serving.files import SiteFiles
from kurskatalog.cli.serving.live import Live
from kurskatalog.cli.serving.server import Server
from kurskatalog.cli.serving.watch import Sources
from kurskatalog.output.site.engine import Engines
from kurskatalog.pipeline.build import Built, Wanted, build
from kurskatalog.pipeline.lock import Busy
from kurskatalog.problems import Message

TRY_AGAIN = 1.0
"""Seconds until the next try when another build is at work in the catalogue."""
LOOK_UP = 1.0
"""Seconds between looks whether the end was asked for."""


def run_serve(options: Options, *, host: str, port: int) -> int:
    """Serve until Ctrl-C, which is 0. 2 when the port cannot be had or the output folder is not ours."""
    live = Live(options.project.out, options.words)
    files = SiteFiles(options.project.out, options.project.work / "mkdocs.yml")
    server = _listen(host, port, files, live)
    with server, _ended_by_signals() as signals, Engines(options.jobs) as engines:
        try:
            return _serve(options, server, signals, engines)
        except KeyboardInterrupt:
            print(flush=True)
            return FINE


def _serve(options: Options, server: Server, signals: list[int], engines: Engines) -> int:
    # The first build comes before any thread, so that it can use all processes; readers wait meanwhile.
    maker = Maker(options, server.live, engines)
    if maker.make() == WRONG_USAGE:
        return WRONG_USAGE
    maker.options = replace(options, jobs=1)  # a program with threads must not fork
    Thread(target=server.serve_forever, args=(0.1,), daemon=True).start()
    sources = Sources(options.project)
    sources.start()
    sources.touch()  # what changed during the first build
    try:
        text = Message("The site is at {address} and follows your changes. Ctrl-C ends it.", address=address_of(server))
        print(options.words.say(text), flush=True)
        while not signals:
            if not sources.wait(LOOK_UP):
                continue
            sources.follow()
            maker.make()
            if maker.is_blocked:
                again = Timer(TRY_AGAIN, sources.touch)
                again.daemon = True
                again.start()
    finally:
        sources.stop()
        server.shutdown()
    return FINE


class Maker:
    """Builds again and again with the same engines; says in the terminal and to the open pages what is new."""

    def __init__(self, options: Options, live: Live, engines: Engines) -> None:
        self.options = options
        self.live = live
        self.engines = engines
        self.is_blocked = False
        self._last: Outcome | None = None

    def make(self) -> int:
        """Build once; the exit code that `build` would have."""
        options = self.options = self.options.renewed()
        begin = time.perf_counter()
        self.is_blocked = False
        outcome = attempt(self._build)
        last, self._last = self._last, outcome
        if not self.is_blocked:
            self.live.tell(outcome)
        if _says_the_same(last, outcome):
            return outcome.code
        if last is None or last.problems != outcome.problems or outcome.built is None:
            tell_problems(outcome, options)
        if outcome.built:
            print(options.words.say(done(outcome.built, time.perf_counter() - begin, options)), flush=True)
        return outcome.code

    def _build(self) -> Built:
        try:
            wanted = Wanted(today=self.options.today, jobs=self.options.jobs)
            return build(self.options.project, wanted, self.engines)
        except Busy:
            self.is_blocked = True
            raise


def _says_the_same(last: Outcome | None, outcome: Outcome) -> bool:
    """Whether there is nothing new to say: no page was made anew, and the same is wrong as before."""
    if last is None or last.code != outcome.code or last.problems != outcome.problems or last.why != outcome.why:
        return False
    return outcome.built is None or not outcome.built.made


def _listen(host: str, port: int, files: SiteFiles, live: Live) -> Server:
    try:
        return Server(host, port, files, live)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = Message(
                "port {port} is taken by another program; choose another with --port, or 0 for any that is free",
                port=port,
            )
        else:
            message = Message(
                "{host}:{port} cannot be used: {why}", host=host, port=port, why=error.strerror or str(error)
            )
        raise WrongUsage(message) from None


def address_of(server: Server) -> str:
    """The address to open in a browser."""
    host = server.server_name
    if host in ("0.0.0.0", "::"):  # noqa: S104 - every address of this machine: its own name is one of them
        host = "localhost"
    return f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}{server.files.path}"


@contextmanager
def _ended_by_signals() -> Iterator[list[int]]:
    """Ctrl-C and a request to end do the same, also where a shell started the program in the background.

    The signals that came are noted too, since an interruption can get lost where Python cannot raise it; a second one ends the
    program at once.
    """
    came: list[int] = []

    def interrupt(number: int, _: object) -> None:
        came.append(number)
        signal.signal(number, signal.SIG_DFL)
        raise KeyboardInterrupt

    before = {one: signal.signal(one, interrupt) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
