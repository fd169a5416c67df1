"""Where the editor saves: a proposal at the forge that `repository` in catalogue.yml names, or files on this machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kurskatalog.model.records import Repository

LOCAL = "http://localhost:8081"
"""Where the editor's own small server (`npm run server` in editor/) answers on this machine."""

# The editing addresses of forges: GitHub; GitLab; Forgejo (as on Codeberg).
_FORGES: tuple[tuple[str, str], ...] = (
    ("github", r"(?P<origin>https://github\.com)/(?P<repo>[\w.-]+/[\w.-]+)/edit/(?P<branch>[\w./-]+?)/"),
    ("gitlab", r"(?P<origin>https://[\w.:-]+)/(?P<repo>[\w./-]+?)/-/edit/(?P<branch>[\w./-]+?)/"),
    ("forgejo", r"(?P<origin>https?://[\w.:-]+)/(?P<repo>[\w.-]+/[\w.-]+)/_edit/(?:branch/)?(?P<branch>[\w./-]+?)/"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """The editor's settings for saving, and the other hosts that it talks to or shows pictures of."""

    settings: dict[str, Any]
    hosts: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


def backend(repository: Repository | None) -> Backend:
    """The forge, when it is one that the editor knows and people can log in there; this machine otherwise."""
    found = _forge(repository) if repository else None
    return found or Backend(
        settings={"name": "proxy", "proxy_url": f"{LOCAL}/api/v1", "branch": "main"}, hosts=(LOCAL,)
    )


def _forge(repository: Repository) -> Backend | None:
    for name, pattern in _FORGES:
        if match := re.fullmatch(pattern, repository.edit):
            origin = match["origin"]
            settings: dict[str, Any] = {"name": name, "repo": match["repo"], "branch": match["branch"]}
            if name == "github" and repository.login:
                return _github(settings, repository.login)
            if name != "github" and repository.app_id:
                return _by_token(name, settings, origin, repository.app_id)
    return None


def _github(settings: dict[str, Any], login: str) -> Backend:
    """GitHub gives tokens to a service only, never to a page; strangers propose from a fork of their own."""
    parts = urlsplit(login)
    more = {"base_url": f"{parts.scheme}://{parts.netloc}", "open_authoring": True, "auth_scope": "public_repo"}
    if parts.path.strip("/"):
        more["auth_endpoint"] = parts.path.strip("/")
    hosts = ("https://api.github.com", "https://www.githubstatus.com")
    return Backend(settings=settings | more, hosts=hosts, pictures=("https://avatars.githubusercontent.com",))


def _by_token(name: str, settings: dict[str, Any], origin: str, app_id: str) -> Backend:
    """GitLab and Forgejo let a page log in by itself (OAuth 2.0 with PKCE, RFC 7636)."""
    if name == "gitlab":
        more = {"auth_type": "pkce", "app_id": app_id, "base_url": origin, "api_root": f"{origin}/api/v4"}
        return Backend(settings=settings | more, hosts=(origin,), pictures=(origin,))
    forgejo = {"app_id": app_id, "api_root": f"{origin}/api/v1", "open_authoring": True}
    return Backend(settings=settings | forgejo, hosts=(origin,), pictures=(origin,))
