"""The parts of `serve`: files of the site over HTTP, what open pages are told, and which sources changed."""
