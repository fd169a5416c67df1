"""Which files a catalogue has, what each one is, and what is wrong with their names and places."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kurskatalog.check.context import Context, Rule
from kurskatalog.check.reading import SourceFile, is_picture
from kurskatalog.model import addresses
from kurskatalog.model.addresses import ID
from kurskatalog.problems import Message, Place, Problem
from kurskatalog.project import Project, walk
from kurskatalog.source.markup.slugs import slug

SETTINGS = "catalogue.yml"
RESERVED = frozenset(
    {addresses.COURSE, addresses.MODULE, addresses.PROVIDER, addresses.LEVEL, addresses.THEME, addresses.COUNTY}
    | {
        addresses.PLAN,
        addresses.CALENDAR,
        addresses.NEED,
        addresses.FINDER,
        addresses.TIME,
        "forhandsvisning",
        "api",
        "pdf",
        "assets",
        "search",
        "pagefind",
        "rediger",
        "status",
        "sitemap",
        "404",
    }
)
"""Addresses that the site makes itself; a hand-written page of that name would take their place."""

_TEXT = re.compile(r"(.+)\.([a-z]{2,3})\.md\Z")
_PICTURE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")


@dataclass(slots=True)
class Found:
    """The files of a catalogue with their directory entries (for size and time), and problems of names."""

    files: list[tuple[SourceFile, os.DirEntry[str] | os.PathLike[str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def find_files(project: Project) -> Found:
    """Every file below `content/` and `modules/`, with catalogue.yml and the program's own vocabularies first."""
    found = Found()
    settings = project.root / SETTINGS
    if settings.is_symlink():
        found.problems.append(_link(SETTINGS))
    elif settings.is_file():
        found.files.append((SourceFile(SETTINGS, "settings", ""), settings))
    else:
        message = Message("the catalogue has no {file}", file=SETTINGS)
        hint = Message("is this the right folder? --root names another one")
        found.problems.append(Problem(Place(SETTINGS), "K101", message, hint))
    for top in ("content", "modules"):
        _find_below(project.root / top, top, found)
    found.problems += _case_twins(found)
    return found


def _find_below(folder: Path, top: str, found: Found) -> None:
    if folder.is_symlink():
        found.problems.append(_link(top))
        return
    try:
        for name, entry in walk(folder, top):
            _sort_in(name, entry, found)
    except (OSError, RecursionError) as error:
        why = getattr(error, "strerror", None) or "folders in folders"
        place = Place(_shown(getattr(error, "filename", None), folder, top))
        hint = Message("look at its permissions, and whether it is a plain file")
        found.problems.append(Problem(place, "K102", Message("the file cannot be read: {why}", why=why), hint))


def _shown(filename: str | None, folder: Path, top: str) -> str:
    return Path(filename).relative_to(folder.parent).as_posix() if filename else top


def standard_vocabularies(project: Project) -> Iterator[tuple[SourceFile, os.DirEntry[str]]]:
    """The program's own lists, for a catalogue that is not the program's own."""
    if project.is_home:
        return
    for _, entry in walk(project.home / "content" / "vocabularies", ""):
        stem, _, ending = entry.name.rpartition(".")
        if ending == "yml":
            yield SourceFile(f"{entry.path}", "synonyms" if stem == "synonyms" else "vocabulary", stem), entry


def _link(name: str) -> Problem:
    message = Message("this is a symbolic link, not a file")
    hint = Message("put a copy of the file here; links could lead out of the catalogue")
    return Problem(Place(name), "K106", message, hint)


def _sort_in(name: str, entry: os.DirEntry[str], found: Found) -> None:
    if entry.is_symlink():
        found.problems.append(_link(name))
        return
    file = classify(name)
    if isinstance(file, Problem):
        found.problems.append(file)
    elif not entry.is_file(follow_symlinks=False):
        message = Message("this is neither a file nor a folder")
        found.problems.append(Problem(Place(name), "K102", message, Message("put a plain file here")))
    elif file is not None:
        found.files.append((file, entry))


