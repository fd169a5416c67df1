"""The finished site: an engine builds the generated Markdown in parts, and the parts become one tree that is swapped in."""
