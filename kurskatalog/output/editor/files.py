"""The files of `/rediger/`: the page, the bundle as npm has installed it, and the settings made from the catalogue."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from kurskatalog.model.catalogue import Catalogue
from kurskatalog.model.records import Repository
from kurskatalog.output.editor.backend import backend
from kurskatalog.output.editor.settings import editor_settings

PLACE = "rediger"
"""The editor's address. No page that learners read leads there."""

_BUNDLE = ("decap-cms.js", "*.decap-cms.js", "*.wasm")


def editor_policy(repository: Repository | None) -> dict[str, tuple[str, ...]]:
    """The Content-Security-Policy of the editor's folder: it talks to the forge, and to nobody else."""
    place = backend(repository)
    return {
        "default-src": ("'none'",),
        # The editor compiles the schema of its own settings with `new Function` (ajv); it does so without any contributed text.
        "script-src": ("'self'", "'unsafe-eval'"),
        "style-src": ("'self'", "'unsafe-inline'"),  # its style sheets are made in the browser (emotion)
        "img-src": ("'self'", "data:", "blob:", *place.pictures),
        "font-src": ("'self'", "data:"),
        "connect-src": ("'self'", "data:", "blob:", *place.hosts),
        "base-uri": ("'none'",),
        "form-action": ("'none'",),
        "frame-ancestors": ("'none'",),
    }


class NotInstalled(Exception):
    """Raised when the bundle is not there; the text names the folder."""


def editor_files(catalogue: Catalogue, folder: Path) -> Iterator[tuple[str, bytes]]:
    """(name in the site, content). Raises NotInstalled when `npm ci` has not been run in `folder`."""
    bundle, yaml = folder / "node_modules/decap-cms/dist", folder / "node_modules/yaml/browser"
    if not (bundle / "decap-cms.js").is_file() or not (yaml / "index.js").is_file():
        raise NotInstalled(str(folder))
    settings = editor_settings(catalogue, backend(catalogue.settings.repository))
    yield f"{PLACE}/settings.json", json.dumps(settings, ensure_ascii=False, indent=1).encode()
    for path in sorted((folder / "page").iterdir()):
        yield f"{PLACE}/{path.name}", path.read_bytes()
    for path in sorted({path for pattern in _BUNDLE for path in bundle.glob(pattern)}):
        yield f"{PLACE}/decap/{path.name}", path.read_bytes()
    for path in sorted(yaml.rglob("*.js")):
        yield f"{PLACE}/yaml/{path.relative_to(yaml).as_posix()}", path.read_bytes()
