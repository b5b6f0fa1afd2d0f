"""``python -m cleaner``: the same program as the command ``cleaner``."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
