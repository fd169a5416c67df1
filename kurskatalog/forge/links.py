"""External links, looked at once a week: four failures in a row, and the provider is told, once."""

from __future__ import annotations

import ipaddress
import json
import re
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

IN_A_ROW = 4
"""Failures before anybody is told: sites are down for a night, or move for a week."""

MOST_LINKS = 20_000
PAUSE = 0.5
"""Seconds between two questions to one host."""

_HREF = re.compile(r'href="(https?://[^"]+)"')
_THERE = frozenset({401, 403, 405, 406, 429, 451, 999})
"""Answers of sites that do not talk to programs: the address is there."""


def links_in(data: Any, html: str = "") -> Iterator[str]:
    """Every external address in a file's facts and its text."""
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from links_in(item)
    elif isinstance(data, str) and re.match(r"https?://\S+\Z", data):
        yield data
    yield from (unescape(address) for address in _HREF.findall(html))


def ask_all(addresses: Iterable[str], *, inside: bool = False, pause: float = PAUSE) -> dict[str, bool]:
    """Address -> whether it is there; a host is asked one thing at a time. `inside` allows addresses of a private net."""
    hosts: dict[str, list[str]] = {}
    for address in sorted(set(addresses))[:MOST_LINKS]:
        hosts.setdefault(urlsplit(address).netloc, []).append(address)

    def ask(ways: list[str]) -> list[tuple[str, bool]]:
        found = []
        for number, way in enumerate(ways):
            time.sleep(pause if number else 0)
            found.append((way, is_there(way, inside=inside)))
        return found

    with ThreadPoolExecutor(16) as pool:
        return dict(pair for part in pool.map(ask, hosts.values()) for pair in part)


def is_there(address: str, *, inside: bool = False) -> bool:
    """Whether an address answers, after at most five redirects; those of a private net are never asked."""
    for _ in range(6):
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or not (inside or _is_public(parts.hostname)):
            return False
        request = urllib.request.Request(address.partition("#")[0], headers={"User-Agent": "kurskatalog (lenkesjekk)"})  # noqa: S310
        try:
            with urllib.request.build_opener(_Stay).open(request, timeout=20) as answer:
                answer.read(1)
                return True
        except urllib.error.HTTPError as error:
            onward = error.headers.get("Location") if error.code in (301, 302, 303, 307, 308) else None
            if not onward:
                return error.code in _THERE
            address = urljoin(address, onward)
        except (OSError, ValueError):
            return False
    return False


class _Stay(urllib.request.HTTPRedirectHandler):
    """Redirects are looked at before they are followed."""

    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


def _is_public(host: str) -> bool:
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return bool(found) and all(ipaddress.ip_address(str(address).partition("%")[0]).is_global for address in found)


def count_failures(before: Mapping[str, int], now: Mapping[str, bool]) -> dict[str, int]:
    """Address -> failures in a row, of those that failed now; one that answers, or is no longer named, begins anew."""
    return {address: before.get(address, 0) + 1 for address, there in sorted(now.items()) if not there}


def read_state(path: Path) -> dict[str, int]:
    """The failures of last week; none when there is no file, or none of ours."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {str(address): int(number) for address, number in data.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
