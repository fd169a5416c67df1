"""`python build.py <command>` is the same program as `kurskatalog <command>`."""

import sys

from kurskatalog.cli import main

if __name__ == "__main__":
    sys.exit(main())
