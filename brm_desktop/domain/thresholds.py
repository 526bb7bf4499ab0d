"""What an amount of money is worth in points, in tables that differ per kind of customer (rule §9).

A table is in one currency and is never applied to an amount in another: what no table is in counts
as unknown, and says so. Points of different tables can be compared; amounts cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Criterion, Money

LOOKED_UP: Final = (Criterion.REVENUE, Criterion.POTENTIAL)
"""The criteria that an amount tells something of; the others are only entered."""
MOST_TABLES: Final = 200
MOST_STEPS: Final = 20
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """From an amount on, in minor units, so many points, 0–100."""

    at_least: int
    points: int


@dataclass(frozen=True, slots=True)
class ThresholdTable:
    """The points of a criterion for amounts in a currency, the smallest amount first.

    With an industry or a customer type the table is for accounts of that one only. An amount below
    the first step is worth nothing.
    """

    criterion: Criterion
    currency: str
    steps: tuple[Step, ...]
    industry: str = ""
    customer_type: str = ""

    @property
    def key(self) -> tuple[Criterion, str, str, str]:
        """What it is for; there is one table for it."""
        return (self.criterion, self.currency, self.industry, self.customer_type)

    @property
    def is_for_all(self) -> bool:
        """Whether it is for accounts of any industry and type."""
        return not self.industry and not self.customer_type

    def points(self, amount: Money) -> int:
        """What an amount in the table's currency is worth, 0–100."""
        return max((step.points for step in self.steps if amount.minor >= step.at_least), default=0)


Thresholds = tuple[ThresholdTable, ...]
"""The tables of the user; where none fits, :data:`USUAL` has one for common currencies."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for an amount: points and their table, or why there are none."""

    points: int | None
    table: ThresholdTable | None
    reason: Phrase


_USUAL_POINTS: Final = ((1, 10), (10, 20), (100, 30), (500, 50), (1_000, 60), (5_000, 80))
"""Thousands of the large unit (of yuan: ten thousands) and what they are worth."""
_TOP: Final = (10_000, 100)
_LARGE_UNITS: Final = MappingProxyType(
    {
        **dict.fromkeys(("USD", "EUR", "GBP", "CHF", "AUD", "CAD", "SGD"), 1_000 * 100),
        **dict.fromkeys(("CNY", "HKD", "TWD", "MYR"), 10_000 * 100),
        **dict.fromkeys(("INR", "THB"), 100_000 * 100),
        "JPY": 100_000,
        "KRW": 1_000_000,
    }
)
"""In minor units, what a thousand dollars is about as large as."""


def _usual() -> Mapping[str, tuple[Step, ...]]:
    return MappingProxyType(
        {
            currency: tuple(
                Step(amount * unit, points) for amount, points in (*_USUAL_POINTS, _TOP)
            )
            for currency, unit in _LARGE_UNITS.items()
        }
    )


USUAL: Final = _usual()
"""The steps in force for a currency while the user has no table of his own for it."""


def checked_tables(tables: Sequence[ThresholdTable]) -> Thresholds:
    """The tables, if points can be looked up in them.

    Raises
    ------
    Refused
        When two are for the same, there are too many, or :func:`checked_table` refuses one.
    """
    if len(tables) > MOST_TABLES:
        raise Refused(phrase("At most {n} threshold tables can be kept.", n=MOST_TABLES))
    seen: set[object] = set()
    for table in tables:
        if table.key in seen:
            raise Refused(phrase("There are two threshold tables for the same accounts."))
        seen.add(table.key)
    return tuple(checked_table(table) for table in tables)


def checked_table(table: ThresholdTable) -> ThresholdTable:
    """A table, if it has steps of growing amounts and points from 0 to 100.

    Raises
    ------
    Refused
        When it has none or too many, amounts do not grow, points fall or are out of range, or its
        criterion or currency is none that amounts can be looked up for.
    """
    steps = table.steps
    if table.criterion not in LOOKED_UP:
        raise Refused(phrase("“{criterion}” is entered, not looked up.", criterion=table.criterion))
    if len(table.currency) != len("CNY") or not table.currency.isascii():
        raise Refused(phrase("A threshold table needs a currency of three letters, such as CNY."))
    if not 0 < len(steps) <= MOST_STEPS:
        raise Refused(phrase("A threshold table has from 1 to {n} steps.", n=MOST_STEPS))
    if any(step.at_least < 0 or not 0 <= step.points <= _HUNDRED for step in steps):
        raise Refused(phrase("A step has an amount of at least 0 and from 0 to 100 points."))
    if any(
        one.at_least >= other.at_least or one.points > other.points
        for one, other in pairwise(steps)
    ):
        raise Refused(
            phrase("From step to step the amount must grow and the points must not fall.")
        )
    return table


def table_for(
    tables: Iterable[ThresholdTable],
    criterion: Criterion,
    currency: str,
    industry: str = "",
    customer_type: str = "",
) -> ThresholdTable | None:
    """The table that is closest to a kind of account; ``None`` when none is in that currency.

    One for its industry and type comes before one for its type, that before one for its industry,
    and the usual one last. Names are compared without regard to case and blanks around them.
    """
    wanted = (_folded(industry), _folded(customer_type))
    found = [
        table
        for table in tables
        if (table.criterion, table.currency) == (criterion, currency) and _fits(table, wanted)
    ]
    closest = max(found, key=_closeness, default=None)
    if closest is None and currency in USUAL:
        return ThresholdTable(criterion, currency, USUAL[currency])
    return closest


def looked_up(
    tables: Iterable[ThresholdTable],
    criterion: Criterion,
    amount: Money,
    industry: str = "",
    customer_type: str = "",
) -> Looked:
    """The points of an amount in the table of its own currency."""
    table = table_for(tables, criterion, amount.currency, industry, customer_type)
    if table is None:
        reason = phrase(
            "{criterion} is in {currency}, for which there is no threshold table",
            criterion=criterion,
            currency=amount.currency,
        )
        return Looked(None, None, reason)
    return Looked(table.points(amount), table, _for_whom(table))


def _for_whom(table: ThresholdTable) -> Phrase:
    whose = " · ".join(name for name in (table.industry, table.customer_type) if name)
    if whose:
        return phrase(
            "threshold table in {currency} for {whose}", currency=table.currency, whose=whose
        )
    return phrase("threshold table in {currency}", currency=table.currency)


def _fits(table: ThresholdTable, wanted: tuple[str, str]) -> bool:
    own = (_folded(table.industry), _folded(table.customer_type))
    return all(mine in ("", theirs) for mine, theirs in zip(own, wanted, strict=True))


def _closeness(table: ThresholdTable) -> tuple[bool, bool]:
    return (bool(table.customer_type), bool(table.industry))


def _folded(name: str) -> str:
    return name.strip().casefold()
