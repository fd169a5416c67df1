"""Build what is new, bring the spare tree up to date with it, and let it change places with the site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kurskatalog.files import digest, exchange
from kurskatalog.output.site.tree import Tree, empty, read_mark
from kurskatalog.pipeline.apart import beside
from kurskatalog.pipeline.manifest import Manifest, files_there, read_manifest
from kurskatalog.project import Project

if TYPE_CHECKING:
    from kurskatalog.output.site.engine import Engines
    from kurskatalog.pipeline.build import Built
    from kurskatalog.pipeline.packs import Late
    from kurskatalog.pipeline.parts import Batch

DOCS_MARK = ".kurskatalog"


def replace_site(
    project: Project,
    batches: Sequence[Batch],
    extras: Mapping[str, bytes],
    old: Manifest,
    new: Manifest,
    engines: Engines,
    built: Built,
    prints: Mapping[str, Path] | None = None,
    late: Late | None = None,
) -> None:
    """From the site that `old` describes to the one that `new` does; the engine builds `batches`.

    `extras`, `prints` and `late` are other files by their names in the site: their bytes, where they lie, how they are made of
    the rest.
    """
    from kurskatalog.pipeline.assemble import WORTH_A_PROCESS, assemble, check_links
    from kurskatalog.pipeline.parts import build_parts

    cache, place, parts = project.work / "cache", spare_place(project), project.work / "parts"
    empty(parts)
    try:
        with built.step("engine"):
            outputs = build_parts(project, batches, engines)
        with built.step("put together"):
            spare = read_manifest(cache, read_mark(place))
            if spare is None:
                empty(place)
            tree = Tree(place)
            have = files_there(spare or Manifest(), place)
            pages = assemble(outputs, extras, prints or {}, late or {}, old, new, have, project.out, tree)
            with beside(partial(empty, parts), engines.jobs > 1 and len(pages) >= WORTH_A_PROCESS):
                check_links(tree, pages, engines.jobs)
            tree.finish(new.id)
        with built.step("swap"):
            new.save(cache, keep=read_mark(project.out))
            exchange(place, project.out)
    finally:
        empty(parts)


def spare_place(project: Project) -> Path:
    """Where the spare tree lies: in `build/`, or beside the site when that is on another file system."""
    name = digest(str(project.out))[:8]
    project.work.mkdir(parents=True, exist_ok=True)
    project.out.parent.mkdir(parents=True, exist_ok=True)
    same = project.work.stat().st_dev == project.out.parent.stat().st_dev
    return project.work / f"spare-{name}" if same else project.out.with_name(f".{project.out.name}.spare")


def docs_are_whole(project: Project, manifest: Manifest) -> bool:
    """Whether `build/docs` holds the documents of this build, all of them."""
    mark = project.work / "docs" / DOCS_MARK
    return mark.is_file() and mark.read_text(encoding="utf-8") == manifest.id


def docs_begin(project: Project) -> None:
    """Documents are about to change."""
    (project.work / "docs" / DOCS_MARK).unlink(missing_ok=True)


def docs_end(project: Project, manifest: Manifest) -> None:
    """All documents are those of this build."""
    mark = project.work / "docs" / DOCS_MARK
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(manifest.id, encoding="utf-8")
