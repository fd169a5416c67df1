"""`python -m kurskatalog` is the same program as `kurskatalog`."""

from kurskatalog.cli import run

run()
