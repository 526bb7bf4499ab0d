"""What was done with an account so far: its revenue, and its opportunities by how they stand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.dealings import Dealings, dealings_of
from brm_desktop.domain.records import (
    AccountId,
    Money,
    Opportunity,
    Outcome,
    YearRevenue,
    id_of,
)


def read(facts: Portfolio, account: AccountId) -> Dealings:
    return dealings_of(AccountAnalysis(facts.records(), account, TODAY))


def test_of_an_account_nothing_was_done_with_nothing_is_said() -> None:
    facts = Portfolio()
    account = facts.account()
    assert read(facts, account) == Dealings(account, None, 0, 0, 0, None)


def test_opportunities_are_counted_by_how_they_stand_and_none_that_is_still_to_come() -> None:
    facts = Portfolio()
    account = facts.account()

    def deal(name: str, outcome: Outcome, closed_on: date | None = None) -> None:
        fields: dict[str, Any] = {"outcome": outcome, "closed_on": closed_on}
        facts.put(Opportunity(id=name, account=account, name=name, **fields))

    deal("running", Outcome.OPEN)
    deal("first", Outcome.WON, TODAY - timedelta(days=40))
    deal("second", Outcome.WON, TODAY - timedelta(days=4))
    deal("some day", Outcome.WON)
    deal("tomorrow", Outcome.WON, TODAY + timedelta(days=1))
    deal("gone", Outcome.LOST, TODAY)
    deal("left", Outcome.NOT_PURSUED, TODAY)
    found = read(facts, account)
    assert (found.open, found.won, found.lost) == (1, 3, 1)
    assert found.last_won == TODAY - timedelta(days=4)


def test_the_revenue_is_that_of_the_newest_year_that_is_over() -> None:
    facts = Portfolio()
    account = facts.account()
    for year in (TODAY.year - 2, TODAY.year - 1, TODAY.year, TODAY.year + 1):
        key = id_of(YearRevenue, account, year)
        facts.put(YearRevenue(id=key, account=account, year=year, revenue=Money(year * 100, "CNY")))
    revenue = read(facts, account).revenue
    assert revenue is not None
    assert (revenue.year, revenue.revenue) == (TODAY.year - 1, Money((TODAY.year - 1) * 100, "CNY"))
