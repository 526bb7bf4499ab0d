"""What every account brings to the portfolio, read a block at a time and kept until it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.portfolio import Portfolio, PortfolioEntry, portfolio_entry, portfolio_of
from brm_desktop.domain.records import (
    AccountId,
    AccountPlan,
    Action,
    ChainLink,
    Contribution,
    Department,
    Need,
    Opportunity,
    Placement,
    Product,
    ProjectType,
    Snapshot,
    SupportRequest,
    TeamMember,
)
from brm_desktop.session.company import AccountsBook, Reading
from brm_desktop.session.session import Session

AT_ONCE: Final = 32
"""So many accounts are read at once: few enough that an edit need not wait for them."""

_NOT_OF_PORTFOLIO: Final = (
    AccountPlan,
    Action,
    ChainLink,
    Contribution,
    Department,
    Need,
    Opportunity,
    Placement,
    Product,
    Snapshot,
    SupportRequest,
    TeamMember,
)
"""Kinds that nothing of the portfolio is computed from."""


class PortfolioBook(AccountsBook[PortfolioEntry]):
    """What the accounts read so far bring; which types of project are wanted is of all."""

    def __init__(self) -> None:
        super().__init__(_NOT_OF_PORTFOLIO, (ProjectType,))


def entries(reading: Reading, accounts: Sequence[AccountId]) -> Iterator[PortfolioEntry]:
    """What some accounts bring, those that are gone left out; safe on a worker thread."""
    thresholds = reading.session.settings.thresholds
    for analysis in reading.block(accounts):
        yield portfolio_entry(analysis, thresholds)


def whole_portfolio(session: Session) -> Portfolio:
    """All accounts ranked and summed up, from everything there is: for the command line."""
    now, records = session.settings, session.all_records()
    lines = [line.id for line in session.portfolio()]
    if not lines:
        return portfolio_of((), now.rules)
    first = AccountAnalysis(records, lines[0], session.today(), now.rules, now.user)
    every = (portfolio_entry(first.beside(line), now.thresholds) for line in lines)
    return portfolio_of(every, now.rules)
