"""What all accounts ask for today, read without showing them and kept until a change touches it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from brm_desktop.domain.records import (
    AccountId,
    AccountPlan,
    Contribution,
    Need,
    Placement,
    Product,
    ProjectType,
    Snapshot,
    SupportRequest,
    TeamMember,
    YearRevenue,
)
from brm_desktop.domain.today import AccountToday, account_today
from brm_desktop.session.company import Reading
from brm_desktop.session.lasting import LastingBook

_NOT_OF_TODAY: Final = (
    AccountPlan,
    Contribution,
    Need,
    Placement,
    Product,
    Snapshot,
    SupportRequest,
    TeamMember,
    YearRevenue,
)
"""Kinds that nothing of Today is computed from."""


class TodayBook(LastingBook[AccountToday]):
    """What the accounts read so far ask for; which types of project are wanted is of all."""

    def __init__(self) -> None:
        super().__init__(_NOT_OF_TODAY, (ProjectType,))


def todays(reading: Reading, accounts: Sequence[AccountId]) -> Iterator[AccountToday]:
    """What some accounts ask for, read without showing them; those that are gone are left out."""
    for analysis in reading.block(accounts, due=True):
        yield account_today(analysis)
