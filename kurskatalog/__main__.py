"""`python -m kurskatalog` is the same program as `kurskatalog`."""

import sys

from kurskatalog.cli import main

sys.exit(main())
