"""Domain rule §7: what relations our people, or a competitor's, bring to an account."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from building import TODAY, Portfolio
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.importance import importance_of
from brm_desktop.domain.records import AccountId, InfluenceKind, Money, PersonId, Records
from brm_desktop.domain.resources import (
    CompanyScore,
    ResourceScore,
    company_score,
    resource_scores,
    team_match,
)
from brm_desktop.domain.rules import Rules

RULES = Rules()
BOSS, CIO, CLERK, ANN, BOB, CAT = (
    PersonId(name) for name in ("CEO", "CIO", "Clerk", "Ann", "Bob", "Cat")
)


@pytest.fixture
def account(portfolio: Portfolio) -> AccountId:
    account = portfolio.account()
    for name, power in ((BOSS, 100), (CIO, 60), (CLERK, 10)):
        portfolio.person(name, account, power=power, influence=0)
    portfolio.people(portfolio.us, ANN, BOB, CAT)
    return account


def scores(portfolio: Portfolio, account: AccountId) -> tuple[ResourceScore, ...]:
    return resource_scores(portfolio.records(), account, TODAY, RULES)


def test_a_resource_score_is_the_sum_of_weight_times_tie_over_key_persons(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.tie(BOB, BOSS, 50)
    portfolio.tie(BOB, CIO, 25)
    portfolio.tie(BOB, CLERK, 100)
    first = scores(portfolio, account)[0]
    assert (first.employee, first.score, first.rank) == (BOB, Fraction(65), 1)
    assert first.direct == (BOSS, CIO)


def test_equal_scores_share_a_rank_and_stand_in_name_order(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.tie(CAT, BOSS, 30)
    portfolio.tie(BOB, CIO, 50)
    dan = portfolio.employee("Dan")
    assert [(one.employee, one.rank) for one in scores(portfolio, account)] == [
        (BOB, 1),
        (CAT, 1),
        (ANN, 3),
        (dan, 3),
    ]


def test_one_insider_reaches_whom_someone_i_know_sways(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.tie(ANN, CLERK, 40)
    portfolio.sways(CLERK, BOSS, 20)
    portfolio.sways(CLERK, CIO, None, InfluenceKind.CONFLICT)
    ann = scores(portfolio, account)[0]
    assert (ann.employee, ann.direct, ann.one_insider) == (ANN, (), (BOSS,))
    portfolio.tie(ANN, BOSS, 40)
    assert scores(portfolio, account)[0].one_insider == ()


def test_who_left_has_no_score_and_adds_to_none(portfolio: Portfolio, account: AccountId) -> None:
    portfolio.tie(ANN, BOSS, 90)
    portfolio.tie(BOB, BOSS, 10)
    portfolio.revise(ANN, left_on=TODAY)
    assert [(one.employee, one.score) for one in scores(portfolio, account)] == [
        (BOB, Fraction(10)),
        (CAT, Fraction(0)),
    ]
    portfolio.revise(BOSS, left_on=TODAY)
    assert {one.score for one in scores(portfolio, account)} == {0}


def test_competitors_employees_are_scored_alike(portfolio: Portfolio, account: AccountId) -> None:
    rival = portfolio.competitor("Rival")
    zhao = portfolio.person("Zhao", rival)
    portfolio.person("Gone", rival, left_on=TODAY)
    portfolio.tie(zhao, CIO, 50)
    portfolio.tie(ANN, BOSS, 90)
    records = portfolio.records()
    importance = importance_of(records, account, RULES)
    found = resource_scores(records, account, TODAY, RULES, rival, importance)
    assert found == (ResourceScore(zhao, Fraction(30), 1, (CIO,), ()),)


def test_the_company_score_is_weighted_by_expected_spend() -> None:
    found = company_score(
        [
            (Fraction(80), Money(300, "CNY")),
            (Fraction(40), Money(100, "CNY")),
            (None, Money(100, "CNY")),
            (Fraction(10), None),
        ]
    )
    assert found == CompanyScore(Fraction(70), Fraction(4, 5), scored=3, of=4, weighted=True)


@pytest.mark.parametrize("spends", [(None, None), (Money(1, "CNY"), Money(9, "USD"))])
def test_the_company_score_is_a_plain_mean_where_spends_cannot_weigh(
    spends: tuple[Money | None, Money | None],
) -> None:
    found = company_score([(Fraction(80), spends[0]), (Fraction(40), spends[1]), (None, None)])
    assert found == CompanyScore(Fraction(60), Fraction(2, 3), scored=2, of=3, weighted=False)


def test_a_company_of_unscored_accounts_is_unscored() -> None:
    assert company_score([(None, None)]) == CompanyScore(None, Fraction(0), 0, 1, weighted=False)
    assert company_score([]) == CompanyScore(None, Fraction(0), 0, 0, weighted=False)


def test_the_best_scored_should_own_and_who_covers_a_new_department_should_join(
    portfolio: Portfolio, account: AccountId
) -> None:
    head = portfolio.department("Head office", account)
    it = portfolio.department("IT", account)
    portfolio.revise(BOSS, department=head)
    portfolio.revise(CIO, department=it)
    portfolio.tie(ANN, BOSS, 90)
    portfolio.tie(BOB, BOSS, 80)
    portfolio.tie(CAT, CIO, 10)
    found = team_match(portfolio.records(), account, TODAY, RULES)
    assert [(one.employee, one.score, one.departments) for one in found.candidates] == [
        (ANN, Fraction(90), (head,)),
        (BOB, Fraction(80), (head,)),
        (CAT, Fraction(6), (it,)),
    ]
    assert (found.owner, found.join) == (ANN, (CAT,))


def test_of_equal_scores_more_departments_stand_first(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.revise(CLERK, department=portfolio.department("IT", account))
    portfolio.tie(ANN, BOSS, 90)
    portfolio.tie(BOB, BOSS, 90)
    portfolio.tie(BOB, CLERK, 10)
    records = portfolio.records()
    found = team_match(records, account, TODAY, RULES, importance_of(records, account, RULES))
    assert found.owner == BOB
    assert found.join == ()


def test_with_no_ties_nobody_should_own(portfolio: Portfolio, account: AccountId) -> None:
    found = team_match(portfolio.records(), account, TODAY, RULES)
    assert (found.candidates, found.owner, found.join) == ((), None, ())


@given(st.integers(0, 10**6))
def test_the_order_of_records_never_changes_resources_or_the_team(seed: int) -> None:
    chance = random.Random(seed)
    portfolio = Portfolio()
    account = portfolio.account()
    people = [portfolio.person(n, account, power=chance.choice([None, 20, 50, 90])) for n in "abcd"]
    ours = portfolio.people(portfolio.us, *"xyz")
    departments = [portfolio.department(n, account) for n in "DE"]
    for person in people:
        portfolio.revise(person, department=chance.choice([None, *departments]))
    for _ in range(6):
        portfolio.tie(chance.choice(ours), chance.choice(people), chance.randint(1, 100))
    shuffled = list(portfolio.records())
    chance.shuffle(shuffled)
    before, after = portfolio.records(), Records(shuffled)
    assert resource_scores(before, account, TODAY, RULES) == resource_scores(
        after, account, TODAY, RULES
    )
    assert team_match(before, account, TODAY, RULES) == team_match(after, account, TODAY, RULES)
