"""Stores that every released version of the program wrote are brought to today's, with a copy."""

from __future__ import annotations

import gzip
import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from stores import a_clock, listing
from told import told

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.errors import NewerStore
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import Dimension, Person
from brm_desktop.language import tr
from brm_desktop.session.backups import BackupKind, backups_of, preview
from brm_desktop.session.session import Session
from brm_desktop.storage.driver import connect
from brm_desktop.storage.keys.store_key import StoreKey, recovery_key
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.opening import newest_version

FIXTURES = Path(__file__).parents[1] / "storage" / "fixtures"
KEY = StoreKey(bytes(range(32)))
VERSIONS = sorted(int(path.stem[-5:-4]) for path in FIXTURES.glob("schema-*.brm.gz"))


@pytest.fixture(params=VERSIONS, ids=lambda version: f"schema-{version}")
def version(request: pytest.FixtureRequest) -> int:
    found: int = request.param
    return found


@pytest.fixture(params=[None, KEY], ids=["plain", "encrypted"])
def key(request: pytest.FixtureRequest) -> StoreKey | None:
    found: StoreKey | None = request.param
    return found


@pytest.fixture
def recorded(version: int) -> dict[str, Any]:
    """What the code of that version said of the store."""
    said: dict[str, Any] = json.loads((FIXTURES / f"schema-{version}.json").read_text("utf-8"))
    return said


@pytest.fixture
def path(tmp_path: Path, version: int, key: StoreKey | None) -> Path:
    """The store of that version, as it was on the day it was made; encrypted with a key."""
    path = tmp_path / "old.brm"
    path.write_bytes(gzip.decompress((FIXTURES / f"schema-{version}.brm.gz").read_bytes()))
    if key is not None:
        _encrypt(path, key)
    return path


def _encrypt(path: Path, key: StoreKey) -> None:
    shut = path.with_name("shut.brm")
    with closing(connect(shut, "rwc", key)) as connection:
        connection.execute("ATTACH ? AS plain KEY ''", [str(path)])
        connection.execute("SELECT sqlcipher_export('main', 'plain')")
        for pragma in ("user_version", "application_id"):
            (value,) = connection.execute(f"PRAGMA plain.{pragma}").fetchone()
            connection.execute(f"PRAGMA main.{pragma} = {value}")
        connection.commit()
    shut.replace(path)


def test_every_released_version_has_its_file() -> None:
    assert list(range(1, newest_version() + 1)) == VERSIONS


def test_a_store_of_a_released_version_is_all_there(
    path: Path, key: StoreKey | None, recorded: dict[str, Any]
) -> None:
    with Session(LocalStore(path, key), a_clock(month=11, day=22)) as session:
        assert session.schema == newest_version()
        assert [tr(fault) for fault in session.check()] == []
        counts = session.counts()
        assert {kind: counts[kind] for kind in recorded["counts"]} == recorded["counts"]
        bo = session.all_records().where(Person, name="Bo Lindqvist")
        assert [one.title for one in bo] == ["Purchasing director"]
        for name, said in recorded["accounts"].items():
            analysis = session.analysis(session.find_account(name))
            assert _people(analysis).items() >= said["people"].items()
            for dimension in Dimension:
                value = analysis.scores[dimension].value
                number = None if value is None else float(value)
                assert number == pytest.approx(said["scores"][dimension.value], abs=1e-9)


def _people(analysis: AccountAnalysis) -> dict[str, str]:
    return {person.name: person.title for person in analysis.records.all(Person).values()}


def test_a_copy_is_kept_before_a_released_version_is_changed(
    path: Path, key: StoreKey | None, version: int, recorded: dict[str, Any]
) -> None:
    LocalStore(path, key).close()
    found = backups_of(path)
    if version == newest_version():
        assert found == []
        return
    (copy,) = found
    assert copy.kind is BackupKind.BEFORE_MIGRATION
    held = preview(copy, None if key is None else recovery_key(key))
    assert held.schema == version
    assert {kind: held.counts[kind] for kind in recorded["counts"]} == recorded["counts"]


def test_what_was_done_with_a_released_version_can_be_undone(
    path: Path, key: StoreKey | None
) -> None:
    with Session(LocalStore(path, key), a_clock()) as session:
        assert session.can_undo() == Phrase("Promote Bo Lindqvist")
        session.undo()
        (bo,) = session.all_records().where(Person, name="Bo Lindqvist")
        assert bo.title == "Head of purchasing"
        session.undo()
        assert session.all_records().where(Person, name="Bo Lindqvist") == ()
        session.redo()
        session.redo()
        (bo,) = session.all_records().where(Person, name="Bo Lindqvist")
        assert bo.title == "Purchasing director"
        assert session.check() == []


def test_a_newer_file_is_refused_and_stays_byte_for_byte(path: Path, key: StoreKey | None) -> None:
    with closing(connect(path, "rw", key)) as connection:
        connection.execute(f"PRAGMA user_version = {newest_version() + 1}")
    before = listing(path.parent)
    with told(NewerStore, "written by a newer version of BRM Desktop"):
        LocalStore(path, key)
    assert listing(path.parent) == before
