"""The index of the text search: small files that a browser fetches a few of for each question. See docs/search.md."""
