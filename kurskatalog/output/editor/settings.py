"""What the editor is told of a catalogue: its collections, a form each, made of the records and the vocabularies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kurskatalog.model.catalogue import Catalogue
from kurskatalog.output.editor.backend import Backend
from kurskatalog.output.editor.fields import Forms, Widget
from kurskatalog.problems import Message

LOCALES = {"nb": "nb_no", "nn": "nn_no", "en": "en"}
"""The languages of the editor's own words."""

KINDS = ("provider", "course", "module", "translation", "page", "plan", "need")
TEXTS = frozenset({"module", "translation", "page"})
"""Kinds of files with a text below their fields."""
BESIDE = {"media_folder": "", "public_folder": ""}
"""Pictures lie beside the text that shows them."""

Settings = dict[str, Any]


def editor_settings(catalogue: Catalogue, place: Backend) -> Settings:
    """`config` as the editor reads it, lists of `choices` that it names, the shapes of each kind of file, and words."""
    forms = Forms(catalogue)
    first = catalogue.settings.default_language
    config = {
        "load_config_file": False,
        "locale": LOCALES.get(first, "en"),
        "site_url": catalogue.settings.address,
        "display_url": catalogue.settings.address,
        "backend": place.settings | {"commit_messages": _commit_messages(forms)},
        "publish_mode": "editorial_workflow",
        "media_folder": "build/pictures",  # every collection has its own; the editor wants one to be named
        "public_folder": "",
        "editor": {"preview": False},  # the preview is that of the proposal, made by the program itself
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "collections": list(_collections(forms, catalogue)),
    }
    return {
        "config": config,
        "choices": forms.choices(),
        "kinds": {kind: {"form": _form(forms, kind), "shape": forms.shape(kind)} for kind in KINDS},
        "languages": list(forms.languages),
        "words": _words(forms),
    }


def _form(forms: Forms, kind: str) -> list[Widget]:
    """The form of a kind of file; a new module begins with a licence and a day."""
    fields = forms.fields(kind)
    if kind not in TEXTS:
        return fields
    first = {"licence": forms.catalogue.settings.licence, "updated": "{{now}}"}
    begun = [one | {"default": first[one["name"]]} if one["name"] in first else one for one in fields]
    return [*begun, _body(forms)]


def _collections(forms: Forms, catalogue: Catalogue) -> Iterator[Settings]:
    """A collection for each folder of the catalogue, in the order in which people look for them."""
    say = forms.words.say
    first = catalogue.settings.default_language
    names = {ident: forms.words.pick(one.facts.name) for ident, one in catalogue.providers.items()}
    for ident, name in sorted(names.items(), key=lambda pair: pair[1].casefold()):
        label = say(Message("Courses: {provider}", provider=name))
        yield _yaml(forms, "course", f"kurs-{ident}", label, f"content/providers/{ident}/courses")
        label = say(Message("Modules: {provider}", provider=name))
        yield _texts(f"moduler-{ident}", label, f"modules/{ident}", first)
        others = {lang for module in catalogue.modules.values() if module.provider == ident for lang in module.texts}
        for lang in (lang for lang in catalogue.settings.languages if lang in others and lang != first):
            label = say(
                Message("Modules in {language}: {provider}", language=forms.words.language(lang), provider=name)
            )
            yield _texts(f"moduler-{ident}-{lang}", label, f"modules/{ident}", lang, translation=True)
    yield {
        **_yaml(forms, "provider", "tilbydere", say(Message("Providers")), "content/providers"),
        "path": "{{slug}}/provider",
    }
    yield _yaml(forms, "plan", "planer", say(Message("Competence plans")), "content/plans")
    yield _yaml(forms, "need", "behov", say(Message("Competence needs")), "content/needs")
    for lang in catalogue.settings.languages:
        label = say(Message("Pages in {language}", language=forms.words.language(lang)))
        page = _collection("page", f"sider-{lang}", label, "content/pages")
        yield {**page, "extension": f"{lang}.md", **BESIDE}


def _yaml(forms: Forms, kind: str, name: str, label: str, folder: str) -> Settings:
    title = forms.fields(kind)[0]
    inner = f"{title['name']}.{forms.languages[0]}" if "fields" in title else title["name"]
    return {**_collection(kind, name, label, folder, inner), "extension": "yml"}


def _texts(name: str, label: str, folder: str, lang: str, *, translation: bool = False) -> Settings:
    """Modules in one language. A translation lies beside its original, so a new one is not made from its own title."""
    kind = "translation" if translation else "module"
    whole = _collection(kind, name, label, folder)
    return {**whole, "create": not translation, "extension": f"{lang}.md", "path": "{{slug}}/module", **BESIDE}


def _collection(kind: str, name: str, label: str, folder: str, title: str = "title") -> Settings:
    """A folder of one kind of files; the page puts the kind's form where its name stands."""
    return {
        "name": name,
        "label": label,
        "folder": folder,
        "format": f"kurskatalog-{kind}",
        "create": True,
        "publish": False,  # those who review merge, once the checks have passed
        "delete": False,  # an address that has been on the net stays
        "identifier_field": title,
        "summary": f"{{{{{title}}}}}",
        "slug": "{{slug}}",
        "fields": kind,
    }


def _body(forms: Forms) -> Widget:
    return {
        "name": "body",
        "label": forms.label("body"),
        "widget": "kurskatalog-text",
        "hint": forms.words.say(Message("Markdown. The text begins with a heading of two #.")),
        "required": True,
    }


def _commit_messages(forms: Forms) -> dict[str, str]:
    """What a proposal is called at the forge; the editor fills in names."""
    what = {"collection": "{{collection}}", "slug": "{{slug}}", "path": "{{path}}"}
    said = {
        "create": Message("New in {collection}: {slug}", **what),
        "update": Message("Change in {collection}: {slug}", **what),
        "delete": Message("Gone from {collection}: {slug}", **what),
        "uploadMedia": Message("New picture: {path}", **what),
        "deleteMedia": Message("Picture gone: {path}", **what),
    }
    return {name: forms.words.say(message) for name, message in said.items()}


def _words(forms: Forms) -> dict[str, str]:
    """What the editor's own parts of the page say."""
    said = {
        "another": Message("Add: {item}", item="%{item}"),
        "add": Message("Add a picture"),
        "choose": Message("Choose or upload a file"),
        "chosen": Message("The picture: {file}", file="{file}"),
        "alt": Message("What the picture shows, for those who cannot see it"),
        "caption": Message("Caption (may be left out)"),
        "insert": Message("Put it into the text"),
        "cancel": Message("Cancel"),
        "nowhere": Message(
            "Nobody has said yet where proposals from here go, so nothing can be edited. You can change the files themselves, or "
            "send a spreadsheet. For those who look after the catalogue: 'repository' in catalogue.yml."
        ),
        "missing": Message("This picture has no description: {file}", file="{file}"),
    }
    return {name: forms.words.say(message) for name, message in said.items()}
