"""Salvage of a store whose very beginning is gone, and what is said of it before."""

from __future__ import annotations

from pathlib import Path

import pytest
from stores import NOW, a_clock, everything, listing
from told import told

from brm_desktop.domain.change import Change
from brm_desktop.domain.errors import NotAStore, StoreDamaged, StoreLocked, WrongSecret
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Records
from brm_desktop.session.backups import BackupKind, backups_of
from brm_desktop.session.protection import PLAIN, Passphrase, was_encrypted
from brm_desktop.session.salvaging import salvage
from brm_desktop.session.session import Session

WORDS = "four quiet words here"
PAGE = 4096


def _made(path: Path, *, encrypted: bool) -> tuple[Records, str | None]:
    """A closed store with a backup; gives what is in it, and its recovery key."""
    create = Passphrase(WORDS) if encrypted else PLAIN
    with Session.open(path, clock=a_clock(), create=create) as session:
        session.apply(phrase("Fill"), Change.of((), everything()))
        session.back_up(BackupKind.BY_HAND)
        return session.all_records(), session.recovery_key if encrypted else None


def _behead(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(b"\xff" * PAGE + content[PAGE:])


def test_a_plain_store_without_its_first_page_is_damaged_and_all_is_saved(tmp_path: Path) -> None:
    path, target = tmp_path / "sales.brm", tmp_path / "saved.brm"
    before, _ = _made(path, encrypted=False)
    _behead(path)
    with told(StoreDamaged, r"sales\.brm is damaged; restore a backup, or save what can be read"):
        Session.open(path)
    assert not was_encrypted(path)
    assert salvage(path, target).sentences() == []
    with Session.open(target) as session:
        assert session.all_records() == before
        assert session.check() == []


@pytest.mark.parametrize("by_recovery_key", [False, True])
def test_an_encrypted_store_without_its_salt_is_known_by_its_key_file(
    tmp_path: Path, by_recovery_key: bool
) -> None:
    path, target = tmp_path / "sales.brm", tmp_path / "saved.brm"
    before, recovery_key = _made(path, encrypted=True)
    _behead(path)
    assert was_encrypted(path)
    with told(StoreLocked, r"sales\.brm is encrypted: its passphrase is needed"):
        Session.open(path)
    with told(StoreLocked, r"sales\.brm is encrypted: its passphrase is needed"):
        salvage(path, target)
    for opening in (Session.open, lambda path, secret: salvage(path, target, secret=secret)):
        with told(WrongSecret, r"not the passphrase of sales\.brm"):
            opening(path, secret="something else entirely")
    assert not target.exists()
    secret = recovery_key if by_recovery_key else WORDS
    with told(StoreDamaged, r"sales\.brm is damaged"):
        Session.open(path, secret=secret)
    assert salvage(path, target, secret=secret).sentences() == []
    with Session.open(target, secret=secret) as session:
        assert session.all_records() == before
        assert session.is_encrypted


def test_its_key_file_may_be_the_one_among_its_backups(tmp_path: Path) -> None:
    path, target = tmp_path / "sales.brm", tmp_path / "saved.brm"
    _made(path, encrypted=True)
    path.with_name("sales.brm.keys").unlink()
    _behead(path)
    assert salvage(path, target, secret=WORDS).sentences() == []


def test_a_file_without_key_file_and_backups_was_never_a_store(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    path.write_bytes(b"name,title\nAnn,CEO\n" * 400)
    before = listing(tmp_path)
    with told(NotAStore, r"sales\.brm is not a BRM store"):
        Session.open(path)
    assert listing(tmp_path) == before


def test_another_programs_database_is_not_called_a_damaged_store(tmp_path: Path) -> None:
    path = tmp_path / "sales.brm"
    _made(path, encrypted=False)
    path.write_bytes(b"SQLite format 3\x00" + bytes(PAGE))
    with pytest.raises(NotAStore):
        Session.open(path)
    assert backups_of(path)[0].made_at.date() == NOW.date()
