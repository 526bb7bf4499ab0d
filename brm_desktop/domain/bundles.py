"""What a bundle says of itself, and whose keys sealed it: the values that all who handle one share.

A bundle (sync §3) is what travels between a rep's store and the company's asset, on a stick as on a
server. How it is sealed and signed is the matter of ``exchange``; what is done with it that of
``storage``; neither knows the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Protocol

READER: Final = 2
"""What this program can read: bundles that need a greater number are left for a newer one.

Since 2 a value may come in pieces, and fields of one stamp stand together. What was written for 1
is read as ever.
"""

KEY_BYTES: Final = 32
MOST_SEQUENCE: Final = 1 << 53

_ASSET: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SITE: Final = re.compile(r"[0-9a-f]{16}")
_DIGEST: Final = re.compile(r"([0-9a-f]{64})?")


class BundleKind(StrEnum):
    """What is in a bundle."""

    OPERATIONS = "operations"
    """What a site wrote, for the asset."""
    REPLY = "reply"
    """What the asset holds now, for one site."""
    REGISTRATION = "registration"
    """The keys of a new device, for the asset that invited it."""


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """The public halves of a device's keys: what it signs with and what is sealed to it."""

    signing: bytes
    sealing: bytes

    def __post_init__(self) -> None:
        if len(self.signing) != KEY_BYTES or len(self.sealing) != KEY_BYTES:
            raise ValueError("a public key has 32 bytes")

    def hex(self) -> str:
        """Both keys as 128 hex digits."""
        return (self.signing + self.sealing).hex()

    @classmethod
    def from_hex(cls, text: str) -> PublicKeys:
        """The keys from their hex digits; raises ``ValueError``."""
        raw = bytes.fromhex(text)
        return cls(raw[:KEY_BYTES], raw[KEY_BYTES:])


@dataclass(frozen=True, slots=True)
class BundleHeader:
    """What stands before the body of a bundle, for everybody to read and nobody to change.

    ``asset`` is the asset's id and ``site`` the 16 hex digits of the site that a bundle comes from
    or, of a reply, is for. ``first`` to ``last`` are the site's sequence numbers of what is in it,
    of a reply the asset's change numbers. ``previous`` is the digest of the bundle before it, ""
    for the first; ``schema`` that of the store that wrote it; ``reader`` what one must be to read
    it. ``seen`` is the asset's change number up to which the site has all, ``taken`` the last of
    its own sequence that the asset told it has, both as they were in the asset's ``epoch``. A
    bundle whose ``last`` is one before its ``first`` has no operations and only says that; it
    follows no other.
    """

    kind: BundleKind
    asset: str
    site: str
    first: int
    last: int
    previous: str
    schema: int
    reader: int = READER
    seen: int = 0
    taken: int = 0
    epoch: int = 0

    @property
    def is_receipt(self) -> bool:
        """Whether it says nothing but what the site has seen."""
        return self.kind is BundleKind.OPERATIONS and self.last < self.first

    def to_plain(self) -> dict[str, Any]:
        """The header as values of JSON."""
        return {
            "kind": self.kind.value,
            "asset": self.asset,
            "site": self.site,
            "first": self.first,
            "last": self.last,
            "previous": self.previous,
            "schema": self.schema,
            "reader": self.reader,
            "seen": self.seen,
            "taken": self.taken,
            "epoch": self.epoch,
        }

    @classmethod
    def from_plain(cls, plain: object) -> BundleHeader:
        """The header from values of JSON; raises ``ValueError`` or ``TypeError`` for others."""
        if not isinstance(plain, dict):
            raise TypeError("a header is an object")
        header = cls(
            BundleKind(_text(plain, "kind")),
            _matching(plain, "asset", _ASSET),
            _matching(plain, "site", _SITE),
            _number(plain, "first"),
            _number(plain, "last"),
            _matching(plain, "previous", _DIGEST),
            _number(plain, "schema"),
            _number(plain, "reader"),
            _number(plain, "seen"),
            _number({"taken": 0, **plain}, "taken"),
            _number({"epoch": 0, **plain}, "epoch"),
        )
        if header.last < header.first - 1:
            raise ValueError("a bundle ends before it begins")
        return header


class OpenedBundle(Protocol):
    """A bundle whose signature is good and that is sealed to whoever opened it."""

    @property
    def header(self) -> BundleHeader:
        """What it says of itself."""

    @property
    def digest(self) -> str:
        """What tells it from every other bundle, 64 hex digits; the next one names it."""

    @property
    def signer(self) -> bytes:
        """The public key that it is signed with."""

    def lines(self) -> Iterator[Any]:
        """The values of JSON in it, one by one; raises ``FileProblem`` where it breaks a bound."""


Signers = Callable[[BundleHeader, bytes], bool]
"""Whether a bundle with that header may be signed with that public key."""


def _text(plain: dict[str, Any], name: str) -> str:
    value = plain.get(name)
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    return value


def _matching(plain: dict[str, Any], name: str, form: re.Pattern[str]) -> str:
    value = _text(plain, name)
    if form.fullmatch(value) is None:
        raise ValueError(f"{name} has another form")
    return value


def _number(plain: dict[str, Any], name: str) -> int:
    value = plain.get(name)
    if type(value) is not int or not 0 <= value < MOST_SEQUENCE:
        raise ValueError(f"{name} is no number")
    return value
