"""Make the printed documents that are wanted: from the cache where nothing changed, side by side where much did."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kurskatalog import __version__
from kurskatalog.files import digest, digest_tree
from kurskatalog.output.epub import KINDS as BOOKS
from kurskatalog.output.pdf.stage import lay_out, stage_picture
from kurskatalog.output.site.engine import EngineFailed
from kurskatalog.pipeline.presses import Done, Failure, Job, Presses, Workshop
from kurskatalog.pipeline.reading import Reading
from kurskatalog.pipeline.store import Store
from kurskatalog.pipeline.versions import print_versions
from kurskatalog.problems import BadContent, Message, Place, Problem
from kurskatalog.project import Project
from kurskatalog.view.prints import PrintView, labels

Files = dict[str, tuple[Path, int, int]]
"""A document's files by their endings: path, size in bytes, pages."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished document: its name in the site with its ending, a key of what it was made from, its file, its size and pages."""

    name: str
    key: str
    file: Path
    size: int
    pages: int


@dataclass(slots=True)
class Shelf:
    """The finished documents of all languages, by their names in the site; how many were made anew."""

    printed: dict[str, Printed] = field(default_factory=dict)
    made: int = 0


def open_workshop(project: Project, store: Store, *, archive: bool, books: bool) -> Workshop:
    """Where documents are made, with its stage laid out; `books` wants e-books too, `archive` PDFs for archives."""
    stage, finished = project.work / "cache" / "print", project.work / "cache" / "pdf"
    finished.mkdir(parents=True, exist_ok=True)
    output = Path(__file__).parent.parent / "output"
    program = digest(digest_tree(output / "pdf", output / "epub.py", project.theme / "epub"), __version__)
    return Workshop(
        stage=stage,
        key=digest(lay_out(project.theme, stage, program), repr(print_versions()), str(archive)),
        finished=finished,
        store=store.path,
        mark=store.program,
        root=project.root,
        theme=project.theme,
        archive=archive,
        books=books,
    )


def make_prints(
    project: Project, views: Sequence[PrintView], reading: Reading, presses: Presses, *, prune: bool
) -> Shelf:
    """All of `views` as PDFs in the cache, and their e-books where the workshop makes those.

    `prune` throws away documents of earlier builds that none of the views is. Raises BadContent for a picture that cannot be
    read, EngineFailed for anything else that Typst cannot do.
    """
    shop = presses.shop
    pictures = _stage_pictures(project, views, shop.stage)
    texts = reading.texts()
    there = _finished(shop.finished)
    shelf = Shelf()
    for round_ in ([v for v in views if not v.volumes], [v for v in views if v.volumes]):
        keys = {view.name: _key(view, shop.key, texts, pictures, shelf) for view in round_}
        todo = [view for view in sorted(round_, key=_weight, reverse=True) if not _is_there(view, there, keys, shop)]
        work = [Job(view, keys[view.name], _own(view, pictures), _pages(view, views, shelf)) for view in todo]
        there |= _print_all(work, presses, reading)
        shelf.made += len(todo)
        for view in round_:
            for ending in _endings(view, shop):
                name = f"{view.name}.{ending}"
                shelf.printed[name] = Printed(name, keys[view.name], *there[keys[view.name]][ending])
    if prune:
        for key in there.keys() - {printed.key for printed in shelf.printed.values()}:
            for file, _, _ in there[key].values():
                file.unlink(missing_ok=True)
    return shelf


def _endings(view: PrintView, shop: Workshop) -> tuple[str, ...]:
    """The files that a document becomes."""
    return ("pdf", "epub") if shop.books and view.kind in BOOKS else ("pdf",)


def _is_there(view: PrintView, there: Mapping[str, Files], keys: Mapping[str, str], shop: Workshop) -> bool:
    files = there.get(keys[view.name], {})
    return all(ending in files for ending in _endings(view, shop))


