"""Periods have both their ends; what is before one is as long (domain rule §6)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.periods import Period, Quarter

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def test_both_ends_belong_to_a_period() -> None:
    assert YEAR.days == 365
    assert date(2026, 1, 1) in YEAR
    assert date(2026, 12, 31) in YEAR
    assert date(2027, 1, 1) not in YEAR
    assert None not in YEAR


def test_a_day_is_a_period() -> None:
    day = date(2026, 3, 31)
    assert Period(day, day).days == 1
    assert Period(day, day).before == Period(date(2026, 3, 30), date(2026, 3, 30))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused, match="before it begins"):
        Period(date(2026, 2, 1), date(2026, 1, 31))


def test_before_the_first_year_there_is_no_period() -> None:
    with pytest.raises(Refused, match="no period of that length"):
        _ = Period(date(1, 1, 5), date(1, 2, 1)).before
    assert Period(date(1, 2, 2), date(1, 2, 2)).before.first == date(1, 2, 1)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 4000))
def test_the_period_before_is_as_long_and_ends_on_the_eve(first: date, more: int) -> None:
    period = Period(first, first + timedelta(more))
    assert period.before.days == period.days
    assert period.before.last == first - timedelta(1)


def test_the_quarters_of_a_period_are_those_it_has_a_day_in() -> None:
    period = Period(date(2025, 12, 31), date(2026, 7, 1))
    assert [str(one) for one in period.quarters()] == [
        "2025-Q4",
        "2026-Q1",
        "2026-Q2",
        "2026-Q3",
    ]


def test_a_quarter_begins_with_its_first_month() -> None:
    assert Quarter.of(date(2026, 11, 22)).first == date(2026, 10, 1)
    assert Quarter(2026, 4).next == Quarter(2027, 1)


def test_a_quarter_ends_on_the_eve_of_the_next() -> None:
    assert Quarter.of(date(2026, 11, 22)).last == date(2026, 12, 31)
    assert Quarter(2028, 1).last == date(2028, 3, 31)
