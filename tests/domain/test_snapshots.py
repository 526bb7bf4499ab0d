"""Domain §3, Snapshot: what accounts and companies were when months ended."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest
from building import TODAY, Portfolio
from random_accounts import random_portfolio

from brm_desktop.domain.account_sides import BandCounts
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import Dimension, Money, Person, PersonId, Snapshot, id_of
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.snapshots import (
    AccountMonth,
    account_months,
    account_snapshot,
    company_snapshot,
    first_assessed,
    last_day,
    last_ended_month,
    month_after,
    month_of,
    months_ended,
    trend_of,
)

RULES = Rules()
JANUARY, FEBRUARY, MARCH = (date(2026, month, 1) for month in (1, 2, 3))


def test_months_run_from_the_first_to_the_last_that_has_ended() -> None:
    assert months_ended(date(2025, 12, 31), date(2026, 3, 31)) == (
        date(2025, 12, 1),
        JANUARY,
        FEBRUARY,
    )
    assert months_ended(date(2026, 3, 1), date(2026, 3, 31)) == ()
    assert months_ended(date(2027, 1, 1), date(2026, 3, 31)) == ()


def test_a_month_knows_its_days() -> None:
    assert month_of(date(2024, 2, 29)) == date(2024, 2, 1)
    assert last_day(date(2024, 2, 1)) == date(2024, 2, 29)
    assert month_after(date(2025, 12, 1)) == date(2026, 1, 1)
    assert last_ended_month(date(2026, 1, 31)) == date(2025, 12, 1)


def test_the_first_statement_of_an_account_counts_also_of_who_left(portfolio: Portfolio) -> None:
    account = portfolio.account()
    assert first_assessed(portfolio.records(), account) is None
    gone = portfolio.person("Gone", account, left_on=date(2025, 6, 1))
    portfolio.assess(gone, 50, on=date(2025, 5, 3))
    portfolio.assess(portfolio.person("Boss", account), 50, on=date(2026, 1, 3))
    assert first_assessed(portfolio.records(), account) == date(2025, 5, 3)


def test_a_month_is_what_was_stated_by_its_last_day(portfolio: Portfolio) -> None:
    account = portfolio.account(spend=Money(300_00, "CNY"))
    boss = portfolio.person("Boss", account, power=100, influence=0)
    cio = portfolio.person("CIO", account, power=50, influence=0)
    left = portfolio.person("Left", account, power=50, influence=0, left_on=date(2026, 2, 10))
    portfolio.assess(boss, 30, 60, on=date(2026, 1, 31))
    portfolio.assess(boss, 80, 60, on=date(2026, 2, 1))
    portfolio.assess(cio, 71, on=date(2026, 2, 28))
    portfolio.assess(left, 10, on=JANUARY)
    january, february = (
        account_snapshot(one)
        for one in account_months(portfolio.records(), account, (JANUARY, FEBRUARY), RULES)
    )
    assert (january.closeness, january.closeness_coverage) == (2333, 7500)
    assert (january.weak, january.unscored, january.people, january.key_people) == (2, 1, 3, 3)
    assert january.id == id_of(Snapshot, account, JANUARY)
    assert (february.closeness, february.closeness_coverage) == (7700, 10_000)
    assert (february.strong, february.people) == (2, 2)
    assert (february.solution, february.price) == (6000, None)
    assert february.lower_bound
    assert february.potential == Money(half_up(Fraction(300_00 * 137, 300)), "CNY")
    assert february.spend == Money(300_00, "CNY")


def test_a_companys_month_sums_up_its_accounts(portfolio: Portfolio) -> None:
    rival = portfolio.competitor("Rival")
    months: list[AccountMonth] = []
    for name, minor, closeness in (("Big", 300_00, 80), ("Small", 100_00, 40), ("New", 0, None)):
        account = portfolio.account(name, Money(minor, "CNY"))
        person = portfolio.person(f"chief of {name}", account, power=100, influence=0)
        if closeness is not None:
            portfolio.assess(person, closeness, 50, 50, on=JANUARY)
    portfolio.assess(PersonId("chief of Big"), 90, on=JANUARY, toward=rival)
    records = portfolio.records()
    for name in ("Big", "Small", "New"):
        account = portfolio.account(name)
        months += account_months(records, account, (JANUARY,), RULES)
    ours = company_snapshot(portfolio.us, JANUARY, months, RULES)
    assert (ours.closeness, ours.solution, ours.closeness_coverage) == (7000, 5000, 10_000)
    assert (ours.strong, ours.medium, ours.unscored) == (1, 1, 1)
    assert (ours.strong_accounts, ours.medium_accounts, ours.unscored_accounts) == (1, 1, 1)
    assert ours.spend == Money(400_00, "CNY")
    assert ours.potential is not None
    assert ours.people == ours.key_people == 3
    theirs = company_snapshot(rival, JANUARY, months, RULES, ours=False)
    assert (theirs.closeness, theirs.closeness_coverage) == (9000, 7500)
    assert (theirs.strong, theirs.unscored, theirs.unscored_accounts) == (1, 2, 2)
    assert (theirs.potential, theirs.lower_bound) == (None, False)


def test_several_currencies_give_no_sum(portfolio: Portfolio) -> None:
    months: list[AccountMonth] = []
    for name, spend in (("One", Money(100, "CNY")), ("Two", Money(100, "EUR")), ("Three", None)):
        account = portfolio.account(name, spend)
        months += account_months(portfolio.records(), account, (JANUARY,), RULES)
    found = company_snapshot(portfolio.us, JANUARY, months, RULES)
    assert (found.spend, found.potential, found.closeness) == (None, None, None)


def test_snapshots_make_a_trend_oldest_first(portfolio: Portfolio) -> None:
    account = portfolio.account()
    boss = portfolio.person("Boss", account, power=100, influence=0)
    portfolio.assess(boss, 45, on=FEBRUARY)
    months = account_months(portfolio.records(), account, (FEBRUARY, JANUARY), RULES)
    january, february = trend_of(map(account_snapshot, months))
    assert (january.month, january.closeness, january.persons) == (
        JANUARY,
        None,
        BandCounts(unscored=1),
    )
    assert (february.closeness, february.accounts) == (Fraction(45), BandCounts())


@pytest.mark.parametrize("seed", range(50))
def test_a_month_of_a_random_account_agrees_with_its_analysis_on_that_day(seed: int) -> None:
    portfolio, account = random_portfolio(seed)
    records = portfolio.records()
    (found,) = account_months(records, account, (FEBRUARY,), RULES)
    analysis = AccountAnalysis(records, account, last_day(FEBRUARY))
    for dimension in Dimension:
        assert found.sides[None].values[dimension].value == analysis.scores[dimension].value
    assert found.potential == analysis.potential
    assert (found.people, found.key_people) == (len(analysis.people), len(analysis.key_people))


@pytest.mark.parametrize("seed", range(20))
def test_a_month_built_late_is_the_one_taken_in_time_when_nothing_was_dated_back(
    seed: int,
) -> None:
    portfolio, account = random_portfolio(seed)
    chance = random.Random(seed)
    taken = account_months(portfolio.records(), account, (MARCH,), RULES)
    people = [one for one in portfolio.records().all(Person).values() if one.left_on is None]
    for person in people:
        later = TODAY + timedelta(days=chance.randint(1, 90))
        portfolio.assess(person.id, chance.randint(0, 100), on=later, author="later")
    built = account_months(portfolio.records(), account, (MARCH,), RULES)
    assert list(map(account_snapshot, built)) == list(map(account_snapshot, taken))
