"""Pages become Markdown files with a head of facts and checked HTML."""
