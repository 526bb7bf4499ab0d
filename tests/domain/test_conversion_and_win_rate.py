"""Domain rule §6: what was won by origin, and the share won of what was decided."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from deals import deal, lost, won
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.amounts import Compared, compared, summed
from brm_desktop.domain.conversion import conversions, won_in
from brm_desktop.domain.owners import accounts_of, opportunities_of, owner_of
from brm_desktop.domain.periods import Period, Quarter
from brm_desktop.domain.records import (
    AccountId,
    Money,
    Opportunity,
    Origin,
    Outcome,
    PersonId,
)
from brm_desktop.domain.value import period_value
from brm_desktop.domain.win_rate import (
    WinAmount,
    WinCount,
    decided_in,
    undated,
    win_rate,
    win_rate_by,
    win_rate_by_quarter,
)

TODAY = date(2026, 11, 22)
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
FIRST, LAST, EVE = date(2026, 1, 1), date(2026, 12, 31), date(2025, 12, 31)
A, B = AccountId("A"), AccountId("B")


def test_what_is_won_on_either_end_of_a_period_is_in_it() -> None:
    found = conversions([won(1, FIRST), won(2, LAST), won(4, EVE)], YEAR, LAST)
    assert found[Origin.CAPTURED].amounts == (Compared("CNY", 3, 4),)


def test_growth_is_what_was_won_less_what_was_won_in_the_period_before() -> None:
    ours = [
        won(300, date(2026, 5, 1)),
        won(200, date(2025, 5, 1)),
        won(70, date(2026, 5, 1), origin=Origin.INCUBATED),
    ]
    found = conversions(ours, YEAR, TODAY)
    (captured,) = found[Origin.CAPTURED].amounts
    assert captured.growth == Money(100, "CNY")
    assert captured.growth_ratio == Fraction(1, 2)
    (incubated,) = found[Origin.INCUBATED].amounts
    assert incubated.growth == Money(70, "CNY")
    assert incubated.growth_ratio is None, "nothing can be divided by 0"
    assert found[Origin.OTHER].amounts == ()


def test_currencies_are_never_added_up() -> None:
    ours = [
        won(Money(5, "USD"), date(2026, 2, 1)),
        won(3, date(2026, 2, 1)),
        won(Money(9, "EUR"), date(2025, 2, 1)),
    ]
    found = conversions(ours, YEAR, TODAY)[Origin.CAPTURED]
    assert found.amounts == (
        Compared("CNY", 3, 0),
        Compared("EUR", 0, 9),
        Compared("USD", 5, 0),
    )


def test_what_is_dated_after_today_has_not_been_won_yet() -> None:
    late = won(1, date(2026, 11, 23))
    assert won_in([late], YEAR, TODAY) == ()
    assert decided_in([late], YEAR, TODAY) == ()
    assert win_rate(decided_in([won(1, TODAY)], YEAR, TODAY)).count.rate == 1


def test_what_was_won_without_an_amount_counts_and_adds_nothing() -> None:
    ours = [won(None, date(2026, 5, 1)), won(8, date(2026, 5, 1)), won(3, None)]
    found = conversions(ours, YEAR, TODAY)[Origin.CAPTURED]
    assert (len(found.won), found.without_amount) == (2, 1)
    assert found.amounts == (Compared("CNY", 8, 0),)
    assert undated(ours) == (ours[2],)


def test_the_win_rate_is_won_of_won_and_lost_by_count_and_by_amount() -> None:
    found = win_rate(
        [
            won(300, TODAY),
            lost(100, TODAY),
            lost(None, TODAY),
            lost(Money(7, "USD"), TODAY),
            deal(),
            deal(Outcome.NO_DECISION, 5, TODAY),
            deal(Outcome.NOT_PURSUED, 5, TODAY),
        ]
    )
    assert found.count == WinCount(1, 3)
    assert found.count.rate == Fraction(1, 4)
    assert found.amounts == (WinAmount("CNY", 300, 100), WinAmount("USD", 0, 7))
    assert [one.rate for one in found.amounts] == [Fraction(3, 4), 0]
    assert found.without_amount == 1


def test_without_opportunities_no_rate_is_known_and_nothing_is_divided() -> None:
    found = period_value([], {}, YEAR, TODAY)
    assert found.win_rate.count.rate is None
    assert found.win_rate.amounts == ()
    assert found.before.count.rate is None
    assert all(one.amounts == () for one in found.conversions.values())
    assert (found.owners, found.quarters, found.undated) == ((), (), ())
    assert [stock.amounts for _, stock in found.pipeline] == [(), (), ()]
    assert WinAmount("CNY", 0, 0).rate is None


def test_each_quarter_between_the_first_and_the_last_decision_has_its_rate() -> None:
    ours = [won(1, date(2026, 2, 1)), lost(1, date(2026, 3, 31)), won(1, date(2026, 9, 30))]
    found = win_rate_by_quarter(ours, YEAR, TODAY)
    assert [(str(quarter), rate.count.rate) for quarter, rate in found] == [
        ("2026-Q1", Fraction(1, 2)),
        ("2026-Q2", None),
        ("2026-Q3", 1),
    ]
    half = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert [one.count for _, one in win_rate_by_quarter(ours, half, TODAY)] == [WinCount(0, 1)]
    assert found[0][0] == Quarter(2026, 1)


def test_an_opportunity_is_its_owners_else_its_accounts() -> None:
    owners = {A: PersonId("Li"), B: None}
    mine = won(1, TODAY, owner="Wu")
    assert owner_of(mine, owners) == "Wu"
    assert owner_of(won(1, TODAY), owners) == "Li"
    assert owner_of(won(1, TODAY, account="B"), owners) is None
    assert owner_of(won(1, TODAY, account="gone"), owners) is None
    assert opportunities_of([mine], owners, None) == (mine,)
    assert opportunities_of([mine], owners, {PersonId("Li")}) == ()
    assert accounts_of(owners, None) == {A, B}
    assert accounts_of(owners, {PersonId("Li")}) == {A}


def test_sellers_come_by_what_they_won_and_have_their_quarters() -> None:
    ours = [
        won(10, date(2026, 2, 1), owner="Wu"),
        won(10, date(2026, 8, 1), owner="Wu"),
        lost(10, date(2025, 8, 1), owner="Wu"),
        won(10, date(2026, 2, 1)),
        lost(5, date(2025, 2, 1), account="B"),
        lost(5, date(2024, 2, 1), owner="long ago"),
    ]
    found = period_value(ours, {A: PersonId("Li"), B: None}, YEAR, TODAY)
    assert [one.owner for one in found.owners] == ["Wu", "Li", None]
    first = found.owners[0]
    assert (first.win_rate.count, first.before.count) == (WinCount(2, 0), WinCount(0, 1))
    assert first.conversions[Origin.CAPTURED].amounts == (Compared("CNY", 20, 0),)
    assert [str(quarter) for quarter, _ in first.quarters] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert found.origins[Origin.CAPTURED].count == WinCount(3, 0)


def test_parts_of_the_win_rate_leave_out_what_is_open() -> None:
    found = win_rate_by([won(1, TODAY, stage="x"), deal(stage="y")], lambda one: one.stage)
    assert list(found) == ["x"]


outcomes = st.sampled_from(list(Outcome))
days = st.one_of(st.none(), st.dates(date(2025, 1, 1), date(2027, 1, 1)))
monies = st.one_of(
    st.none(),
    st.builds(Money, st.integers(0, 10**9), st.sampled_from(["CNY", "USD", "EUR"])),
)
many = st.lists(
    st.builds(deal, outcomes, monies, days, owner=st.sampled_from([None, "Wu", "Li"])),
    max_size=30,
)


@given(many, st.randoms())
def test_no_figure_depends_on_the_order_of_the_opportunities(
    ours: list[Opportunity], chance: object
) -> None:
    mixed = list(ours)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # a random.Random
    one, other = (period_value(some, {}, YEAR, TODAY) for some in (ours, mixed))
    assert one.win_rate == other.win_rate
    assert one.owners == other.owners
    assert one.quarters == other.quarters
    assert one.conversions == other.conversions
    assert one.pipeline == other.pipeline


@given(many)
def test_owners_and_quarters_add_up_to_the_whole(ours: list[Opportunity]) -> None:
    found = period_value(ours, {}, YEAR, TODAY)
    for parts in (
        [one.win_rate for one in found.owners],
        [rate for _, rate in found.quarters],
        list(found.origins.values()),
    ):
        assert sum(one.count.won for one in parts) == found.win_rate.count.won
        assert sum(one.count.lost for one in parts) == found.win_rate.count.lost
    rate = found.win_rate.count.rate
    assert rate is None or 0 <= rate <= 1


@given(many, st.integers(1, 300))
def test_a_period_and_its_rest_add_up(ours: list[Opportunity], split: int) -> None:
    cut = date.fromordinal(FIRST.toordinal() + split)
    early, late = Period(FIRST, cut), Period(date.fromordinal(cut.toordinal() + 1), LAST)
    parts = [*won_in(ours, early, LAST), *won_in(ours, late, LAST)]
    assert list(won_in(ours, YEAR, LAST)) == parts


def test_amounts_are_compared_line_by_line() -> None:
    assert summed([None, Money(2, "CNY"), Money(1, "CNY")]) == (Money(3, "CNY"),)
    (line,) = compared([Money(1, "CNY")], [Money(4, "CNY"), None])
    assert (line.growth, line.growth_ratio) == (Money(-3, "CNY"), Fraction(-3, 4))
