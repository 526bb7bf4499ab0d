"""Domain rule §2: rounding is half up."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brm_desktop.domain.rounding import half_up


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (0, 0),
        (61.5, 62),
        (Fraction(123, 2), 62),
        (Fraction(1229999, 20000), 61),
        (0.49999999999999994, 0),
        (-0.5, 0),
        (-0.51, -1),
        (62.500000001, 63),
    ],
)
def test_halves_are_rounded_up(value: Fraction | float, rounded: int) -> None:
    assert half_up(value) == rounded


@given(st.fractions(min_value=-1000, max_value=1000))
def test_a_rounded_number_is_at_most_a_half_away(value: Fraction) -> None:
    assert -Fraction(1, 2) < half_up(value) - value <= Fraction(1, 2)
