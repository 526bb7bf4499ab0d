"""Reading one page of an encrypted store by itself, as SQLCipher 4 writes them.

Each page carries its own seal: at its end stand 16 random bytes that it was encrypted with (AES-256
in CBC) and an HMAC-SHA512 over all of it and its number. So a page tells by itself whether it is
damaged, and the others are read without it.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from brm_desktop.storage.keys.store_key import StoreKey

RESERVED: Final = 80
"""So many bytes at the end of a page hold no content."""
_SALT: Final = 16
_IV: Final = 16
_SEAL: Final = 64
_PLAIN_START: Final = b"SQLite format 3\x00"


class PageCipher:
    """What opens the pages of one store: its key and its salt."""

    def __init__(self, key: StoreKey, salt: bytes) -> None:
        self._key = key.raw
        other = bytes(byte ^ 0x3A for byte in salt)
        self._sealing = hashlib.pbkdf2_hmac("sha512", key.raw, other, 2, len(key.raw))

    def content(self, number: int, page: bytes) -> bytes | None:
        """What a page holds, without what is reserved; ``None`` when it is not as it was written.

        The first page begins with the store's salt, which is replaced by what SQLite has there.
        """
        start = _SALT if number == 1 else 0
        sealed, seal = page[start:-_SEAL], page[-_SEAL:]
        made = hmac.digest(self._sealing, sealed + number.to_bytes(4, "little"), "sha512")
        if not hmac.compare_digest(made, seal):
            return None
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        opening = Cipher(algorithms.AES(self._key), modes.CBC(sealed[-_IV:])).decryptor()
        opened = opening.update(sealed[:-_IV]) + opening.finalize()
        return (_PLAIN_START if number == 1 else b"") + opened
