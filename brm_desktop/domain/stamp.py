"""Hybrid logical clock stamps: when, in which order, and by which site, in 128 bits."""

from __future__ import annotations

from dataclasses import dataclass

_MILLIS = 1 << 48
_COUNTER = 1 << 16
_SITE = 1 << 64
_SITE_DIGITS = 16


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """48-bit milliseconds since 1970, 16-bit counter, 64-bit site; sorts as its bytes do."""

    millis: int
    counter: int
    site: int

    def __post_init__(self) -> None:
        if not (
            0 <= self.millis < _MILLIS and 0 <= self.counter < _COUNTER and 0 <= self.site < _SITE
        ):
            raise ValueError(f"no such stamp: {self.millis}, {self.counter}, {self.site}")

    def to_bytes(self) -> bytes:
        """The 16 bytes, big-endian, that storage keeps and sync sends."""
        return (self.millis << 80 | self.counter << 64 | self.site).to_bytes(16, "big")

    @classmethod
    def from_bytes(cls, raw: bytes) -> Stamp:
        """A stamp from its 16 bytes."""
        if len(raw) != 16:
            raise ValueError("a stamp has 16 bytes")
        number = int.from_bytes(raw, "big")
        return cls(number >> 80, number >> 64 & (_COUNTER - 1), number & (_SITE - 1))

    def hex(self) -> str:
        """The stamp as 32 hex digits, which sort as the bytes do."""
        return self.to_bytes().hex()

    def next(self, millis: int) -> Stamp:
        """The same site's next stamp at wall-clock ``millis``: always greater than this one."""
        if millis > self.millis:
            return Stamp(millis, 0, self.site)
        if self.counter + 1 < _COUNTER:
            return Stamp(self.millis, self.counter + 1, self.site)
        return Stamp(self.millis + 1, 0, self.site)

    def seen(self, other: Stamp) -> Stamp:
        """This site's clock after it has seen another's stamp: not behind either."""
        if (other.millis, other.counter) > (self.millis, self.counter):
            return Stamp(other.millis, other.counter, self.site)
        return self


def site_of_stamp(stamp: str) -> str:
    """The site, 16 hex digits, that made a stamp of 32; "" of no stamp."""
    return stamp[-_SITE_DIGITS:]


def before_all_of(site: str) -> str:
    """What is a site's and smaller than any stamp that it makes, for a site in 16 hex digits."""
    return "0" * _SITE_DIGITS + site


GREATEST = Stamp(_MILLIS - 1, _COUNTER - 1, _SITE - 1)
"""No stamp is greater."""
