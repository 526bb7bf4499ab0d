"""The board of open opportunities, and what they come to by the sellers' probabilities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from deals import deal, won
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.pipeline import (
    board,
    by_origin,
    odd_days,
    open_ones,
    stage_known,
    stage_of,
    weighted,
)
from brm_desktop.domain.records import Money, Origin, SalesStage
from brm_desktop.language import tr

DAY = date(2026, 3, 1)


def test_the_board_has_our_stages_in_order_and_other_texts_at_its_end() -> None:
    ours = [
        deal(stage="Signed soon"),
        deal(stage=" Engaging "),
        deal(),
        deal(stage="already"),
        won(1, date(2026, 1, 1), stage="proposing"),
    ]
    columns = board(ours)
    assert [one.stage for one in columns] == [*SalesStage, "already", "Signed soon"]
    sizes = {str(one.stage): len(one.stock.opportunities) for one in columns}
    assert sizes["engaging"] == sizes["lead"] == sizes["already"] == 1
    assert sizes["proposing"] == 0, "what is decided is on the board no more"
    assert stage_of(ours[1]) is SalesStage.ENGAGING


def test_a_day_to_close_before_the_opening_is_told() -> None:
    eve = date(2026, 2, 28)
    odd = odd_days(replace(deal(), opened_on=DAY, expected_close=eve))
    assert odd is not None
    assert tr(odd) == "It is expected to close before it was opened, on 1 Mar 2026."
    for opened, expected in ((DAY, DAY), (None, eve), (DAY, None)):
        assert odd_days(replace(deal(), opened_on=opened, expected_close=expected)) is None


def test_what_is_open_comes_by_the_day_it_is_to_close() -> None:
    later = deal(closes=date(2026, 5, 1), name="a")
    soon = deal(closes=date(2026, 4, 1), name="b")
    some_day = deal(name="c")
    assert open_ones([some_day, later, soon]) == (soon, later, some_day)


def test_what_is_decided_is_no_lead_for_want_of_a_stage() -> None:
    assert stage_known(deal()) is stage_of(deal()) is SalesStage.LEAD
    assert stage_known(won(1, DAY)) == ""
    assert stage_known(won(1, DAY, stage="Engaging")) is SalesStage.ENGAGING
    assert stage_known(won(1, DAY, stage="own word")) == "own word"


def test_an_amount_is_weighted_by_the_sellers_probability_to_the_minor_unit() -> None:
    assert weighted(deal(amount=101, probability=50)) == Money(51, "CNY")
    assert weighted(deal(amount=101)) is None
    assert weighted(deal(probability=50)) is None


def test_stocks_add_up_each_currency_apart_and_say_what_is_missing() -> None:
    ours = [
        deal(amount=100, probability=40),
        deal(amount=50),
        deal(amount=Money(9, "USD"), probability=100),
        deal(probability=10),
        deal(amount=1, origin=Origin.INCUBATED),
    ]
    (_, captured), (_, incubated), (_, other) = by_origin(ours)
    assert captured.amounts == (Money(150, "CNY"), Money(9, "USD"))
    assert captured.weighted == (Money(40, "CNY"), Money(9, "USD"))
    assert (captured.without_amount, captured.without_probability) == (1, 1)
    assert incubated.amounts == (Money(1, "CNY"),)
    assert other.amounts == other.weighted == ()


@given(st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 100)), max_size=20))
def test_the_weighted_sum_is_never_more_than_the_sum(pairs: list[tuple[int, int]]) -> None:
    (_, stock), *_ = by_origin([deal(amount=a, probability=p) for a, p in pairs])
    whole = sum(one.minor for one in stock.amounts)
    assert 0 <= sum(one.minor for one in stock.weighted) <= whole
