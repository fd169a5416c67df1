"""A part of the finished site as a zip that opens from a folder: links lead to files of the pack, or to the site on the net."""

from __future__ import annotations

import base64
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import urljoin

Read = Callable[[str], bytes]
"""A file of the language's folder, by its name there; raises OSError when there is none."""

_ADDRESS = re.compile(
    r"""(<(?:a|img|link|script|source|use|form)\b[^>]*?\s(?:href|src|action)=)(?:"([^"]*)"|'([^']*)')"""
)
_OUT = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)
_AHEAD = re.compile(r"<link\b[^>]*\brel=\"?(?:modulepreload|preload|alternate|icon)\b[^>]*>\n?")
_MODULE = re.compile(r"<script type=\"module\" src=")
_IMPORT = re.compile(r"(\bfrom\s*|\bimport\s*)\"\./([a-z-]+\.js)\"")
_LATER = re.compile(r"\bimport\(\s*\"\./[a-z-]+\.js\"\s*\)")
_CSS_FILE = re.compile(r"url\(\"?([^\"():]+)\"?\)")
_MEDIA = {"woff2": "font/woff2", "svg": "image/svg+xml"}
_DAY = (1980, 1, 1, 0, 0, 0)
_PACKED = (".pdf", ".png", ".jpg", ".jpeg", ".webp", ".zip", ".epub")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """What a pack holds, all by names in the language's folder: pages (`kurs/a/b`), the first one to open, other files.

    `address` is that folder's address on the net; `title` is what the first file is called by.
    """

    start: str
    title: str
    lang: str
    pages: tuple[str, ...]
    files: tuple[str, ...]
    address: str


def make_pack(pack: Pack, read: Read) -> bytes:
    """The zip. The same files give the same bytes."""
    names = {f"{page}/index.html" for page in pack.pages} | set(pack.files)
    contents: dict[str, bytes] = {"start.html": _start(pack).encode()}
    assets: dict[str, None] = {}
    for page in pack.pages:
        name = f"{page}/index.html"
        html, used = local_page(read(name).decode("utf-8"), name, names, pack.address)
        contents[name] = html.encode()
        assets |= dict.fromkeys(used)
    for name in sorted(pack.files):
        contents[name] = read(name)
    for name in sorted(assets):
        contents[name] = _asset(name, read)
    return _zipped(contents)


def local_page(html: str, name: str, names: Collection[str], address: str) -> tuple[str, list[str]]:
    """A page for a folder: `names` are the files of the pack, everything else lies at `address`. Also the assets it uses."""
    folder = posixpath.dirname(name)
    assets: list[str] = []

    def place(match: re.Match[str]) -> str:
        begin, target = match[1], unescape(match[2] or match[3] or "")
        if not target or _OUT.match(target):
            return match[0]
        whole = urljoin(f"{address}{name}", target)
        bare, mark, anchor = whole.partition("#")
        goal = bare.partition("?")[0].removeprefix(address) if bare.startswith(address) else ""
        file = f"{goal}index.html" if goal.endswith("/") else goal
        if goal.startswith("assets/"):
            assets.append(goal)
            return f'{begin}"{escape(target)}"'
        if file in names:
            return f'{begin}"{escape(posixpath.relpath(file, folder))}{mark}{escape(anchor)}"'
        return f'{begin}"{escape(whole)}"'

    html = _AHEAD.sub("", html)
    html = _ADDRESS.sub(place, html)
    html = _MODULE.sub("<script defer src=", html)
    return html, assets


def _start(pack: Pack) -> str:
    """A page at the top that leads on at once, so that nobody has to look for the first one."""
    way = escape(f"{pack.start}/index.html")
    return (
        f'<!doctype html>\n<html lang="{escape(pack.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{escape(pack.title)}</title>\n<meta http-equiv="refresh" content="0; url={way}">\n</head>\n'
        f'<body><p><a href="{way}">{escape(pack.title)}</a></p></body>\n</html>\n'
    )


def _asset(name: str, read: Read) -> bytes:
    """A style sheet with its fonts and drawings in it, a script that needs no server; browsers fetch neither from a folder."""
    raw = read(name)
    if name.endswith(".css"):
        return _CSS_FILE.sub(lambda m: _inlined(m, name, read), raw.decode("utf-8")).encode()
    if name.endswith(".js") and re.search(rb"^(import|export)\b", raw, re.MULTILINE):
        return f'import("{_module(name, read)}");\n'.encode()
    return raw


def _inlined(match: re.Match[str], name: str, read: Read) -> str:
    file = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
    try:
        raw = read(file)
    except OSError:
        return match[0]
    kind = _MEDIA.get(file.rpartition(".")[2], "application/octet-stream")
    return f'url("data:{kind};base64,{base64.b64encode(raw).decode()}")'


def _module(name: str, read: Read) -> str:
    """A module with all that it imports, as one address; what it would load later has no place in a pack."""
    text = read(name).decode("utf-8")
    text = _LATER.sub("new Promise(() => {})", text)
    folder = posixpath.dirname(name)
    text = _IMPORT.sub(lambda m: f'{m[1]}"{_module(f"{folder}/{m[2]}", read)}"', text)
    return f"data:text/javascript;base64,{base64.b64encode(text.encode()).decode()}"


def _zipped(contents: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, raw in _sorted(contents):
            info = zipfile.ZipInfo(name, _DAY)
            info.external_attr = 0o644 << 16
            info.create_system = 3
            archive.writestr(info, raw, zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()


def _sorted(contents: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The first page first."""
    yield from sorted(contents.items(), key=lambda item: (item[0] != "start.html", item[0]))
