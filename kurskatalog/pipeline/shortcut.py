"""When nothing but texts changed, only their pages are made again, without looking at the rest of the catalogue.

A text's page holds the text between two marks; everything else on every page depends on what `inputs_key` covers. So a build
whose inputs are those of the last one differs from it just in the texts. A test holds such builds against clean ones, byte for
byte.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kurskatalog.files import digest, digest_tree
from kurskatalog.output.docs.render import replace_text
from kurskatalog.pipeline.documents import document_place, is_document, write_document
from kurskatalog.pipeline.manifest import Kept, Manifest, PageState, TextState
from kurskatalog.pipeline.parts import Batch, html_file, settings_file
from kurskatalog.pipeline.reading import Reading, ledger
from kurskatalog.pipeline.replace import docs_are_whole, docs_begin, docs_end, replace_site
from kurskatalog.pipeline.store import Store
from kurskatalog.pipeline.versions import print_versions, versions
from kurskatalog.problems import Message, Place, Problem
from kurskatalog.project import Project

if TYPE_CHECKING:
    from kurskatalog.output.site.engine import Engines
    from kurskatalog.pipeline.build import Built, Wanted


def inputs_key(project: Project, reading: Reading, wanted: Wanted) -> str:
    """A key of all that a site is made from but the rendered texts: facts of all files, day, theme, program, engine.

    With printed documents the texts belong to it: a document's size stands on pages.
    """
    package = Path(__file__).parent.parent
    prints = wanted.prints
    edits = ""
    if wanted.editor:
        from kurskatalog.pipeline.editing import editor_key  # a build without the editor does without it

        edits = editor_key(project)
    printed = (repr(prints), repr(print_versions()), *sorted(reading.texts().values())) if prints else ()
    return digest(
        *printed,
        reading.facts(),
        repr(ledger(project.root)),
        wanted.today.isoformat(),
        digest_tree(package, project.theme),
        digest_tree(project.engine_settings),
        repr(versions()),
        str(project.root),
        str(project.out),
        str(project.theme),
        str(wanted.search),
        edits,
    )


def only_texts_changed(project: Project, old: Manifest, inputs: str) -> bool:
    """Whether the last build had the same inputs and is still whole."""
    return bool(old.inputs) and old.inputs == inputs and docs_are_whole(project, old)


def renew_texts(
    project: Project, reading: Reading, store: Store, old: Manifest, engines: Engines, built: Built
) -> bool:
    """Make the pages of changed texts; False when a document does not hold its text, so that all must be looked at."""
    now = reading.texts()
    changed = {name: state for name, state in old.texts.items() if now.get(state.source) != state.html}
    built.pages = len(old.pages)
    built.problems = revive_warnings(old.warnings)
    if not changed:
        return True
    with built.step("documents"):
        if not _is_ready(project, old, changed):
            return False
        documents = {name: _document(project, state, store) for name, state in changed.items()}
        if None in documents.values():
            return False
        new = replace(old, pages=dict(old.pages), texts=dict(old.texts), sizes=dict(old.sizes), others=dict(old.others))
        docs_begin(project)
        for name, state in changed.items():
            key = write_document(str(document_place(project, state.lang, state.path)), documents[name] or "")
            new.pages[name] = PageState(
                "", key
            )  # the key of its data is not known here: the next full build looks at it
            new.texts[name] = TextState(state.source, now[state.source], state.lang, state.prefix, state.path)
    from kurskatalog.pipeline.searching import renew_search

    with built.step("search"):
        keys = {
            state.source: state.html
            for state in new.texts.values()
            if state.source in {s.source for s in changed.values()}
        }
        files = renew_search(project, keys, store, old, new)
    if files is None:
        return False
    batches = [
        Batch(lang, prefix, tuple(s.path for s in changed.values() if s.lang == lang))
        for lang, prefix in _languages(changed)
    ]
    replace_site(project, batches, files, old, new, engines, built)
    docs_end(project, new)
    built.made = len(changed)
    return True


def _languages(changed: dict[str, TextState]) -> dict[tuple[str, str], None]:
    return dict.fromkeys((state.lang, state.prefix) for state in changed.values())


def _is_ready(project: Project, old: Manifest, changed: dict[str, TextState]) -> bool:
    """Whether everything that the engine will read is as the last build left it: `build/` is open to everybody."""
    homes = {
        prefix + html_file(""): (lang, "") for lang, prefix in _languages(changed)
    }  # the home page is in every part
    documents = {**homes, **{name: (state.lang, state.path) for name, state in changed.items()}}
    settings = (settings_file(project, Batch(lang, prefix, ())) for lang, prefix in _languages(changed))
    return all(place.is_file() for place in settings) and all(
        is_document(document_place(project, lang, path), old.pages[name].document)
        for name, (lang, path) in documents.items()
    )


def _document(project: Project, state: TextState, store: Store) -> str | None:
    """The page's document with the new text in it."""
    try:
        place = document_place(project, state.lang, state.path)
        return replace_text(place.read_text(encoding="utf-8"), store.html(state.source))
    except (OSError, KeyError):
        return None


def keep_warnings(problems: list[Problem]) -> list[Kept] | None:
    """Warnings as JSON data; None when one cannot be kept so."""
    kept: list[Kept] = []
    for p in problems:
        values = (p.message.values, p.hint.values if p.hint else {})
        if any(isinstance(v, Message) for d in values for v in d.values()):
            return None
        hint = p.hint.text if p.hint else ""
        kept.append([p.place.file, p.place.line, p.place.column, p.code, p.message.text, values[0], hint, values[1]])
    return kept


def revive_warnings(kept: list[Kept]) -> list[Problem]:
    """The inverse of `keep_warnings`."""
    return [
        Problem(Place(file, line, column), code, Message(text, **values), Message(hint, **more) if hint else None)
        for file, line, column, code, text, values, hint, more in kept
    ]
