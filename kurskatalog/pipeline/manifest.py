"""What the finished site was made from: a key for every page and file, so that the next build knows what is still right."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kurskatalog.files import digest, write_atomic


@dataclass(slots=True)
class PageState:
    """`key` is of the page's data, `document` of its generated Markdown, `size` of its HTML in bytes."""

    key: str
    document: str
    size: int


@dataclass(slots=True)
class Manifest:
    """Pages by their file in the site, assets of the engine, pictures and other files by theirs, with content keys.

    `frame` is the key of theme, settings and engine, `templates` that of the templates of documents.
    """

    frame: str = ""
    templates: str = ""
    pages: dict[str, PageState] = field(default_factory=dict)
    assets: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Names the build; the same for the same site."""
        pages = sorted((name, state.key, state.document) for name, state in self.pages.items())
        rest = [sorted(d.items()) for d in (self.assets, self.pictures, self.others)]
        return digest(self.frame, self.templates, repr(pages), repr(rest))

    def files(self) -> dict[str, str]:
        """Every file of the site with a key of its content."""
        pages = {name: f"{self.frame}:{state.document}" for name, state in self.pages.items()}
        return {**pages, **self.assets, **self.pictures, **self.others}

    def save(self, folder: Path, keep: str) -> None:
        """Write the manifest under its id; forget all others but `keep`, the one of the spare tree."""
        data: dict[str, Any] = {
            "frame": self.frame,
            "templates": self.templates,
            "pages": {name: [p.key, p.document, p.size] for name, p in self.pages.items()},
            "assets": self.assets,
            "pictures": self.pictures,
            "others": self.others,
        }
        name = f"site-{self.id}.json"
        write_atomic(folder / name, json.dumps(data, ensure_ascii=False))
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
        pages = {name: PageState(*values) for name, values in data.pop("pages").items()}
        manifest = Manifest(pages=pages, **data)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return manifest if manifest.id == ident else None


def forget_damaged(manifest: Manifest, out: Path) -> None:
    """Drop from the manifest what is no longer whole on disk, so that it is made again."""
    for name, state in list(manifest.pages.items()):
        try:
            whole = (out / name).stat().st_size == state.size
        except OSError:
            whole = False
        if not whole:
            del manifest.pages[name]
    rest = (*manifest.assets, *manifest.pictures, *manifest.others)
    if not all((out / name).is_file() for name in rest):
        manifest.frame = ""
