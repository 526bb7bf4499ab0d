"""Start BRM Desktop from a checkout: ``uv run main.py``."""

from __future__ import annotations

import sys

from brm_desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
