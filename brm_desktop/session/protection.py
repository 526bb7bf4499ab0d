"""How a store is kept from other eyes: plain by choice, or under a passphrase."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final


class Plain(Enum):
    """A store that anybody who gets the file can read."""

    PLAIN = "plain"


PLAIN: Final = Plain.PLAIN


@dataclass(frozen=True, slots=True)
class Passphrase:
    """A store that opens only with these words; they are in no log or exception."""

    text: str = field(repr=False)


Protection = Plain | Passphrase
