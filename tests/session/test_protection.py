from __future__ import annotations

import traceback
from pathlib import Path
from random import Random

import pytest
from keychains import KeychainInMemory, keychain
from stores import a_clock, listing
from told import told

from brm_desktop.domain.errors import (
    AnotherDevice,
    NoKeyFile,
    NotAStore,
    Refused,
    StoreDamaged,
    StoreLocked,
    StoreProblem,
    WrongSecret,
)
from brm_desktop.domain.phrase import phrase
from brm_desktop.session.backups import backups_of, folder_of, preview
from brm_desktop.session.protection import (
    FORGOTTEN,
    PLAIN,
    Passphrase,
    encrypt_store,
    is_encrypted,
    is_recovery_key,
    move_store,
    needs_this_computer,
    plain_copies,
    remove_store,
)
from brm_desktop.session.session import Session
from brm_desktop.storage.copies.backups import BackupKind
from brm_desktop.storage.keys import encrypting
from brm_desktop.storage.keys.store_key import key_of_recovery

WORDS = "correct horse battery"
NEW = "staple of another horse"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store is or may be."""
    return tmp_path / "sales.brm"


@pytest.fixture
def recovery_key(path: Path) -> str:
    """The recovery key of an encrypted store that was made and closed."""
    with Session.open(path, clock=a_clock(), create=Passphrase(WORDS)) as session:
        return session.recovery_key


def _opens(path: Path, secret: str | None) -> bool:
    with Session.open(path, secret=secret) as session:
        return session.is_encrypted


def test_a_store_opens_with_its_passphrase_or_its_recovery_key(
    path: Path, recovery_key: str
) -> None:
    assert is_encrypted(path)
    assert _opens(path, WORDS)
    assert _opens(path, recovery_key.lower().replace("-", " "))
    with told(StoreLocked, r"sales\.brm is encrypted: its passphrase is needed"):
        _opens(path, None)
    assert (is_recovery_key(recovery_key), is_recovery_key(WORDS)) == (True, False)


@pytest.mark.parametrize("damage", ["gone", "garbled", "of another store"])
def test_a_key_file_that_is_lost_comes_back_from_the_backups(
    path: Path, recovery_key: str, damage: str
) -> None:
    with Session.open(path, secret=WORDS) as session:
        session.back_up(BackupKind.BY_HAND)
        session.change_passphrase(WORDS, NEW)
    keys = path.with_name("sales.brm.keys")
    whole = keys.read_bytes()
    keys.unlink()
    if damage == "garbled":
        keys.write_text("{")
    elif damage == "of another store":
        with Session.open(path.with_name("other.brm"), create=Passphrase(WORDS)):
            path.with_name("other.brm.keys").rename(keys)
    before = listing(path.parent)
    with told(WrongSecret, r"not the passphrase of sales\.brm"):
        _opens(path, WORDS)  # the old one
    assert listing(path.parent) == before
    with Session.open(path, secret=NEW) as session:
        assert session.warning is not None
        assert "sales.brm.keys was missing or damaged" in str(session.warning)
        session.check_secret(NEW)
    assert keys.read_bytes() == whole
    with Session.open(path, secret=NEW) as session:
        assert session.warning is None
    assert _opens(path, recovery_key)


def test_the_key_file_of_the_backups_is_not_taken_for_that_of_another_store(
    path: Path, recovery_key: str
) -> None:
    with Session.open(path, secret=WORDS) as session:
        session.back_up(BackupKind.BY_HAND)
    path.unlink()
    path.with_name("sales.brm.keys").unlink()
    with Session.open(path.with_name("other.brm"), create=Passphrase(WORDS)):
        pass
    path.with_name("other.brm").rename(path)
    path.with_name("other.brm.keys").unlink()
    with told(NoKeyFile, "key file .* is missing"):
        _opens(path, WORDS)


def test_a_wrong_secret_writes_nothing(path: Path, recovery_key: str, tmp_path: Path) -> None:
    other = tmp_path / "other" / "other.brm"
    other.parent.mkdir()
    with Session.open(other, create=Passphrase(WORDS)) as session:
        of_another = session.recovery_key
    before = listing(path.parent)
    for wrong in ("", "correct horse", WORDS + "!"):
        with told(WrongSecret, r"not the passphrase of sales\.brm"):
            _opens(path, wrong)
    with told(WrongSecret, r"not the recovery key of sales\.brm"):
        _opens(path, of_another)
    assert listing(path.parent) == before


def test_a_plain_store_is_one_by_choice(path: Path) -> None:
    with Session.open(path, create=PLAIN) as session:
        assert not session.is_encrypted
        with told(Refused, r"sales\.brm is not encrypted"):
            assert session.recovery_key
        with told(Refused, r"sales\.brm is not encrypted"):
            session.change_passphrase("", NEW)
    assert not is_encrypted(path)
    assert list(listing(path.parent)) == ["sales.brm"]
    assert not _opens(path, "a passphrase that nobody needs")


def test_a_store_whose_key_is_forgotten_opens_never_again(path: Path) -> None:
    with Session.open(path, create=FORGOTTEN) as session:
        assert session.is_encrypted
    assert list(listing(path.parent)) == ["sales.brm"]
    with told(StoreLocked, "key file .* is missing"):
        _opens(path, WORDS)


def test_a_short_passphrase_makes_no_store(path: Path) -> None:
    with told(Refused, "at least 8"):
        Session.open(path, create=Passphrase("seven77"))
    assert listing(path.parent) == {}


def test_what_is_there_is_opened_however_a_new_one_would_be_protected(
    path: Path, recovery_key: str
) -> None:
    with Session.open(path, create=PLAIN, secret=WORDS) as session:
        assert session.recovery_key == recovery_key


def test_a_passphrase_says_itself_to_nobody() -> None:
    assert WORDS not in f"{Passphrase(WORDS)!r} {Passphrase(WORDS)}"


def test_no_exception_says_a_secret_not_even_with_its_frames(path: Path, recovery_key: str) -> None:
    typed = recovery_key[:-1] + ("0" if recovery_key[-1] != "0" else "1")
    key = key_of_recovery(recovery_key)
    assert key is not None
    for secret in (WORDS + "!", typed):
        with pytest.raises(WrongSecret) as caught:
            _opens(path, secret)
        said = "".join(traceback.format_exception(caught.value))
        assert secret not in said
        assert key.raw.hex() not in said.lower()
    with Session.open(path, secret=WORDS) as session:
        shown = repr((session._store.key, vars(session._store)))
        assert key.raw.hex() not in shown
        assert repr(key.raw) not in shown


def test_a_change_of_passphrase_keeps_the_recovery_key(path: Path, recovery_key: str) -> None:
    with Session.open(path, secret=WORDS) as session:
        session.change_passphrase(WORDS, NEW)
        assert session.recovery_key == recovery_key
    assert _opens(path, NEW)
    assert _opens(path, recovery_key)
    with told(WrongSecret, "not the passphrase"):
        _opens(path, WORDS)


def test_a_change_of_passphrase_wants_the_present_one_and_a_good_new_one(
    path: Path, recovery_key: str, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "other.brm"
    other.parent.mkdir()
    with Session.open(other, create=Passphrase(WORDS)) as session:
        of_another = session.recovery_key
    with Session.open(path, secret=WORDS) as session:
        keys = path.with_name("sales.brm.keys").read_bytes()
        with told(WrongSecret, "not the passphrase"):
            session.change_passphrase(NEW, NEW)
        with told(WrongSecret, "not the recovery key"):
            session.change_passphrase(of_another, NEW)
        with told(Refused, "at least 8"):
            session.change_passphrase(WORDS, "short")
        assert path.with_name("sales.brm.keys").read_bytes() == keys


def test_whoever_forgot_the_passphrase_sets_one_with_the_recovery_key(
    path: Path, recovery_key: str
) -> None:
    path.with_name("sales.brm.keys").unlink()
    with Session.open(path, secret=recovery_key) as session:
        session.change_passphrase(recovery_key, NEW)
    assert _opens(path, NEW)


def test_backups_open_with_the_new_passphrase_too(path: Path, recovery_key: str) -> None:
    with Session.open(path, secret=WORDS) as session:
        backup = session.back_up(BackupKind.BY_HAND)
        session.change_passphrase(WORDS, NEW)
    copy = path.parent / "elsewhere" / "copy.brm"
    copy.parent.mkdir()
    copy.write_bytes(backup.path.read_bytes())
    (keys,) = backup.path.parent.glob("*.keys")
    copy.with_name("copy.brm.keys").write_bytes(keys.read_bytes())
    assert _opens(copy, NEW)
    with told(WrongSecret, "not the passphrase"):
        _opens(copy, WORDS)


def test_on_another_computer_the_recovery_key_opens_and_a_new_passphrase_stays(path: Path) -> None:
    with keychain(KeychainInMemory()):
        with Session.open(path, create=Passphrase(WORDS)) as session:
            recovery_key = session.recovery_key
        assert needs_this_computer(path)
        assert _opens(path, WORDS)
    with keychain(KeychainInMemory()):
        with told(AnotherDevice, "encrypted on another computer"):
            _opens(path, WORDS)
        with Session.open(path, secret=recovery_key) as session:
            session.change_passphrase(recovery_key, NEW)
        assert _opens(path, NEW)


def test_without_a_keychain_the_passphrase_stands_alone(path: Path, recovery_key: str) -> None:
    assert not needs_this_computer(path)
    path.with_name("sales.brm.keys").unlink()
    assert not needs_this_computer(path)


def test_a_damaged_first_page_is_damage_and_no_wrong_passphrase(
    path: Path, recovery_key: str
) -> None:
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with told(StoreDamaged, r"sales\.brm is damaged; restore a backup"):
        _opens(path, WORDS)


def test_a_picture_is_no_store_whatever_is_typed(path: Path) -> None:
    path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40)
    with told(NotAStore, "is not a BRM store"):
        _opens(path, WORDS)
    with told(StoreProblem, "There is no file"):
        _opens(path.with_name("gone.brm"), WORDS)


def test_noise_is_a_store_whose_key_file_is_missing(path: Path) -> None:
    path.write_bytes(Random(5).randbytes(8192))
    with told(StoreLocked, "key file .* is missing"):
        _opens(path, WORDS)


def test_a_plain_store_becomes_an_encrypted_one(path: Path) -> None:
    with Session.open(path, create=PLAIN) as session:
        session.back_up(BackupKind.BY_HAND)
        before = session.all_records()
    recovery_key = encrypt_store(path, WORDS)
    assert is_encrypted(path)
    assert plain_copies(path) == []
    with Session.open(path, secret=WORDS) as session:
        assert (session.all_records(), session.recovery_key) == (before, recovery_key)
    (keys,) = path.with_name("sales.brm.backups").glob("*.keys")
    assert keys.read_bytes() == path.with_name("sales.brm.keys").read_bytes()


def test_a_store_is_not_encrypted_twice_or_with_a_short_passphrase(
    path: Path, recovery_key: str
) -> None:
    before = listing(path.parent)
    with told(Refused, r"sales\.brm is encrypted already"):
        encrypt_store(path, NEW)
    with told(Refused, "at least 8"):
        encrypt_store(path, "short")
    with told(StoreProblem, "There is no file"):
        encrypt_store(path.with_name("gone.brm"), NEW)
    assert listing(path.parent) == before


def test_what_a_broken_off_encrypting_left_plain_is_wiped_on_opening(
    path: Path, recovery_key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.with_name("sales.brm.unencrypted").write_bytes(b"Zanzibar")
    assert _opens(path, WORDS)
    assert sorted(listing(path.parent)) == ["sales.brm", "sales.brm.keys"]

    def fail(_: Path) -> None:
        raise StoreProblem(phrase("It cannot be wiped."))

    monkeypatch.setattr(encrypting, "wipe_remains", fail)
    with told(StoreProblem, "cannot be wiped"):
        _opens(path, WORDS)
    monkeypatch.undo()
    assert _opens(path, WORDS)


def test_a_store_takes_its_key_file_along(path: Path, recovery_key: str) -> None:
    to = path.with_name("moved.brm")
    move_store(path, to)
    assert sorted(listing(path.parent)) == ["moved.brm", "moved.brm.keys"]
    assert _opens(to, WORDS)
    remove_store(to)
    assert listing(path.parent) == {}
    remove_store(to)


def test_a_store_that_is_moved_takes_its_backups_along(path: Path) -> None:
    with Session.open(path, create=Passphrase(WORDS)) as session:
        made = session.back_up(BackupKind.BY_HAND)
    to, again = path.with_name("moved.brm"), path.with_name("again.brm")
    move_store(path, to)
    (backup,) = backups_of(to)
    assert backup.path.name == made.path.name
    assert preview(backup, WORDS).encrypted
    assert not folder_of(path).exists()

    folder_of(again).mkdir()
    move_store(to, again)
    assert backups_of(again) == []
    assert backups_of(to) == [backup]
    remove_store(again)
    assert backups_of(to) == [backup]


def test_a_plain_store_has_no_key_file_to_take_along(path: Path) -> None:
    Session.open(path, create=PLAIN).close()
    move_store(path, path.with_name("moved.brm"))
    assert list(listing(path.parent)) == ["moved.brm"]
    with told(StoreProblem, "No such file"):
        move_store(path, path.with_name("again.brm"))
