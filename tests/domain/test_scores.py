"""Domain rules §2 and §5: what holds of a person today, and the account's scores."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest
from building import TODAY, Portfolio
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.importance import importance_of
from brm_desktop.domain.records import (
    AccountId,
    Basis,
    Dimension,
    OrganisationId,
    PersonId,
    Records,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import (
    AccountScores,
    Band,
    Freshness,
    Standing,
    account_scores,
    band,
    freshness,
    half_up,
    standing,
)

RULES = Rules()
CLOSENESS, SOLUTION, PRICE = Dimension.CLOSENESS, Dimension.SOLUTION, Dimension.PRICE


@pytest.fixture
def person(portfolio: Portfolio, account: AccountId) -> PersonId:
    return portfolio.person("Person", account)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def holds(
    portfolio: Portfolio,
    person: PersonId,
    dimension: Dimension = CLOSENESS,
    toward: OrganisationId | None = None,
) -> Standing | None:
    return standing(portfolio.records(), person, dimension, TODAY, RULES, toward)


def value(
    portfolio: Portfolio,
    person: PersonId,
    dimension: Dimension = CLOSENESS,
    toward: OrganisationId | None = None,
) -> int | None:
    found = holds(portfolio, person, dimension, toward)
    return found.value if found else None


def scores(portfolio: Portfolio, account: AccountId) -> AccountScores:
    return account_scores(portfolio.records(), account, TODAY, RULES)


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (None, Band.UNSCORED),
        (0, Band.WEAK),
        (Fraction(789, 20), Band.WEAK),
        (Fraction(79, 2), Band.MEDIUM),
        (40, Band.MEDIUM),
        (69.49, Band.MEDIUM),
        (69.5, Band.STRONG),
        (100, Band.STRONG),
    ],
)
def test_bands_are_of_the_rounded_number_strong_from_70_medium_from_40(
    score: Fraction | float | None, expected: Band
) -> None:
    assert band(score, RULES) is expected


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (0, Freshness.FRESH),
        (31, Freshness.FRESH),
        (32, Freshness.AGEING),
        (92, Freshness.AGEING),
        (93, Freshness.STALE),
    ],
)
def test_a_statement_is_fresh_for_31_days_ageing_for_92_and_stale_after(
    age: int, expected: Freshness
) -> None:
    assert freshness(days_ago(age), TODAY, RULES) is expected


def test_what_nothing_dates_is_not_stale() -> None:
    assert freshness(None, TODAY, RULES) is Freshness.FRESH


def test_nothing_said_is_unscored_and_never_0(portfolio: Portfolio, person: PersonId) -> None:
    assert [holds(portfolio, person, dimension) for dimension in Dimension] == [None] * 3


def test_the_newest_statement_wins(portfolio: Portfolio, person: PersonId) -> None:
    portfolio.assess(person, 80, on=days_ago(1), basis=Basis.CONFIRMED, evidence="he said so")
    portfolio.assess(person, 20, on=days_ago(2))
    found = holds(portfolio, person)
    assert found is not None
    assert (found.value, found.assessed_on) == (80, days_ago(1))
    assert (found.basis, found.evidence) == (Basis.CONFIRMED, "he said so")


def test_each_score_is_of_the_newest_statement_that_carries_it(
    portfolio: Portfolio, person: PersonId
) -> None:
    portfolio.assess(person, 30, 40, 50, on=days_ago(9))
    portfolio.assess(person, None, 60, None, on=days_ago(5))
    portfolio.assess(person, 35, None, None, on=days_ago(1))
    assert [value(portfolio, person, dimension) for dimension in Dimension] == [35, 60, 50]


def test_of_statements_of_one_day_the_greater_stamp_wins(
    portfolio: Portfolio, person: PersonId
) -> None:
    portfolio.assess(person, 10, stamp="02", author="a")
    portfolio.assess(person, 90, stamp="01", author="b")
    assert value(portfolio, person) == 10


def test_a_statement_dated_after_today_does_not_count_yet(
    portfolio: Portfolio, person: PersonId
) -> None:
    portfolio.assess(person, 10, on=TODAY)
    portfolio.assess(person, 90, on=TODAY + timedelta(days=1))
    assert value(portfolio, person) == 10


def test_a_score_of_0_is_a_score(portfolio: Portfolio, person: PersonId) -> None:
    portfolio.assess(person, 0)
    assert value(portfolio, person) == 0


def test_statements_toward_a_competitor_are_kept_apart(
    portfolio: Portfolio, person: PersonId
) -> None:
    rival = portfolio.competitor("Rival")
    portfolio.assess(person, 90, 70, toward=rival)
    assert (value(portfolio, person), value(portfolio, person, toward=rival)) == (None, 90)
    assert value(portfolio, person, SOLUTION, toward=rival) == 70


def test_a_statement_that_names_our_own_organisation_is_toward_us(
    portfolio: Portfolio, person: PersonId
) -> None:
    portfolio.assess(person, 44, toward=portfolio.us)
    assert value(portfolio, person) == 44
    assert value(portfolio, person, toward=portfolio.us) == 44


def test_closeness_falls_back_to_the_largest_tie_of_our_employees(
    portfolio: Portfolio, person: PersonId
) -> None:
    portfolio.tie(portfolio.employee("Ann"), person, 30)
    strongest = portfolio.tie(
        portfolio.employee("Bob"), person, 60, basis=Basis.CONFIRMED, evidence="old friends"
    )
    found = holds(portfolio, person)
    assert found == Standing(
        value=60,
        assessed_on=None,
        basis=Basis.CONFIRMED,
        freshness=Freshness.FRESH,
        statement=strongest.id,
        author="Bob",
        evidence="old friends",
    )
    assert holds(portfolio, person, SOLUTION) is None


def test_an_assessment_of_ours_stands_before_a_larger_tie(
    portfolio: Portfolio, person: PersonId
) -> None:
    portfolio.tie(portfolio.employee("Ann"), person, 90)
    portfolio.assess(person, 20)
    assert value(portfolio, person) == 20


def test_ties_of_employees_who_left_of_competitors_and_of_strangers_are_not_ours(
    portfolio: Portfolio, person: PersonId
) -> None:
    rival = portfolio.competitor("Rival")
    portfolio.tie(portfolio.employee("Gone", left_on=TODAY), person, 90)
    portfolio.tie(portfolio.person("Spy", rival), person, 80)
    portfolio.tie(portfolio.employee("Stranger", organisation=None), person, 70)
    portfolio.tie(PersonId("nobody"), person, 60)
    assert value(portfolio, person) is None
    assert value(portfolio, person, toward=rival) == 80


def test_a_tie_is_dated_by_the_newest_meeting_or_assessment_of_its_two_people(
    portfolio: Portfolio, account: AccountId, person: PersonId
) -> None:
    ann = portfolio.employee("Ann")
    portfolio.tie(ann, person, 50)
    portfolio.met(account, days_ago(200), ann, person)
    found = holds(portfolio, person)
    assert found is not None
    assert (found.assessed_on, found.freshness) == (days_ago(200), Freshness.STALE)
    portfolio.met(account, days_ago(3), portfolio.employee("Bob"), person)
    portfolio.met(account, TODAY + timedelta(days=3), ann, person)
    portfolio.assess(person, 40, on=days_ago(60), author=ann, toward=portfolio.competitor("Rival"))
    found = holds(portfolio, person)
    assert found is not None
    assert (found.assessed_on, found.freshness) == (days_ago(60), Freshness.AGEING)


def four_of_section_five(portfolio: Portfolio) -> AccountId:
    account = portfolio.account("Section 5")
    for name, weight, closeness in (
        ("CEO", 100, 40),
        ("Sales VP", 75, 70),
        ("CIO", 75, 80),
        ("Head of the CEO's office", 60, 66),
    ):
        portfolio.assess(portfolio.person(name, account, power=weight), closeness)
    return account


def test_ceo_100_40_sales_vp_75_70_cio_75_80_head_of_office_60_66_make_62(
    portfolio: Portfolio,
) -> None:
    found = scores(portfolio, four_of_section_five(portfolio))
    closeness = found[CLOSENESS]
    assert closeness.value == Fraction(100 * 40 + 75 * 70 + 75 * 80 + 60 * 66, 310)
    assert half_up(closeness.value) == 62
    assert (closeness.scored, closeness.of, closeness.coverage) == (4, 4, Fraction(1))
    assert found.band is Band.MEDIUM
    assert [(term.weight, term.score) for term in closeness.terms] == [
        (100, 40),
        (75, 80),
        (75, 70),
        (60, 66),
    ]


def test_an_unscored_dimension_has_no_value_and_no_coverage(portfolio: Portfolio) -> None:
    solution = scores(portfolio, four_of_section_five(portfolio))[SOLUTION]
    assert (solution.value, solution.scored, solution.of, solution.coverage) == (
        None,
        0,
        4,
        Fraction(0),
    )
    assert (solution.band, solution.terms) == (Band.UNSCORED, ())
    assert len(solution.unscored) == 4


def test_coverage_is_the_weight_scored_of_all_weight(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.assess(portfolio.person("A", account, power=90), 10)
    portfolio.person("B", account, power=30)
    found = scores(portfolio, account)[CLOSENESS]
    assert (found.value, found.coverage) == (Fraction(10), Fraction(3, 4))
    assert (found.scored, found.of, found.unscored) == (1, 2, ("B",))


def test_only_key_persons_who_are_still_there_count(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.assess(portfolio.person("Key", account, power=90), 50)
    portfolio.assess(portfolio.person("Minor", account, power=20), 100)
    portfolio.assess(portfolio.person("Gone", account, power=90, left_on=TODAY), 100)
    assert scores(portfolio, account)[CLOSENESS].value == 50


def test_key_persons_of_no_weight_leave_the_account_unscored(
    portfolio: Portfolio, account: AccountId
) -> None:
    portfolio.assess(portfolio.person("Marked", account, key=True), 80)
    found = scores(portfolio, account)[CLOSENESS]
    assert (found.value, found.coverage, found.band) == (None, Fraction(0), Band.UNSCORED)
    assert (found.scored, found.of) == (1, 1)


def test_an_account_without_people_is_unscored(portfolio: Portfolio, account: AccountId) -> None:
    found = scores(portfolio, account)
    assert [found[dimension].value for dimension in Dimension] == [None] * 3
    assert found.band is Band.UNSCORED


def random_account(seed: int) -> tuple[Portfolio, AccountId]:
    """People with random powers, statements and ties."""
    chance = random.Random(seed)
    portfolio = Portfolio()
    account = portfolio.account()
    rival = portfolio.competitor("Rival")
    employees = [portfolio.employee(name) for name in ("Ann", "Bob")]
    for number in range(chance.randrange(12)):
        power = chance.choice([None, *range(0, 101, 10)])
        person = portfolio.person(f"p{number}", account, power=power)
        for statement in range(chance.randrange(4)):
            closeness, solution, price = (
                chance.choice([None, chance.randrange(101)]) for _ in Dimension
            )
            portfolio.assess(
                person,
                closeness,
                solution,
                price,
                on=TODAY + timedelta(days=chance.randrange(-120, 10)),
                toward=chance.choice([None, None, rival]),
                author=str(statement),
                stamp=f"{chance.randrange(9)}{statement}",
            )
        if chance.random() < 0.4:
            portfolio.tie(chance.choice(employees), person, chance.randrange(1, 101))
    return portfolio, account


@given(st.integers(0, 10**6))
def test_the_order_of_records_never_changes_a_score(seed: int) -> None:
    portfolio, account = random_account(seed)
    shuffled = list(portfolio.records())
    random.Random(seed + 1).shuffle(shuffled)
    assert account_scores(Records(shuffled), account, TODAY, RULES) == scores(portfolio, account)


@given(st.integers(0, 10**6), st.sampled_from([None, 0, 25, 60]))
def test_adding_an_unscored_person_never_changes_a_score(seed: int, power: int | None) -> None:
    portfolio, account = random_account(seed)
    before = scores(portfolio, account)
    portfolio.person("New", account, power=power, key=True)
    after = scores(portfolio, account)
    for dimension in Dimension:
        assert after[dimension].value == before[dimension].value
        assert after[dimension].terms == before[dimension].terms
        assert after[dimension].of == before[dimension].of + 1
        assert after[dimension].coverage <= before[dimension].coverage


@given(st.integers(0, 10**6))
def test_an_account_score_lies_between_its_terms_and_coverage_between_0_and_1(seed: int) -> None:
    portfolio, account = random_account(seed)
    for dimension in Dimension:
        found = scores(portfolio, account)[dimension]
        assert 0 <= found.coverage <= 1
        if found.value is not None:
            weighed = [term.score for term in found.terms if term.weight]
            assert min(weighed) <= found.value <= max(weighed)


def test_importance_handed_in_is_used(portfolio: Portfolio) -> None:
    account = four_of_section_five(portfolio)
    records = portfolio.records()
    importance = importance_of(records, account, RULES)
    del importance[PersonId("CEO")]
    found = account_scores(records, account, TODAY, RULES, importance)
    assert found[CLOSENESS].of == 3
