"""A forge on this machine: the few answers of GitHub's REST API that the program asks for, and what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HEAD = "0123456789abcdef0123456789abcdef01234567"


@dataclass
class Fake:
    """State of the forge: pull requests, comments and issues by number; `asked` is (method, path, token, body)."""

    address: str = ""
    pulls: dict[int, Any] = field(default_factory=dict)
    comments: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    issues: list[dict[str, Any]] = field(default_factory=list)
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    archive: bytes = b""
    asked: list[tuple[str, str, str, Any]] = field(default_factory=list)

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """(status, JSON) of a call below the repository."""
        way, _, query = path.partition("?")
        parts = way.split("/")
        match (method, *parts):
            case ("GET", "pulls", number):
                found = self.pulls.get(int(number))
                return (200, found) if found is not None else (404, {})
            case ("GET", "issues", number, "comments"):
                page = int(query.rpartition("page=")[2])
                return 200, self.comments.get(int(number), [])[(page - 1) * 100 : page * 100]
            case ("POST", "issues", number, "comments"):
                entry = {"id": 1000 + len(self.asked), "user": {"type": "Bot"}, **body}
                self.comments.setdefault(int(number), []).append(entry)
                return 201, entry
            case ("PATCH", "issues", "comments", ident):
                for entries in self.comments.values():
                    for entry in entries:
                        if entry["id"] == int(ident):
                            entry.update(body)
                            return 200, entry
            case ("GET", "issues"):
                return 200, [issue for issue in self.issues if issue["state"] == "open"]
            case ("POST", "issues"):
                self.issues.append({"number": len(self.issues) + 1, "state": "open", "user": {"type": "Bot"}, **body})
                return 201, self.issues[-1]
            case ("PATCH", "issues", number):
                self.issues[int(number) - 1].update(body)
                return 200, {}
            case ("GET", "actions", "runs", _, "artifacts"):
                return 200, {"artifacts": self.artifacts}
        return 404, {}


def pull(number: int, head: str = HEAD, fork: str = "stranger/katalog", **more: Any) -> dict[str, Any]:
    """A pull request as the API gives it."""
    sides = {"head": {"sha": head, "repo": {"full_name": fork}}, "base": {"repo": {"full_name": "eier/katalog"}}}
    return {"number": number, "state": "open", **sides, **more}


@contextmanager
def forge() -> Iterator[Fake]:
    """Run it."""
    fake = Fake()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            fake.asked.append((self.command, self.path, self.headers.get("Authorization", ""), body))
            prefix = "/repos/eier/katalog/"
            if self.path == "/elsewhere":
                self._send(200, fake.archive)
            elif self.path.endswith("/zip"):
                self.send_response(302)
                self.send_header("Location", f"{fake.address}/elsewhere")
                self.end_headers()
            elif self.path.startswith(prefix):
                status, data = fake.answer(self.command, self.path.removeprefix(prefix), body)
                self._send(status, json.dumps(data).encode())
            else:
                self._send(404, b"{}")

        def _send(self, status: int, raw: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        do_GET = do_POST = do_PATCH = _do  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
