"""What the calculators take for a number."""

from __future__ import annotations

from fractions import Fraction

import pytest

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.reckoning import hours_of_a_day, number_typed, score, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("500", Fraction(500)),
        (" 1,500.5 ", Fraction(3001, 2)),
        ("1，500", Fraction(1500)),
        ("2/3", Fraction(2, 3)),
        ("0", Fraction(0)),
        ("1000000000000000", Fraction(10**15)),
    ],
)
def test_a_number_is_read_as_people_type_it(text: str, number: Fraction) -> None:
    assert number_typed(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "much", "-5", "1/0", "1..2", "nan", "inf", "1e99999999", "1000000000000001", "0" * 25],
)
def test_anything_else_is_none_at_once(text: str) -> None:
    assert number_typed(text) is None


def test_half_a_thing_is_no_number_of_things() -> None:
    assert whole(Fraction(4, 2)) == 2
    with pytest.raises(Refused, match="no whole number"):
        whole(Fraction(3, 2))


def test_a_score_is_a_whole_number_up_to_100_and_never_a_share_of_one() -> None:
    assert score(Fraction(60)) == 60
    for wrong in (Fraction(3, 5), Fraction(101), Fraction(-1)):
        with pytest.raises(Refused, match="a whole number from 0 to 100"):
            score(wrong)


def test_a_day_has_at_most_24_working_hours_and_more_than_none() -> None:
    assert hours_of_a_day(Fraction(15, 2)) == Fraction(15, 2)
    for wrong in (Fraction("1200.5"), Fraction(0)):
        with pytest.raises(Refused, match="at most 24 hours"):
            hours_of_a_day(wrong)
