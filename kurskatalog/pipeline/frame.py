"""Keys of what stands around the pages, templates, theme, engine and settings: a new key means that pages are made anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from kurskatalog import __version__
from kurskatalog.files import digest, digest_tree
from kurskatalog.output.site.settings import engine_settings
from kurskatalog.pipeline.versions import versions
from kurskatalog.problems import BadContent, Message, Place, Problem
from kurskatalog.project import Project
from kurskatalog.view import SiteView


def templates_key(project: Project) -> str:
    """Changes when a generated document may come out differently for the same data."""
    package = Path(__file__).parent.parent
    return digest(
        digest_tree(project.theme / "docs"),
        digest_tree(package / "locale"),
        digest_tree(package / "output" / "docs", package / "words" / "abbreviations.py"),
        __version__,
    )


def frame_key(project: Project, sites: list[SiteView]) -> str:
    """Changes when a finished page may come out differently for the same document."""
    package = Path(__file__).parent.parent
    settings = [settings_for(project, site, "", "") for site in sites]
    for one in settings:
        one["theme"]["custom_dir"] = ""
    return digest(
        digest_tree(project.theme / "site"),
        digest_tree(package / "output" / "site"),
        json.dumps(settings, sort_keys=True),
        json.dumps(versions()),
    )


def settings_for(project: Project, site: SiteView, docs: str, out: str) -> dict[str, Any]:
    """The engine's settings for one language with the person's own mkdocs.yml in them."""
    return engine_settings(site, own_settings(project), project.theme, docs, out)


def own_settings(project: Project) -> dict[str, Any]:
    """What stands in mkdocs.yml. Raises BadContent when it cannot be read; no tags (`!ENV`, `!!python/...`) are followed."""
    path = project.engine_settings
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(path.name, mark.line + 1, mark.column + 1) if mark else Place(path.name)
        problem = Problem(
            place,
            "K110",
            Message("the YAML cannot be read here"),
            Message("mkdocs.yml holds plain settings, without tags"),
        )
        raise BadContent([problem]) from None
    return data if isinstance(data, dict) else {}
