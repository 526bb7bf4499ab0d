"""What a question for a store's secret needs: whether to ask, and what was typed and found."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from random import Random

import pytest
from keychains import KeychainInMemory, keychain
from told import told

from brm_desktop.domain.errors import (
    AnotherDevice,
    NoKeyFile,
    StoreDamaged,
    StoreProblem,
    WrongSecret,
)
from brm_desktop.session.backups import BackupKind, restore
from brm_desktop.session.protection import PLAIN, Passphrase
from brm_desktop.session.salvaging import salvage
from brm_desktop.session.session import Session
from brm_desktop.session.unlocking import Unlocked, asks_for_secret, get_ready, typed, unlocked
from brm_desktop.storage.place import places

WORDS = "four quiet words here"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """An encrypted store."""
    path = tmp_path / "locked.brm"
    Session.open(path, create=Passphrase(WORDS)).close()
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A store that anybody can read."""
    path = tmp_path / "plain.brm"
    Session.open(path, create=PLAIN).close()
    return path


def test_only_an_encrypted_store_that_could_be_opened_asks_for_its_secret(
    locked: Path, plain: Path
) -> None:
    assert asks_for_secret(locked)
    assert not asks_for_secret(plain)
    assert not asks_for_secret(locked.with_name("gone.brm"))
    assert not asks_for_secret(locked.parent)


def test_an_encrypted_store_on_a_network_drive_is_not_asked_for(
    locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote = f"1 0 0:1 / {locked.parent} rw - nfs server:/all rw\n"
    here = places.System.here()
    there = places.System("linux", here.home, here.variables, remote, here.is_remote, here.names_in)
    monkeypatch.setattr(places.System, "here", lambda: there)
    with pytest.raises(StoreProblem, match="network"):
        Session.open(locked, secret=WORDS)
    assert not asks_for_secret(locked)


def test_a_store_opens_with_what_its_passphrase_led_to(locked: Path) -> None:
    get_ready(locked)
    way_in = unlocked(locked, WORDS)
    assert isinstance(way_in, Unlocked)
    assert typed(way_in) == WORDS
    assert WORDS not in repr(way_in)
    with Session.open(locked, secret=way_in) as session:
        assert session.is_encrypted


def test_a_store_of_this_computer_opens_after_its_keychain_was_got_ready(tmp_path: Path) -> None:
    path = tmp_path / "here.brm"
    with keychain(KeychainInMemory()):
        Session.open(path, create=Passphrase(WORDS)).close()
        get_ready(path)
        assert isinstance(unlocked(path, WORDS), Unlocked)


def test_a_keychain_that_cannot_be_got_ready_is_said_when_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "here.brm"
    with keychain(KeychainInMemory()):
        Session.open(path, create=Passphrase(WORDS)).close()
    monkeypatch.setitem(sys.modules, "keyring", None)
    get_ready(path)
    for thread in [one for one in threading.enumerate() if one.name == "keychain"]:
        thread.join()
    with pytest.raises(AnotherDevice, match="keychain does not answer"):
        unlocked(path, WORDS)


def test_a_wrong_passphrase_leads_to_nothing(locked: Path) -> None:
    with pytest.raises(WrongSecret, match="not the passphrase"):
        unlocked(locked, "other words than these")


def test_what_is_typed_for_a_plain_store_stays_what_it_is(plain: Path) -> None:
    assert unlocked(plain, WORDS) == WORDS
    assert typed(WORDS) == WORDS
    assert typed(None) is None


def test_the_recovery_key_of_another_store_is_told_when_it_is_tried(
    locked: Path, tmp_path: Path
) -> None:
    with Session.open(tmp_path / "other.brm", create=Passphrase(WORDS)) as other:
        key = other.recovery_key
    way_in = unlocked(locked, key)
    with pytest.raises(WrongSecret, match="not the recovery key of"):
        Session.open(locked, secret=way_in)


def test_a_store_that_became_another_one_meanwhile_does_not_open(
    locked: Path, tmp_path: Path
) -> None:
    way_in = unlocked(locked, WORDS)
    other = tmp_path / "other.brm"
    Session.open(other, create=Passphrase(WORDS)).close()
    other.replace(locked)
    with pytest.raises(StoreProblem, match="damaged"):
        Session.open(locked, secret=way_in)


def test_a_store_whose_beginning_is_damaged_is_told_as_that_and_its_passphrase_still_saves_it(
    locked: Path,
) -> None:
    with Session.open(locked, secret=WORDS) as session:
        copy = session.back_up(BackupKind.BY_HAND)
    with locked.open("rb+") as file:
        file.write(Random(7).randbytes(4096))
    damaged = "The beginning of locked.brm is damaged, or its key file is another store's"
    with told(StoreDamaged, damaged):
        unlocked(locked, WORDS)
    with told(NoKeyFile, "locked.brm.keys is not the key file of this store, or the beginning"):
        unlocked(locked, "not these words")
    saved = locked.with_name("saved.brm")
    salvage(locked, saved, secret=WORDS)
    with Session.open(saved, secret=WORDS) as session:
        assert session.check() == []
    restore(locked, copy, secret=WORDS)
    with Session.open(locked, secret=WORDS) as session:
        assert session.check() == []


def test_on_another_computer_a_damaged_beginning_is_not_told_from_another_key_file(
    tmp_path: Path,
) -> None:
    path = tmp_path / "here.brm"
    with keychain(KeychainInMemory()):
        Session.open(path, create=Passphrase(WORDS)).close()
    with path.open("rb+") as file:
        file.write(Random(7).randbytes(4096))
    with keychain(KeychainInMemory()), told(NoKeyFile, "or the beginning of the store is damaged"):
        unlocked(path, WORDS)
