"""How much of what is decided is won: won/(won + lost), by count and by amount (domain rule §6).

Only what was won or lost counts, on the day it was closed; what ended without a decision, or was
not pursued, is in neither. Both ends of a period belong to it, and a day after today has not come.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final, TypeVar

from brm_desktop.domain.amounts import summed
from brm_desktop.domain.periods import Period, Quarter
from brm_desktop.domain.records import Money, Opportunity, Outcome

K = TypeVar("K", bound=Hashable)

_DECIDED: Final = frozenset({Outcome.WON, Outcome.LOST})


@dataclass(frozen=True, slots=True)
class WinCount:
    """How many were won and lost."""

    won: int
    lost: int

    @property
    def rate(self) -> Fraction | None:
        """The share that was won, 0–1; ``None`` where nothing was decided."""
        whole = self.won + self.lost
        return Fraction(self.won, whole) if whole else None


@dataclass(frozen=True, slots=True)
class WinAmount:
    """What was won and lost in one currency, in minor units."""

    currency: str
    won: int
    lost: int

    @property
    def rate(self) -> Fraction | None:
        """The share of the money that was won, 0–1; ``None`` where no money was at stake."""
        whole = self.won + self.lost
        return Fraction(self.won, whole) if whole > 0 else None


@dataclass(frozen=True, slots=True)
class WinRate:
    """The opportunities won and those lost, by count and, each currency apart, by amount."""

    won: tuple[Opportunity, ...]
    lost: tuple[Opportunity, ...]

    @property
    def count(self) -> WinCount:
        """By count."""
        return WinCount(len(self.won), len(self.lost))

    @property
    def amounts(self) -> tuple[WinAmount, ...]:
        """By amount, in the order of currency codes; what has no amount is in none."""
        won = _by_currency(self.won)
        lost = _by_currency(self.lost)
        return tuple(
            WinAmount(one, won.get(one, 0), lost.get(one, 0)) for one in sorted({*won, *lost})
        )

    @property
    def without_amount(self) -> int:
        """How many of them have no amount, and so are in the count only."""
        return sum(1 for one in (*self.won, *self.lost) if one.amount is None)


def win_rate(opportunities: Iterable[Opportunity]) -> WinRate:
    """The win rate over opportunities; what is not won or lost is left out."""
    known = sorted(opportunities, key=_order)
    return WinRate(
        tuple(one for one in known if one.outcome is Outcome.WON),
        tuple(one for one in known if one.outcome is Outcome.LOST),
    )


def decided_in(
    opportunities: Iterable[Opportunity], period: Period, today: date
) -> tuple[Opportunity, ...]:
    """The opportunities won or lost in a period, as far as it has come."""
    return tuple(
        one
        for one in opportunities
        if one.outcome in _DECIDED
        and one.closed_on is not None
        and one.closed_on in period
        and one.closed_on <= today
    )


def undated(opportunities: Iterable[Opportunity]) -> tuple[Opportunity, ...]:
    """Those won or lost on a day that nobody noted: they are in no period."""
    return tuple(one for one in opportunities if one.outcome in _DECIDED and one.closed_on is None)


def win_rate_by(
    opportunities: Iterable[Opportunity], part: Callable[[Opportunity], K]
) -> Mapping[K, WinRate]:
    """The win rate of each part: by owner, by origin, by stage; the parts as they come."""
    parts: dict[K, list[Opportunity]] = {}
    for one in opportunities:
        if one.outcome in _DECIDED:
            parts.setdefault(part(one), []).append(one)
    return {key: win_rate(several) for key, several in parts.items()}


def win_rate_by_quarter(
    opportunities: Iterable[Opportunity], period: Period, today: date
) -> tuple[tuple[Quarter, WinRate], ...]:
    """The win rate in each quarter of a period from the first to the last with a decision.

    Of a quarter that is only partly in the period, only that part counts.
    """
    decided = decided_in(opportunities, period, today)
    days = [one.closed_on for one in decided if one.closed_on is not None]
    if not days:
        return ()
    found = win_rate_by(decided, lambda one: Quarter.of(one.closed_on or today))
    nothing = WinRate((), ())
    spanned = Period(min(days), max(days)).quarters()
    return tuple((quarter, found.get(quarter, nothing)) for quarter in spanned)


def _by_currency(opportunities: Iterable[Opportunity]) -> dict[str, int]:
    sums: tuple[Money, ...] = summed(one.amount for one in opportunities)
    return {one.currency: one.minor for one in sums}


def _order(one: Opportunity) -> tuple[date, str, str]:
    return (one.closed_on or date.max, one.name, one.id)
