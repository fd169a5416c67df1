"""Which engine and which renderer of texts, by the versions of their packages."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import lru_cache

PACKAGES = (
    *("mkdocs", "mkdocs-material", "jinja2", "markdown", "pymdown-extensions"),  # the engine
    *("markdown-it-py", "mdit-py-plugins", "pygments"),  # the texts
)


PRINT_PACKAGES = ("typst", "segno")


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """The packages and their versions."""
    return _versions(PACKAGES)


@lru_cache(maxsize=1)
def print_versions() -> dict[str, str]:
    """The packages that printed documents depend on, beside the program and its templates."""
    return _versions(PRINT_PACKAGES)


def _versions(names: tuple[str, ...]) -> dict[str, str]:
    known = _installed()
    return {name: known.get(name.replace("-", "_"), "-") for name in names}


@lru_cache(maxsize=1)
def _installed() -> dict[str, str]:
    """Every installed package by its name with underscores, from the names of the folders that installers make (PEP 376, 427).

    `importlib.metadata` reads a file for each, and takes longer to load than a build in which nothing changed has to spare.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        with suppress(OSError):
            for name in os.listdir(place or "."):  # noqa: PTH208 - in every build
                package, dash, version = name.removesuffix(".dist-info").rpartition("-")
                if dash and name.endswith(".dist-info"):
                    found.setdefault(package.lower().replace("-", "_").replace(".", "_"), version)
    return found
