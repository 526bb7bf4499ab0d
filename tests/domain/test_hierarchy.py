"""Who stands below whom, ready to be walked down from the top."""

from __future__ import annotations

from building import TODAY, Portfolio

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.hierarchy import Hierarchy
from brm_desktop.domain.records import PersonId

CEO, CFO, CIO, IT, HR = (PersonId(name) for name in ("CEO", "CFO", "CIO", "IT", "HR"))


def hierarchy(portfolio: Portfolio) -> Hierarchy:
    account = portfolio.account()
    portfolio.people(account, CEO, CFO, CIO, IT, HR)
    portfolio.reports(CFO, CEO)
    portfolio.reports(CIO, CEO)
    portfolio.reports(IT, CIO)
    return AccountAnalysis(portfolio.records(), account, TODAY).hierarchy


def test_roots_and_reports_come_by_weight_then_by_how_many_they_head(portfolio: Portfolio) -> None:
    found = hierarchy(portfolio)
    assert found.below(None) == found.roots == (CEO, HR)
    assert found.below(CEO) == (CIO, CFO)
    assert found.below(IT) == ()


def test_a_branch_counts_its_head(portfolio: Portfolio) -> None:
    assert hierarchy(portfolio).sizes == {CEO: 4, CIO: 2, CFO: 1, IT: 1, HR: 1}


def test_the_way_up_ends_at_the_root(portfolio: Portfolio) -> None:
    found = hierarchy(portfolio)
    assert found.above(IT) == [CIO, CEO]
    assert found.above(HR) == []


def test_a_circle_has_a_root(portfolio: Portfolio) -> None:
    account = portfolio.account()
    portfolio.people(account, CEO, CFO)
    portfolio.reports(CEO, CFO)
    portfolio.reports(CFO, CEO)
    found = AccountAnalysis(portfolio.records(), account, TODAY).hierarchy
    assert found.roots == (CEO,)
    assert found.sizes[CEO] == 2
