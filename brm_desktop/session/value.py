"""What the figures of value are read from, over all accounts, without showing any of them.

Growth needs a month in the past: its numbers are those that were kept, and where none were kept,
those that the dated statements give. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.account_value import AccountValue, account_value
from brm_desktop.domain.growth import AccountGrowth, account_growths
from brm_desktop.domain.owners import Owners
from brm_desktop.domain.periods import Period
from brm_desktop.domain.potential import Potential, sum_of_potentials
from brm_desktop.domain.records import AccountId, Opportunity, PersonId, Records, Snapshot
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.snapshots import (
    account_months,
    account_snapshot,
    first_assessed,
    last_day,
    last_ended_month,
    month_of,
)
from brm_desktop.domain.value_curve import curve_months
from brm_desktop.session.company import Reading
from brm_desktop.session.session import AccountLine, Session

CURVE_MONTHS: Final = 12
"""So many month-ends a value curve has besides today, unless a longer one is asked for."""
CURVE_SPANS: Final[Mapping[int, int]] = MappingProxyType({CURVE_MONTHS: 1, 36: 3, 72: 3})
"""How many months a value curve can go back, and every how manieth of them it has."""

Numbers = Mapping[date, Iterable[Snapshot]]
"""The snapshots of some accounts, by month."""


@dataclass(frozen=True, slots=True)
class ValueSource:
    """The accounts by name, whose they are, and the opportunities of all of them."""

    lines: tuple[AccountLine, ...]
    opportunities: tuple[Opportunity, ...]

    @classmethod
    def of(cls, session: Session) -> ValueSource:
        """As it is now; safe on a worker thread."""
        return cls(tuple(session.portfolio()), tuple(session.opportunities()))

    @property
    def owners(self) -> Owners:
        """Who owns each account."""
        return {line.id: line.owner for line in self.lines}

    @property
    def names(self) -> Mapping[AccountId, str]:
        """What each account is called."""
        return {line.id: line.name for line in self.lines}

    @property
    def sellers(self) -> frozenset[PersonId]:
        """Everybody who owns an account or an opportunity."""
        named = [*(line.owner for line in self.lines), *(one.owner for one in self.opportunities)]
        return frozenset(one for one in named if one is not None)


@dataclass(frozen=True, slots=True)
class PotentialOver:
    """The potential of some accounts at the end of a period and at its beginning.

    ``now_on`` and ``then_on`` are the days it is of. A sum of it is a lower bound when what is
    unknown added nothing to it.
    """

    now_on: date
    then_on: date
    now: Mapping[AccountId, Potential]
    then: Mapping[AccountId, Potential]
    lines: tuple[AccountGrowth, ...]

    @property
    def kept(self) -> bool:
        """Whether anything is known of the beginning."""
        return bool(self.then)

    @property
    def lower_bound(self) -> bool:
        """Whether the sum at the end is a lower bound."""
        return sum_of_potentials(self.now.values()).lower_bound

    @property
    def then_lower_bound(self) -> bool:
        """Whether the sum at the beginning is one."""
        return sum_of_potentials(self.then.values()).lower_bound


def values_there(
    reading: Reading, accounts: Sequence[AccountId], *, curve: int = 0
) -> Iterator[AccountValue]:
    """What some accounts are worth today, and were over a ``curve`` of so many months.

    Safe on a worker thread. Those that are gone are left out. A curve costs as much as each of its
    month-ends does, which is why a longer one has not all of them (``CURVE_SPANS``).
    """
    months = curve_months(reading.today, curve, CURVE_SPANS[curve]) if curve else ()
    for analysis in reading.block(accounts):
        yield account_value(analysis, months)


def months_needed(period: Period, today: date) -> tuple[date, ...]:
    """The months whose numbers say what a period grew by, the beginning's first.

    It begins with the last month that had ended when it began. A period that reaches today ends
    with today's numbers, and needs no other month; an earlier one ends with the last month that
    had ended by its last day.
    """
    begins = last_ended_month(period.first)
    if period.last >= today:
        return (begins,)
    return (begins, last_ended_month(period.last + timedelta(1)))


def potential_over(
    present: Mapping[AccountId, Potential], numbers: Numbers, period: Period, today: date
) -> PotentialOver:
    """The growth of some accounts over a period; ``present`` are their potentials today."""
    begins, *ends = months_needed(period, today)
    now, now_on = present, today
    if ends:
        now = _potentials(numbers.get(ends[0], ()))
        now_on = last_day(ends[0])
    then = list(numbers.get(begins, ()))
    return PotentialOver(
        now_on=now_on,
        then_on=last_day(begins),
        now=now,
        then=_potentials(then),
        lines=account_growths(now, then),
    )


def _potentials(kept: Iterable[Snapshot]) -> dict[AccountId, Potential]:
    return {AccountId(one.subject): Potential(one.potential, one.lower_bound) for one in kept}


def kept_months(snapshots: Iterable[Snapshot], today: date) -> tuple[date, ...]:
    """The months that growth can be counted from, newest first; none that has not ended."""
    return tuple(sorted({one.month for one in snapshots if one.month < month_of(today)})[::-1])


def numbers_of(
    records: Records, accounts: Collection[AccountId], months: Iterable[date], rules: Rules
) -> dict[date, list[Snapshot]]:
    """The numbers of accounts in months: those kept, else those the statements give.

    An account has none of months before its first statement.
    """
    found: dict[date, list[Snapshot]] = {month: [] for month in months}
    for account in accounts:
        kept = {one.month: one for one in records.where(Snapshot, subject=account)}
        first = first_assessed(records, account)
        for month, numbers in found.items():
            if month in kept:
                numbers.append(kept[month])
            elif first is not None and month_of(first) <= month:
                (built,) = account_months(records, account, (month,), rules)
                numbers.append(account_snapshot(built))
    return found
