"""How YAML and front matter are written: one order, one form, comments where they were, and never another meaning."""
