"""What the calculators take for a number."""

from __future__ import annotations

from fractions import Fraction

import pytest

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.reckoning import number_typed, whole


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
