"""Domain rules §5, §7, §8: the numbers of the pages over all accounts, explained."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from building import TODAY, Portfolio

from brm_desktop.domain.account_sides import BandCounts
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.numerals import plain
from brm_desktop.domain.records import AccountId
from brm_desktop.domain.relations_held import AccountRelations, relations_held
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.snapshots import TrendMonth, month_of, mostly_unscored
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.domain.sums.held import closeness, lead, person_bands

RULES = Rules()


def held(portfolio: Portfolio, account: AccountId) -> AccountRelations:
    return relations_held(AccountAnalysis(portfolio.records(), account, TODAY))


def whole(explanation: Explanation) -> list[int]:
    """What the lines bring, as whole numbers."""
    return [int(one) for one in explanation.brought]


def test_an_account_s_closeness_is_explained_from_what_is_held(portfolio: Portfolio) -> None:
    account = portfolio.account("Acme")
    chief = portfolio.person("Chief", account, power=100, influence=0)
    officer = portfolio.person("CIO", account, power=60, influence=0)
    portfolio.assess(chief, 80)
    found = closeness(held(portfolio, account), RULES)
    assert found.shown == plain(80)
    assert found.made == sum(found.brought) == Fraction(8000)
    assert [line.person for line in found.lines] == [chief, officer, None]
    assert found.lines[1].adds is None


def test_where_nothing_is_known_of_a_competitor_the_sum_says_so(portfolio: Portfolio) -> None:
    account = portfolio.account("Acme")
    portfolio.person("Chief", account, power=100, influence=0)
    rival = portfolio.competitor("Rival")
    known = held(portfolio, account)
    found = closeness(known, RULES, rival, "Rival")
    assert str(found.title) == "Closeness of Rival to Acme"
    assert str(found.total) == "Nobody who counts is scored yet."
    assert found.brought == ()
    assert whole(person_bands([known], RULES, rival)) == [0, 0, 0, 1]


def test_key_persons_of_all_accounts_are_counted_by_band_with_names(portfolio: Portfolio) -> None:
    accounts = []
    for name, score in (("One", 80), ("Two", 10)):
        accounts.append(portfolio.account(name))
        portfolio.assess(
            portfolio.person(f"chief of {name}", accounts[-1], power=100, influence=0), score
        )
    found = person_bands([held(portfolio, one) for one in accounts], RULES)
    assert sorted(found.brought) == [0, 0, 1, 1]
    assert found.made == Fraction(2)
    assert any("chief of Two" in str(line.note) for line in found.lines)


def test_a_lead_is_their_closeness_less_ours(portfolio: Portfolio) -> None:
    account = portfolio.account("Acme")
    rival = portfolio.competitor("Rival")
    chief = portfolio.person("Chief", account, power=100, influence=0)
    portfolio.assess(chief, 70, organisation=rival)
    unscored = held(portfolio, account)
    assert whole(lead(unscored, unscored.ahead[0], RULES)) == [70, 0]
    portfolio.assess(chief, 30, on=TODAY - timedelta(days=1))
    scored = held(portfolio, account)
    found = lead(scored, scored.ahead[0], RULES)
    assert whole(found) == [70, -30]
    assert found.made == Fraction(40)


def test_a_chart_leaves_the_unscored_out_when_they_are_more_than_four_fifths() -> None:
    def month(scored: int, unscored: int) -> TrendMonth:
        counts = BandCounts(weak=scored, unscored=unscored)
        return TrendMonth(month_of(TODAY), None, counts, counts)

    assert mostly_unscored([month(50, 0), month(19, 81)])
    assert not mostly_unscored([month(20, 80)])
    assert not mostly_unscored([month(0, 9)])
    assert not mostly_unscored([])
