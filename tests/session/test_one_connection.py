"""One connection serves the whole program: no store is opened a second time while it is open."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2
from stores import a_clock, many_accounts, put

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import PersonId
from brm_desktop.session.backups import backups_of
from brm_desktop.session.exporting import export_data
from brm_desktop.session.importing import Wishes, import_files, read_files
from brm_desktop.session.protection import PLAIN, Passphrase
from brm_desktop.session.session import Session
from brm_desktop.storage.copies.backups import BackupKind

WORDS = "plum tree on the hill"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was connected to since, as addresses."""
    real = dbapi2.connect
    addresses: list[str] = []

    def connect(address: str, **options: Any) -> Any:
        addresses.append(address)
        return real(address, **options)

    monkeypatch.setattr(dbapi2, "connect", connect)
    return addresses


@pytest.fixture(params=["plain", "encrypted"])
def session(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session on a store of some accounts."""
    protection = PLAIN if request.param == "plain" else Passphrase(WORDS)
    with Session.open(tmp_path / "sales.brm", clock=a_clock(), create=protection) as session:
        put(session, *many_accounts(4, 5))
        yield session


def _walk(session: Session, folder: Path) -> None:
    """Everything a day's work asks of a store."""
    lines = session.portfolio()
    with ThreadPoolExecutor(4) as workers:
        for loaded in workers.map(session.read_account, [line.id for line in lines]):
            session.show_account(loaded)
    for line in lines:
        session.analysis(line.id)
    session.edit(phrase("Assess"), edits.assess, PersonId("Person 0000-01"), closeness=70)
    session.undo()
    session.redo()
    session.names()
    session.months()
    session.counts()
    session.history("Person 0000-01")
    session.all_records()
    session.suppose()
    session.discard_supposed()
    session.change_settings(user=None)
    people = folder / "people.csv"
    people.write_text("id,name\n1,Ann\n")
    import_files(session, read_files([people], Wishes()), account="Acme")
    export_data(session, folder / "data.json")
    assert session.check() == []


def test_a_days_work_opens_the_store_no_second_time(
    session: Session, tmp_path: Path, opened: list[str]
) -> None:
    _walk(session, tmp_path)
    assert set(opened) <= {":memory:"}  # where check builds the schema a store should have


def test_a_copy_is_read_beside_it_without_a_lock_or_a_write(
    session: Session, opened: list[str]
) -> None:
    session.back_up(BackupKind.BY_HAND)
    (made,) = backups_of(session.path)
    assert opened
    assert all(address.endswith("?mode=ro&immutable=1") for address in opened)
    assert {address.split("?")[0] for address in opened} <= {
        session.path.as_uri(),
        made.path.as_uri(),
        f"{made.path.as_uri()}.part",
    }


def test_what_keeps_an_encrypted_store_safe_is_in_force(session: Session) -> None:
    with session._store._reading() as db:
        found = {
            name: db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "locking_mode", "cache_size")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "locking_mode": "exclusive",
        "cache_size": -65536,
    }
