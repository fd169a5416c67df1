"""Rules about closed lists: every code stands in its vocabulary, and every vocabulary is whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kurskatalog.check.context import Context, Rule
from kurskatalog.check.references import circles
from kurskatalog.model.records import TermFile
from kurskatalog.problems import Message, Place, Problem

VOCABULARIES = (
    "levels",
    "themes",
    "forms",
    "provider-types",
    "counties",
    "assessment",
    "award",
    "outcome-kinds",
    "dimensions",
    "maturity",
    "r-strategies",
    "sdg",
    "greencomp",
    "digcomp",
    "isced-f",
    "abbreviations",
)
"""The lists that codes come from (docs/formats.md)."""

_MODULE_CODES = {"dimension": "dimensions", "r": "r-strategies", "themes": "themes"} | {
    key: key for key in ("sdg", "greencomp", "digcomp")
}
_Code = tuple[str, str, str, str, tuple[str | int, ...]]


def terms_exist(ctx: Context) -> Iterator[Problem]:
    """K204: every code stands in its vocabulary."""
    for kind, ident, vocabulary, code, path in _codes(ctx):
        terms = ctx.terms.get(vocabulary)
        if terms is None or code in terms:
            continue
        message = Message("'{code}' is not in the list '{list}'", code=code, list=vocabulary)
        yield Problem(
            ctx.places.of(ctx.origin(kind, ident), *path), "K204", message, _near_term(ctx, vocabulary, code, terms)
        )


def _near_term(ctx: Context, vocabulary: str, code: str, terms: dict[str, TermFile]) -> Message:
    folded = code.casefold()
    by_label = (t.id for t in terms.values() if folded in (label.casefold() for label in t.label.values()))
    near = next(by_label, "") or (ctx.nearest(vocabulary, code, terms) if len(code) > 3 else "")
    if near:
        return Message("did you mean '{near}'?", near=near)
    return Message("codes of this list: {codes}", codes=", ".join(list(terms)[:40]))


def _codes(ctx: Context) -> Iterator[_Code]:
    """Every code with the list that it belongs to: (kind, id, vocabulary, code, path)."""
    for ident, provider in ctx.providers.items():
        yield "provider", ident, "provider-types", provider.type, ("type",)
        for number, place in enumerate(provider.places):
            if place.county:
                yield "provider", ident, "counties", place.county, ("places", number, "county")
    yield from _course_codes(ctx)
    yield from _module_codes(ctx)
    for ident, plan in ctx.plans.items():
        yield from _many("plan", ident, "themes", "themes", plan.themes)
    for ident, need in ctx.needs.items():
        for key in ("themes", "levels", "counties"):
            yield from _many("need", ident, key, key, getattr(need, key))


def _many(kind: str, ident: str, vocabulary: str, key: str, codes: Iterable[str]) -> Iterator[_Code]:
    return ((kind, ident, vocabulary, code, (key, number)) for number, code in enumerate(codes))


def _module_codes(ctx: Context) -> Iterator[_Code]:
    for ident, module in ctx.modules.items():
        if module.level:
            yield "module", ident, "levels", module.level, ("level",)
        if module.maturity:
            yield "module", ident, "maturity", module.maturity, ("maturity",)
        for key, vocabulary in _MODULE_CODES.items():
            if codes := getattr(module, key):
                yield from _many("module", ident, vocabulary, key, codes)


def _course_codes(ctx: Context) -> Iterator[_Code]:
    for ident, course in ctx.courses.items():
        if course.level:
            yield "course", ident, "levels", course.level, ("level",)
        if course.award:
            yield "course", ident, "award", course.award, ("award",)
        if course.isced:
            yield "course", ident, "isced-f", course.isced, ("isced",)
        for key, codes in (("themes", course.themes), ("assessment", course.assessment)):
            yield from _many("course", ident, key, key, codes)
        for at, run in enumerate(course.runs):
            if run.form:
                yield "course", ident, "forms", run.form, ("runs", at, "form")
            for number, place in enumerate(run.places):
                if place.county:
                    yield "course", ident, "counties", place.county, ("runs", at, "places", number, "county")


def vocabularies_are_whole(ctx: Context) -> Iterator[Problem]:
    """K211: a term's broader term stands in the same list, not below it; K114: no id twice; K127: a label to show."""
    wanted = {ctx.settings.default_language, "nb", "en"}
    for name, vocabulary in ctx.vocabularies.items():
        origin = ctx.origin("vocabulary", name)
        terms = ctx.terms.get(name)
        if terms is None:
            continue
        seen: set[str] = set()
        for number, term in enumerate(vocabulary.terms):
            if term.id in seen:
                hint = Message("keep one of them; with two, one would be lost without a word")
                place = ctx.places.of(origin, "terms", number, "id")
                yield Problem(place, "K114", Message("'{key}' stands here twice", key=term.id), hint)
            seen.add(term.id)
            if not wanted & term.label.keys():
                lang = ctx.settings.default_language
                message = Message(
                    "'{key}' has no text in the catalogue's first language ({lang})", key="label", lang=lang
                )
                hint = Message(
                    "add '{lang}: ...'; readers of other languages get it where theirs is missing", lang=lang
                )
                yield Problem(ctx.places.of(origin, "terms", number, "label", on="key"), "K127", message, hint)
            if term.broader and term.broader not in terms:
                message = Message("'{code}' is not in the list '{list}'", code=term.broader, list=name)
                place = ctx.places.of(origin, "terms", number, "broader")
                yield Problem(place, "K211", message, Message("a broader term stands in the same list"))
        yield from _broader_circles(ctx, name, terms)


def _broader_circles(ctx: Context, name: str, terms: dict[str, TermFile]) -> Iterator[Problem]:
    own = [term.id for term in ctx.vocabularies[name].terms]
    for circle in circles({i: (t.broader,) for i, t in terms.items() if t.broader}):
        at = next((i for i in circle if i in own), "")
        if at:
            place = ctx.places.of(ctx.origin("vocabulary", name), "terms", own.index(at), "broader")
            message = Message("broader terms go in a circle: {circle}", circle=" → ".join(circle))
            yield Problem(place, "K211", message, Message("take one of them away"))


def vocabularies_are_there(ctx: Context) -> Iterator[Problem]:
    """K101: the program's own catalogue has every list; K109: no list has a name that nothing asks for."""
    for name in VOCABULARIES:
        if name not in ctx.known["vocabulary"]:
            file = f"content/vocabularies/{name}.yml"
            hint = Message("codes of this list stand in other files; bring it back")
            yield Problem(Place(file), "K101", Message("the catalogue has no {file}", file=file), hint)
    for name in sorted(ctx.known["vocabulary"].difference(VOCABULARIES)):
        near = ctx.nearest("vocabulary", name, VOCABULARIES)
        hint = Message("did you mean '{near}'?", near=near) if near else _all_vocabularies()
        message = Message("no field takes its codes from a list '{list}'", list=name)
        yield Problem(Place(ctx.origin("vocabulary", name).file), "K109", message, hint)


def _all_vocabularies() -> Message:
    return Message("lists that there can be: {lists}", lists=", ".join(VOCABULARIES))


RULES: tuple[Rule, ...] = (terms_exist, vocabularies_are_whole, vocabularies_are_there)
