"""The key of an encrypted store, and how it is written on paper.

The recovery key is the store's key itself: 32 bytes and 3 to check them by, in the 32 letters and
digits of Crockford's base 32, which has neither O nor I nor L, so that a slip of the pen is read
as what it was meant to be.

What makes and checks keys is imported with the first one, not with the question for a passphrase.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final

KEY_BYTES: Final = 32

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SLIPS: Final = str.maketrans("OIL", "011")
_CHECK_BYTES: Final = 3
RECOVERY_LETTERS: Final = (KEY_BYTES + _CHECK_BYTES) * 8 // 5
_GROUP: Final = 7
_FEWEST: Final = 3 * _GROUP
_DIGITS_IN: Final = 8
"""A third of the letters of a recovery key are digits: of so many in a row hardly ever none is."""


@dataclass(frozen=True, slots=True)
class StoreKey:
    """The random key that every page of a store is encrypted with; it never shows itself."""

    raw: bytes = field(repr=False)

    @staticmethod
    def random() -> StoreKey:
        """A key that no store has."""
        import secrets

        return StoreKey(secrets.token_bytes(KEY_BYTES))


def recovery_key(key: StoreKey) -> str:
    """The key as eight groups of seven letters and digits, to be printed and typed again."""
    number = int.from_bytes(key.raw + _check(key.raw), "big")
    letters = [_LETTERS[number >> shift & 31] for shift in range(RECOVERY_LETTERS * 5 - 5, -1, -5)]
    return "-".join(
        "".join(letters[start : start + _GROUP]) for start in range(0, RECOVERY_LETTERS, _GROUP)
    )


def key_of_recovery(text: str) -> StoreKey | None:
    """The key that was typed; ``None`` when the text is no recovery key or has a slip in it.

    Case, spaces, dashes, full-width letters, O for 0, and I or L for 1 do no harm.
    """
    letters = _letters(text)
    if not has_recovery_form(text):
        return None
    number = 0
    for letter in letters:
        number = number << 5 | _LETTERS.index(letter)
    content = number.to_bytes(KEY_BYTES + _CHECK_BYTES, "big")
    raw, check = content[:KEY_BYTES], content[KEY_BYTES:]
    return StoreKey(raw) if check == _check(raw) else None


def has_recovery_form(text: str) -> bool:
    """Whether a text is as long as a recovery key and made of its letters, slip or no slip."""
    letters = _letters(text)
    return len(letters) == RECOVERY_LETTERS and set(letters) <= set(_LETTERS)


def recovery_letters(text: str) -> int:
    """How many letters and digits a text has that looks like some of a recovery key; else 0.

    A group may be left out, or typed twice; words without digits are a passphrase.
    """
    letters = _letters(text)
    digits = sum(sign.isdigit() for sign in unicodedata.normalize("NFKC", text))
    looks_so = (
        len(letters) >= _FEWEST
        and set(letters) <= set(_LETTERS)
        and digits * _DIGITS_IN >= len(letters)
    )
    return len(letters) if looks_so else 0


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sign for sign in plain if sign.isalnum()).translate(_SLIPS)


def _check(raw: bytes) -> bytes:
    from hashlib import sha256

    return sha256(b"BRM recovery key" + raw).digest()[:_CHECK_BYTES]
