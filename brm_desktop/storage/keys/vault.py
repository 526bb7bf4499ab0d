"""Where the key files of stores lie, and how a secret gets a store's key out of one.

A key file lies beside its store; it is found again beside a store that was renamed, by the salt
that it names. Whoever holds the recovery key needs neither file nor keychain (``store_key``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from brm_desktop.domain.errors import AnotherDevice, NoKeyFile, StoreLocked, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.storage.keys import key_file
from brm_desktop.storage.keys.key_file import KeyFile, unwrap, wrap
from brm_desktop.storage.keys.refusals import wrong_secret
from brm_desktop.storage.keys.store_key import (
    KEY_BYTES,
    StoreKey,
    key_of_recovery,
    recovery_letters,
)
from brm_desktop.storage.place.durable import write_whole

ENDING: Final = ".keys"

_LARGEST_FILE: Final = 16 * 1024
_MOST_FILES: Final = 1_000
_MOST_TRIED: Final = 8
"""So many key files of one store are tried, where it has none of its own name: a second's work."""


def key_file_beside(path: Path) -> Path:
    """Where the key file of a store is written: beside the store, not beside a link to it."""
    store = path.resolve()
    return store.with_name(store.name + ENDING)


def is_key_file(path: Path) -> bool:
    """Whether there is a key file of some store at a place."""
    return _read(path) is not None


def find_key_file(path: Path, salt: bytes) -> KeyFile | None:
    """The key file of the store with this salt: its own, or another one in the folder."""
    return next(_fitting(path, salt), None)


def key_files_of(path: Path, more: Path) -> list[KeyFile]:
    """A store's own key file, and those of a folder; of each store's salt one."""
    found: dict[bytes, KeyFile] = {}
    for place in (key_file_beside(path), *sorted(islice(more.glob(f"*{ENDING}"), _MOST_FILES))):
        file = _read(place)
        if file is not None:
            found.setdefault(file.store, file)
    return [*found.values()]


def _fitting(path: Path, salt: bytes) -> Iterator[KeyFile]:
    """The key files of the store with this salt; its own goes alone, for it is the newest."""
    own = key_file_beside(path)
    for place in _places(path):
        file = _read(place)
        if file is not None and file.store == salt:
            yield file
            if place == own:
                return


def _read(place: Path) -> KeyFile | None:
    """What a key file says; ``None`` for what is none, or too large to be one."""
    with suppress(OSError, ValueError):
        if place.is_file():
            with place.open("rb") as file:
                content = file.read(_LARGEST_FILE + 1)
            if len(content) <= _LARGEST_FILE:
                return KeyFile.from_bytes(content)
    return None


def _places(path: Path) -> Iterator[Path]:
    own = key_file_beside(path)
    yield own
    with suppress(OSError):
        others = islice(own.parent.glob(f"*{ENDING}"), _MOST_FILES)
        yield from sorted(other for other in others if other.name != own.name)


def get_ready(path: Path, salt: bytes) -> None:
    """Import what a store is unlocked with, so that the passphrase need not wait for it."""
    key_file.get_ready()
    file = find_key_file(path, salt)
    if file is not None and file.on_device:
        from brm_desktop.storage.keys import keychain

        keychain.get_ready()


def unlock(path: Path, salt: bytes, secret: str) -> StoreKey:
    """The key of the store with this salt, by a passphrase or a recovery key.

    A recovery key is taken as it is: whether it fits shows when the store is opened.

    Raises
    ------
    WrongSecret
        When it is not the passphrase.
    AnotherDevice
        When the computer's half of the key is missing, so that the recovery key is needed.
    NoKeyFile
        When the key file is missing or damaged, so that the recovery key is needed.
    """
    key = key_of_recovery(secret)
    if key is not None:
        return key
    files = [*islice(_fitting(path, salt), _MOST_TRIED)]
    if not files:
        raise wrong_secret(path, secret) if recovery_letters(secret) else _no_key_file(path)
    problem: StoreLocked = wrong_secret(path, secret)
    for file in files:
        try:
            key = unlock_with(path, file, secret)
        except AnotherDevice as error:
            problem = error
            continue
        if key is not None:
            return key
    raise problem


