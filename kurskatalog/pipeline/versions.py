"""Which engine and which renderer of texts, by the versions of their packages."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version

PACKAGES = (
    *("mkdocs", "mkdocs-material", "jinja2", "markdown", "pymdown-extensions"),  # the engine
    *("markdown-it-py", "mdit-py-plugins", "pygments"),  # the texts
)


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """The packages and their versions."""
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "-"
    return found
