"""Periods of days, what was just before one, and the quarters in it (domain rule §6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase

_MONTHS_OF_A_QUARTER = 3
_QUARTERS = 4
_EARLIEST = date(1, 2, 1)
"""Nothing begins earlier: it is compared with the month that had ended by then."""


@dataclass(frozen=True, slots=True)
class Period:
    """All days from ``first`` to ``last``; both belong to it.

    Raises
    ------
    Refused
        When it would end before it begins.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Refused(
                phrase(
                    "A period cannot end before it begins: {last} is before {first}.",
                    first=self.first,
                    last=self.last,
                )
            )

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days it has, at least 1."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """The period of equal length just before it, in days; its last day is the eve of this one.

        Raises
        ------
        Refused
            When it would begin before there were years and months to count.
        """
        if self.first.toordinal() - self.days < _EARLIEST.toordinal():
            raise Refused(phrase("There is no period of that length before it."))
        return Period(self.first - timedelta(self.days), self.first - timedelta(1))

    def quarters(self) -> Iterator[Quarter]:
        """The quarters of the calendar that have a day in it, the earliest first."""
        quarter = Quarter.of(self.first)
        last = Quarter.of(self.last)
        while quarter <= last:
            yield quarter
            quarter = quarter.next


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of the calendar; ``number`` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter of a day."""
        return cls(day.year, (day.month - 1) // _MONTHS_OF_A_QUARTER + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-Q{self.number}"

    @property
    def next(self) -> Quarter:
        """The quarter after it."""
        last = self.number == _QUARTERS
        return Quarter(self.year + last, 1 if last else self.number + 1)

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, (self.number - 1) * _MONTHS_OF_A_QUARTER + 1, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(1)
