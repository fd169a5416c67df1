"""Åpen kurskatalog: a folder of YAML and Markdown becomes a checked, public course catalogue."""

__version__ = "0.1.0"
