"""The BRM index over time: how much of what should be known is known, and holds (domain rule §12).

The index of a day in the past is read from today's records as they were known on that day: what was
stated later does not count and what was stated then is as old as it was. A fact without a date,
such as a title, is known on every day. A curve over several accounts begins with the first
statement about any of them and has all of them in every month, so that its months can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby
from operator import attrgetter

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.completeness import Completeness, Fact, KnownFact, completeness_of
from brm_desktop.domain.snapshots import last_day, last_ended_month, month_of

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class IndexParts:
    """The weights of the facts that should be known, that are known, and that hold.

    Those of several accounts are added up, which gives the index of a seller or the company.
    """

    asked: Fraction = _ZERO
    known: Fraction = _ZERO
    sure: Fraction = _ZERO

    def __add__(self, other: IndexParts) -> IndexParts:
        return IndexParts(
            self.asked + other.asked, self.known + other.known, self.sure + other.sure
        )

    @property
    def completeness(self) -> Fraction | None:
        """The share of the weight that is known, 0–1; ``None`` where nothing is asked."""
        return self.known / self.asked if self.asked else None

    @property
    def accuracy(self) -> Fraction | None:
        """The share of what is known that is confirmed and fresh; ``None`` without anything."""
        return self.sure / self.known if self.known else None

    @property
    def index(self) -> Fraction | None:
        """Completeness × accuracy, 0–1; ``None`` where nothing is asked."""
        return self.sure / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The index when a month ended; ``month`` is its first day."""

    month: date
    parts: IndexParts


def curve_months(today: date, count: int, every: int = 1) -> tuple[date, ...]:
    """Of so many last months that have ended ``every`` so-manieth, the newest in; oldest first."""
    months = [last_ended_month(today)]
    while len(months) < count:
        months.append(last_ended_month(months[-1]))
    return tuple(reversed(months[::every]))


def parts_of(found: Completeness) -> IndexParts:
    """The weights of an account's facts."""
    return _added(found.facts)


def parts_by_fact(found: Completeness) -> Mapping[Fact, IndexParts]:
    """The same for each kind of fact there is, in the order the facts are read."""
    kinds = {one.fact for one in found.facts}
    return {
        fact: _added(one for one in found.facts if one.fact is fact)
        for fact in Fact
        if fact in kinds
    }


def account_curve(analysis: AccountAnalysis, months: Iterable[date]) -> tuple[CurvePoint, ...]:
    """The index of an account at the end of each month."""
    return tuple(
        CurvePoint(month, parts_of(completeness_of(analysis.on(last_day(month)))))
        for month in months
    )


def together(curves: Iterable[Sequence[CurvePoint]], first: date | None) -> tuple[CurvePoint, ...]:
    """The curve of several accounts, from the month of the first statement about any of them on.

    Without any statement there is none.
    """
    if first is None:
        return ()
    found: dict[date, IndexParts] = {}
    for curve in curves:
        for point in curve:
            found[point.month] = found.get(point.month, IndexParts()) + point.parts
    begin = month_of(first)
    return tuple(CurvePoint(month, found[month]) for month in sorted(found) if month >= begin)


def _added(facts: Iterable[KnownFact]) -> IndexParts:
    """The weights of facts added up: all of one subject weigh alike, and counting is quicker."""
    asked = known = sure = _ZERO
    for _, several in groupby(facts, key=attrgetter("subject", "weight")):
        group = list(several)
        weight = group[0].weight
        asked += weight * len(group)
        known += weight * sum(1 for fact in group if fact.known)
        sure += weight * sum(1 for fact in group if fact.sure)
    return IndexParts(asked, known, sure)
