"""Power cuts on a simulated disk that loses and tears what was not synced.

Not part of the usual run: ``BRM_POWER_CUTS=2000 uv run pytest tests/storage/test_power_cut.py``.
"""

from __future__ import annotations

import os
import random
from contextlib import closing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from power import Power, copies, cut_everywhere
from stores import SITE, an_entry, changed, many_accounts

from brm_desktop.domain.change import Change
from brm_desktop.domain.records import Person, PersonId, Records
from brm_desktop.storage import migrations as ours
from brm_desktop.storage.copies import backups
from brm_desktop.storage.copies.backups import BackupKind
from brm_desktop.storage.driver import as_database, connect, make_durable
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.opening import newest_version

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

CUTS = int(os.environ.get("BRM_POWER_CUTS", "0"))
pytestmark = pytest.mark.skipif(not CUTS, reason="power cuts are simulated on BRM_POWER_CUTS=2000")

LI = Person(id=PersonId("li"), name="Li")
NOON = datetime(2026, 3, 31, 12).astimezone()
KEYS = {"plain": None, "encrypted": StoreKey(bytes(range(32)))}


@pytest.fixture(params=list(KEYS))
def key(request: pytest.FixtureRequest) -> StoreKey | None:
    """The key of an encrypted store, or none."""
    return KEYS[request.param]


@pytest.fixture
def template(tmp_path: Path, key: StoreKey | None) -> Path:
    """A folder with a store of one person, closed."""
    folder = tmp_path / "template"
    folder.mkdir()
    store = LocalStore.create(folder / "sales.brm", SITE, key)
    store.write(Change.of((), [LI]), an_entry(1))
    store.close()
    return folder


def _often_checkpointed(path: Path, key: StoreKey | None, pages: int) -> LocalStore:
    store = LocalStore(path, key)
    with store._reading() as db:
        db.execute(f"PRAGMA wal_autocheckpoint = {pages}")
    return store


def _found(path: Path, key: StoreKey | None) -> Records:
    """What the store holds when the power is back; it must open and be sound."""
    with closing(LocalStore(path, key)) as store:
        assert store.check() == []
        return store.load_all()


def _closed_in_the_dark(power: Power, store: LocalStore) -> None:
    """Let go of a store; when the power is gone, nothing comes of it any more."""
    power.lasts(store.close)
    store._db.close()


def _edits_until_the_cut(power: Power, store: LocalStore, chance: random.Random) -> int:
    """Make up to 15 edits, the power being cut at some moment; how many were acknowledged."""
    power.cut_after(chance.randint(1, 160))
    done = 0
    while done < 15:
        before, after = (changed(LI, notes=str(n) if n else "") for n in (done, done + 1))
        edit, entry = Change.of([before], [after]), an_entry(done + 2)
        if not power.lasts(partial(store.write, edit, entry)):
            break
        done += 1
    _closed_in_the_dark(power, store)
    return done


def test_no_acknowledged_edit_is_lost_and_none_is_half_there(
    power: Power, template: Path, key: StoreKey | None
) -> None:
    chance = random.Random(1)
    for number, folder in copies(template, CUTS):
        power.on(folder)
        store = _often_checkpointed(folder / "sales.brm", key, chance.choice([5, 20, 1000]))
        done = _edits_until_the_cut(power, store, chance)
        power.cut_now()
        power.back(number)
        (found,) = _found(folder / "sales.brm", key).all(Person).values()
        assert int(found.notes or 0) in {done, done + 1}, f"cut {number}"


