"""`python -m pos` is the same as `titip`."""

import sys

from pos.cli import main

if __name__ == "__main__":
    sys.exit(main())
