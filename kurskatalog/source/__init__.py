"""Files -> plain data and the place of every key: reading text, strict YAML, Markdown texts."""
