"""`build/mkdocs.yml`: what a person set, and what the program adds so that any of the engines can build `build/docs`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kurskatalog.view import SiteView
from kurskatalog.words import Words

EXTENSION = "kurskatalog_html"
"""The Python-Markdown extension that hands checked HTML through unread (`output/site/extension`)."""

# Only the theme's frame uses these texts: a page that leads nowhere has no Markdown file.
_LOST = ("The page is not here", "The address leads nowhere. Perhaps the page has moved.", "To the home page")
_FRAME = (
    "Skip to content", "Menu", "Contents of this page", "Edit this page", "Language", "Light or dark", "Content licence",)  # fmt: skip


def engine_settings(site: SiteView, own: dict[str, Any], theme: Path, docs: str, out: str) -> dict[str, Any]:
    """The engine's settings for one language.

    `own` is what a person wrote in mkdocs.yml, `theme` the folder with overrides, `docs` and `out` the folders that the engine reads
    and writes.
    """
    words = Words(site.lang)
    theme_settings = {
        **(own.get("theme") if isinstance(own.get("theme"), dict) else {}),
        "name": "material",
        "language": site.lang if site.lang in ("nb", "nn", "en") else "nb",
        "font": False,
        "custom_dir": str(theme / "site"),
    }  # fmt: skip
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
        "validation": {"nav": {"omitted_files": "ignore"}, "links": {"absolute_links": "ignore", "unrecognized_links": "ignore"}},
        "extra": {
            **(own.get("extra") if isinstance(own.get("extra"), dict) else {}),
            "generator": False,
            "kk": {
                "lang": site.lang,
                "menu": [[item.id, item.title, item.path] for item in site.menu],
                "footer": [[item.title, item.path] for item in site.footer],
                "languages": [[code, name, prefix] for (code, name), (_, prefix) in zip(site.languages, _prefixes(site), strict=True)],
                "root": "../" if site.prefix else "",
                "prefix": site.prefix,
                "address": site.address,
                "publisher": site.publisher,
                "licence": site.licence,
                "words": {text: words(text) for text in _FRAME},
                "lost": [[code, *(Words(code)(text) for text in _LOST), prefix] for code, prefix in _prefixes(site)],
            },
        },
    }  # fmt: skip


def _prefixes(site: SiteView) -> list[tuple[str, str]]:
    """(language, folder of its pages) in the order of the catalogue."""
    return [(code, f"{code}/" if number else "") for number, (code, _) in enumerate(site.languages)]