def _pages(view: PrintView, views: Sequence[PrintView], shelf: Shelf) -> dict[str, tuple[str, int]]:
    """Address of a page -> the volume where it is printed (as seen from the document), and the page there."""
    if not view.volumes:
        return {}
    from kurskatalog.output.pdf.read import places

    found: dict[str, tuple[str, int]] = {}
    for volume in (other for other in views if other.name in view.volumes):
        there = places(shelf.printed[f"{volume.name}.pdf"].file.read_bytes())
        way = posixpath.relpath(f"{volume.name}.pdf", posixpath.dirname(view.name))
        found |= {path: (way, there[label]) for path, label in labels(volume).items() if label in there}
    return found


def _weight(view: PrintView) -> int:
    """Long ones go first, so that no process ends with one while the others have nothing to do."""
    return len(view.parts) + 10 * len(view.bodies)


def _key(
    view: PrintView,
    press: str,
    texts: Mapping[str, str],
    pictures: Mapping[str, str],
    shelf: Shelf,
) -> str:
    own = [texts[body.file] for body in view.bodies]
    volumes = [shelf.printed[f"{name}.pdf"].key for name in view.volumes]
    return digest(press, repr(view), *own, *_own(view, pictures).values(), *volumes)


def _own(view: PrintView, pictures: Mapping[str, str]) -> dict[str, str]:
    return {file: pictures[file] for body in view.bodies for file in body.picture_files}


def _stage_pictures(project: Project, views: Iterable[PrintView], stage: Path) -> dict[str, str]:
    """Every picture in some document, put into the stage; file -> its name there."""
    files = dict.fromkeys(file for view in views for body in view.bodies for file in body.picture_files)
    return {file: stage_picture((project.root / file).read_bytes(), file, stage) for file in files}


def _finished(folder: Path) -> dict[str, Files]:
    """Documents in the cache by key. Their names say size and pages, so that half a file is noticed."""
    found: dict[str, Files] = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            stem, _, ending = entry.name.rpartition(".")
            key, size, pages = (*stem.split("-"), "", "")[:3]
            if size.isdigit() and pages.isdigit() and entry.stat().st_size == int(size):
                found.setdefault(key, {})[ending] = (Path(entry.path), int(size), int(pages))
    return found


def _print_all(todo: Sequence[Job], presses: Presses, reading: Reading) -> dict[str, Files]:
    """Set all documents, by key. Raises BadContent, EngineFailed or OSError when one could not be set."""
    failed: list[Failure] = []
    made: dict[str, Files] = {}
    for answer in presses.run(todo):
        if isinstance(answer, Done):
            made[answer.key] = {
                ending: (presses.shop.finished / name, size, pages)
                for ending, (name, size, pages) in answer.files.items()
            }
        else:
            failed.append(answer)
    for failure in failed:
        if failure.errno:
            raise OSError(failure.errno, failure.why)
    if failed:
        raise _failure(failed, reading)
    return made


def _failure(failed: Sequence[Failure], reading: Reading) -> Exception:
    """What to tell: pictures are the contributors' to mend, with file and line; the rest is the program's."""
    pictures = {failure.picture for failure in failed if failure.picture}
    if not pictures:
        lines = dict.fromkeys(f"  {failure.file}: {failure.why}" for failure in failed)
        shown = "\n".join(list(lines)[:20])
        return EngineFailed(f"{len(failed)} PDFs could not be made:\n{shown}")
    problems = []
    for file, result in reading.results().items():
        folder = file.name.rpartition("/")[0]
        for name, line, column in result.pictures:
            if f"{folder}/{name}" in pictures:
                message = Message(
                    "the picture '{source}' is damaged: it begins as one, but cannot be shown", source=name
                )
                hint = Message("save the picture again from a picture program")
                problems.append(Problem(Place(file.name, line, column), "K410", message, hint))
    return BadContent(sorted(problems, key=lambda p: p.order))
