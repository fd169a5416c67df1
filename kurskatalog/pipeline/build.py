"""From a catalogue to a site: what must be made anew, made anew, put together and swapped in."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kurskatalog.files import recover
from kurskatalog.output.site.engine import Engines
from kurskatalog.output.site.tree import NotOurs, may_replace, read_mark
from kurskatalog.pipeline.lock import only_one
from kurskatalog.pipeline.manifest import Manifest, forget_damaged, read_manifest
from kurskatalog.pipeline.replace import spare_place
from kurskatalog.problems import Problem
from kurskatalog.project import Project

if TYPE_CHECKING:
    from kurskatalog.pipeline.store import Store


@dataclass(frozen=True, kw_only=True)
class PrintsWanted:
    """Printed documents: `archive` for PDF/A-2a too, `texts` for the book of all module texts."""

    archive: bool = False
    texts: bool = False


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a build is asked for. Without `prints` the site has no PDFs, and no link to one; `editor` adds `/rediger/`."""

    today: dt.date
    jobs: int = 1
    clean: bool = False
    search: bool = True
    prints: PrintsWanted | None = None
    editor: bool = False


@dataclass(slots=True)
class Built:
    """What a build did: pages in all and made anew, the same for printed documents, seconds a step, warnings."""

    pages: int = 0
    made: int = 0
    prints: int = 0
    printed: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    problems: Sequence[Problem] = ()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step."""
        begin = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begin


def build(project: Project, wanted: Wanted, lent: Engines | None = None) -> Built:
    """Make the site of `project` as of `wanted.today` at `project.out`, with engines that somebody may have `lent`.

    Raises BadContent when the content has errors, EngineFailed when the engine or the last link check fails, NotOurs when the
    output folder is not a site, Busy when another build is at work; in every case the old site stays as it was.
    """
    built = Built()
    recover(project.out)
    if not _is_place_for_site(project) or not may_replace(project.out):
        raise NotOurs(str(project.out))
    with only_one(project.work / "cache"), _engines(lent, wanted.jobs) as engines:
        engines.start()
        if wanted.clean:
            _forget(project)
        from kurskatalog.pipeline.load import with_store  # while the first engine starts

        with_store(project, lambda store: _build(project, wanted, store, engines, built))
    return built


@contextmanager
def _engines(lent: Engines | None, jobs: int) -> Iterator[Engines]:
    """Engines for one build. After a failure lent ones are ended: they may have answers left that nobody waits for."""
    with nullcontext(lent) if lent else Engines(jobs) as engines:
        try:
            yield engines
        except BaseException:
            engines.stop()
            raise


def _is_place_for_site(project: Project) -> bool:
    """Whether the site would lie neither around the sources nor in what a build keeps for the next one."""
    out, root, work = project.out.resolve(), project.root.resolve(), project.work.resolve()
    kept = (work / name for name in ("docs", "cache", "parts"))
    return out not in (root, *root.parents, work) and not any(out == place or place in out.parents for place in kept)


def _build(project: Project, wanted: Wanted, store: Store, engines: Engines, built: Built) -> None:
    from kurskatalog.pipeline.reading import read_files
    from kurskatalog.pipeline.shortcut import inputs_key, only_texts_changed, renew_texts

    with built.step("read"):
        reading = read_files(project, store, wanted.jobs, _get_ready)
        old = read_manifest(project.work / "cache", read_mark(project.out)) or Manifest()
        forget_damaged(old, project.out)
        inputs = inputs_key(project, reading, wanted)
    if only_texts_changed(project, old, inputs) and renew_texts(project, reading, store, old, engines, built):
        built.prints = len(old.prints)
        return
    from kurskatalog.pipeline.whole import build_whole  # everything but a change of texts

    build_whole(project, wanted, reading, store, old, inputs, engines, built)


def _get_ready() -> None:
    """While other processes read much, what comes after is loaded."""
    import kurskatalog.check.catalogue
    import kurskatalog.output.docs.templates
    import kurskatalog.pipeline.whole  # noqa: F401


def _forget(project: Project) -> None:
    """Everything that was kept from earlier builds, but the lock and the site itself."""
    for path in (project.work / "docs", spare_place(project), *(project.work / "cache").iterdir()):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != "lock":
            path.unlink(missing_ok=True)
