"""Key accounts by composite score: the worked examples of rule §9, and its edges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random
from types import MappingProxyType

import pytest
from building import TODAY
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.composite import (
    Composite,
    Ranking,
    composite_of,
    criteria_of,
    ranking,
    suggested_tier,
    weights_problem,
)
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Criterion,
    Money,
    Organisation,
    OrganisationId,
    Tier,
    YearRevenue,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.sums.composite import composite as explained
from brm_desktop.domain.thresholds import Step, ThresholdTable

HOME = Organisation(id=OrganisationId("home"), name="Acme", industry="Finance")
ACCOUNT = Account(id=AccountId("acme"), organisation=HOME.id)
ENTERED = replace(
    ACCOUNT, revenue_score=80, potential_score=60, demonstration_score=50, winnable_score=40
)


def composite(account: Account, *revenues: YearRevenue, **rules: object) -> Composite:
    in_force = Rules(**rules)  # type: ignore[arg-type]  # weights
    return composite_of(criteria_of(account, HOME, revenues, (), TODAY, in_force))


def weights(*values: object) -> Mapping[Criterion, Fraction]:
    return MappingProxyType(
        dict(zip(Criterion, (Fraction(str(value)) for value in values), strict=True))
    )


def revenue(year: int, minor: int, currency: str = "CNY") -> YearRevenue:
    money = Money(minor, currency)
    return YearRevenue(id=f"{year}", account=ACCOUNT.id, year=year, revenue=money)


def test_the_worked_example_is_60() -> None:
    found = composite(ENTERED)
    assert found.value == 60
    assert not found.lower_bound
    assert all(part.entered for part in found.parts)


def test_what_is_unknown_makes_a_lower_bound_that_says_why() -> None:
    found = composite(replace(ENTERED, winnable_score=None, demonstration_score=None))
    assert found.value == 42
    assert found.lower_bound
    assert [str(reason) for reason in found.reasons] == [
        "demonstration effect is not known, so it adds nothing",
        "winnable and doable is not known, so it adds nothing",
    ]


def test_an_account_of_which_nothing_is_known_has_no_score_and_not_0() -> None:
    found = composite(ACCOUNT)
    assert found.value is None
    assert len(found.reasons) == 4


def test_a_criterion_without_weight_is_not_missed() -> None:
    found = composite(
        replace(ENTERED, winnable_score=None),
        composite_weights=weights("0.5", "0.25", "0.25", 0),
    )
    assert not found.lower_bound
    assert found.value == Fraction("67.5")


def test_zero_spend_is_known_and_worth_nothing() -> None:
    found = composite(replace(ACCOUNT, expected_annual_spend=Money(0, "CNY")))
    assert found.value == 0
    assert [part.points for part in found.parts] == [None, 0, None, None]


def test_revenue_is_that_of_the_newest_year_that_is_over() -> None:
    this_year = TODAY.year
    found = composite(
        ACCOUNT, revenue(this_year, 1), revenue(this_year - 1, 10**9), revenue(this_year + 1, 1)
    )
    assert found.parts[0].amount == Money(10**9, "CNY")
    assert found.parts[0].points == 60
    assert composite(ACCOUNT, revenue(this_year, 10**6)).parts[0].points == 10
    assert composite(ACCOUNT, revenue(this_year + 1, 10**6)).parts[0].points is None


def test_an_amount_in_a_currency_without_a_table_is_unknown_and_says_so() -> None:
    found = composite(ACCOUNT, revenue(2025, 10**9, "XYZ"))
    assert found.value is None
    assert "XYZ" in str(found.reasons[0])


def test_an_own_table_for_the_industry_counts() -> None:
    table = ThresholdTable(Criterion.REVENUE, "CNY", (Step(0, 33),), industry="finance ")
    parts = criteria_of(ACCOUNT, HOME, [revenue(2025, 5)], (table,), TODAY, Rules())
    assert parts[0].points == 33


@pytest.mark.parametrize("wrong", [(".3", ".3", ".2", ".1"), (1, 1, 0, -1), (".5", ".5", ".5", 0)])
def test_weights_that_do_not_add_to_1_are_refused(wrong: tuple[object, ...]) -> None:
    with pytest.raises(Refused, match=r"not 1|less than 0"):
        composite(ENTERED, composite_weights=weights(*wrong))


def test_sales_alone_are_refused_with_an_explanation() -> None:
    with pytest.raises(Refused, match="never chosen by sales alone"):
        composite(ENTERED, composite_weights=weights(1, 0, 0, 0))
    assert weights_problem(weights(0, 1, 0, 0)) is None


def test_of_11_accounts_the_top_fifth_are_3() -> None:
    scores = {f"a{n}": Fraction(n) for n in range(11)}
    found = ranking(scores, Rules())
    assert found.key == {"a10", "a9", "a8"}
    assert found.strategic == {"a10"}
    assert (found.key_wanted, found.strategic_wanted) == (3, 1)


def test_ties_at_the_edge_are_all_in() -> None:
    scores = {f"a{n}": Fraction(50) for n in range(200)}
    found = ranking(scores, Rules())
    assert len(found.key) == len(found.strategic) == 200
    assert set(found.ranks.values()) == {1}
    assert found.key_wanted == 40


def test_equal_scores_share_a_rank_and_the_next_has_a_later_one() -> None:
    found = ranking({"a": Fraction(9), "b": Fraction(9), "c": Fraction(1), "d": None}, Rules())
    assert found.ranks == {"a": 1, "b": 1, "c": 3}


def test_no_account_at_all_has_no_first() -> None:
    found: Ranking[str] = ranking({}, Rules())
    assert (found.key, found.key_wanted) == (frozenset(), 0)


def test_tiers_follow_the_ranking_unless_a_strategic_intent_is_said() -> None:
    scores = {AccountId(f"a{n}"): Fraction(n) for n in range(1, 21)}
    ranked = ranking(scores, Rules())
    some = composite(ENTERED)

    def tier(key: str, found: Composite = some, **fields: object) -> Tier | None:
        account = replace(ACCOUNT, id=AccountId(key), **fields)  # type: ignore[arg-type]
        return suggested_tier(account, ranked, found)

    assert (tier("a20"), tier("a17"), tier("a16")) == (Tier.STRATEGIC, Tier.KEY, Tier.ORDINARY)
    assert tier("a1", tier=Tier.SMALL) is Tier.SMALL
    assert tier("a1", strategic_reason="the group's first") is Tier.STRATEGIC
    assert tier("a1", composite(ACCOUNT)) is None


def test_the_sum_of_a_score_shows_every_criterion() -> None:
    found = explained("Acme", composite(ENTERED), Rules())
    assert [str(line.adds) for line in found.lines] == ["24", "18", "10", "8"]
    assert found.made == sum(found.brought) == 60
    least = explained("Acme", composite(replace(ENTERED, winnable_score=None)), Rules())
    assert str(least.shown) == "≥ 52"
    nothing = explained("Acme", composite(ACCOUNT), Rules())
    assert str(nothing.shown) == "not known"


_SCORES = st.dictionaries(
    st.text(min_size=1, max_size=4), st.none() | st.integers(0, 100).map(Fraction), max_size=40
)


@given(_SCORES, st.integers(0, 9))
def test_a_ranking_does_not_depend_on_the_order_of_accounts(
    scores: dict[str, Fraction | None], seed: int
) -> None:
    mixed = list(scores.items())
    Random(seed).shuffle(mixed)
    assert ranking(dict(mixed), Rules()) == ranking(scores, Rules())


@given(_SCORES)
def test_at_least_the_share_is_in_and_nobody_below_somebody_who_is_out(
    scores: dict[str, Fraction | None],
) -> None:
    found = ranking(scores, Rules())
    known = {key: value for key, value in scores.items() if value is not None}
    assert len(found.key) >= min(found.key_wanted, len(known))
    assert found.strategic <= found.key
    inside = min((known[key] for key in found.key), default=None)
    outside = max((value for key, value in known.items() if key not in found.key), default=None)
    assert inside is None or outside is None or inside > outside


@given(st.lists(st.integers(0, 100), min_size=4, max_size=4))
def test_a_composite_score_lies_between_its_criteria(points: list[int]) -> None:
    fields = dict(
        zip(
            ("revenue_score", "potential_score", "demonstration_score", "winnable_score"),
            points,
            strict=True,
        )
    )
    found = composite(replace(ACCOUNT, **fields))  # type: ignore[arg-type]  # numbers
    assert found.value is not None
    assert min(points) <= found.value <= max(points)
    less = composite(replace(ACCOUNT, **{**fields, "winnable_score": None}))  # type: ignore[arg-type]
    assert less.value is None or less.value <= found.value
