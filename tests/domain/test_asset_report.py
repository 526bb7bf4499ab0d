"""What the company's asset amounts to, over accounts, sellers and contributors."""

from __future__ import annotations

from fractions import Fraction

from building import TODAY, Portfolio

from brm_desktop.domain.account_sides import BandCounts
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.asset_report import Contributor, account_in_asset, asset_report
from brm_desktop.domain.completeness import completeness_over
from brm_desktop.domain.scores import Band


def contributor(site: str, rep: str) -> Contributor:
    return Contributor(site, rep, "rep", "East/One", 10, 2, 0, 5, revoked=False)


def test_accounts_sellers_and_the_whole_are_told_by_name() -> None:
    facts = Portfolio()
    zhang = facts.employee("Zhang")
    mine, other, nobodys = facts.account("B"), facts.account("A"), facts.account("C")
    facts.revise(mine, owner=zhang)
    facts.revise(other, owner=zhang)
    chief = facts.person("Chen", mine, power=80)
    facts.assess(chief, 75)
    facts.person("Wu", other, power=40)
    records = facts.records()
    read = [
        account_in_asset(AccountAnalysis(records, account, TODAY))
        for account in (mine, nobodys, other)
    ]
    report = asset_report([contributor("2", "Wang"), contributor("1", "Li")], read)
    assert [one.name for one in report.accounts] == ["A", "B", "C"]
    assert [one.rep for one in report.contributors] == ["Li", "Wang"]
    seller, without = report.sellers
    assert (seller.name, seller.accounts, without.seller, without.name) == ("Zhang", 2, None, "")
    assert report.bands == BandCounts(strong=1, unscored=2)
    assert report.persons == BandCounts(strong=1, unscored=1)
    assert report.accounts[1].band is Band.STRONG
    known = Fraction(80 * 2 + 40 * 1, 11 * 120)
    assert seller.completeness.completeness == report.completeness.completeness == known
    assert without.completeness.completeness is None


def test_an_empty_asset_has_a_report_too() -> None:
    report = asset_report([], [])
    assert (report.accounts, report.sellers, report.bands.total) == ((), (), 0)
    assert report.completeness == completeness_over([])
