"""Rules about links and pictures in texts: every one leads somewhere in the catalogue."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from kurskatalog.check.context import Context, Rule, TextVersion
from kurskatalog.check.reading import is_picture
from kurskatalog.problems import Message, Place, Problem

_NAMES = {
    "module": Message("module"), "course": Message("course"), "page": Message("page"), "provider": Message("provider"), "plan": Message("plan"),
}  # fmt: skip


def links_lead_somewhere(ctx: Context) -> Iterator[Problem]:
    """K207: links to modules, courses, pages, providers and plans, and links by file name, lead to something that exists."""
    for _, versions in ctx.texts():
        for version in versions.values():
            for kind, target, _, line, column in version.result.links:
                place = Place(version.file.name, line, column)
                if kind == "lost":
                    yield Problem(
                        place, "K207", Message("the link '{target}' leads nowhere", target=target[:80]),
                        Message("write modul:<provider>/<module>, kurs:<provider>/<course> or side:<page>, or a whole address with https://"),
                    )
                elif kind != "anchor" and target not in ctx.known[kind]:
                    near = difflib.get_close_matches(target, sorted(ctx.known[kind]), 1, 0.6)
                    hint = Message("did you mean '{near}'?", near=near[0]) if near else Message("look for it in the list of files")
                    yield Problem(place, "K207", Message("the link leads to the {kind} '{target}', which does not exist", kind=_NAMES[kind], target=target), hint)


def anchors_exist(ctx: Context) -> Iterator[Problem]:
    """K208: a link to a place on a page names a heading that the page has."""
    for _, versions in ctx.texts():
        for lang, version in versions.items():
            for kind, target, anchor, line, column in version.result.links:
                if not anchor:
                    continue
                goal = _goal(ctx, kind, target, version, versions, lang)
                if goal is None or anchor in goal.result.anchors:
                    continue
                near = difflib.get_close_matches(anchor, goal.result.anchors, 1, 0.5)
                hint = Message("did you mean '#{near}'?", near=near[0]) if near else Message(
                    "anchors there: {anchors}", anchors=", ".join([a for _, a, _ in goal.result.headings][:15]) or "-"
                )
                yield Problem(
                    Place(version.file.name, line, column), "K208", Message("the page has no heading with the anchor '#{anchor}'", anchor=anchor), hint
                )


def _goal(
    ctx: Context, kind: str, target: str, version: TextVersion, versions: dict[str, TextVersion], lang: str
) -> TextVersion | None:
    """The text that a link with an anchor leads to; None where the page is not a text (a course, say) or does not exist."""
    if kind == "anchor":
        return version
    others = {"module": ctx.module_texts, "page": ctx.page_texts}.get(kind, {}).get(target)
    if not others:
        return None
    return others.get(lang) or others.get(ctx.settings.default_language)


def pictures_exist(ctx: Context) -> Iterator[Problem]:
    """K209, K410: a picture lies in the folder of its text, and is of a kind that a page can show."""
    for _, versions in ctx.texts():
        for version in versions.values():
            folder = version.file.name.rpartition("/")[0]
            for source, line, column in version.result.pictures:
                place = Place(version.file.name, line, column)
                if "/" in source or "\\" in source or ":" in source or source.startswith("."):
                    yield Problem(
                        place, "K410", Message("the picture '{source}' does not lie beside the text", source=source[:80]),
                        Message("put the file in the same folder and write only its name"),
                    )
                elif not is_picture(source):
                    yield Problem(
                        place, "K410", Message("'{source}' is not a picture that a page can show", source=source[:80]),
                        Message("use .png, .jpg, .webp or .svg"),
                    )
                elif f"{folder}/{source}" not in ctx.pictures:
                    own = [p.rpartition("/")[2] for p in ctx.pictures if p.rpartition("/")[0] == folder]
                    near = difflib.get_close_matches(source, own, 1, 0.5)
                    hint = Message("did you mean '{near}'?", near=near[0]) if near else Message("put the file beside the text")
                    yield Problem(place, "K209", Message("there is no picture '{source}'", source=source[:80]), hint)


RULES: tuple[Rule, ...] = (links_lead_somewhere, anchors_exist, pictures_exist)
