"""Rules about links and pictures in texts: every one leads somewhere in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from kurskatalog.check.context import Context, Rule, TextVersion
from kurskatalog.problems import Message, Place, Problem
from kurskatalog.words import nearest_language

_NAMES = {
    "module": Message("module"),
    "course": Message("course"),
    "page": Message("page"),
    "provider": Message("provider"),
    "plan": Message("plan"),
}


def links_lead_somewhere(ctx: Context) -> Iterator[Problem]:
    """K207: links to modules, courses, pages, providers and plans lead to something that exists."""
    for _, versions in ctx.texts():
        for version in versions.values():
            for kind, target, _, line, column in version.result.links:
                if kind in _NAMES and target not in ctx.known[kind]:
                    place = Place(version.file.name, line, column)
                    what = _NAMES[kind]
                    message = Message(
                        "the link leads to the {kind} '{target}', which does not exist", kind=what, target=target
                    )
                    yield Problem(place, "K207", message, ctx.did_you_mean(kind, target))


def anchors_exist(ctx: Context) -> Iterator[Problem]:
    """K208: a link to a place on a page names a heading that the page has, in every language that a reader gets it in."""
    for _, versions in ctx.texts():
        for lang, version in versions.items():
            readers = [r for r in ctx.settings.languages if nearest_language(r, sorted(versions)) == lang]
            for kind, target, anchor, line, column in version.result.links:
                goals = _goals(ctx, kind, target, version, readers) if anchor else []
                goal = next((g for g in goals if anchor not in g.result.anchors and not _is_broken(g)), None)
                if goal is None:
                    continue
                near = ctx.nearest(goal.file.name, anchor, goal.result.anchors, 0.5)
                there = ", ".join([a for _, a, _ in goal.result.headings][:15]) or "-"
                if goal.file.lang != lang:
                    near, there = "", f"{goal.file.name}: {there}"
                hint = (
                    Message("did you mean '#{near}'?", near=near)
                    if near
                    else Message("anchors there: {anchors}", anchors=there)
                )
                message = Message("the page has no heading with the anchor '#{anchor}'", anchor=anchor)
                yield Problem(Place(version.file.name, line, column), "K208", message, hint)


def _goals(ctx: Context, kind: str, target: str, version: TextVersion, readers: list[str]) -> list[TextVersion]:
    """The texts that a link with an anchor leads these readers to; none where the page is not a text (a course)."""
    if kind == "anchor":
        return [version]
    others = {"module": ctx.module_texts, "page": ctx.page_texts}.get(kind, {}).get(target)
    return (
        [others[lang] for lang in dict.fromkeys(nearest_language(r, sorted(others)) for r in readers)] if others else []
    )


def _is_broken(version: TextVersion) -> bool:
    """Whether nobody knows what anchors a text has, since it has errors of its own."""
    return any(problem.severity == "error" for problem in version.result.problems)


def pictures_exist(ctx: Context) -> Iterator[Problem]:
    """K209: a picture that a text shows lies beside it."""
    for _, versions in ctx.texts():
        for version in versions.values():
            folder = version.file.name.rpartition("/")[0]
            for source, line, column in version.result.pictures:
                if f"{folder}/{source}" not in ctx.pictures:
                    own = [p.rpartition("/")[2] for p in ctx.pictures if p.rpartition("/")[0] == folder]
                    near = ctx.nearest(folder, source, own, 0.5)
                    hint = (
                        Message("did you mean '{near}'?", near=near)
                        if near
                        else Message("put the file beside the text")
                    )
                    message = Message("there is no picture '{source}'", source=source[:80])
                    yield Problem(Place(version.file.name, line, column), "K209", message, hint)


RULES: tuple[Rule, ...] = (links_lead_somewhere, anchors_exist, pictures_exist)
