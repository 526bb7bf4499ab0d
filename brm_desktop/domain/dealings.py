"""What an account bought and what was sold to it so far, as one sees it when one decides on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.composite import last_revenue
from brm_desktop.domain.records import AccountId, Opportunity, Outcome, YearRevenue


@dataclass(frozen=True, slots=True)
class Dealings:
    """The revenue its score goes by, and its opportunities by how they stand.

    ``last_won`` is the day the newest of those won was closed; days to come do not count, nor do
    opportunities that were not pursued.
    """

    account: AccountId
    revenue: YearRevenue | None
    open: int
    won: int
    lost: int
    last_won: date | None


def dealings_of(analysis: AccountAnalysis) -> Dealings:
    """What was done with an account so far, up to today."""
    records, today = analysis.records, analysis.today
    deals = records.where(Opportunity, account=analysis.account)
    ended = [one for one in deals if one.closed_on is None or one.closed_on <= today]
    won = [one for one in ended if one.outcome is Outcome.WON]
    return Dealings(
        account=analysis.account,
        revenue=last_revenue(records.where(YearRevenue, account=analysis.account), today),
        open=sum(1 for one in deals if one.outcome is Outcome.OPEN),
        won=len(won),
        lost=sum(1 for one in ended if one.outcome is Outcome.LOST),
        last_won=max((one.closed_on for one in won if one.closed_on), default=None),
    )
