"""What won opportunities brought in a period, by where they came from (domain rule §6).

An opportunity is won on the day it was closed; the first and the last day of a period both belong
to it. A day after today has not come yet, so what is dated there does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from brm_desktop.domain.amounts import Compared, compared
from brm_desktop.domain.periods import Period
from brm_desktop.domain.records import Opportunity, Origin, Outcome


@dataclass(frozen=True, slots=True)
class Conversion:
    """The opportunities of one origin won in a period, and those won in the period just before.

    ``amounts`` compares what they brought, each currency apart; what was won without an amount
    adds nothing to it.
    """

    origin: Origin
    won: tuple[Opportunity, ...]
    before: tuple[Opportunity, ...]

    @property
    def amounts(self) -> tuple[Compared, ...]:
        """What they brought, and before; none where neither has an amount."""
        return compared((one.amount for one in self.won), (one.amount for one in self.before))

    @property
    def without_amount(self) -> int:
        """How many were won in the period and have no amount."""
        return sum(1 for one in self.won if one.amount is None)


def conversions(
    opportunities: Iterable[Opportunity], period: Period, today: date
) -> Mapping[Origin, Conversion]:
    """What was won of each origin in a period, and in the period of equal length before it."""
    known = list(opportunities)
    now = won_in(known, period, today)
    before = won_in(known, period.before, today)
    return MappingProxyType(
        {
            origin: Conversion(
                origin,
                tuple(one for one in now if one.origin is origin),
                tuple(one for one in before if one.origin is origin),
            )
            for origin in Origin
        }
    )


def won_in(
    opportunities: Iterable[Opportunity], period: Period, today: date
) -> tuple[Opportunity, ...]:
    """The opportunities won in a period, in the order of days, names and ids."""
    found = [
        (one.closed_on, one.name, one.id, one)
        for one in opportunities
        if one.outcome is Outcome.WON
        and one.closed_on is not None
        and one.closed_on in period
        and one.closed_on <= today
    ]
    return tuple(one for *_, one in sorted(found, key=lambda entry: entry[:3]))
