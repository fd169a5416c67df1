"""What the finished site was made from: a key for every page, so that the next build knows which pages are still right."""

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
    """Pages by `<lang>:<path>`; other files of the site by name; `frame` is the key of theme, settings and engine."""

    frame: str = ""
    templates: str = ""
    pages: dict[str, PageState] = field(default_factory=dict)
    assets: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Names the build; the same for the same site."""
        return digest(json.dumps(self._as_data(), sort_keys=True, ensure_ascii=False))

    def _as_data(self) -> dict[str, Any]:
        return {
            "frame": self.frame,
            "templates": self.templates,
            "pages": {name: [p.key, p.document, p.size] for name, p in self.pages.items()},
            "assets": self.assets,
            "pictures": self.pictures,
            "others": self.others,
        }

    def save(self, folder: Path) -> None:
        """Write the manifest under its id and forget older ones."""
        name = f"site-{self.id}.json"
        write_atomic(folder / name, json.dumps(self._as_data(), ensure_ascii=False))
        for old in folder.glob("site-*.json"):
            if old.name != name:
                old.unlink(missing_ok=True)


def read_manifest(folder: Path, ident: str) -> Manifest | None:
    """The manifest of the build that the site names; None when it is not known or cannot be read."""
    path = folder / f"site-{ident}.json"
    if not ident or not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        pages = {name: PageState(*values) for name, values in data.pop("pages").items()}
        return Manifest(pages=pages, **data)
    except (ValueError, TypeError, KeyError):
        return None
