"""Where every page lives: the published addresses of the catalogue (design, section 5), without language and without slashes."""

from __future__ import annotations

import re

COURSE, MODULE, PROVIDER, LEVEL, THEME, COUNTY, PLAN, NEED, CALENDAR, TIME = (
    "kurs",
    "moduler",
    "tilbydere",
    "nivaa",
    "tema",
    "fylke",
    "planer",
    "behov",
    "kalender",
    "tid",
)
FINDER, SHORTLIST = "finn", "finn/liste"
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,59}\Z")
"""What an id is made of: names of folders and files, and parts of addresses."""


def course(ident: str) -> str:
    """`kurs/<provider>/<course>`."""
    return f"{COURSE}/{ident}"


def module(ident: str) -> str:
    """`moduler/<provider>/<module>`."""
    return f"{MODULE}/{ident}"


def provider(ident: str) -> str:
    """`tilbydere/<provider>`."""
    return f"{PROVIDER}/{ident}"


def need(ident: str) -> str:
    """A need's place on the page of needs, with that page's slash: `behov/#behov-<need>`."""
    return f"{NEED}/#{need_anchor(ident)}"


def need_anchor(ident: str) -> str:
    """No heading of the page of needs begins like this."""
    return f"{NEED}-{ident}"


def page(ident: str) -> str:
    """A hand-written page: its own name; the home page is the root."""
    return "" if ident == "index" else ident


def base(path: str) -> str:
    """The way from a page back to the root of its language: `../../../` for `kurs/a/b`, `./` for the home page."""
    return "../" * (path.count("/") + 1) if path else "./"
