"""A key file: what it says, and the key that is locked away in it under a passphrase.

The key is encrypted (AES-256-GCM) under what HKDF makes of two halves: Argon2id of the passphrase,
and a secret in this computer's keychain, where there is one that works. The file names the salt of
its store, the first 16 bytes of every encrypted store.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Final

from brm_desktop.storage.keys.store_key import KEY_BYTES, StoreKey

SALT_BYTES: Final = 16

_FORMAT: Final = "BRM Desktop key file"
_VERSION: Final = 1
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_NO_KEY_FILE: Final = "no key file"


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


def get_ready() -> None:
    """Import what a key is unlocked with, so that the passphrase need not wait for it."""
    import cryptography.hazmat.primitives.ciphers.aead
    import cryptography.hazmat.primitives.hashes
    import cryptography.hazmat.primitives.kdf.argon2
    import cryptography.hazmat.primitives.kdf.hkdf  # noqa: F401  nothing of it is used here


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
