"""Where a run of the program leaves its traces: folders and files of the user's alone."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

OWN_FILE: Final = 0o600
OWN_FOLDER: Final = 0o700
_APP: Final = "brm-desktop"


def state_folder() -> Path:
    """The folder of what this computer remembers of runs; nothing of a customer's is kept in it."""
    from platformdirs import user_state_path

    return user_state_path(_APP, appauthor=False)


def log_folder() -> Path:
    """The folder of the log and of what a crash leaves."""
    from platformdirs import user_log_path

    return user_log_path(_APP, appauthor=False)


def cache_folder() -> Path:
    """The folder of what can be found again at any time; nothing of a customer's is kept in it."""
    from platformdirs import user_cache_path

    return user_cache_path(_APP, appauthor=False)


def own_folder(path: Path) -> Path:
    """The folder, made where it is missing, closed to other users; raises ``OSError``."""
    path.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    if path.stat().st_mode & 0o777 & ~OWN_FOLDER:
        path.chmod(OWN_FOLDER)
    return path


def own_file(path: str | Path, flags: int) -> int:
    """Open a file as the built-in ``open`` asks for, closed to other users; raises ``OSError``."""
    found = os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), OWN_FILE)
    if hasattr(os, "fchmod"):
        os.fchmod(found, OWN_FILE)
    return found
