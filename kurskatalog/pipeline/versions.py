"""Which engine and which renderer of texts, by the versions of their packages."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

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
    found = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "-"
    return found
