"""The states of runs in words, for pages and printed documents."""

from __future__ import annotations

from kurskatalog.words import Words


def state_words(words: Words) -> dict[str, str]:
    """A run's state in words."""
    return {
        "open": words("Open for applications"),
        "closing": words("Closing soon"),
        "closed": words("Applications closed"),
        "running": words("Running now"),
        "over": words("Over"),
        "unknown": words("Dates not known"),
        "begun": words("The start has passed; the end is not known"),
    }
