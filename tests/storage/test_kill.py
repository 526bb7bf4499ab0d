"""A store whose program is killed, or whose disk is full: all of a change or none of it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, sleep

import pytest
from disks import SmallDisk
from stores import a_store, an_entry, data_cells, listing, many_accounts
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.storage.local_store import LocalStore

KILLS = 12
SUPPORT = Path(__file__).resolve().parent.parent / "support"
IMPORT = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from stores import an_entry, many_accounts
from brm_desktop.domain.change import Change
from brm_desktop.storage.local_store import LocalStore
store = LocalStore(Path(sys.argv[1]))
change = Change.of((), many_accounts(1, 5_000))
print("ready", flush=True)
store.write(change, an_entry(1))
print("done", flush=True)
store.close()
"""


def _importing(path: Path) -> subprocess.Popen[str]:
    """A program about to import 5,000 people."""
    program = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(path), str(SUPPORT)], stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "ready\n"
    return program


def _seconds_of_an_import(path: Path) -> float:
    program = _importing(path)
    start = perf_counter()
    program.communicate(timeout=120)
    assert program.returncode == 0
    return perf_counter() - start


def test_killed_at_any_moment_of_an_import_the_store_holds_all_or_none(tmp_path: Path) -> None:
    empty = tmp_path / "empty.brm"
    a_store(empty).close()
    trial = tmp_path / "trial.brm"
    shutil.copy(empty, trial)
    seconds = _seconds_of_an_import(trial)
    chance = random.Random(5_000)
    for number in range(KILLS):
        path = tmp_path / f"{number}.brm"
        shutil.copy(empty, path)
        program = _importing(path)
        sleep(chance.uniform(0, 1.1 * seconds))
        program.kill()
        said, _ = program.communicate(timeout=120)
        store = LocalStore(path)
        assert store.counts()["person"] in ({5_001} if "done" in said else {0, 5_001})
        assert store.check() == []
        store.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A disk of 3 MB."""
    disk = SmallDisk(tmp_path / "disk", megabytes=3)
    yield disk
    disk.go()


def test_on_a_full_disk_nothing_is_changed_and_then_it_goes_on(disk: SmallDisk) -> None:
    store = a_store(disk.folder / "sales.brm")
    few = many_accounts(2, 5)
    store.write(Change.of((), few), an_entry(1))
    before = data_cells(store)
    many = Change.of((), (record for record in many_accounts(60, 50) if record.id not in few))
    with told(StoreProblem, r"The disk is full, so nothing was changed in sales\.brm"):
        store.write(many, an_entry(2))
    assert data_cells(store) == before
    assert store.check() == []
    store.write(Change.of(few, ()), an_entry(3))
    store.close()
    again = LocalStore(disk.folder / "sales.brm")
    assert again.counts()["person"] == 0
    again.close()


def test_on_a_full_disk_no_store_is_made_and_nothing_is_left(disk: SmallDisk) -> None:
    disk.fill()
    with told(StoreProblem, "The disk is full"):
        a_store(disk.folder / "new.brm")
    assert list(listing(disk.folder)) == ["films"]
