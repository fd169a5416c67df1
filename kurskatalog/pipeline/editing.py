"""The editor in the browser as a part of the site, when it has been asked for and installed."""

from __future__ import annotations

from kurskatalog.files import digest, digest_tree
from kurskatalog.model.catalogue import Catalogue
from kurskatalog.output.editor.files import PLACE, NotInstalled, editor_files, editor_policy
from kurskatalog.output.site.engine import EngineFailed
from kurskatalog.output.site.headers import Headers, policy
from kurskatalog.project import Project


def make_editor(project: Project, catalogue: Catalogue) -> tuple[list[tuple[str, bytes]], dict[str, Headers]]:
    """Its files (name in the site, content), and the headers of its folder. Raises EngineFailed when it is not installed."""
    try:
        files = list(editor_files(catalogue, project.editor))
    except NotInstalled as error:
        raise EngineFailed(f"the editor has not been installed: run 'npm ci' in {error}, or 'make editor'") from None
    headers = {
        "Content-Security-Policy": policy(editor_policy(catalogue.settings.repository)),
        "Cross-Origin-Opener-Policy": "same-origin-allow-popups",  # people log in at the forge in a window of its own
        "X-Robots-Tag": "noindex, nofollow",
    }
    return files, {PLACE: headers}


def editor_key(project: Project) -> str:
    """A key of the editor's page and of the versions of its bundle."""
    return digest(digest_tree(project.editor / "page"), digest_tree(project.editor / "package-lock.json"))
