"""The portfolio of 2,000 accounts, 40,000 people and 20,000 projects, against the sample's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from measuring import ROUNDS, Reading, Readings, must, noted, spoken, within

from brm_desktop.session.demo import DemoSize, write_demo

CHILD = Path(__file__).with_name("portfolio_shown.py")
PAINT_MOST, HELD_UP_MOST, MEMORY_MOST = 3.0, 0.050, 4.0
"""The last is what B10 allows for something large."""
ACCOUNTS = 2_000
MEBIBYTE = 1024 * 1024


def measure(folder: Path) -> Readings:
    """Both stores by turns, each in a process of its own."""
    stores = {"sample": folder / "sample.brm", "large": folder / "large.brm"}
    write_demo(stores["sample"])
    write_demo(stores["large"], DemoSize.LARGE)
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in stores}
    for _ in range(ROUNDS):
        for name, store in stores.items():
            found[name].append(told_by(folder, CHILD, str(store)))
    large, sample = found["large"], found["sample"]
    must(all(one["accounts"] == one["ranked"] == ACCOUNTS for one in large), "not all are ranked")
    bare = [told_by(folder, CHILD.with_name("remembered.py"), "bare", "-") for _ in range(ROUNDS)]
    numbers = [told_by(folder, CHILD, str(stores["large"]), "numbers") for _ in range(ROUNDS)]
    must(all(one["accounts"] == ACCOUNTS for one in numbers), "not all are computed")
    yield _first_paint(_median(large, "first"), _median(sample, "first"))
    yield within(
        "one sort, the longest of all columns", _median(large, "sort_longest"), HELD_UP_MOST
    )
    yield noted("one sort, the usual", _median(large, "sort"))
    yield within("one filter, the longest", _median(large, "filter_longest"), HELD_UP_MOST)
    yield noted("one filter, the usual", _median(large, "filter"))
    yield noted("all accounts read, computed and ranked in a worker", _median(large, "computed"))
    yield within("the window held up meanwhile", _median(large, "longest"), HELD_UP_MOST)
    yield _memory(_median(numbers, "held"), _median(bare, "held"))


def _first_paint(ours: float, peer: float) -> Reading:
    return Reading(
        "the page of 2,000 accounts, from nothing to its rows on screen",
        spoken(ours),
        f"the sample's: {spoken(peer)}",
        f"{ours / peer:.3g}",
        f"≤ {PAINT_MOST}",
        ours / peer <= PAINT_MOST,
    )


def _memory(ours: float, bare: float) -> Reading:
    return Reading(
        "memory of a bare window with the store open and all of them computed",
        f"{ours / MEBIBYTE:.0f} MiB",
        f"bare window: {bare / MEBIBYTE:.0f} MiB",
        f"{ours / bare:.3g}",
        f"≤ {MEMORY_MOST}",
        ours / bare <= MEMORY_MOST,
    )


def _median(found: list[dict[str, Any]], what: str) -> float:
    return median(float(one[what]) for one in found)


def told_by(folder: Path, child: Path, *arguments: str) -> dict[str, Any]:
    """What a process of its own says at its end, with no settings but those in a folder."""
    homes = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")
    ran = subprocess.run(
        [sys.executable, str(child), *arguments],
        env=os.environ | {name: str(folder) for name in homes},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    must(ran.returncode == 0, f"the process ended so: {ran.stderr[-500:]}")
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told