def opens_another(path: Path, secret: str) -> bool:
    """Whether a secret opens the key file beside a store, whosever it is."""
    file = _read(key_file_beside(path))
    with suppress(StoreLocked):
        return file is not None and unlock_with(path, file, secret) is not None
    return False


def unlock_with(path: Path, file: KeyFile, secret: str) -> StoreKey | None:
    """The key that a passphrase or recovery key gets out of a key file; ``None`` if it is wrong.

    Raises ``AnotherDevice`` when the computer's half of the key is missing.
    """
    known = key_of_recovery(secret)
    if known is not None:
        return known
    device = _device_secret(path, file) if file.on_device else None
    try:
        return unwrap(file, secret, device)
    except MemoryError as error:
        raise StoreProblem(
            phrase("There is too little memory to unlock {name}.", name=path.name)
        ) from error


def _no_key_file(path: Path) -> NoKeyFile:
    name = key_file_beside(path).name
    if key_file_beside(path).exists():
        return NoKeyFile(
            phrase(
                "{name} is not the key file of this store, or the beginning of the store is"
                " damaged: use the recovery key, or restore a backup.",
                name=name,
            )
        )
    return NoKeyFile(
        phrase("The key file {name} is missing: the store's recovery key is needed.", name=name)
    )


def _device_secret(path: Path, file: KeyFile) -> bytes:
    from brm_desktop.storage.keys import keychain

    try:
        secret = keychain.found(file.store.hex())
    except keychain.KeychainFails as error:
        raise AnotherDevice(
            phrase(
                "This computer's keychain does not answer, and {name} needs it:"
                " unlock the keychain, or use the recovery key.",
                name=path.name,
            )
        ) from error
    if secret is None:
        raise AnotherDevice(
            phrase(
                "{name} was encrypted on another computer: its recovery key is needed here.",
                name=path.name,
            )
        )
    return secret


def lock_away(path: Path, salt: bytes, key: StoreKey, passphrase: str) -> None:
    """Write the key file of a store, in place of the one there was, whole or not at all.

    The secret of this computer stays the same where it has one, so that the old file and the new
    one both work until the new one stands. One that was put aside under the store's name goes: it
    would open with the old passphrase. Raises ``OSError``.
    """
    file = wrap(key, salt, passphrase, _own_device_secret(salt))
    place = key_file_beside(path)
    _make_room(place, salt)
    write_whole(place, file.to_bytes())
    put_aside_as(path, salt).unlink(missing_ok=True)


def put_aside_as(path: Path, salt: bytes) -> Path:
    """Where the key file of another store with a store's name lies; its salt is in the name."""
    place = key_file_beside(path)
    return place.with_name(f"{place.stem}-{salt.hex()}{ENDING}")


def put_back(path: Path, file: KeyFile) -> None:
    """Write a key file of a store that was kept elsewhere beside it again; raises ``OSError``."""
    place = key_file_beside(path)
    _make_room(place, file.store)
    write_whole(place, file.to_bytes())


def copy_key_file(path: Path, to: Path) -> None:
    """Write the key file of a store beside the name it is to have; raises ``OSError``."""
    file = _read(key_file_beside(path))
    if file is not None:
        put_back(to, file)


def forget_key_file(path: Path, salt: bytes) -> None:
    """Remove the key file beside a store that came to nothing; raises ``OSError``."""
    place = key_file_beside(path)
    file = _read(place)
    if file is not None and file.store == salt:
        place.unlink()


def _own_device_secret(salt: bytes) -> bytes | None:
    """This computer's half of a key, made when there is none; ``None`` without a keychain."""
    import secrets

    from brm_desktop.storage.keys import keychain

    name = salt.hex()
    try:
        known = keychain.found(name)
        if known is not None:
            return known
        fresh = secrets.token_bytes(KEY_BYTES)
        keychain.keep(name, fresh)
    except keychain.KeychainFails:
        return None
    return fresh


def _make_room(place: Path, salt: bytes) -> None:
    """Put the key file of another store aside, where that store's salt still finds it."""
    other = _read(place)
    if other is not None and other.store != salt:
        place.rename(place.with_name(f"{place.stem}-{other.store.hex()}{ENDING}"))
