"""Bring the spare tree up to date with what is new, and look at every link of that."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kurskatalog.files import digest
from kurskatalog.output.site.engine import EngineFailed
from kurskatalog.output.site.links import Looked, look_at, settle
from kurskatalog.output.site.tree import Tree, files_below, remove_empty_folders
from kurskatalog.pipeline.apart import apart
from kurskatalog.pipeline.manifest import Manifest
from kurskatalog.pipeline.parts import Output, html_file

WORTH_A_PROCESS = 200  # pages to look through before a second process pays for its start

if TYPE_CHECKING:
    from kurskatalog.pipeline.packs import Late

NOT_ASSETS = re.compile(
    r"sitemap\.xml(\.gz)?|search/.*|assets/(javascripts|images|stylesheets)/.*|assets/_mkdocstrings\.css|.*\.map"
)
"""What the engine and its theme write and no page uses: their own site map, search, scripts and icons."""

_ENGINES_OWN = {"assets", "search"}
"""Folders into which the engine and its theme write; a page may lie there too."""


def assemble(
    outputs: Sequence[Output],
    extras: Mapping[str, bytes],
    prints: Mapping[str, Path],
    late: Late,
    old: Manifest,
    new: Manifest,
    have: Mapping[str, str],
    live: Path,
    tree: Tree,
) -> list[str]:
    """Bring `tree`, which holds the files `have` with these content keys, to the state of `new`.

    What the engine built comes from `outputs`, pictures and other files from `extras` (name -> bytes), printed documents
    from `prints` (name -> where it lies), what did not change from the `live` site, which holds what `old` says; what is made of
    the site's own files is made last (`late`). Gives the pages whose links have to be looked at.
    """
    fresh = not have
    made = _pages(outputs, new)
    sources = {**made, **_assets(outputs, old, new)}
    want, before, waiting = new.files(), old.files(), list[str]()
    new.sizes |= {name: len(raw) for name, raw in extras.items()}
    for name in sorted(set(have) - set(want), reverse=True):
        tree.remove(name)
    if fresh:
        for output in outputs:
            folder = Path(f"{tree.top}/{output.prefix}")
            folder.mkdir(exist_ok=True, parents=True)
            Tree.merge(str(output.folder), str(folder))
    for name, key in want.items():
        if name in sources:
            if not fresh:
                tree.take(sources[name], name)
        elif have.get(name) == key:
            continue
        elif name in extras:
            tree.write(name, extras[name])
        elif name in prints:
            tree.link(str(prints[name]), name)
        elif name in late and before.get(name) != key:
            waiting.append(name)
        else:
            tree.link(f"{live}/{name}", name)
    for name in waiting:
        raw = late[name](tree.top)
        new.sizes[name] = len(raw)
        tree.write(name, raw)
    gone = set(before) - set(want)
    return list(new.pages) if gone else list(made)


def _pages(outputs: Sequence[Output], new: Manifest) -> dict[str, str]:
    """Where the engine put each page that it built; notes their sizes."""
    made: dict[str, str] = {}
    for output in outputs:
        for path in output.paths:
            name = html_file(path)
            source = f"{output.folder}/{name}"
            new.sizes[output.prefix + name] = os.stat(source).st_size  # noqa: PTH116 - thousands of times
            made[output.prefix + name] = source
    return made


def _assets(outputs: Sequence[Output], old: Manifest, new: Manifest) -> dict[str, str]:
    """Where the engine put its styles, scripts, icons and 404 pages, when the frame changed; else the old ones stay.

    What no page needs (the engine's own site map, second home pages, doubles from other parts) is taken away.
    """
    reuse = old.frame == new.frame and bool(old.assets)
    new.assets = dict(old.assets) if reuse else {}
    found: dict[str, str] = {}
    for output in outputs:
        pages = {html_file(path) for path in output.paths}
        for name in _beside_pages(output):
            if name in pages:
                continue
            target, path = output.prefix + name, output.folder / name
            if reuse or NOT_ASSETS.fullmatch(name) or name == "index.html" or target in found:
                path.unlink()
            else:
                found[target] = str(path)
                raw = path.read_bytes()
                new.assets[target], new.sizes[target] = digest(raw), len(raw)
        remove_empty_folders(output.folder / "assets")
    return found


def _beside_pages(output: Output) -> Iterator[str]:
    """The part's files but those in folders of pages, where the engine writes nothing else."""
    taken = {path.partition("/")[0] for path in output.paths} - _ENGINES_OWN
    for entry in sorted(output.folder.iterdir()):
        if not entry.is_dir():
            yield entry.name
        elif entry.name not in taken:
            yield from (f"{entry.name}/{name}" for name in files_below(entry))


def check_links(tree: Tree, names: list[str], jobs: int) -> None:
    """Look at the links of these pages. Raises EngineFailed when one leads nowhere."""
    looked = apart(partial(_look_at, tree), names, jobs if len(names) >= WORTH_A_PROCESS else 1)
    if broken := sorted({(b.page, b.target) for b in settle(looked, tree.read)}):
        shown = "\n".join(f"  {page}: {target}" for page, target in broken[:20])
        raise EngineFailed(f"{len(broken)} links on finished pages lead nowhere:\n{shown}")


def _look_at(tree: Tree, names: Sequence[str]) -> Looked:
    return look_at(((name, tree.read(name)) for name in names), tree.exists)
