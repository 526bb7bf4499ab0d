"""Keys of a device, and how bytes are sealed to others and signed (sync §3).

A bundle has a random key of its own. It is locked to each recipient by X25519 with an ephemeral
key and HKDF-SHA256; the body is encrypted with ChaCha20-Poly1305 in chunks whose number and whether
they are the last go into the nonce, under a key that depends on the whole header. All of it is
signed with Ed25519. Imported late: ``cryptography`` takes its time to load.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from brm_desktop.domain.bundles import KEY_BYTES, PublicKeys

SIGNATURE_BYTES: Final = 64
TAG_BYTES: Final = 16
CHUNK_BYTES: Final = 1 << 18
"""Bytes of the body that are sealed at a time."""

_NUMBER_BYTES: Final = 11
_LOCK: Final = b"BRM Desktop bundle 1: key"
_BODY: Final = b"BRM Desktop bundle 1: body"
_SIGNED: Final = b"BRM Desktop bundle 1: signed"
_ZERO: Final = bytes(12)
"""The nonce of what is encrypted only once with its key."""


class Broken(Exception):
    """What is sealed or signed is not as it was, or is another's."""


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """The private keys of a device, for signing and for what is sealed to it; never shown."""

    signing: bytes = field(repr=False)
    sealing: bytes = field(repr=False)

    @staticmethod
    def new() -> DeviceKeys:
        """Keys that no device has."""
        return DeviceKeys(os.urandom(KEY_BYTES), os.urandom(KEY_BYTES))

    @staticmethod
    def from_bytes(raw: bytes) -> DeviceKeys:
        """The keys from their 64 bytes; raises ``ValueError``."""
        if len(raw) != 2 * KEY_BYTES:
            raise ValueError("keys of a device have 64 bytes")
        return DeviceKeys(raw[:KEY_BYTES], raw[KEY_BYTES:])

    def to_bytes(self) -> bytes:
        """The 64 bytes that a store keeps."""
        return self.signing + self.sealing

    @property
    def public(self) -> PublicKeys:
        """What others may know of them."""
        return PublicKeys(
            Ed25519PrivateKey.from_private_bytes(self.signing).public_key().public_bytes_raw(),
            X25519PrivateKey.from_private_bytes(self.sealing).public_key().public_bytes_raw(),
        )

    def sign(self, digest: bytes) -> bytes:
        """The signature over what has this digest."""
        return Ed25519PrivateKey.from_private_bytes(self.signing).sign(_SIGNED + digest)


def check_signature(signer: bytes, signature: bytes, digest: bytes) -> None:
    """See that a signature over what has this digest is the signer's; raises ``Broken``."""
    try:
        Ed25519PublicKey.from_public_bytes(signer).verify(signature, _SIGNED + digest)
    except (InvalidSignature, ValueError):
        raise Broken from None


@dataclass(frozen=True, slots=True)
class Lock:
    """The key of a bundle, locked: what one ephemeral key and each recipient's make of it."""

    ephemeral: bytes
    locked: tuple[tuple[bytes, bytes], ...]
    """A recipient's public key and the bundle's key as only that recipient can read it."""


def locked(key: bytes, recipients: Sequence[bytes]) -> Lock:
    """Lock a bundle's key to some recipients, who are known by their public sealing keys."""
    private = X25519PrivateKey.generate()
    ephemeral = private.public_key().public_bytes_raw()
    return Lock(
        ephemeral,
        tuple(
            (
                recipient,
                ChaCha20Poly1305(
                    _derived(
                        private.exchange(X25519PublicKey.from_public_bytes(recipient)),
                        ephemeral + recipient,
                        _LOCK,
                    )
                ).encrypt(_ZERO, key, recipient),
            )
            for recipient in recipients
        ),
    )


def unlocked(lock: Lock, keys: DeviceKeys) -> bytes | None:
    """The key of a bundle; ``None`` when it is not locked to these keys. Raises ``Broken``."""
    private = X25519PrivateKey.from_private_bytes(keys.sealing)
    own = private.public_key().public_bytes_raw()
    sealed = dict(lock.locked).get(own)
    if sealed is None:
        return None
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(lock.ephemeral))
        opener = ChaCha20Poly1305(_derived(shared, lock.ephemeral + own, _LOCK))
        return opener.decrypt(_ZERO, sealed, own)
    except (InvalidTag, ValueError):
        raise Broken from None


def sealed(key: bytes, header: bytes, body: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The chunks of a body, encrypted, each with whether it is the last one."""
    cipher, known = _cipher(key, header)
    number, waiting = 0, bytearray()
    for piece in body:
        waiting += piece
        while len(waiting) > CHUNK_BYTES:
            chunk = bytes(waiting[:CHUNK_BYTES])
            del waiting[:CHUNK_BYTES]
            yield cipher.encrypt(_nonce(number, last=False), chunk, known), False
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), known), True


def unsealed(key: bytes, header: bytes, chunks: Iterable[tuple[bytes, bool]]) -> Iterator[bytes]:
    """The body in pieces, from its chunks in their order; raises ``Broken``."""
    cipher, known = _cipher(key, header)
    for number, (chunk, last) in enumerate(chunks):
        try:
            yield cipher.decrypt(_nonce(number, last=last), chunk, known)
        except InvalidTag:
            raise Broken from None


def _cipher(key: bytes, header: bytes) -> tuple[ChaCha20Poly1305, bytes]:
    known = sha256(header).digest()
    return ChaCha20Poly1305(_derived(key, known, _BODY)), known


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_NUMBER_BYTES, "big") + (b"\1" if last else b"\0")


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, purpose).derive(secret)
