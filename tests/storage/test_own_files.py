"""Whoever else uses the computer: what is written is closed to him, and his traps do not snap."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from brm_desktop.storage.copies.backups import BackupKind, folder_of, keep_as_replaced
from brm_desktop.storage.copies.copying import copy_whole
from brm_desktop.storage.copies.replacing import replace_store
from brm_desktop.storage.keys.encrypting import encrypt
from brm_desktop.storage.keys.store_key import StoreKey
from brm_desktop.storage.local_store import LocalStore
from brm_desktop.storage.place.holding import leave_note, note_of
from brm_desktop.storage.salvaging.salvage import salvage

AT = datetime(2026, 11, 22, 9, 15, tzinfo=UTC)
SECRET = "four quiet words here"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files there inherit from folders")


@pytest.fixture(autouse=True)
def open_to_all() -> Iterator[None]:
    """A system on which new files can be read and written by everybody."""
    before = os.umask(0)
    yield
    os.umask(before)


def _open_to_others(folder: Path) -> list[str]:
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.stat().st_mode & 0o077
    ]


@pytest.mark.parametrize("key", [None, StoreKey.random()], ids=["plain", "encrypted"])
def test_nobody_else_reads_a_store_its_log_its_note_or_its_backups(
    tmp_path: Path, key: StoreKey | None
) -> None:
    path = tmp_path / "a.brm"
    store = LocalStore.create(path, 7, key, SECRET if key else None)
    made = store.back_up(BackupKind.DAILY, AT)
    assert (tmp_path / "a.brm-wal").exists()
    assert note_of(path).exists()
    assert _open_to_others(tmp_path) == []
    store.close()
    replace_store(path, made.path, key, key, 8, AT)
    keep_as_replaced(path, AT, tmp_path / "none")
    salvage(path, tmp_path / "b.brm", key, 9, key, SECRET if key else None)
    assert _open_to_others(tmp_path) == []


def test_nobody_else_reads_a_store_that_was_encrypted_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.brm"
    store = LocalStore.create(path, 7)
    store.back_up(BackupKind.BY_HAND, AT)
    store.close()
    encrypt(path, SECRET)
    assert _open_to_others(tmp_path) == []
    assert len(list(folder_of(path).glob("*.brm"))) == 1


def test_a_link_that_lies_in_wait_beside_a_store_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    path = tmp_path / "a.brm"
    (tmp_path / f"a.brm.in-use.{os.getpid()}").symlink_to(victim)
    (tmp_path / "copy.brm.part").symlink_to(victim)
    with_part = tmp_path / "a.brm.part"
    with_part.symlink_to(victim)
    LocalStore.create(path, 7).close()
    leave_note(path)
    copy_whole(path, tmp_path / "copy.brm")
    assert victim.read_text() == "mine"
    assert not note_of(path).is_symlink()
    assert (tmp_path / "copy.brm").read_bytes() == path.read_bytes()
