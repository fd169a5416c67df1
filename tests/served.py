"""A built site over HTTP as a host would serve it: with the headers of its own `_headers` file, and compressed."""

from __future__ import annotations

import gzip
import threading
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from kurskatalog.cli.serving.files import content_type

GOOD = Path(__file__).parent / "projects" / "good"
COMPRESSED = ("text/", "application/json", "image/svg+xml", "application/xml", "application/wasm")


Rules = list[tuple[str, dict[str, str]]]


def read_headers(text: str) -> Rules:
    """Beginnings of paths and their headers, as a host reads `_headers`: `!` takes a header of an earlier rule away."""
    rules: Rules = []
    for line in text.splitlines():
        if not line.startswith(" "):
            assert line.startswith("/"), line
            assert line.endswith("*"), line
            rules.append((line.removesuffix("*"), {}))
        elif line.startswith("  ! "):
            rules[-1][1][line.removeprefix("  ! ")] = ""
        else:
            name, value = line.strip().split(": ", 1)
            rules[-1][1][name] = value
    # A browser would go on with https on this machine.
    rules[0][1].pop("Strict-Transport-Security", None)
    return rules


@lru_cache(maxsize=512)
def compressed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class Served(ThreadingHTTPServer):
    """The site in `top` on a free port of this machine, until `end`. `sent` counts bytes by path."""

    daemon_threads = True

    def __init__(self, top: Path) -> None:
        self.top = top
        self.rules = read_headers((top / "_headers").read_text("utf-8"))
        self.headers = self.rules[0][1]  # those of every page
        super().__init__(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server_address[1]}/"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def end(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, *_: object) -> None:
        """A browser that goes away is no error."""


class Handler(BaseHTTPRequestHandler):
    server: Served
    protocol_version = "HTTP/1.1"
    # Head and body in one packet: sent one after the other, the second waits for the receipt of the first (40 ms each time).
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        names = [name for name in unquote(self.path.partition("?")[0]).split("/") if name]
        assert ".." not in names
        path, status = self.server.top.joinpath(*names), 200
        if path.is_dir() and not self.path.partition("?")[0].endswith("/"):
            self.reply(301, b"", {"Location": f"{self.path.partition('?')[0]}/"})
            return
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            path, status = self.server.top / "404.html", 404
        type_ = content_type(path.name)
        more = {"Content-Type": type_, "Cache-Control": "no-cache"}
        if type_.startswith(COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", ""):
            self.reply(status, compressed(path, path.stat().st_mtime_ns), {**more, "Content-Encoding": "gzip"})
        else:
            self.reply(status, path.read_bytes(), more)

    def reply(self, status: int, body: bytes, more: dict[str, str]) -> None:
        self.send_response(status)
        path = self.path.partition("?")[0]
        found: dict[str, str] = {}
        for start, headers in self.server.rules:
            found |= headers if path.startswith(start) else {}
        for name, value in {**found, **more, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""
