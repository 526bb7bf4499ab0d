from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from keychains import HangingKeychain, KeychainInMemory, LockedKeychain, keychain
from stores import listing
from told import told

from brm_desktop.domain.errors import AnotherDevice, StoreLocked, StoreProblem, WrongSecret
from brm_desktop.storage.keys import key_file
from brm_desktop.storage.keys import keychain as keychain_module
from brm_desktop.storage.keys.key_file import Hardness, KeyFile, unwrap, wrap
from brm_desktop.storage.keys.refusals import wrong_secret
from brm_desktop.storage.keys.store_key import StoreKey, recovery_key
from brm_desktop.storage.keys.vault import (
    copy_key_file,
    find_key_file,
    forget_key_file,
    key_file_beside,
    lock_away,
    put_aside_as,
    unlock,
)

SALT = bytes(range(16))
OTHER_SALT = bytes(16)
KEY = StoreKey(bytes(range(32)))
SOFT = Hardness(memory_kib=8, passes=1, lanes=1)
WORDS = "correct horse battery"
SECRETS = st.binary(min_size=32, max_size=32)
TEXTS = st.text(st.characters(exclude_categories=[]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store would be."""
    return tmp_path / "sales.brm"


@given(SECRETS.map(StoreKey), TEXTS, st.none() | SECRETS)
def test_both_halves_give_the_key_again(key: StoreKey, words: str, device: bytes | None) -> None:
    file = wrap(key, SALT, words, device, SOFT)
    assert unwrap(file, words, device) == key
    assert unwrap(KeyFile.from_bytes(file.to_bytes()), words, device) == key


@given(SECRETS.map(StoreKey), SECRETS, st.text(max_size=20), st.text(max_size=20))
def test_neither_half_alone_gives_the_key(
    key: StoreKey, device: bytes, words: str, others: str
) -> None:
    file = wrap(key, SALT, words, device, SOFT)
    assert unwrap(file, words, None) is None
    assert unwrap(file, words, bytes(32)) is None or device == bytes(32)
    assert unwrap(file, f"{words}{others}x", device) is None


def test_a_passphrase_is_the_same_however_a_keyboard_composes_it() -> None:
    file = wrap(KEY, SALT, "Müller 口令 ﬁ", None, SOFT)
    assert unwrap(file, "Mu\u0308ller 口令 fi", None) == KEY


def test_a_blank_that_came_along_when_a_passphrase_was_copied_does_no_harm() -> None:
    file = wrap(KEY, SALT, "four quiet words ", None, SOFT)
    for typed in ("four quiet words", "four quiet words\r\n", "\u3000four quiet words"):
        assert unwrap(file, typed, None) == KEY
    assert unwrap(file, "fourquietwords", None) is None


def test_a_key_file_that_was_put_aside_goes_with_the_old_passphrase(path: Path) -> None:
    lock_away(path, SALT, KEY, WORDS)
    key_file_beside(path).rename(put_aside_as(path, SALT))
    assert unlock(path, SALT, WORDS) == KEY
    lock_away(path, SALT, KEY, "other words by now")
    assert [one.name for one in path.parent.glob("*.keys")] == [key_file_beside(path).name]
    with told(WrongSecret, "not the passphrase"):
        unlock(path, SALT, WORDS)


def test_two_wrappings_of_one_key_have_nothing_in_common() -> None:
    one, other = wrap(KEY, SALT, WORDS, None, SOFT), wrap(KEY, SALT, WORDS, None, SOFT)
    assert not {one.salt, one.nonce, one.wrapped} & {other.salt, other.nonce, other.wrapped}


def test_the_usual_hardness_is_64_mib_three_times(usual_hardness: object) -> None:
    shipped = Hardness(memory_kib=65_536, passes=3, lanes=4)
    assert usual_hardness == (shipped,)
    assert unwrap(wrap(KEY, SALT, WORDS, None, shipped), WORDS, None) == KEY


@given(st.data())
def test_a_key_file_that_was_tampered_with_stays_shut(data: st.DataObject) -> None:
    whole = wrap(KEY, SALT, WORDS, None, SOFT)
    content = bytearray(whole.to_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    try:
        file = KeyFile.from_bytes(bytes(content))
    except ValueError:
        return
    says_the_same = file == whole  # a line break that became a blank
    assert unwrap(file, WORDS, None) == (KEY if says_the_same else None)


def _changed(**changes: Any) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(wrap(KEY, SALT, WORDS, None, SOFT).to_bytes())
    costs = {name: value for name, value in changes.items() if name in said["argon2id"]}
    others = {name: value for name, value in changes.items() if name not in costs}
    return said | {"argon2id": said["argon2id"] | costs} | others


@pytest.mark.parametrize(
    "changes",
    [
        {"memory_kib": 1 << 40},
        {"memory_kib": 1024 * 1024 + 1},
        {"memory_kib": 7},
        {"memory_kib": -8},
        {"memory_kib": True},
        {"memory_kib": 8.0},
        {"memory_kib": "8"},
        {"passes": 0},
        {"passes": 17},
        {"memory_kib": 1024 * 1024, "passes": 16},
        {"lanes": 0},
        {"lanes": 17},
        {"salt": "00"},
        {"salt": 5},
        {"nonce": ""},
        {"nonce": "0 " * 12},
        {"wrapped": "00" * 47},
        {"wrapped": None},
        {"store": "zz" * 16},
        {"store": []},
        {"halves": 3},
        {"halves": ["keychain"]},
        {"argon2id": []},
        {"format": "another"},
        {"version": 2},
        {"more": 1},
    ],
    ids=str,
)
def test_a_hostile_key_file_is_none(path: Path, changes: dict[str, Any]) -> None:
    place = key_file_beside(path)
    place.write_text(json.dumps(_changed(**changes)))
    assert find_key_file(path, SALT) is None
    with told(StoreLocked, r"sales\.brm\.keys is not the key file .*damaged: use the recovery key"):
        unlock(path, SALT, WORDS)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b"null", b"1", b"[" * 16_000, b"{}" * 20_000, b"9" * 5_000],
    ids=lambda content: f"{content[:8]!r} {len(content)}",
)
def test_a_garbled_key_file_is_none(path: Path, content: bytes) -> None:
    key_file_beside(path).write_bytes(content)
    assert find_key_file(path, SALT) is None


@given(st.binary(max_size=600))
def test_any_bytes_are_a_key_file_or_none(content: bytes) -> None:
    with pytest.raises(ValueError, match="no key file"):
        KeyFile.from_bytes(content)


def test_a_key_file_cut_off_anywhere_is_none() -> None:
    content = wrap(KEY, SALT, WORDS, None, SOFT).to_bytes()
    for end in range(len(content)):
        with pytest.raises(ValueError, match="no key file"):
            KeyFile.from_bytes(content[:end])


def test_a_folder_or_a_pipe_is_no_key_file(path: Path) -> None:
    key_file_beside(path).mkdir()
    os.mkfifo(path.with_name("other.keys"))
    assert find_key_file(path, SALT) is None


def test_a_key_file_is_its_owners_alone(path: Path) -> None:
    lock_away(path, SALT, KEY, WORDS)
    place = key_file_beside(path)
    assert (place.name, stat.S_IMODE(place.stat().st_mode)) == ("sales.brm.keys", 0o600)
    assert list(listing(path.parent)) == ["sales.brm.keys"]


def test_a_store_that_was_renamed_finds_its_key_file(path: Path) -> None:
    lock_away(path, SALT, KEY, WORDS)
    lock_away(path.with_name("other.brm"), OTHER_SALT, StoreKey.random(), WORDS)
    assert unlock(path.with_name("renamed.brm"), SALT, WORDS) == KEY
    with told(StoreLocked, r"key file renamed\.brm\.keys is missing"):
        unlock(path.with_name("renamed.brm"), b"?" * 16, WORDS)


def test_the_key_file_of_another_store_is_put_aside_not_overwritten(path: Path) -> None:
    other = StoreKey.random()
    lock_away(path, OTHER_SALT, other, WORDS)
    lock_away(path, SALT, KEY, WORDS)
    assert unlock(path, SALT, WORDS) == KEY
    assert unlock(path, OTHER_SALT, WORDS) == other


def test_only_the_key_file_of_a_store_that_came_to_nothing_is_forgotten(path: Path) -> None:
    forget_key_file(path, SALT)
    lock_away(path, SALT, KEY, WORDS)
    forget_key_file(path, OTHER_SALT)
    assert unlock(path, SALT, WORDS) == KEY
    forget_key_file(path, SALT)
    assert not key_file_beside(path).exists()


def test_a_key_file_goes_with_its_store(path: Path) -> None:
    to = path.with_name("to.brm")
    copy_key_file(path, to)
    assert list(listing(path.parent)) == []
    lock_away(path, SALT, KEY, WORDS)
    copy_key_file(path, to)
    assert key_file_beside(to).read_bytes() == key_file_beside(path).read_bytes()


def test_the_recovery_key_needs_no_key_file(path: Path) -> None:
    assert unlock(path, SALT, recovery_key(KEY).lower()) == KEY


def test_a_wrong_passphrase_is_told_apart_from_a_slip_in_the_recovery_key(path: Path) -> None:
    lock_away(path, SALT, KEY, WORDS)
    with told(WrongSecret, r"not the passphrase of sales\.brm"):
        unlock(path, SALT, WORDS + ".")
    written = recovery_key(KEY)
    slip = ("0" if written[0] != "0" else "2") + written[1:]
    with told(WrongSecret, "recovery key has a typing mistake"):
        unlock(path, SALT, slip)
    with told(WrongSecret, r"not the recovery key of sales\.brm"):
        raise wrong_secret(path, written)


def test_a_recovery_key_with_a_group_too_few_or_too_many_is_told_apart(path: Path) -> None:
    groups = recovery_key(KEY).split("-")
    short, long = "-".join(groups[1:]), "-".join([*groups, groups[0]])
    with told(StoreLocked, r"key file sales\.brm\.keys is missing"):
        unlock(path, SALT, WORDS)
    for exists in (False, True):
        if exists:
            lock_away(path, SALT, KEY, WORDS)
        with told(WrongSecret, "recovery key: that has 56 letters and digits, these are 49"):
            unlock(path, SALT, short)
        with told(WrongSecret, "recovery key: that has 56 letters and digits, these are 63"):
            unlock(path, SALT, long.lower())


def test_a_passphrase_in_the_form_of_a_recovery_key_works(path: Path) -> None:
    lock_away(path, SALT, KEY, "2" * 56)
    assert unlock(path, SALT, "2" * 56) == KEY


def test_a_renamed_store_opens_with_any_of_the_key_files_beside_it(path: Path) -> None:
    for name, words in (("a", "the oldest passphrase"), ("b", WORDS), ("c", "another one still")):
        lock_away(path.with_name(f"{name}.brm"), SALT, KEY, words)
        assert unlock(path, SALT, words) == KEY
    with told(WrongSecret, r"not the passphrase of sales\.brm"):
        unlock(path, SALT, "none of the three")
    lock_away(path, SALT, KEY, "its own passphrase")
    with told(WrongSecret, r"not the passphrase of sales\.brm"):
        unlock(path, SALT, WORDS)  # its own key file is the newest, and goes alone


def test_of_several_key_files_one_of_another_computer_is_passed_over(path: Path) -> None:
    with keychain(KeychainInMemory()):
        lock_away(path.with_name("a.brm"), SALT, KEY, "on another computer")
    lock_away(path.with_name("b.brm"), SALT, KEY, WORDS)
    with keychain(KeychainInMemory()):
        assert unlock(path, SALT, WORDS) == KEY
        with pytest.raises(AnotherDevice):
            unlock(path, SALT, "on another computer")


def test_too_little_memory_is_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    lock_away(path, SALT, KEY, WORDS)
    monkeypatch.setattr(key_file, "_lock", fail)
    with told(StoreProblem, r"too little memory to unlock sales\.brm"):
        unlock(path, SALT, WORDS)


def test_the_keychain_holds_the_other_half(path: Path) -> None:
    with keychain(KeychainInMemory()) as ours:
        lock_away(path, SALT, KEY, WORDS)
        assert isinstance(ours, KeychainInMemory)
        assert list(ours.kept) == [("BRM Desktop", SALT.hex())]
        assert unlock(path, SALT, WORDS) == KEY
        before = dict(ours.kept)
        lock_away(path, SALT, KEY, "another passphrase")
        assert ours.kept == before
    with keychain(KeychainInMemory()), told(AnotherDevice, "encrypted on another computer"):
        unlock(path, SALT, "another passphrase")


def test_on_another_computer_a_new_passphrase_makes_it_at_home(path: Path) -> None:
    with keychain(KeychainInMemory()):
        lock_away(path, SALT, KEY, WORDS)
    with keychain(KeychainInMemory()):
        found = unlock(path, SALT, recovery_key(KEY))
        lock_away(path, SALT, found, "another passphrase")
        assert unlock(path, SALT, "another passphrase") == KEY


@pytest.mark.parametrize("garbage", ["not hex", ""])
def test_garbage_in_the_keychain_is_no_secret(path: Path, garbage: str) -> None:
    with keychain(KeychainInMemory()) as ours:
        assert isinstance(ours, KeychainInMemory)
        ours.kept["BRM Desktop", SALT.hex()] = garbage
        lock_away(path, SALT, KEY, WORDS)
        assert unlock(path, SALT, WORDS) == KEY
        ours.kept["BRM Desktop", SALT.hex()] = garbage
        with told(AnotherDevice, "encrypted on another computer"):
            unlock(path, SALT, WORDS)


def test_a_keychain_that_fails_leaves_the_passphrase_alone(path: Path) -> None:
    with keychain(LockedKeychain()):
        lock_away(path, SALT, KEY, WORDS)
    file = find_key_file(path, SALT)
    assert file is not None
    assert not file.on_device
    assert unlock(path, SALT, WORDS) == KEY


def test_a_keychain_that_forgets_leaves_the_passphrase_alone(path: Path) -> None:
    lock_away(path, SALT, KEY, WORDS)
    file = find_key_file(path, SALT)
    assert file is not None
    assert not file.on_device


def test_a_locked_keychain_is_named_with_the_way_out(path: Path) -> None:
    with keychain(KeychainInMemory()):
        lock_away(path, SALT, KEY, WORDS)
    with keychain(LockedKeychain()), told(AnotherDevice, "keychain does not answer"):
        unlock(path, SALT, WORDS)


def test_a_hanging_keychain_is_not_waited_for_forever(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keychain(KeychainInMemory()):
        lock_away(path, SALT, KEY, WORDS)
    monkeypatch.setattr(keychain_module, "PATIENCE", 0.05)
    with keychain(HangingKeychain()) as hanging:
        assert isinstance(hanging, HangingKeychain)
        with told(AnotherDevice, "keychain does not answer"):
            unlock(path, SALT, WORDS)
        hanging.let_go.set()


def test_a_change_of_passphrase_that_fails_leaves_the_old_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    lock_away(path, SALT, KEY, WORDS)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            lock_away(path, SALT, KEY, "another passphrase")
    assert unlock(path, SALT, WORDS) == KEY
    assert list(listing(path.parent)) == ["sales.brm.keys"]


def test_nothing_of_a_key_is_shown(path: Path) -> None:
    file = wrap(KEY, SALT, WORDS, None, SOFT)
    for shown in (repr(file), str(wrong_secret(path, WORDS)), file.to_bytes().decode()):
        assert KEY.raw.hex() not in shown
        assert WORDS not in shown
    assert file.wrapped.hex() not in repr(file)
