"""A forge's API (GitHub REST): the few calls that are needed, with limits on what comes back."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kurskatalog.problems import Message

GITHUB = "https://api.github.com"
MOST_BYTES = 10_000_000
MOST_PAGES = 20
_REPOSITORY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}/(?!\.\.?\Z)[A-Za-z0-9._-]{1,100}\Z")


class ForgeFailed(Exception):
    """Raised when the forge does not answer as it should; `message` says what was asked and what came."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token is never sent on: a redirect is an answer, not a way."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


@dataclass(frozen=True, slots=True)
class Forge:
    """One repository at a forge. `token` goes to `address` and nowhere else."""

    repository: str
    token: str
    address: str = GITHUB

    def __post_init__(self) -> None:
        if not _REPOSITORY.match(self.repository):
            raise ForgeFailed(Message("'{value}' is not a repository; write owner/name", value=self.repository[:100]))

    def get(self, path: str) -> Any:
        """What stands at `path` below the repository, as JSON."""
        return self._json("GET", path)

    def send(self, method: str, path: str, body: dict[str, Any]) -> Any:
        """Make (POST) or change (PATCH) something."""
        return self._json(method, path, body)

    def pages(self, path: str) -> Iterator[dict[str, Any]]:
        """Every entry of a list, page by page."""
        joint = "&" if "?" in path else "?"
        for number in range(1, MOST_PAGES + 1):
            entries = self.get(f"{path}{joint}per_page=100&page={number}")
            entries = entries.get("artifacts", []) if isinstance(entries, dict) else entries
            yield from (entry for entry in entries if isinstance(entry, dict))
            if len(entries) < 100:
                return

    def download(self, path: str, target: Path, most: int) -> None:
        """Write a file of at most `most` bytes; where the forge leads elsewhere, it is fetched there without the token."""
        with self._open("GET", path, None) as answer:
            place = answer.headers.get("Location", "") if answer.status in (301, 302, 303, 307, 308) else ""
            if not place:
                _save(answer, target, most)
                return
        if urlsplit(place).scheme != urlsplit(self.address).scheme:
            raise ForgeFailed(Message("the forge leads to an address that is not secure"))
        request = urllib.request.Request(place, headers={"User-Agent": "kurskatalog"})  # noqa: S310 - the scheme is looked at
        try:
            with urllib.request.build_opener(_NoRedirect).open(request, timeout=60) as answer:
                _save(answer, target, most)
        except (OSError, ValueError) as error:
            raise ForgeFailed(_failed("GET", path, error)) from error

    def _json(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        with self._open(method, path, body) as answer:
            raw = answer.read(MOST_BYTES + 1)
        try:
            if len(raw) > MOST_BYTES:
                raise ValueError("too long")
            return json.loads(raw) if raw else {}
        except (ValueError, RecursionError) as error:
            raise ForgeFailed(_failed(method, path, error)) from error

    def _open(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        whole = f"{self.address}/repos/{self.repository}/{path}"
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self.token}",
            "User-Agent": "kurskatalog",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(whole, data, headers, method=method)  # noqa: S310 - set by whoever runs the workflow
        try:
            return urllib.request.build_opener(_NoRedirect).open(request, timeout=60)
        except urllib.error.HTTPError as error:
            if error.code in (301, 302, 303, 307, 308):
                return error
            raise ForgeFailed(_failed(method, path, error)) from error
        except (OSError, ValueError) as error:
            raise ForgeFailed(_failed(method, path, error)) from error


def _save(answer: Any, target: Path, most: int) -> None:
    with target.open("xb") as file:
        left = most
        while chunk := answer.read(1 << 16):
            left -= len(chunk)
            if left < 0:
                raise ForgeFailed(Message("the file is larger than {number} bytes", number=most))
            file.write(chunk)


def _failed(method: str, path: str, error: Exception) -> Message:
    why = str(getattr(error, "code", "")) or type(error).__name__
    return Message("the forge did not answer {method} {path}: {why}", method=method, path=path, why=why)
