"""B11: how long the window is held up at most while it imports, lays out, writes and syncs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from measuring import ROUNDS, Readings, must, within

CHILD = Path(__file__).with_name("held_up.py")
MOST = 0.050
WHAT = {
    "import": "import of 5,000 rows",
    "sync": "a pull of 10,000 records",
    "page": "the Sync page, 10,000 records that would leave",
    "seen": "one edit while they are on show, and their lists opened",
    "layout": "layout of 600 people",
    "plan": "the account plan written as PDF",
    "edit": "one score among 600 people",
}


def measure(folder: Path) -> Readings:
    """The longest hold-up of each work, the median of several processes."""
    longest: dict[str, list[float]] = {name: [] for name in WHAT}
    for turn in range(ROUNDS):
        own = folder / str(turn)
        own.mkdir()
        for name, seconds in _longest(own).items():
            longest[name].append(seconds)
    for name, what in WHAT.items():
        yield within(what, median(longest[name]), MOST)


def _longest(folder: Path) -> dict[str, float]:
    homes = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    told = subprocess.run(
        [sys.executable, str(CHILD), str(folder)],
        env=os.environ | {name: str(folder) for name in homes},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    must(told.returncode == 0, f"the process ended so: {told.stderr[-500:]}")
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found
