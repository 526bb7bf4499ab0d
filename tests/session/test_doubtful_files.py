"""Files that are not what they seem, and encryption that was broken off: it is said or finished."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from stores import a_clock
from told import told

from brm_desktop.domain.errors import NotAStore, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.language import tr
from brm_desktop.session.backups import preview, restore
from brm_desktop.session.protection import PLAIN, Passphrase, encrypt_store, plain_copies
from brm_desktop.session.session import Session
from brm_desktop.storage.copies.backups import Backup, BackupKind, backups_of, folder_of
from brm_desktop.storage.driver import connect
from brm_desktop.storage.keys import encrypting

WORDS = "correct horse battery"
ENDLESS = "WITH RECURSIVE n(x) AS (VALUES (1) UNION ALL SELECT x FROM n) SELECT x FROM n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A plain store with a backup made by hand."""
    path = tmp_path / "sales.brm"
    with Session.open(path, clock=a_clock(), create=PLAIN) as session:
        session.back_up(BackupKind.BY_HAND)
    return path


def _said(path: Path, secret: str | None = None) -> str | None:
    """What is said of a store when it is opened."""
    with Session.open(path, secret=secret) as session:
        return None if session.warning is None else tr(session.warning)


def _backup(path: Path) -> Backup:
    (backup,) = backups_of(path)
    return backup


def _spoil(path: Path, *statements: str) -> None:
    with closing(connect(path, "rw")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def test_backups_that_a_broken_off_encrypting_left_plain_are_encrypted_on_opening(
    path: Path, tmp_path: Path
) -> None:
    aside = tmp_path / "aside"
    shutil.copytree(folder_of(path), aside)
    encrypt_store(path, WORDS)
    shutil.copyfile(aside / _backup(path).path.name, _backup(path).path)
    remains = folder_of(path) / f"{_backup(path).path.name}.unencrypted"
    remains.write_bytes(b"Zanzibar")
    assert plain_copies(path)

    assert _said(path, WORDS) is None

    assert plain_copies(path) == []
    assert not remains.exists()
    assert preview(_backup(path), WORDS).encrypted


def test_backups_have_their_key_file_though_the_encrypting_was_broken_off_before(
    path: Path,
) -> None:
    encrypt_store(path, WORDS)
    (keys,) = folder_of(path).glob("*.keys")
    content = keys.read_bytes()
    keys.unlink()
    assert _said(path, WORDS) is None
    assert keys.read_bytes() == content


def test_what_an_earlier_try_to_encrypt_left_is_wiped_by_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remains = path.with_name("sales.brm.unencrypted")
    remains.write_bytes(b"Zanzibar")
    wiped: list[Path] = []
    wipe = encrypting.wipe

    def seen(one: Path) -> None:
        wiped.append(one)
        wipe(one)

    monkeypatch.setattr(encrypting, "wipe", seen)
    encrypt_store(path, WORDS)
    assert wiped.count(remains) >= 2  # what was left, and what was plain just now


def test_what_is_odd_about_a_file_is_said_before_what_is_of_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "Dropbox" / "sales.brm"
    path.parent.mkdir()
    with Session.open(path, create=PLAIN) as session:
        session.back_up(BackupKind.BY_HAND)
    copy = _backup(path).path
    copy.write_bytes(copy.read_bytes()[:4096] + b"\xff" * 40_960)
    encrypt_store(path, WORDS)
    assert (_said(path, WORDS) or "").startswith("Backups still unencrypted: 1")
    copy.unlink()
    assert "that Dropbox synchronises" in (_said(path, WORDS) or "")


def test_a_backup_that_stays_plain_is_said_whenever_the_store_is_opened(path: Path) -> None:
    copy = _backup(path).path
    copy.write_bytes(copy.read_bytes()[:4096] + b"\xff" * 40_960)
    encrypt_store(path, WORDS)
    said = f"Backups still unencrypted: 1; remove them from {copy.parent}."
    assert [_said(path, WORDS), _said(path, WORDS)] == [said, said]


def test_a_folder_of_backups_out_of_reach_keeps_no_store_from_opening(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encrypt_store(path, WORDS)

    def fail(_: Path) -> list[Backup]:
        raise StoreProblem(phrase("The disk failed."))

    monkeypatch.setattr(encrypting, "backups_of", fail)
    assert _said(path, WORDS) is None


def test_a_plain_file_in_the_place_of_an_encrypted_store_is_said(
    path: Path, tmp_path: Path
) -> None:
    assert _said(path) is None
    plain = shutil.copyfile(path, tmp_path / "plain.brm")
    encrypt_store(path, WORDS)
    shutil.copyfile(plain, path)
    assert "sales.brm is not encrypted, though sales.brm.keys lies beside it" in str(_said(path))


def test_a_backup_that_is_opened_as_a_store_is_said_to_be_one(path: Path) -> None:
    copy = _backup(path).path
    assert f"{copy.name} is a backup: what you change here" in str(_said(copy))
    other = shutil.copyfile(copy, path.with_name(copy.name))
    assert _said(other) is None


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TRIGGER theft AFTER INSERT ON person BEGIN DELETE FROM tie; END",),
        ("DROP TABLE setting", f"CREATE VIEW setting AS {ENDLESS}"),
    ],
    ids=["trigger", "view"],
)
def test_a_backup_with_anything_beside_ours_is_neither_shown_nor_gone_back_to(
    path: Path, statements: tuple[str, ...]
) -> None:
    backup = _backup(path)
    _spoil(backup.path, *statements)
    before = path.read_bytes()
    with told(NotAStore, "is not a BRM store as this program makes them"):
        preview(backup)
    with told(NotAStore, "is not a BRM store as this program makes them"):
        restore(path, backup, clock=a_clock())
    assert path.read_bytes() == before


def test_a_backup_with_anything_beside_ours_is_not_carried_into_an_encrypted_one(
    path: Path,
) -> None:
    copy = _backup(path).path
    _spoil(copy, "DROP TABLE setting", f"CREATE VIEW setting AS {ENDLESS}")
    before = copy.read_bytes()
    encrypt_store(path, WORDS)
    assert plain_copies(path) == [copy]
    assert copy.read_bytes() == before


def test_an_encrypted_store_of_ones_own_has_nothing_doubtful(tmp_path: Path) -> None:
    path = tmp_path / "mine.brm"
    with Session.open(path, create=Passphrase(WORDS)) as session:
        session.back_up(BackupKind.BY_HAND)
    assert _said(path, WORDS) is None
