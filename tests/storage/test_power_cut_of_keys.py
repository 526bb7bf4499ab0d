"""Power cuts where keys, passphrases and whole stores change places.

Not part of the usual run: ``BRM_POWER_CUTS=2000 uv run pytest tests/storage/test_power_cut*.py``.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from power import Power, cut_everywhere
from stores import NOW, a_clock, changed, many_accounts, put

from brm_desktop.domain.errors import WrongSecret
from brm_desktop.domain.records import Person, PersonId
from brm_desktop.session.backups import backups_of, restore
from brm_desktop.session.protection import PLAIN, Passphrase, encrypt_store, is_encrypted
from brm_desktop.session.session import Session, SetClock
from brm_desktop.storage.copies.backups import BackupKind
from brm_desktop.storage.driver import salt_of
from brm_desktop.storage.keys import vault
from brm_desktop.storage.place import durable

CUTS = int(os.environ.get("BRM_POWER_CUTS", "0"))
pytestmark = pytest.mark.skipif(not CUTS, reason="power cuts are simulated on BRM_POWER_CUTS=2000")

OLD, NEW = "plum tree on the hill", "nine grey herons"
LI = Person(id=PersonId("li"), name="Li")


def _opened(path: Path, secret: str | None = None) -> Session:
    return Session.open(path, clock=a_clock(), secret=secret)


@pytest.fixture
def encrypted(tmp_path: Path) -> Path:
    """A folder with an encrypted store of one person, and a backup of it with another name."""
    folder = tmp_path / "template"
    folder.mkdir()
    path = folder / "sales.brm"
    with Session.open(path, clock=a_clock(), create=Passphrase(OLD)) as session:
        put(session, LI)
        session.back_up(BackupKind.BY_HAND)
        put(session, changed(LI, name="Li Na"))
    return folder


def _name(path: Path, secret: str | None) -> str:
    with _opened(path, secret) as session:
        assert session.check() == []
        return session.all_records().one(Person, "li").name


def test_an_encrypted_store_is_made_with_its_key_file_or_not_at_all(
    power: Power, tmp_path: Path
) -> None:
    template = tmp_path / "empty"
    template.mkdir()

    def work(folder: Path) -> None:
        Session.open(folder / "sales.brm", clock=a_clock(), create=Passphrase(OLD)).close()

    def look(folder: Path, done: bool) -> None:
        path = folder / "sales.brm"
        assert path.exists() or not done
        if not path.exists():
            work(folder)
        assert is_encrypted(path)
        with _opened(path, OLD) as session:
            assert session.check() == []

    cut_everywhere(power, template, work, look, CUTS // 8)


def test_a_passphrase_is_changed_or_the_old_one_goes_on(power: Power, encrypted: Path) -> None:
    def work(folder: Path) -> None:
        session = _opened(folder / "sales.brm", OLD)
        try:
            session.change_passphrase(OLD, NEW)
            session.close()
        finally:
            session._store._db.close()

    def look(folder: Path, done: bool) -> None:
        path = folder / "sales.brm"
        try:
            assert _name(path, NEW) == "Li Na"
        except WrongSecret:
            assert not done
            assert _name(path, OLD) == "Li Na"

    cut_everywhere(power, encrypted, work, look, CUTS // 8)


def test_the_simulated_disk_does_lose_names_that_are_not_synced(
    power: Power, encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "make_name_durable", lambda _path: None)
    lost = []

    def work(folder: Path) -> None:
        path = folder / "sales.brm"
        vault.lock_away(path, salt_of(path), vault.unlock(path, salt_of(path), OLD), NEW)

    def look(folder: Path, done: bool) -> None:
        try:
            _name(folder / "sales.brm", NEW)
        except WrongSecret:
            lost.append(done)

    cut_everywhere(power, encrypted, work, look, max(30, CUTS // 40))
    assert any(lost)


def test_a_store_is_restored_or_is_as_it_was(power: Power, encrypted: Path) -> None:
    def work(folder: Path) -> None:
        path = folder / "sales.brm"
        (backup,) = backups_of(path)
        restore(path, backup, secret=OLD, clock=SetClock(NOW.replace(minute=45), seed=7))

    def look(folder: Path, done: bool) -> None:
        path = folder / "sales.brm"
        found = _name(path, OLD)
        assert found == "Li" if done else found in {"Li", "Li Na"}
        if found == "Li":
            assert any(one.kind is BackupKind.REPLACED for one in backups_of(path))

    cut_everywhere(power, encrypted, work, look, CUTS // 8)


def test_a_plain_store_becomes_an_encrypted_one_or_stays_plain(
    power: Power, tmp_path: Path
) -> None:
    template = tmp_path / "plain"
    template.mkdir()
    with Session.open(template / "sales.brm", clock=a_clock(), create=PLAIN) as session:
        put(session, LI)
        session.back_up(BackupKind.BY_HAND)
        put(session, *many_accounts(1, 5))

    def work(folder: Path) -> None:
        encrypt_store(folder / "sales.brm", OLD)

    def look(folder: Path, done: bool) -> None:
        path = folder / "sales.brm"
        secret = OLD if is_encrypted(path) else None
        assert secret or not done
        assert _name(path, secret) == "Li"
        if secret:
            assert not list(folder.glob("*.unencrypted"))
        assert backups_of(path)

    cut_everywhere(power, template, work, look, CUTS // 8)
