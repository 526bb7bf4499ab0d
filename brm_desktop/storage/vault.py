"""Keys of encrypted stores: what they are, and where they are kept."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class StoreKey:
    """The random key that every page of a store is encrypted with; it never says itself."""

    raw: bytes = field(repr=False)

    @staticmethod
    def random() -> StoreKey:
        """A key that no store has."""
        return StoreKey(secrets.token_bytes(KEY_BYTES))
