"""What the finished site was made from: a key for every page and file, so that the next build knows what is still right."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from kurskatalog.files import digest, write_atomic
from kurskatalog.output.site.tree import sizes_below

Kept = list[Any]
"""A warning as JSON data (see `shortcut.keep_warnings`)."""


class PageState(NamedTuple):
    """`key` is of the page's data, `document` of its generated Markdown."""

    key: str
    document: str


class TextState(NamedTuple):
    """The text that stands in a page: its source file, the key of its HTML, and the page's language, prefix and path."""

    source: str
    html: str
    lang: str
    prefix: str
    path: str


@dataclass(slots=True)
class Manifest:
    """Pages by their file in the site, assets of the engine, pictures, prints and other files by theirs, with content keys.

    `frame` is the key of theme, settings and engine, `templates` that of the templates of documents. The rest is not part of what
    the site is: `sizes` of all files in bytes, `inputs` the key of everything but the texts that the build was made from,
    `texts` the texts that stand in pages, `warnings` what the check said, ready to be said again, `search` names what the
    search index was made from.
    """

    frame: str = ""
    templates: str = ""
    pages: dict[str, PageState] = field(default_factory=dict)
    assets: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    prints: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    inputs: str = ""
    texts: dict[str, TextState] = field(default_factory=dict)
    warnings: list[Kept] = field(default_factory=list)
    search: str = ""

    @property
    def id(self) -> str:
        """Names the build; the same for the same site."""
        return digest(json.dumps(sorted(self.files().items()), ensure_ascii=False))

    def files(self) -> dict[str, str]:
        """Every file of the site with a key of its content."""
        pages = {name: f"{self.frame}:{state[1]}" for name, state in self.pages.items()}
        return {**pages, **self.assets, **self.pictures, **self.others, **self.prints}

    def save(self, folder: Path, keep: str) -> None:
        """Write the manifest under its id; forget all others but `keep`, the one of the spare tree."""
        name = f"site-{self.id}.json"
        fields = {key: getattr(self, key) for key in self.__slots__}
        write_atomic(folder / name, json.dumps(fields, ensure_ascii=False))
        for old in folder.glob("site-*.json"):
            if old.name not in (name, f"site-{keep}.json"):
                old.unlink(missing_ok=True)


def read_manifest(folder: Path, ident: str) -> Manifest | None:
    """The manifest of the build that a site names; None when it is not known or cannot be read."""
    path = folder / f"site-{ident}.json"
    if not ident or not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        data["pages"] = {name: PageState(*values) for name, values in data["pages"].items()}
        data["texts"] = {name: TextState(*values) for name, values in data["texts"].items()}
        manifest = Manifest(**data)
        return manifest if manifest.id == ident else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def files_there(manifest: Manifest, top: Path) -> dict[str, str]:
    """Every file below `top` with the key of its content; empty when it is not what the manifest says."""
    keys, sizes = manifest.files(), manifest.sizes
    return {name: keys.get(name, "") if sizes.get(name) == size else "" for name, size in sizes_below(str(top))}


def forget_damaged(manifest: Manifest, out: Path) -> None:
    """Drop from the manifest what is no longer whole on disk, so that it is made again."""
    for name in list(manifest.pages):
        if not _is_whole(manifest, out, name):
            del manifest.pages[name]
            manifest.inputs = ""
    rest = (*manifest.assets, *manifest.pictures, *manifest.others, *manifest.prints)
    if not all(_is_whole(manifest, out, name) for name in rest):
        manifest.frame = manifest.inputs = ""


def _is_whole(manifest: Manifest, out: Path, name: str) -> bool:
    try:
        return os.stat(f"{out}/{name}").st_size == manifest.sizes.get(name)  # noqa: PTH116 - thousands of times
    except OSError:
        return False
