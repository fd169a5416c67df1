"""Markdown -> XHTML with the source line of every block, by markdown-it-py and a few rules of our own."""
