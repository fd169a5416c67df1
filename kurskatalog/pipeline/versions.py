"""Which engine, by the versions of its packages."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

ENGINE_PACKAGES = ("mkdocs", "mkdocs-material", "jinja2", "markdown", "pymdown-extensions")


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """The engine's packages and their versions."""
    found = {}
    for name in ENGINE_PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "-"
    return found
