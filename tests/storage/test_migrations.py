from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from stores import a_store, an_entry, everything, listing
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import StoreDamaged, StoreProblem
from brm_desktop.domain.records import REFERENCES
from brm_desktop.storage import migrations as ours
from brm_desktop.storage.copies import copying
from brm_desktop.storage.copies.backups import BackupKind, backups_of
from brm_desktop.storage.driver import as_database, connect, in_memory
from brm_desktop.storage.opening import APPLICATION_ID, newest_version, open_store
from brm_desktop.storage.own_schema import (
    TODAYS_FINGERPRINT,
    TODAYS_VERSION,
    fingerprint,
    has_todays_schema,
)
from brm_desktop.storage.rows.mapping import TABLES

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    path = tmp_path / "sales.brm"
    store = a_store(path)
    store.write(Change.of((), everything()), an_entry())
    store.close()
    return path


def _with_another_step(fails: bool = False) -> Migrations:
    from sqlite_utils.migrations import Migrations

    steps = Migrations("brm")
    for step in ours.migrations._migrations:
        steps(name=step.name)(step.fn)

    @steps(name="tested_here")
    def _another(db: Database) -> None:
        db.execute("ALTER TABLE person ADD COLUMN nickname TEXT")
        db.execute(f"PRAGMA user_version = {TODAYS_VERSION + 1}")
        if fails:
            db.execute("SELECT nickname FROM nowhere")

    return steps


def _version(path: Path) -> int:
    with closing(connect(path, "immutable")) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_each_migration_ends_by_saying_its_version_and_whose_file_it_is() -> None:
    with closing(in_memory()) as connection:
        db = as_database(connection)
        steps = ours.migrations.pending(db)
        for version, step in enumerate(steps, 1):
            step.fn(db)
            assert db.execute("PRAGMA user_version").fetchone() == (version,)
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert newest_version() == len(steps)


def test_a_store_that_all_steps_were_made_of_is_opened_without_a_copy(store_file: Path) -> None:
    open_store(store_file, ours.migrations).close()
    assert backups_of(store_file) == []


def test_a_store_of_todays_schema_is_known_by_its_fingerprint() -> None:
    with closing(in_memory()) as connection:
        ours.migrations.apply(as_database(connection))
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        assert (version, fingerprint(connection)) == (TODAYS_VERSION, TODAYS_FINGERPRINT)
        assert has_todays_schema(connection)


@pytest.mark.parametrize(
    "changed",
    [
        "CREATE VIEW more AS SELECT 1",
        "DROP INDEX department_by_organisation",
        "CREATE TRIGGER harm AFTER INSERT ON person BEGIN DELETE FROM person; END",
        "ALTER TABLE person ADD COLUMN spy TEXT",
        "DELETE FROM _sqlite_migrations WHERE rowid = 2",
        "UPDATE _sqlite_migrations SET name = 'other' WHERE rowid = 1",
        "PRAGMA user_version = 3",
    ],
)
def test_whatever_is_otherwise_is_not_todays_schema(changed: str) -> None:
    with closing(in_memory()) as connection:
        ours.migrations.apply(as_database(connection))
        connection.execute(changed)
        assert not has_todays_schema(connection)


def test_migrations_use_nothing_of_todays_code() -> None:
    for file in Path(ours.__file__).parent.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert text.count("brm_desktop") == text.count("from brm_desktop.storage.migrations.")


def test_an_older_store_is_copied_before_it_is_changed(store_file: Path) -> None:
    before = store_file.read_bytes()
    with closing(open_store(store_file, _with_another_step())) as connection:
        assert "nickname" in as_database(connection).table("person").columns_dict
    assert list(listing(store_file.parent)) == ["sales.brm", "sales.brm.backups"]
    (copy,) = backups_of(store_file)
    assert copy.kind is BackupKind.BEFORE_MIGRATION
    assert (_version(store_file), _version(copy.path)) == (TODAYS_VERSION + 1, TODAYS_VERSION)
    assert store_file.read_bytes() != before


def test_the_copy_opens_and_holds_everything(store_file: Path) -> None:
    open_store(store_file, _with_another_step()).close()
    from brm_desktop.storage.local_store import LocalStore

    (kept,) = backups_of(store_file)
    copy = LocalStore(kept.path)
    assert copy.load_all() == everything()
    assert copy.check() == []
    copy.close()


def test_a_store_of_today_is_not_copied(store_file: Path) -> None:
    open_store(store_file).close()
    assert list(listing(store_file.parent)) == ["sales.brm"]


def test_a_migration_that_fails_leaves_the_store_at_its_version(store_file: Path) -> None:
    with pytest.raises(Exception, match="no such table"):
        open_store(store_file, _with_another_step(fails=True))
    db = open_store(store_file)
    assert "nickname" not in as_database(db).table("person").columns_dict
    assert db.execute("PRAGMA user_version").fetchone() == (TODAYS_VERSION,)
    db.close()


def test_without_a_sound_copy_nothing_is_changed(
    store_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = iter([{"person": 1}, {"person": 2}])
    monkeypatch.setattr(copying, "sizes", lambda _: next(sizes))
    with told(StoreDamaged, "did not turn out as the store is"):
        open_store(store_file, _with_another_step())
    assert backups_of(store_file) == []
    assert _version(store_file) == TODAYS_VERSION


def test_without_room_for_a_copy_nothing_is_changed(
    store_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with told(StoreProblem, "No space left on device"):
        open_store(store_file, _with_another_step())
    assert backups_of(store_file) == []
    assert _version(store_file) == TODAYS_VERSION


def test_a_store_of_the_first_version_gets_an_index_for_every_reference(tmp_path: Path) -> None:
    from sqlite_utils.migrations import Migrations

    first = Migrations("brm")
    step = ours.migrations._migrations[0]
    first(name=step.name)(step.fn)
    path = tmp_path / "old.brm"
    with closing(connect(path, "rwc")) as connection:
        first.apply(as_database(connection))
    db = open_store(path)
    plans = {}
    for reference in REFERENCES:
        table = TABLES[reference.kind]
        if table.codes[reference.field].empty != []:
            condition = f"\"{reference.field}\" IN (SELECT value FROM json_each('[]'))"
            plan = db.execute(f"EXPLAIN QUERY PLAN {table.select} WHERE {condition}").fetchall()
            plans[table.name, reference.field] = plan[0][3]
    db.close()
    assert {key for key, plan in plans.items() if "USING INDEX" not in plan} == set()
    assert _version(path) == TODAYS_VERSION