def classify(name: str) -> SourceFile | Problem | None:
    """What the file at `name` is; None for a README and the list of published paths.

    A problem when nothing of a catalogue can stand there, or when it cannot have that name.
    """
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
        case ["content", "vocabularies", "synonyms.yml"]:
            return SourceFile(name, "synonyms", "synonyms")
        case ["content", "vocabularies", vocabulary] if vocabulary.endswith(".yml"):
            return _named(SourceFile(name, "vocabulary", vocabulary[:-4]), vocabulary[:-4])
        case ["content", "pages", page] if match := _TEXT.match(page):
            return _named(SourceFile(name, "page", match[1], match[2]), match[1])
        case ["content", "pages", picture] if is_picture(picture):
            return _named(SourceFile(name, "picture", ""))
        case ["modules", provider, module, text] if (match := _TEXT.match(text)) and match[1] == "module":
            return _named(SourceFile(name, "module", f"{provider}/{module}", match[2]), provider, module)
        case ["modules", provider, module, picture] if is_picture(picture):
            return _named(SourceFile(name, "picture", f"{provider}/{module}"), provider, module)
    return _out_of_place(name)


def _out_of_place(name: str) -> Problem:
    folder, _, last = name.rpartition("/")
    better = re.sub(r"\.(yaml|YML|YAML)\Z", ".yml", last)
    if re.fullmatch(r"(?i)module\.(md|markdown)", last):
        better = "module.nb.md"
    elif re.fullmatch(r"[^.]+\.md", last) and folder == "content/pages":
        better = last.replace(".md", ".nb.md")
    elif last == f"{folder.rpartition('/')[2]}.yml":
        better = "provider.yml"
    hint = Message("docs/formats.md shows where each file lies; endings are .yml, .nb.md, .png, .jpg, .webp and .svg")
    if better != last and not isinstance(classify(f"{folder}/{better}"), Problem):
        hint = Message("did you mean '{near}'?", near=better)
    return Problem(Place(name), "K109", Message("no file of this name or kind belongs here"), hint)


def _named(file: SourceFile, *ids: str) -> SourceFile | Problem:
    for ident in ids:
        if not ID.match(ident):
            message = Message("'{id}' cannot be an id", id=ident)
            hint = Message(
                "rename the file or folder: a-z, 0-9 and hyphens, at most 60 characters, for example '{better}'",
                better=better_id(ident),
            )
            return Problem(Place(file.name), "K107", message, hint)
    last = file.name.rpartition("/")[2]
    if file.kind == "picture" and not _PICTURE.match(last):
        stem, _, ending = last.rpartition(".")
        message = Message("'{name}' cannot be the name of a picture", name=last)
        better = f"{better_id(stem)}.{ending.lower()}"
        hint = Message("rename the file: a-z, 0-9 and hyphens, for example '{better}'", better=better)
        return Problem(Place(file.name), "K107", message, hint)
    if file.kind == "page" and file.owner in RESERVED:
        message = Message("'{id}' is an address that the site makes itself", id=file.owner)
        return Problem(Place(file.name), "K107", message, Message("give the page another name"))
    return file


def better_id(ident: str) -> str:
    """An id as near as can be to what the author wrote."""
    better = slug(ident)[:60].strip("-")
    return better if better != slug("") else "navn"


def _case_twins(found: Found) -> Iterator[Problem]:
    """Names that differ only in case are one file on Windows and macOS."""
    seen: dict[str, str] = {}
    names = [file.name for file, _ in found.files] + [p.place.file for p in found.problems if p.code == "K107"]
    for name in sorted(names):
        for part in _folders(name):
            twin = seen.setdefault(part.casefold(), part)
            if twin != part:
                message = Message("'{one}' and '{two}' differ only in upper and lower case", one=twin, two=part)
                hint = Message("on many machines they are the same file: rename one of them")
                yield Problem(Place(name), "K108", message, hint)
                break


def _folders(name: str) -> Iterator[str]:
    parts = name.split("/")
    return ("/".join(parts[:number]) for number in range(2, len(parts) + 1))


def pages_leave_room_for_languages(ctx: Context) -> Iterator[Problem]:
    """K107: no hand-written page has the name of a language, below which the pages of that language lie."""
    for ident in sorted(ctx.known["page"].intersection(ctx.settings.languages)):
        message = Message("'{id}' is an address that the site makes itself", id=ident)
        place = Place(ctx.origin("page", ident).file)
        yield Problem(place, "K107", message, Message("give the page another name"))


RULES: tuple[Rule, ...] = (pages_leave_room_for_languages,)
