"""Today, Value, the portfolio and Sync over 2,000 accounts: the longest hold-ups, first paints."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from measuring import Reading, Readings, must, spoken, within
from pages_held_up import PEOPLE, TABS
from portfolio_speed import build_months, told_by

from brm_desktop.session.demo import DemoSize, write_demo

CHILD = Path(__file__).with_name("pages_held_up.py")
MOST, PAINT_MOST = 0.050, 3.0
ACCOUNTS = 2_000
PAGES = {
    "accounts": "Accounts",
    "today": "Today",
    **{tab: f"Value, {tab}" for tab in TABS},
    "index": "Value, BRM index",
    "sync": f"Sync, {2 * PEOPLE:,} records that would leave",
}
PAINTED = {"today": "Today", "value": "Value"}

Found = dict[str, list[float]]


def measure(folder: Path) -> Readings:
    """Both stores, each time a copy of its own in a process of its own.

    The large one is gone through once, which takes some minutes: of each page it is told how long
    the window was held up at most, while it was read and by several edits.
    """
    stores = {"sample": folder / "sample.brm", "large": folder / "large.brm"}
    write_demo(stores["sample"])
    write_demo(stores["large"], DemoSize.LARGE)
    for store in stores.values():
        build_months(store)
    found: dict[str, Found] = {name: {} for name in stores}
    for name, turns, pages in (("sample", 2, ["today", "value"]), ("large", 1, [])):
        for turn in range(turns):
            told = _turn(folder / f"{turn}-{name}", stores[name], pages)
            for what, seconds in told.items():
                found[name].setdefault(what, []).append(seconds)
    large, sample = found["large"], found["sample"]
    must(set(large["accounts"]) == {ACCOUNTS}, "not all accounts are there")
    must(min(large["leaving"]) >= 2 * PEOPLE - 5, "not everything that was shared would leave")
    yield from _readings(large, sample)


def _readings(large: Found, sample: Found) -> Iterator[Reading]:
    for name, said in PAINTED.items():
        ours, peer = median(large[f"{name} paint"]), median(sample[f"{name} paint"])
        yield Reading(
            f"{said}, asked for until first painted",
            spoken(ours),
            f"the sample's: {spoken(peer)}",
            f"{ours / peer:.3g}",
            f"≤ {PAINT_MOST}",
            ours / peer <= PAINT_MOST,
        )
    for name, said in PAGES.items():
        yield within(
            f"{said}: window held up while it is read", median(large[f"{name} read"]), MOST
        )
        yield within(f"{said}: window held up by an edit", median(large[f"{name} edit"]), MOST)


def _turn(folder: Path, store: Path, pages: list[str]) -> dict[str, float]:
    folder.mkdir()
    own = Path(shutil.copy(store, folder))
    try:
        found: dict[str, float] = told_by(folder, CHILD, str(own), *pages)
    finally:
        shutil.rmtree(folder)
    return found
