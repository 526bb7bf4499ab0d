"""B10: memory with the sample portfolio open and with a canvas of 10,000 people.

All run from bytecode, as an installed program does: what compiling takes is no part of it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from measuring import ROUNDS, Reading, Readings, Skipped, must

from brm_desktop.session.demo import write_demo

CHILD = Path(__file__).with_name("remembered.py")
SAMPLE_MOST, CANVAS_MOST = 2.5, 4.0
MEBIBYTE = 1024 * 1024


def measure(folder: Path) -> Readings:
    """What the three processes hold, by turns."""
    if not Path("/proc/self/statm").exists():
        yield Skipped("memory is read from /proc, which this system does not have")
        return
    store = folder / "sample.brm"
    write_demo(store)
    held: dict[str, list[int]] = {"bare": [], "sample": [], "canvas": []}
    for what in held:
        _held(folder, what, str(store))
    for _ in range(ROUNDS):
        for what, amounts in held.items():
            amounts.append(_held(folder, what, str(store)))
    bare = median(held["bare"])
    yield _against("the sample portfolio open", median(held["sample"]), bare, SAMPLE_MOST)
    yield _against("a canvas of 10,000 people", median(held["canvas"]), bare, CANVAS_MOST)


def _against(what: str, ours: float, bare: float, most: float) -> Reading:
    ratio = ours / bare
    return Reading(
        what,
        f"{ours / MEBIBYTE:.0f} MiB",
        f"bare window: {bare / MEBIBYTE:.0f} MiB",
        f"{ratio:.3g}",
        f"≤ {most}",
        ratio <= most,
    )


def _held(folder: Path, what: str, store: str) -> int:
    """The bytes a process holds once it shows what it is told to."""
    homes = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    own = {name: str(folder) for name in homes}
    own |= {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
    told = subprocess.run(
        [sys.executable, str(CHILD), what, store],
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    must(told.returncode == 0, f"the process ended so: {told.stderr[-500:]}")
    found: dict[str, int] = json.loads(told.stdout.splitlines()[-1])
    must(what == "bare" or found["cards"] > 0, "nothing is on the canvas")
    return found["held"]
