"""Commands and exit codes: 0 fine, 1 the content is wrong, 2 wrong usage, 3 an engine failed."""

from kurskatalog.cli.main import main, run

__all__ = ["main", "run"]
