"""The portfolio of 2,000 accounts, 40,000 people and 20,000 projects, against the sample's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from measuring import ROUNDS, Reading, Readings, must, noted, spoken, within

from brm_desktop.session.demo import DemoSize, write_demo
from brm_desktop.session.session import Session
from brm_desktop.session.snapshots import NAME, MonthBuilding

CHILD = Path(__file__).with_name("portfolio_shown.py")
PAINT_MOST, HELD_UP_MOST, MEMORY_MOST = 3.0, 0.050, 4.0
"""The last is what B10 allows for something large."""
ACCOUNTS = 2_000
MEBIBYTE = 1024 * 1024
_AT_ONCE = 50


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
    windows = _windows(folder, stores)
    yield from _memories(
        _median(bare, "held"), _median(numbers, "held"), windows["large"], windows["sample"]
    )


def build_months(store: Path) -> None:
    """Keep the months that have ended, as the program does when a store is first open."""
    with Session.open(store) as session:
        building = MonthBuilding(session, session.months())
        while not building.done:
            change = building.build_next(_AT_ONCE, lambda: None)
            session.show_written(session.write(NAME, change, undoable=False))


def _windows(folder: Path, stores: dict[str, Path]) -> dict[str, dict[str, Any]]:
    """What a window holds over each store that was open before; once, for it takes its time."""
    for store in stores.values():
        build_months(store)
    found = {name: told_by(folder, CHILD, str(store), "seen") for name, store in stores.items()}
    must(found["large"]["accounts"] == ACCOUNTS, "not all accounts are there")
    return found


def _first_paint(ours: float, peer: float) -> Reading:
    return Reading(
        "the page of 2,000 accounts, from nothing to its rows on screen",
        spoken(ours),
        f"the sample's: {spoken(peer)}",
        f"{ours / peer:.3g}",
        f"≤ {PAINT_MOST}",
        ours / peer <= PAINT_MOST,
    )


def _memories(
    bare: float, numbers: float, large: dict[str, Any], sample: dict[str, Any]
) -> Iterator[Reading]:
    of_sample = "; the sample's: {}"
    for what, held, beside in (
        ("a bare window with the store open and all of them computed", numbers, ""),
        (
            "the window with all computed and the pages without charts seen",
            float(large["pages"]),
            of_sample.format(_mib(sample["pages"])),
        ),
        (
            "the same, and Value and the company's relations with their charts",
            float(large["charts"]),
            of_sample.format(_mib(sample["charts"])),
        ),
    ):
        yield Reading(
            f"memory of {what}",
            _mib(held),
            f"bare window: {_mib(bare)}{beside}",
            f"{held / bare:.3g}",
            f"≤ {MEMORY_MOST}",
            held / bare <= MEMORY_MOST,
        )


def _mib(amount: float) -> str:
    return f"{amount / MEBIBYTE:.0f} MiB"


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
