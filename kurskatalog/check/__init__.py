"""Plain data -> the catalogue, or problems: one function a rule, all problems of all files in one run."""
