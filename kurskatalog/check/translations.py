"""Rules about texts in several languages: a translation says which version of the original it translates."""

from __future__ import annotations

from collections.abc import Iterator

from kurskatalog.check.context import Context, Rule
from kurskatalog.model.records import ModuleFile, PageFile, TranslationFile
from kurskatalog.problems import Message, Problem

Original = ModuleFile | PageFile
Translation = TranslationFile | PageFile


def translations_name_their_original(ctx: Context) -> Iterator[Problem]:
    """K314: a translation says which version it translates; K313: and that is the one of today.

    `translates` is the `updated` of the text in the catalogue's first language that the translator had before them. Where the
    original has no `updated` (a page need not) there is nothing to compare with. Språklova § 13 asks state bodies for both
    written standards; a text that has fallen behind its original does not serve its readers equally.
    """
    for kind, ident, lang, text, original in _translations(ctx):
        if not original.updated:
            continue
        origin, day = ctx.origin(f"{kind}.{lang}", ident), original.updated.isoformat()
        if text.translates is None:
            message = Message("the translation does not say which version it translates")
            hint = Message(
                "the original is of {day}: when the translation has all of it, add 'translates: {day}'", day=day
            )
            yield Problem(ctx.places.of(origin), "K314", message, hint)
            continue
        place = ctx.places.of(origin, "translates")
        then = text.translates.isoformat()
        if text.translates < original.updated:
            message = Message("the original was changed on {day}, after the version of {then}", day=day, then=then)
            hint = Message("bring the translation up to date and set 'translates: {day}'", day=day)
            yield Problem(place, "K313", message, hint)
        elif text.translates > original.updated:
            message = Message("the original has no version of {then}: it is of {day}", day=day, then=then)
            hint = Message("'translates' is the 'updated' of the original: write {day}", day=day)
            yield Problem(place, "K313", message, hint)


def _translations(ctx: Context) -> Iterator[tuple[str, str, str, Translation, Original]]:
    """(kind, id, language, front matter, front matter of the original) of every translation that can be compared."""
    default = ctx.settings.default_language
    for kind, versions_of in (("module", ctx.module_texts), ("page", ctx.page_texts)):
        for ident, versions in versions_of.items():
            original = versions[default].facts if default in versions else None
            if not isinstance(original, Original):
                continue
            for lang, version in versions.items():
                if lang != default and isinstance(version.facts, Translation):
                    yield kind, ident, lang, version.facts, original


def originals_translate_nothing(ctx: Context) -> Iterator[Problem]:
    """K125: a page in the catalogue's first language is the original, so it has no `translates`."""
    default = ctx.settings.default_language
    for ident, versions in ctx.page_texts.items():
        facts = versions[default].facts if default in versions else None
        if isinstance(facts, PageFile) and facts.translates:
            place = ctx.places.of(ctx.origin(f"page.{default}", ident), "translates", on="key")
            message = Message("this text is the original: it translates nothing")
            yield Problem(place, "K125", message, Message("take the line away; translations have it"))


RULES: tuple[Rule, ...] = (translations_name_their_original, originals_translate_nothing)
