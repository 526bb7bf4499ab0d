"""The middle of some numbers, and how far they lie from it (domain rule §10)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value, of an even number the mean of the two in the middle; of at least one."""
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return (ordered[half - 1] + ordered[half]) / 2


def deviation(values: Sequence[Fraction]) -> Fraction:
    """The plain median of the absolute distances from the median (MAD); of at least one value."""
    middle = median(values)
    return median([abs(value - middle) for value in values])
