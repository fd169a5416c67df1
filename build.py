"""`python build.py <command>` is the same program as `kurskatalog <command>`."""

from kurskatalog.cli import run

if __name__ == "__main__":
    run()
