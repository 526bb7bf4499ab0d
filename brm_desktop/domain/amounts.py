"""Amounts of money added up and compared, each currency by itself; none is turned into another.

Sums come in the order of currency codes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from brm_desktop.domain.records import Money


@dataclass(frozen=True, slots=True)
class Compared:
    """What came together in one currency, and what it was before, in minor units."""

    currency: str
    now: int
    before: int

    @property
    def growth(self) -> Money:
        """What it is more than before; less than 0 when it is less."""
        return Money(self.now - self.before, self.currency)

    @property
    def growth_ratio(self) -> Fraction | None:
        """The growth as a share of what it was before; ``None`` where that was 0."""
        return Fraction(self.now - self.before, self.before) if self.before else None


def summed(amounts: Iterable[Money | None]) -> tuple[Money, ...]:
    """Amounts added up, currencies apart; what is not known adds nothing."""
    sums: dict[str, int] = {}
    for amount in amounts:
        if amount is not None:
            sums[amount.currency] = sums.get(amount.currency, 0) + amount.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))


def compared(now: Iterable[Money | None], before: Iterable[Money | None]) -> tuple[Compared, ...]:
    """The sums of amounts now and before, one line for every currency there is in either."""
    present = {one.currency: one.minor for one in summed(now)}
    earlier = {one.currency: one.minor for one in summed(before)}
    return tuple(
        Compared(currency, present.get(currency, 0), earlier.get(currency, 0))
        for currency in sorted({*present, *earlier})
    )


def currencies_in_use(amounts: Iterable[Money | None], own: str) -> tuple[str, ...]:
    """The currencies of amounts, that of most of them first.

    Of several with as many, one's ``own`` comes first, and else the first by code.
    """
    counts = Counter(one.currency for one in amounts if one is not None)
    return tuple(sorted(counts, key=lambda code: (-counts[code], code != own, code)))
