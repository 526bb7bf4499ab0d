"""Power cuts on a simulated disk that loses and tears what was not synced.

Not part of the usual run: ``BRM_POWER_CUTS=2000 uv run pytest tests/storage/test_power_cut.py``.
"""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlcipher3
from stores import a_store, an_entry, changed, many_accounts

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import StoreProblem
from brm_desktop.domain.records import Person, PersonId, Records
from brm_desktop.storage import migrations as ours
from brm_desktop.storage.driver import DriverError
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.opening import open_store

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

CUTS = int(os.environ.get("BRM_POWER_CUTS", "0"))
SOURCE = Path(__file__).with_name("power_cut.c")
pytestmark = pytest.mark.skipif(not CUTS, reason="power cuts are simulated on BRM_POWER_CUTS=2000")

LI = Person(id=PersonId("li"), name="Li")
Disk = ctypes.CDLL


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    """The simulated disk, under every connection that the product opens meanwhile."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler to build the simulated disk with")
    library = tmp_path_factory.mktemp("disk") / "power_cut.so"
    built = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE)],
        capture_output=True,
        check=False,
        text=True,
    )
    if built.returncode:
        pytest.skip(f"the simulated disk cannot be built here: {built.stderr[:200]}")
    (driver,) = Path(sqlcipher3.__file__).parent.glob("_sqlite3*.so")
    sqlite, shim = ctypes.CDLL(str(driver)), ctypes.CDLL(str(library))
    sqlite.sqlite3_vfs_find.restype = shim.cut_made.restype = ctypes.c_void_p
    shim.cut_made.argtypes = [ctypes.c_void_p]
    sqlite.sqlite3_vfs_register.argtypes = [ctypes.c_void_p, ctypes.c_int]
    own = sqlite.sqlite3_vfs_find(None)
    sqlite.sqlite3_vfs_register(shim.cut_made(own), 1)
    yield shim
    sqlite.sqlite3_vfs_register(own, 1)


def _often_checkpointed(path: Path, pages: int) -> LocalStore:
    store = LocalStore(path)
    with store._reading() as db:
        db.execute(f"PRAGMA wal_autocheckpoint = {pages}")
    return store


def _after_the_cut(disk: Disk, path: Path, seed: int) -> Records:
    """What the store holds when the power is back; it must open and be sound."""
    disk.cut_power(seed)
    store = LocalStore(path)
    assert store.check() == []
    records = store.load_all()
    store.close()
    disk.cut_forget()
    return records


def _until_the_cut(work: Callable[[], object]) -> bool:
    """Whether the work was done before the power went."""
    try:
        work()
    except (StoreProblem, DriverError):
        return False
    return True


def _template(disk: Disk, folder: Path) -> Path:
    path = folder / "template.brm"
    store = a_store(path)
    store.write(Change.of((), [LI]), an_entry(1))
    store.close()
    disk.cut_forget()
    return path


def _edits_until_the_cut(disk: Disk, store: LocalStore, chance: random.Random) -> int:
    """Make up to 15 edits, the power being cut at some moment; how many were acknowledged."""
    disk.cut_after(chance.randint(1, 160))
    done = 0
    while done < 15:
        before, after = (changed(LI, notes=str(n) if n else "") for n in (done, done + 1))
        edit, entry = Change.of([before], [after]), an_entry(done + 2)
        if not _until_the_cut(partial(store.write, edit, entry)):
            break
        done += 1
    _until_the_cut(store.close)
    return done


def test_no_acknowledged_edit_is_lost_and_none_is_half_there(disk: Disk, tmp_path: Path) -> None:
    template, chance = _template(disk, tmp_path), random.Random(1)
    cuts = 0
    for number in range(CUTS):
        path = tmp_path / f"{number}.brm"
        shutil.copy(template, path)
        store = _often_checkpointed(path, chance.choice([5, 20, 1000]))
        done = _edits_until_the_cut(disk, store, chance)
        cuts += disk.cut_happened()
        (found,) = _after_the_cut(disk, path, number).all(Person).values()
        assert int(found.notes or 0) in {done, done + 1}, f"cut {number}"
        path.unlink()
    assert cuts > CUTS // 2


def test_the_simulated_disk_does_lose_what_is_not_synced(disk: Disk, tmp_path: Path) -> None:
    template, chance = _template(disk, tmp_path), random.Random(1)
    lost = 0
    for number in range(CUTS // 4):
        path = tmp_path / f"{number}.brm"
        shutil.copy(template, path)
        store = _often_checkpointed(path, 20)
        with store._reading() as db:
            db.execute("PRAGMA synchronous = normal")
        done = _edits_until_the_cut(disk, store, chance)
        (found,) = _after_the_cut(disk, path, number).all(Person).values()
        lost += int(found.notes or 0) < done
        path.unlink()
    assert lost > CUTS // 40


def test_an_import_is_all_there_or_not_at_all(disk: Disk, tmp_path: Path) -> None:
    template, chance = _template(disk, tmp_path), random.Random(2)
    facts = many_accounts(3, 20)
    for number in range(CUTS // 4):
        path = tmp_path / f"{number}.brm"
        shutil.copy(template, path)
        store = _often_checkpointed(path, chance.choice([20, 1000]))
        disk.cut_after(chance.randint(1, 400))
        done = _until_the_cut(partial(store.write, Change.of((), facts), an_entry(2)))
        _until_the_cut(store.close)
        found = len(_after_the_cut(disk, path, number).all(Person))
        assert found in ({62} if done else {1, 62}), f"cut {number}"
        path.unlink()


def _with_another_step() -> Migrations:
    from sqlite_utils.migrations import Migrations

    steps = Migrations("brm")
    for step in ours.migrations._migrations:
        steps(name=step.name)(step.fn)

    @steps(name="tested_here")
    def _another(db: Database) -> None:
        db.execute("CREATE TABLE extra (x TEXT) STRICT")
        for _ in range(200):
            db.execute("INSERT INTO extra VALUES (?)", ["x" * 500])
        db.execute("PRAGMA user_version = 4")

    return steps


def _migrate(path: Path) -> None:
    open_store(path, _with_another_step()).close()


def test_a_migration_is_done_or_not_and_loses_nothing(disk: Disk, tmp_path: Path) -> None:
    chance = random.Random(3)
    template = _template(disk, tmp_path)
    for number in range(CUTS // 4):
        path = tmp_path / f"{number}.brm"
        shutil.copy(template, path)
        disk.cut_after(chance.randint(1, 220))
        done = _until_the_cut(partial(_migrate, path))
        disk.cut_power(number)
        again = open_store(path, _with_another_step())
        assert again.execute("SELECT count(*) FROM extra").fetchone() == (200,)
        assert again.execute("SELECT name FROM person").fetchall() == [("Li",)]
        assert again.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        again.close()
        copies = list(tmp_path.glob(f"{number}.brm.backups/*-before-migration.brm"))
        assert copies or not done
        disk.cut_forget()
        shutil.rmtree(tmp_path / f"{number}.brm.backups", ignore_errors=True)
        for file in tmp_path.glob(f"{number}.brm*"):
            file.unlink()
