"""Where time and chance come from, and the stamps and ids made of them.

The start asks for the time; what days, chance and stamps need is imported when there is to be one.
"""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from datetime import date, datetime

    from brm_desktop.domain.stamp import Stamp


class Clock(Protocol):
    """The one source of time and chance of a session."""

    def millis(self) -> int:
        """Milliseconds since 1970, UTC; may stand still or go back."""
        ...

    def today(self) -> date:
        """The day it is where the user is."""
        ...

    def bits(self, count: int) -> int:
        """A random number of so many bits."""
        ...


def moment_of(clock: Clock) -> datetime:
    """The moment it is, where the user is."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(clock.millis() / 1000, UTC).astimezone()


class SystemClock:
    """The computer's clock and its source of randomness."""

    def millis(self) -> int:
        """Milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000

    def today(self) -> date:
        """The local day."""
        from datetime import datetime

        return datetime.now().astimezone().date()

    def bits(self, count: int) -> int:
        """A random number of so many bits."""
        import secrets

        return secrets.randbits(count)


class SetClock:
    """A clock that shows what it was set to: for tests, screenshots and the sample portfolio.

    The same ``seed`` and the same questions give the same random bits.
    """

    def __init__(self, now: datetime, seed: int = 0) -> None:
        from random import Random

        self.now = now
        self._random = Random(seed)  # noqa: S311 -- the same ids every time is what it is for

    def millis(self) -> int:
        """Milliseconds since 1970 of the set moment."""
        return int(self.now.timestamp() * 1000)

    def today(self) -> date:
        """The day of the set moment."""
        return self.now.date()

    def bits(self, count: int) -> int:
        """The next so many bits of the seed's sequence."""
        return self._random.getrandbits(count)


class HeldClock:
    """A clock that may be ahead of time, and is never believed past a moment known from others."""

    def __init__(self, clock: Clock, latest: int) -> None:
        """``latest`` in milliseconds since 1970, UTC."""
        self._clock = clock
        self._latest = latest

    def millis(self) -> int:
        """What the clock shows, or the moment it is held at."""
        return min(self._clock.millis(), self._latest)

    def today(self) -> date:
        """The day of the clock itself."""
        return self._clock.today()

    def bits(self, count: int) -> int:
        """The clock's own source of randomness."""
        return self._clock.bits(count)


class StampMaker:
    """A hybrid logical clock: each stamp is greater than the last, wherever the clock went."""

    def __init__(self, clock: Clock, last: Stamp) -> None:
        self._clock = clock
        self._lock = Lock()
        self.last = last

    @classmethod
    def going_on(cls, clock: Clock, site: int, greatest: Stamp | None) -> Self:
        """Go on after all stamps a store has seen, as its own site."""
        from brm_desktop.domain.stamp import Stamp

        start = Stamp(0, 0, site)
        return cls(clock, start if greatest is None else start.seen(greatest))

    def next(self) -> Stamp:
        """A new stamp of the same site; safe in any thread."""
        with self._lock:
            self.last = self.last.next(self._clock.millis())
            return self.last

    def saw(self, other: Stamp) -> None:
        """Go on after a stamp of another site, too; safe in any thread."""
        with self._lock:
            self.last = self.last.seen(other)


class IdMaker:
    """Makes UUIDv7 ids that grow, also within one millisecond and when the clock was set back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._millis = 0
        self._counter = 0

    def __call__(self) -> str:
        """A fresh id: 48 bits of milliseconds, a counter of 12 and chance of 62."""
        from uuid import UUID

        millis = self._clock.millis()
        if millis > self._millis:
            self._millis, self._counter = millis, self._clock.bits(11)
        elif self._counter < 0xFFF:
            self._counter += 1
        else:
            self._millis, self._counter = self._millis + 1, self._clock.bits(11)
        number = self._millis << 80 | 7 << 76 | self._counter << 64 | 2 << 62 | self._clock.bits(62)
        return str(UUID(int=number))
