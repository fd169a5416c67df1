"""The finished site over HTTP for one person who writes, with a script in every page that follows the builds."""

from __future__ import annotations

import io
import re
import shutil
import socket
import socketserver
import sys
from contextlib import closing
from dataclasses import dataclass
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from kurskatalog.cli.serving.files import SiteFiles, content_type, names_in
from kurskatalog.cli.serving.live import EVENTS, SCRIPT, Live
from kurskatalog.problems import Message

HEARTBEAT = 10.0
"""Seconds between signs of life to an open page, by which a page that is gone is noticed."""
_END_OF_BODY = re.compile(rb"</body\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets: status, type, a body of `size` bytes, and for a folder without its slash where it is."""

    status: HTTPStatus
    type: str
    body: BinaryIO
    size: int
    location: str = ""


class Server(ThreadingHTTPServer):
    """Listens on `host` and `port`; raises OSError when it cannot. A thread a request; none holds up the end."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, host: str, port: int, files: SiteFiles, live: Live) -> None:
        self.files = files
        self.live = live
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        self.address_family = family
        super().__init__(address[:2], Handler)  # type: ignore[arg-type]

    def server_bind(self) -> None:
        """Bind without asking the net for this machine's name, as the standard library would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, *_: object) -> None:
        """A reader who goes away is no error; anything else is one line, not a traceback."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            print(f"serve: {type(error).__name__}: {error}", file=sys.stderr)

    def answer(self, target: str) -> Answer:
        """What lies at the address."""
        build = self.live.build  # before the file is opened: the page may then reload once too often, never too seldom
        if target.partition("?")[0] == SCRIPT:
            return self._plain(HTTPStatus.OK, "live.js", (Path(__file__).parent / "live.js").read_bytes())
        parsed = names_in(target)
        found = self.files.find(parsed[0], is_folder=parsed[1]) if parsed else None
        if found and found.file:
            return self._file(HTTPStatus.OK, found.file, found.size, found.type, build)
        if found and parsed:
            _, mark, query = target.partition("?")
            where = "/" + "/".join(quote(name) for name in parsed[0]) + f"/{mark}{query}"
            return Answer(HTTPStatus.FOUND, content_type("html"), io.BytesIO(), 0, where)
        if not self.files.exists():
            page = self._page(Message("The site has not been built yet"))
            return self._plain(HTTPStatus.SERVICE_UNAVAILABLE, "html", self._with_script(page, build))
        lost = self.files.find(["404.html"], is_folder=False)
        if lost and lost.file:
            return self._file(HTTPStatus.NOT_FOUND, lost.file, lost.size, lost.type, build)
        page = self._page(Message("The page is not here"))
        return self._plain(HTTPStatus.NOT_FOUND, "html", self._with_script(page, build))

    def _file(self, status: HTTPStatus, file: BinaryIO, size: int, type_: str, build: str) -> Answer:
        if not type_.startswith("text/html"):
            return Answer(status, type_, file, size)
        with closing(file):
            return self._plain(status, "html", self._with_script(file.read(), build))

    def _plain(self, status: HTTPStatus, ending: str, raw: bytes) -> Answer:
        return Answer(status, content_type(f".{ending}"), io.BytesIO(raw), len(raw))

    def _with_script(self, page: bytes, build: str) -> bytes:
        """The page with the script before the end of its body."""
        script = f'<script src="{SCRIPT}" data-build="{escape(build)}" data-events="{EVENTS}"></script>\n'.encode()
        ends = [match.start() for match in _END_OF_BODY.finditer(page)]
        at = ends[-1] if ends else len(page)
        return page[:at] + script + page[at:]

    def _page(self, title: Message) -> bytes:
        words = self.live.words
        text = escape(words.say(title))
        return (
            f'<!doctype html>\n<html lang="{words.lang}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width,initial-scale=1">\n<title>{text}</title>\n</head>\n'
            f"<body>\n<h1>{text}</h1>\n</body>\n</html>\n"
        ).encode()


class Handler(BaseHTTPRequestHandler):
    """GET and HEAD; nothing is kept by the browser, since every file may change."""

    server: Server
    timeout = 60

    def do_GET(self) -> None:
        """Send a file, a page, or the stream of states."""
        if self.path.partition("?")[0] == EVENTS:
            self._follow()
        else:
            self._send(with_body=True)

    def do_HEAD(self) -> None:
        """Say what GET would send."""
        self._send(with_body=False)

    def _refuse(self) -> None:
        self.send_response(HTTPStatus.METHOD_NOT_ALLOWED)
        self.send_header("Allow", "GET, HEAD")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse  # noqa: N815

    def _send(self, *, with_body: bool) -> None:
        answer = self.server.answer(self.path)
        with closing(answer.body):
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(answer.size))
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            if with_body:
                shutil.copyfileobj(answer.body, self.wfile)

    def _follow(self) -> None:
        """Server-sent events: the state now, and again whenever it changes, until the reader goes away."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"retry: 500\n\n")
        sent = -1
        while True:
            number, state = self.server.live.state()
            self.wfile.write(f"data: {state}\n\n".encode() if number != sent else b": still here\n\n")
            sent = number
            self.server.live.wait(sent, HEARTBEAT)

    def end_headers(self) -> None:
        """The same for every answer: keep nothing, guess no types."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def version_string(self) -> str:
        """The name of the program."""
        return "kurskatalog"

    def log_message(self, *_: object) -> None:
        """A person who writes looks for problems in the terminal, not for requests."""
