"""`build/mkdocs.yml`: what a person set, and what the program adds so that any of the engines can build `build/docs`."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kurskatalog.problems import Message
from kurskatalog.words import Words

if TYPE_CHECKING:
    from kurskatalog.view import SiteView

EXTENSION = "kurskatalog_html"
"""The Python-Markdown extension that hands checked HTML through unread (`output/site/extension`)."""

TEMPLATES_CACHE = "kurskatalog_templates_cache"
"""A part's setting that is the worker's, not the engine's: the folder of the frame's compiled templates."""

# Only the theme's frame uses these texts: a page that leads nowhere has no Markdown file.
_LOST = (
    Message("The page is not here"),
    Message("The address leads nowhere. Perhaps the page has moved."),
    Message("To the home page"),
)
_FRAME = (
    Message("Skip to content"),
    Message("Menu"),
    Message("Contents of this page"),
    Message("Edit this page"),
    Message("Language"),
    Message("Dark view"),
    Message("Content licence"),
    Message("Search"),
    Message("Search the catalogue"),
    Message("My list"),
    Message("Add to my list"),
    Message("In my list"),
)


def engine_settings(site: SiteView, own: dict[str, Any], theme: Path, docs: str, out: str) -> dict[str, Any]:
    """The engine's settings for one language.

    `own` is what a person wrote in mkdocs.yml, `theme` the folder with overrides, `docs` and `out` the folders that
    the engine reads and writes.
    """
    words = Words(site.lang)
    theme_settings = {
        **_mapping(own, "theme"),
        "name": "material",
        "language": site.lang if site.lang in ("nb", "nn", "en") else "nb",
        "font": False,
        "custom_dir": str(theme / "site"),
    }
    return {
        **{k: v for k, v in own.items() if k not in ("nav", "theme", "extra")},
        "site_name": site.title,
        "site_url": site.address + site.prefix,
        "site_description": site.description,
        "docs_dir": docs,
        "site_dir": out,
        "use_directory_urls": True,
        "strict": True,
        "theme": theme_settings,
        "plugins": own.get("plugins", []),
        "markdown_extensions": [EXTENSION],
        "nav": ["index.md"],
        "validation": {
            "nav": {"omitted_files": "ignore"},
            "links": {"absolute_links": "ignore", "unrecognized_links": "ignore"},
        },
        "extra": {
            **_mapping(own, "extra"),
            "generator": False,
            "kk": {
                "lang": site.lang,
                "menu": [[item.id, item.title, item.path] for item in site.menu],
                "footer": [[item.title, item.path] for item in site.footer],
                "languages": [
                    [code, name, prefix]
                    for (code, name), (_, prefix) in zip(site.languages, _prefixes(site), strict=True)
                ],
                "root": "../" if site.prefix else "",
                "prefix": site.prefix,
                "address": site.address,
                "top": urlsplit(site.address + site.prefix).path,
                "publisher": site.publisher,
                "licence": site.licence,
                "valid_days": site.valid_days,
                "words": {message.text: words.say(message) for message in _FRAME},
                "lost": [
                    [code, *(Words(code).say(message) for message in _LOST), prefix] for code, prefix in _prefixes(site)
                ],
            },
        },
    }


def part_settings(settings: dict[str, Any], docs: str, out: str, cache: str) -> dict[str, Any]:
    """The settings for a part of the site: as `engine_settings`, with other folders and without Material's own files.

    In `cache` the worker keeps compiled templates.

    The frame is ours from the first line to the last (theme/site) and needs none of Material's templates; to look through its
    eleven thousand icons takes the engine a sixth of a second each time.
    """
    theme = {"name": None, "custom_dir": settings["theme"]["custom_dir"], "static_templates": ["404.html"]}
    return {**settings, "docs_dir": docs, "site_dir": out, "theme": theme, TEMPLATES_CACHE: cache}


def _mapping(own: dict[str, Any], key: str) -> dict[str, Any]:
    value = own.get(key)
    return value if isinstance(value, dict) else {}


def style_sheet() -> bytes:
    """Material's main style sheet. It goes into the site under a name of ours, so that every engine's pages have the same one."""
    spec = find_spec("material")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for sheet in sorted(Path(folder, "templates", "assets", "stylesheets").glob("main.*.min.css")):
            return re.sub(rb"/\*# sourceMappingURL=[^*]*\*/", b"", sheet.read_bytes())
    raise FileNotFoundError("mkdocs-material: main.*.min.css")


def _prefixes(site: SiteView) -> list[tuple[str, str]]:
    """(language, folder of its pages) in the order of the catalogue."""
    return [(code, f"{code}/" if number else "") for number, (code, _) in enumerate(site.languages)]
