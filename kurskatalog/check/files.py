"""Which files a catalogue has, what each one is, and what is wrong with their names and places."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kurskatalog.check.reading import SourceFile, is_picture
from kurskatalog.model.shapes import ID
from kurskatalog.problems import Message, Place, Problem
from kurskatalog.project import Project, walk

SETTINGS = "catalogue.yml"
_TEXT = re.compile(r"(.+)\.([a-z]{2,3})\.md\Z")


@dataclass(slots=True)
class Found:
    """The files of a catalogue with their directory entries (for size and time), and problems of names."""

    files: list[tuple[SourceFile, os.DirEntry[str] | os.PathLike[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def find_files(project: Project) -> Found:
    """Every file below `content/` and `modules/`, with catalogue.yml and the program's own vocabularies first."""
    found = Found()
    settings = project.root / SETTINGS
    if settings.is_file():
        found.files.append((SourceFile(SETTINGS, "settings", ""), settings))
    else:
        found.problems.append(
            Problem(
                Place(SETTINGS), "K101", Message("the catalogue has no {file}", file=SETTINGS),
                Message("is this the right folder? --root names another one"),
            )
        )
    for top in ("content", "modules"):
        for name, entry in walk(project.root / top, top):
            _sort_in(name, entry, found)
    found.problems += _case_twins(found)
    return found


def standard_vocabularies(project: Project) -> Iterator[tuple[SourceFile, os.DirEntry[str]]]:
    """The program's own lists, for a catalogue that is not the program's own."""
    if project.is_home:
        return
    for _, entry in walk(project.home / "content" / "vocabularies", ""):
        stem, _, ending = entry.name.rpartition(".")
        if ending == "yml":
            yield SourceFile(f"{entry.path}", "vocabulary", stem), entry


def _sort_in(name: str, entry: os.DirEntry[str], found: Found) -> None:
    if entry.is_symlink():
        found.problems.append(
            Problem(
                Place(name), "K106", Message("this is a symbolic link, not a file"),
                Message("put a copy of the file here; links could lead out of the catalogue"),
            )
        )
        return
    file = classify(name)
    if isinstance(file, Problem):
        found.problems.append(file)
    elif file is not None:
        found.files.append((file, entry))


def classify(name: str) -> SourceFile | Problem | None:
    """What the file at `name` is; a problem when nothing of a catalogue can stand there, None for a README and the list of published paths."""
    match name.split("/"):
        case [*_, "README.md"] | ["content", "published.txt"]:
            return None
        case ["content", "providers", provider, "provider.yml"]:
            return _named(SourceFile(name, "provider", provider), provider)
        case ["content", "providers", provider, "courses", course] if course.endswith(".yml"):
            return _named(SourceFile(name, "course", f"{provider}/{course[:-4]}"), provider, course[:-4])
        case ["content", "plans", plan] if plan.endswith(".yml"):
            return _named(SourceFile(name, "plan", plan[:-4]), plan[:-4])
        case ["content", "needs", need] if need.endswith(".yml"):
            return _named(SourceFile(name, "need", need[:-4]), need[:-4])
        case ["content", "vocabularies", vocabulary] if vocabulary.endswith(".yml"):
            return _named(SourceFile(name, "vocabulary", vocabulary[:-4]), vocabulary[:-4])
        case ["content", "pages", page] if (match := _TEXT.match(page)):
            return _named(SourceFile(name, "page", match[1], match[2]), match[1])
        case ["content", "pages", picture] if is_picture(picture):
            return SourceFile(name, "picture", "")
        case ["modules", provider, module, text] if (match := _TEXT.match(text)) and match[1] == "module":
            return _named(SourceFile(name, "module", f"{provider}/{module}", match[2]), provider, module)
        case ["modules", provider, module, picture] if is_picture(picture):
            return _named(SourceFile(name, "picture", f"{provider}/{module}"), provider, module)
    return Problem(
        Place(name), "K109", Message("no file of this name or kind belongs here"),
        Message("docs/formats.md shows where each file lies; endings are .yml, .nb.md, .png, .jpg, .webp and .svg"),
    )


def _named(file: SourceFile, *ids: str) -> SourceFile | Problem:
    for ident in ids:
        if not ID.match(ident):
            return Problem(
                Place(file.name), "K107", Message("'{id}' cannot be an id", id=ident),
                Message("rename the file or folder: a-z, 0-9 and hyphens, at most 60 characters, for example '{better}'", better=better_id(ident)),
            )
    return file


def better_id(ident: str) -> str:
    """An id as near as can be to what the author wrote."""
    from kurskatalog.source.markup.slugs import slug

    return slug(ident)[:60].strip("-") or "navn"


def _case_twins(found: Found) -> Iterator[Problem]:
    """Names that differ only in case are one file on Windows and macOS."""
    seen: dict[str, str] = {}
    names = [file.name for file, _ in found.files] + [p.place.file for p in found.problems if p.code == "K107"]
    for name in sorted(names):
        for part in _folders(name):
            twin = seen.setdefault(part.casefold(), part)
            if twin != part:
                yield Problem(
                    Place(name), "K108", Message("'{one}' and '{two}' differ only in upper and lower case", one=twin, two=part),
                    Message("on many machines they are the same file: rename one of them"),
                )
                break


def _folders(name: str) -> Iterator[str]:
    parts = name.split("/")
    for number in range(2, len(parts) + 1):
        yield "/".join(parts[:number])