def test_the_simulated_disk_does_lose_what_is_not_synced(
    power: Power, template: Path, key: StoreKey | None
) -> None:
    chance, lost = random.Random(1), 0
    for number, folder in copies(template, CUTS // 4):
        power.on(folder)
        store = _often_checkpointed(folder / "sales.brm", key, 20)
        with store._reading() as db:
            db.execute("PRAGMA synchronous = normal")
        done = _edits_until_the_cut(power, store, chance)
        power.back(number)
        (found,) = _found(folder / "sales.brm", key).all(Person).values()
        lost += int(found.notes or 0) < done
    assert lost > CUTS // 40


def test_an_import_is_all_there_or_not_at_all(
    power: Power, template: Path, key: StoreKey | None
) -> None:
    chance, facts = random.Random(2), many_accounts(3, 20)
    for number, folder in copies(template, CUTS // 4):
        power.on(folder)
        store = _often_checkpointed(folder / "sales.brm", key, chance.choice([20, 1000]))
        power.cut_after(chance.randint(1, 400))
        done = power.lasts(partial(store.write, Change.of((), facts), an_entry(2)))
        _closed_in_the_dark(power, store)
        power.cut_now()
        power.back(number)
        found = len(_found(folder / "sales.brm", key).all(Person))
        assert found in ({62} if done else {1, 62}), f"cut {number}"


def test_a_store_is_made_whole_or_not_at_all(
    power: Power, tmp_path: Path, key: StoreKey | None
) -> None:
    template = tmp_path / "empty"
    template.mkdir()

    def work(folder: Path) -> None:
        LocalStore.create(folder / "sales.brm", SITE, key).close()

    def look(folder: Path, done: bool) -> None:
        path = folder / "sales.brm"
        assert path.exists() or not done
        if not path.exists():
            work(folder)
        assert _found(path, key) == Records()

    cut_everywhere(power, template, work, look, CUTS // 8)


def _as_of(version: int) -> Migrations:
    """The steps up to an older version of the schema."""
    from sqlite_utils.migrations import Migrations

    steps = Migrations("brm")
    for step in ours.migrations._migrations[:version]:
        steps(name=step.name)(step.fn)
    return steps


@pytest.mark.parametrize("version", range(1, newest_version()))
def test_a_migration_is_done_or_not_and_loses_nothing(
    power: Power, tmp_path: Path, key: StoreKey | None, version: int
) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    with closing(connect(folder / "sales.brm", "rwc", key)) as connection:
        make_durable(connection)
        db = as_database(connection)
        _as_of(version).apply(db)
        db.execute(
            "INSERT INTO site (site, own, device, rep, applied_sequence, status)"
            " VALUES (?, 1, '', '', 0, 'own')",
            [SITE.to_bytes(8, "big")],
        )
        db.execute("INSERT INTO setting VALUES ('language', ?)", ['"x"'])
        connection.commit()

    def work(copy: Path) -> None:
        LocalStore(copy / "sales.brm", key).close()

    def look(copy: Path, done: bool) -> None:
        kept = backups.backups_of(copy / "sales.brm")
        assert kept or not done
        with closing(LocalStore(copy / "sales.brm", key)) as store:
            assert store.schema == newest_version()
            assert store.check() == []
            assert store.read_settings() == {"language": "x"}
        of_versions = set()
        for backup in backups.backups_of(copy / "sales.brm"):
            with closing(connect(backup.path, "immutable", key)) as connection:
                assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
                of_versions |= set(connection.execute("PRAGMA user_version").fetchone())
        assert min(of_versions) == version

    cut_everywhere(power, folder, work, look, CUTS // 8)


def test_a_backup_that_is_broken_off_harms_nothing_and_none_is_half_there(
    power: Power, template: Path, key: StoreKey | None
) -> None:
    def work(folder: Path) -> None:
        store = LocalStore(folder / "sales.brm", key)
        try:
            store.write(Change.of([LI], [changed(LI, notes="1")]), an_entry(2))
            store.back_up(BackupKind.DAILY, NOON)
            store.write(Change.of([changed(LI, notes="1")], [changed(LI, notes="2")]), an_entry(3))
            store.close()
        finally:
            store._db.close()

    def look(folder: Path, done: bool) -> None:
        (found,) = _found(folder / "sales.brm", key).all(Person).values()
        kept = backups.backups_of(folder / "sales.brm")
        assert len(kept) == 2 or not done
        assert int(found.notes or 0) >= (2 if done else 1 if kept else 0)
        for backup in kept:
            (copied,) = _found(backup.path, key).all(Person).values()
            assert copied.notes == "1"

    cut_everywhere(power, template, work, look, CUTS // 8)
