"""Potential by account, the largest first, and what it is made of (domain rule §6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from building import TODAY, Portfolio
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.account_value import (
    AccountValue,
    account_value,
    by_account,
    by_owner,
    pareto,
)
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.potential import Potential, potential_sum
from brm_desktop.domain.records import AccountId, Basis, Dimension, Money, PersonId
from brm_desktop.domain.sums import potential as sums
from brm_desktop.domain.value_curve import IndexParts


def acme(spend: Money | None = None, score: int | None = 60) -> AccountAnalysis:
    facts = Portfolio()
    account = facts.account()
    facts.revise(account, expected_annual_spend=spend)
    chief = facts.person("Chen", account, power=80)
    if score is not None:
        facts.assess(chief, score, score, score)
    return AccountAnalysis(facts.records(), account, TODAY)


def valued(name: str, amount: Money | None) -> AccountValue:
    made = account_value(acme())
    potential = Potential(amount, lower_bound=amount is None)
    return replace(made, account=AccountId(name), name=name, potential=potential)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def test_a_value_has_what_the_analysis_says_without_its_records() -> None:
    analysis = acme(cny(500))
    found = account_value(analysis)
    assert found.potential == analysis.potential == Potential(cny(300), lower_bound=False)
    assert found.scores == dict.fromkeys(Dimension, 60)
    assert (found.name, found.owner, found.spend) == (analysis.name, None, cny(500))


def test_the_sum_of_a_value_is_that_of_the_account_itself() -> None:
    for analysis in (acme(cny(500)), acme(), acme(cny(500), None), acme(Money(0, "CNY"))):
        found = account_value(analysis)
        explained = sums.potential_of_scores(
            found.name, found.spend, found.scores, found.potential, analysis.rules
        )
        assert explained == sums.potential(analysis)


def test_accounts_come_by_potential_with_their_share_and_that_of_all_so_far() -> None:
    several = [
        valued("b", cny(30)),
        valued("a", cny(30)),
        valued("c", cny(40)),
        valued("d", None),
        valued("e", Money(9, "USD")),
    ]
    found = pareto(several, "CNY")
    assert [one.value.name for one in found] == ["c", "a", "b"]
    assert [one.share for one in found] == [Fraction(2, 5), Fraction(3, 10), Fraction(3, 10)]
    assert [one.up_to for one in found] == [Fraction(2, 5), Fraction(7, 10), 1]
    assert [one.value.name for one in pareto(several, "USD")] == ["e"]


def test_of_nothing_there_is_no_share() -> None:
    assert pareto([], "CNY") == ()
    (only,) = pareto([valued("a", cny(0))], "CNY")
    assert only.share == only.up_to == Fraction(0)


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=12), st.randoms())
def test_a_ranking_does_not_depend_on_the_order_of_the_accounts(
    amounts: list[int], chance: object
) -> None:
    several = [valued(f"n{place}", cny(amount)) for place, amount in enumerate(amounts)]
    mixed = list(several)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random
    found = pareto(several, "CNY")
    assert found == pareto(mixed, "CNY")
    assert sum(one.share for one in found) == (1 if sum(amounts) else 0)
    assert [one.up_to for one in found] == sorted(one.up_to for one in found)


scores = st.fractions(0, 100)


@given(st.integers(0, 10**9), st.integers(0, 1000), scores, scores, scores)
def test_potential_is_linear_in_spend(
    spend: int, times: int, closeness: Fraction, solution: Fraction, price: Fraction
) -> None:
    one = potential_sum(Fraction(spend), closeness, solution, price)
    assert potential_sum(Fraction(spend * times), closeness, solution, price) == one * times
    assert potential_sum(Fraction(spend), closeness, solution, price, times) == one * times


def test_the_index_is_told_by_account_and_by_owner_with_what_it_was() -> None:
    facts = Portfolio()
    account = facts.account()
    chief = facts.person("Chen", account, power=80)
    facts.assess(chief, 50, on=date(2026, 1, 20), basis=Basis.CONFIRMED)
    analysis = AccountAnalysis(facts.records(), account, TODAY)
    one = replace(account_value(analysis, (date(2026, 1, 1),)), owner=PersonId("Li"))
    other = replace(one, account=AccountId("B"), name="B", owner=None)
    first, second = by_account([one, other], [one])
    assert first.moved == (one.index.index or 0) - (one.curve[0].parts.index or 0)
    assert first.moved < 0, "what was fresh in January is ageing now"
    assert second.then is second.moved is None, "its curve is not known yet"
    li, nobody = by_owner([other, one], [one, other], {PersonId("Li"): "Li"})
    assert (li.name, nobody.name, nobody.key) == ("Li", "", "")
    assert li.parts == one.index
    silent = replace(one, index=IndexParts())
    assert by_account([silent], [silent])[0].moved is None
