"""Dates as files write them, and when their order must be asked for."""

from __future__ import annotations

from datetime import date

import pytest

from brm_desktop.domain.errors import FileProblem
from brm_desktop.exchange.dates import DateOrder, agreed_order, day_of

FIFTH_OF_MARCH = date(2024, 3, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024/3/5",
        "2024.03.05",
        "2024年3月5日",
        "２０２４-０３-０５",
        "20240305",
        "2024-03-05 08:30",
        "2024-03-05T08:30:00Z",
        "5 Mar 2024",
        "05-March-2024",
        "Mar 5, 2024",
        "March 5 2024",
    ],
)
@pytest.mark.parametrize("order", DateOrder)
def test_a_date_with_its_year_or_month_plain_needs_no_order(text: str, order: DateOrder) -> None:
    assert day_of(text, order) == FIFTH_OF_MARCH


def test_numbers_stand_as_the_order_says() -> None:
    assert day_of("05/03/2024", DateOrder.DMY) == FIFTH_OF_MARCH
    assert day_of("3/5/24", DateOrder.MDY) == FIFTH_OF_MARCH
    assert day_of("24-3-5", DateOrder.YMD) == FIFTH_OF_MARCH
    assert day_of("5.3.1999", DateOrder.DMY) == date(1999, 3, 5)
    assert day_of("5.3.99", DateOrder.DMY) == date(1999, 3, 5)


@pytest.mark.parametrize(
    "text", ["", "soon", "2024-13-01", "31/02/2024", "5 Foo 2024", "2024", "0"]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert day_of(text, DateOrder.DMY) is None


def test_one_clear_date_settles_the_order_of_its_column() -> None:
    assert agreed_order({"on": ["05/03/2024", "25/03/2024"]}, None) is DateOrder.DMY
    assert agreed_order({"on": ["05/03/2024", "03/25/2024"]}, None) is DateOrder.MDY
    assert agreed_order({"on": ["05/05/2024", "2024-01-02", "rubbish"]}, None) is not None
    assert agreed_order({"on": []}, None) is DateOrder.YMD


def test_dates_that_can_be_read_in_two_ways_ask_for_the_order() -> None:
    with pytest.raises(FileProblem, match=r"column seen on, such as 05/03/2024, .* --dates ymd"):
        agreed_order({"seen on": ["05/03/2024", "01/02/2024"]}, None)
    with pytest.raises(FileProblem, match="several ways"):
        agreed_order({"seen on": ["25/03/2024", "03/25/2024"]}, None)


def test_the_order_told_is_the_order() -> None:
    assert agreed_order({"on": ["25/03/2024", "01/02/2024"]}, DateOrder.MDY) is DateOrder.MDY
