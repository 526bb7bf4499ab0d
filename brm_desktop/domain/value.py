"""The figures of the page Value for one period (domain rule §6): what was won, and at what rate.

A period has both its ends. What is compared with it is the period of equal length just before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.conversion import Conversion, conversions
from brm_desktop.domain.owners import Owners, owner_of
from brm_desktop.domain.periods import Period, Quarter
from brm_desktop.domain.pipeline import Stock, by_origin
from brm_desktop.domain.records import Opportunity, Origin, PersonId
from brm_desktop.domain.win_rate import (
    WinRate,
    decided_in,
    undated,
    win_rate,
    win_rate_by,
    win_rate_by_quarter,
)


@dataclass(frozen=True, slots=True)
class OwnerValue:
    """What one seller won in a period, and his win rate then and before; ``None`` is nobody."""

    owner: PersonId | None
    conversions: Mapping[Origin, Conversion]
    win_rate: WinRate
    before: WinRate
    quarters: tuple[tuple[Quarter, WinRate], ...]


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """What some opportunities brought in a period.

    ``owners`` has everybody with a decision in the period or just before it, by what is won, the
    most first. ``pipeline`` is what is open now, whatever the period. ``undated`` were won or lost
    on a day nobody noted: they are in no period.
    """

    period: Period
    conversions: Mapping[Origin, Conversion]
    win_rate: WinRate
    before: WinRate
    origins: Mapping[Origin, WinRate]
    owners: tuple[OwnerValue, ...]
    quarters: tuple[tuple[Quarter, WinRate], ...]
    pipeline: tuple[tuple[Origin, Stock], ...]
    undated: tuple[Opportunity, ...]


def period_value(
    opportunities: Iterable[Opportunity], owners: Owners, period: Period, today: date
) -> PeriodValue:
    """The figures of some opportunities for a period.

    Raises
    ------
    Refused
        When there is no period of that length before it.
    """
    known = tuple(opportunities)
    decided = decided_in(known, period, today)
    return PeriodValue(
        period=period,
        conversions=conversions(known, period, today),
        win_rate=win_rate(decided),
        before=win_rate(decided_in(known, period.before, today)),
        origins=win_rate_by(decided, lambda one: one.origin),
        owners=_owners(known, owners, period, today),
        quarters=win_rate_by_quarter(known, period, today),
        pipeline=by_origin(known),
        undated=undated(known),
    )


def _owners(
    opportunities: Iterable[Opportunity], owners: Owners, period: Period, today: date
) -> tuple[OwnerValue, ...]:
    theirs: dict[PersonId | None, list[Opportunity]] = {}
    whole = Period(period.before.first, period.last)
    for one in decided_in(opportunities, whole, today):
        theirs.setdefault(owner_of(one, owners), []).append(one)
    found = [
        OwnerValue(
            owner=owner,
            conversions=conversions(several, period, today),
            win_rate=win_rate(decided_in(several, period, today)),
            before=win_rate(decided_in(several, period.before, today)),
            quarters=win_rate_by_quarter(several, period, today),
        )
        for owner, several in theirs.items()
    ]
    return tuple(sorted(found, key=_most_won_first))


def _most_won_first(one: OwnerValue) -> tuple[int, int, str]:
    rate = one.win_rate.count
    return (-rate.won, rate.lost, one.owner or "")
