"""B1: from the start of the process to the first paint and to usable, against a bare window.

Both run from bytecode, as an installed program does and a checkout from its second start on.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from measuring import Readings, against, must

from brm_desktop.session.demo import write_demo

ROUNDS = 7
CHILD = Path(__file__).with_name("started.py")


def measure(folder: Path) -> Readings:
    """Both by turns, each in a process and with preferences of its own."""
    store = folder / "sample.brm"
    write_demo(store)
    plain_start(folder, store)
    bare_start(folder)
    ours, bare = [], []
    for _ in range(ROUNDS):
        bare.append(bare_start(folder))
        ours.append(plain_start(folder, store))
    peer = median(times["painted"] for times in bare)
    painted = median(times["painted"] for times in ours)
    usable = median(times["usable"] for times in ours)
    yield against("to the first paint", painted, "bare window, first paint", peer, 1.5)
    yield against("to usable with the sample portfolio", usable, "the same", peer, 3)


def bare_start(folder: Path) -> dict[str, float]:
    """The times of a bare window."""
    return _start(folder, "bare")


def plain_start(folder: Path, store: Path) -> dict[str, float]:
    """The times of our window with a plain store."""
    return _start(folder, "ours", "--store", str(store))


def encrypted_start(folder: Path, store: Path, passphrase: str, typing: float) -> dict[str, float]:
    """The same with an encrypted store; also when it was asked for and given a passphrase.

    ``typing`` is how many seconds it is waited for.
    """
    secret = {"BRM_STARTED_SECRET": passphrase, "BRM_STARTED_TYPING": repr(typing)}
    return _start(folder, "ours", "--store", str(store), **secret)


def _start(folder: Path, *arguments: str, **secret: str) -> dict[str, float]:
    """Run the process and give the times it tells."""
    homes = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    own = {name: str(folder) for name in homes}
    own |= {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    started = {"BRM_STARTED": repr(time.monotonic())} | secret
    told = subprocess.run(
        [sys.executable, str(CHILD), *arguments],
        env=os.environ | own | started,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )
    must(told.returncode == 0 and told.stdout != "", f"the process ended so: {told.stderr[-500:]}")
    times: dict[str, float] = json.loads(told.stdout)
    must(times["painted"] <= times["usable"] < 60, "the window did not become usable")
    return times
