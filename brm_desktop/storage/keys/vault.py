"""The key file of an encrypted store: its key, locked away under a passphrase.

The key is encrypted (AES-256-GCM) under what HKDF makes of two halves: Argon2id of the passphrase,
and a secret in this computer's keychain, where there is one that works. The file names the salt of
its store, the first 16 bytes of every encrypted store, and so is found again beside a store that
was renamed. Whoever holds the recovery key needs neither half (``store_key``).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from brm_desktop.domain.errors import AnotherDevice, NoKeyFile, StoreLocked, StoreProblem
from brm_desktop.domain.phrase import phrase
from brm_desktop.storage.keys.refusals import wrong_secret
from brm_desktop.storage.keys.store_key import (
    KEY_BYTES,
    StoreKey,
    key_of_recovery,
    recovery_letters,
)
from brm_desktop.storage.place.durable import write_whole

__all__ = ["StoreKey"]

SALT_BYTES: Final = 16
ENDING: Final = ".keys"

_FORMAT: Final = "BRM Desktop key file"
_VERSION: Final = 1
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_NO_KEY_FILE: Final = "no key file"
_LARGEST_FILE: Final = 16 * 1024
_MOST_FILES: Final = 1_000
_MOST_TRIED: Final = 8
"""So many key files of one store are tried, where it has none of its own name: a second's work."""


@dataclass(frozen=True, slots=True)
class Hardness:
    """What one try of a passphrase costs whoever tries it."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    @property
    def bearable(self) -> bool:
        """Whether it is within what a file of others may ask of this computer.

        That is 1 GiB and 16 passes, but twenty times the usual work altogether: some seconds.
        """
        return (
            1 <= self.lanes <= 16
            and 1 <= self.passes <= 16
            and 8 * self.lanes <= self.memory_kib <= 1024 * 1024
            and self.memory_kib * self.passes <= 20 * 3 * 64 * 1024
        )


USUAL: Final = Hardness()


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a key file says."""

    store: bytes
    """The salt of the store it belongs to."""
    on_device: bool
    """Whether a secret in the keychain is needed as well as the passphrase."""
    salt: bytes
    nonce: bytes
    hardness: Hardness = USUAL
    wrapped: bytes = field(default=b"", repr=False)

    def said(self) -> dict[str, Any]:
        """All but the wrapped key, as values of JSON; changed by anybody, the key stays shut."""
        return {
            "format": _FORMAT,
            "version": _VERSION,
            "store": self.store.hex(),
            "halves": ["passphrase", "keychain"] if self.on_device else ["passphrase"],
            "argon2id": {
                "memory_kib": self.hardness.memory_kib,
                "passes": self.hardness.passes,
                "lanes": self.hardness.lanes,
                "salt": self.salt.hex(),
            },
            "nonce": self.nonce.hex(),
        }

    def to_bytes(self) -> bytes:
        """The content of the file."""
        return json.dumps(self.said() | {"wrapped": self.wrapped.hex()}, indent=2).encode()

    @staticmethod
    def from_bytes(content: bytes) -> KeyFile:
        """Read what a file says; raises ``ValueError`` when it is no key file, or a hostile one."""
        try:
            said = json.loads(content)
            known = _known(said)
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise ValueError(_NO_KEY_FILE) from error
        lengths = (len(known.store), len(known.salt), len(known.nonce), len(known.wrapped))
        if lengths != (SALT_BYTES, SALT_BYTES, _NONCE_BYTES, KEY_BYTES + _TAG_BYTES):
            raise ValueError(_NO_KEY_FILE)
        if not known.hardness.bearable or said != known.said() | {"wrapped": known.wrapped.hex()}:
            raise ValueError(_NO_KEY_FILE)
        return known


def _known(said: Any) -> KeyFile:
    costs = said["argon2id"]
    numbers = (costs["memory_kib"], costs["passes"], costs["lanes"])
    if not all(type(number) is int for number in numbers):
        raise TypeError
    return KeyFile(
        store=bytes.fromhex(said["store"]),
        on_device="keychain" in said["halves"],
        salt=bytes.fromhex(costs["salt"]),
        nonce=bytes.fromhex(said["nonce"]),
        hardness=Hardness(*numbers),
        wrapped=bytes.fromhex(said["wrapped"]),
    )


def wrap(
    key: StoreKey, store: bytes, passphrase: str, device: bytes | None, hardness: Hardness = USUAL
) -> KeyFile:
    """Lock a key away under a passphrase and, where there is one, the secret of a device."""
    import secrets

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    fresh = KeyFile(
        store,
        device is not None,
        secrets.token_bytes(SALT_BYTES),
        secrets.token_bytes(_NONCE_BYTES),
        hardness,
    )
    lock = AESGCM(_lock(fresh, passphrase, device))
    wrapped = lock.encrypt(fresh.nonce, key.raw, _authentic(fresh))
    return KeyFile(fresh.store, fresh.on_device, fresh.salt, fresh.nonce, hardness, wrapped)


def unwrap(file: KeyFile, passphrase: str, device: bytes | None) -> StoreKey | None:
    """The key that a file holds; ``None`` when a half is wrong or the file was tampered with.

    Raises ``MemoryError`` when there is too little memory for what the file asks.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    lock = AESGCM(_lock(file, passphrase, device))
    try:
        return StoreKey(lock.decrypt(file.nonce, file.wrapped, _authentic(file)))
    except InvalidTag:
        return None


def get_ready(path: Path, salt: bytes) -> None:
    """Import what a store is unlocked with, so that the passphrase need not wait for it."""
    import cryptography.hazmat.primitives.ciphers.aead
    import cryptography.hazmat.primitives.hashes
    import cryptography.hazmat.primitives.kdf.argon2
    import cryptography.hazmat.primitives.kdf.hkdf  # noqa: F401  nothing of it is used here

    from brm_desktop.storage.keys import keychain

    file = find_key_file(path, salt)
    if file is not None and file.on_device:
        keychain.get_ready()


def _lock(file: KeyFile, passphrase: str, device: bytes | None) -> bytes:
    """What the key is encrypted with: of both halves, so that neither alone tells anything."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    slow = Argon2id(
        salt=file.salt,
        length=KEY_BYTES,
        iterations=file.hardness.passes,
        lanes=file.hardness.lanes,
        memory_cost=file.hardness.memory_kib,
    )
    # The same words are the same bytes on every system, however its keyboard composes them; a blank
    # at the end came along when they were copied, and nobody sees it.
    words = unicodedata.normalize("NFKC", passphrase).strip().encode("utf-8", "surrogatepass")
    both = slow.derive(words) + (device or b"")
    return HKDF(SHA256(), KEY_BYTES, salt=file.store, info=_FORMAT.encode()).derive(both)


def _authentic(file: KeyFile) -> bytes:
    return json.dumps(file.said(), sort_keys=True, separators=(",", ":")).encode()


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
                "{name} is not the key file of this store: its recovery key is needed.", name=name
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
