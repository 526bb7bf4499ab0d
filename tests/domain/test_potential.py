"""Domain rule §6: potential output and the calculators."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pytest
from building import TODAY, Portfolio
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.potential import (
    Potential,
    PotentialSum,
    opportunities,
    potential_of,
    potential_sum,
    sum_of_potentials,
    understanding,
)
from brm_desktop.domain.records import Dimension, Money
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import AccountScores, account_scores

RULES = Rules()
SPEND = Money(500_000_000, "CNY")


def all_at(closeness: int | None, solution: int | None, price: int | None) -> AccountScores:
    portfolio = Portfolio()
    account = portfolio.account()
    portfolio.assess(portfolio.person("CEO", account, power=100), closeness, solution, price)
    return account_scores(portfolio.records(), account, TODAY, RULES)


def weighing(closeness: Fraction, solution: Fraction, price: Fraction) -> Rules:
    weights = dict(zip(Dimension, (closeness, solution, price), strict=True))
    return replace(RULES, potential_weights=MappingProxyType(weights))


def test_spend_500_with_all_scores_60_has_potential_300() -> None:
    assert potential_of(SPEND, all_at(60, 60, 60), RULES) == Potential(
        Money(300_000_000, "CNY"), lower_bound=False
    )


def test_ten_such_accounts_make_3000_and_a_hundred_30000() -> None:
    one = potential_of(SPEND, all_at(60, 60, 60), RULES)
    assert sum_of_potentials([one] * 10).amounts == (Money(3_000_000_000, "CNY"),)
    assert sum_of_potentials([one] * 100).amounts == (Money(30_000_000_000, "CNY"),)


def test_potential_is_rounded_half_up_to_the_minor_unit_once() -> None:
    assert potential_of(Money(1, "CNY"), all_at(50, 50, 50), RULES).amount == Money(1, "CNY")
    assert potential_of(Money(1, "CNY"), all_at(49, 50, 50), RULES).amount == Money(0, "CNY")


def test_an_unscored_dimension_adds_nothing_and_makes_a_lower_bound_with_the_reason() -> None:
    found = potential_of(SPEND, all_at(60, None, 60), RULES)
    assert found.amount == Money(200_000_000, "CNY")
    assert found.lower_bound
    assert [str(reason) for reason in found.reasons] == [
        "Unscored, so it adds nothing: solution acceptance"
    ]


def test_of_a_spend_of_0_the_potential_is_0_and_no_lower_bound() -> None:
    found = potential_of(Money(0, "EUR"), all_at(60, None, None), RULES)
    assert found == Potential(Money(0, "EUR"), lower_bound=False, reasons=())


def test_an_unscored_dimension_of_no_weight_is_no_reason() -> None:
    rules = weighing(Fraction(1, 2), Fraction(0), Fraction(1, 2))
    found = potential_of(SPEND, all_at(60, None, 60), rules)
    assert found == Potential(Money(300_000_000, "CNY"), lower_bound=False)


def test_without_an_expected_spend_the_potential_is_unknown() -> None:
    found = potential_of(None, all_at(60, 60, None), RULES)
    assert found.amount is None
    assert [str(reason) for reason in found.reasons] == [
        "No expected annual spend",
        "Unscored, so it adds nothing: price acceptance",
    ]


@pytest.mark.parametrize(
    "weights",
    [
        (Fraction(1, 3), Fraction(1, 3), Fraction(1, 4)),
        (Fraction(1), Fraction(1, 10**8), Fraction(0)),
        (Fraction(3, 2), Fraction(-1, 2), Fraction(0)),
    ],
)
def test_weights_that_do_not_add_to_1_or_are_negative_are_refused(
    weights: tuple[Fraction, Fraction, Fraction],
) -> None:
    with pytest.raises(Refused, match="The weights of the three scores must"):
        potential_of(SPEND, all_at(60, 60, 60), weighing(*weights))


def test_weights_that_miss_1_by_a_thousand_millionth_are_taken() -> None:
    third = Fraction(333_333_333, 10**9)
    found = potential_of(SPEND, all_at(60, 60, 60), weighing(third, third, third))
    assert found.amount == Money(300_000_000, "CNY")


def test_currencies_are_summed_apart_and_unknown_potentials_are_counted() -> None:
    found = sum_of_potentials(
        [
            Potential(Money(5, "USD"), lower_bound=False),
            Potential(Money(7, "CNY"), lower_bound=True),
            Potential(Money(6, "USD"), lower_bound=False),
            Potential(None, lower_bound=False),
        ]
    )
    assert found == PotentialSum((Money(7, "CNY"), Money(11, "USD")), lower_bound=True, unknown=1)


def test_a_sum_of_nothing_is_nothing() -> None:
    assert sum_of_potentials([]) == PotentialSum((), lower_bound=False, unknown=0)


@given(st.lists(st.integers(0, 10**9)))
def test_a_sum_adds_the_rounded_potentials_in_any_order(spends: list[int]) -> None:
    scores = all_at(37, 62, 81)
    potentials = [potential_of(Money(spend, "CNY"), scores, RULES) for spend in spends]
    total = sum(one.amount.minor for one in potentials if one.amount is not None)
    expected = (Money(total, "CNY"),) if spends else ()
    assert sum_of_potentials(potentials).amounts == expected
    assert sum_of_potentials(reversed(potentials)).amounts == expected


def test_the_calculator_of_potential_says_300_3000_and_30000() -> None:
    sixty = Fraction(60)
    assert potential_sum(Fraction(500), sixty, sixty, sixty) == 300
    assert potential_sum(Fraction(500), sixty, sixty, sixty, accounts=10) == 3_000
    assert potential_sum(Fraction(500), sixty, sixty, sixty, accounts=100) == 30_000


def test_100_per_opportunity_in_10_accounts_twice_is_2000_and_in_100_accounts_20000() -> None:
    assert opportunities(Fraction(100), 10, Fraction(2)) == 2_000
    assert opportunities(Fraction(100), 100, Fraction(2)) == 20_000


def test_4_departments_of_5_people_take_20_days_of_8_hours_an_hour_is_160_times_a_day_20() -> None:
    found = understanding()
    assert (found.key_persons, found.days, found.hours) == (20, Fraction(20), Fraction(160))
    assert found.times_faster_in_an_hour == 160
    assert found.times_faster_in_a_day == 20


def test_understanding_takes_other_numbers_of_days_and_hours() -> None:
    found = understanding(3, 4, days=Fraction(6), hours_a_day=Fraction(15, 2))
    assert (found.key_persons, found.days, found.hours) == (12, Fraction(6), Fraction(45))
