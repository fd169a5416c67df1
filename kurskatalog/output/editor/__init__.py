"""The editor in the browser: its page, its bundle, and what it is told about this catalogue (docs/editor.md)."""
