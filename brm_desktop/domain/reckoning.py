"""Numbers as people type them into the calculators (domain rule §6)."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase

USUAL_UNDERSTANDING: Final = (4, 5)
"""The usual example: departments, and people in each; a day for each person, of 8 hours."""
USUAL_POTENTIAL: Final = (500, 60, 60, 60, 10)
"""Spend, closeness, solution and price acceptance, and how many such accounts."""
USUAL_OPPORTUNITIES: Final = (100, 10, 2)
"""Amount of one, accounts, and how many in each."""

_LONGEST: Final = 24
"""Characters of a number; with powers of ten a few of them would ask for endless digits."""
_LARGEST: Final = Fraction(10**15)
_BEST_SCORE: Final = 100
_HOURS: Final = 24
_SIGNS: Final = frozenset("0123456789./")


def number_typed(text: str) -> Fraction | None:
    """A number from 0 to 10¹⁵, such as ``1,500``, ``0.5`` or ``2/3``; ``None`` for all else."""
    plain = text.strip().replace(",", "").replace("，", "")
    if not plain or len(plain) > _LONGEST or not _SIGNS.issuperset(plain):
        return None
    try:
        found = Fraction(plain)
    except (ValueError, ZeroDivisionError):
        return None
    return found if found <= _LARGEST else None


def score(value: Fraction) -> Fraction:
    """One of the three scores of an account, 0–100; 0.6 is meant as 60 and would count as 1.

    Raises
    ------
    Refused
        When it is no whole number, or above 100.
    """
    if value.denominator != 1 or not 0 <= value <= _BEST_SCORE:
        raise Refused(phrase("A score is a whole number from 0 to 100."))
    return value


def hours_of_a_day(value: Fraction) -> Fraction:
    """Working hours of a day, above 0 and at most 24.

    Raises
    ------
    Refused
        When no day has so many.
    """
    if not 0 < value <= _HOURS:
        raise Refused(phrase("A working day has more than 0 and at most 24 hours."))
    return value


def whole(value: Fraction) -> int:
    """A number of things.

    Raises
    ------
    Refused
        When there is a part of one left.
    """
    if value.denominator != 1:
        raise Refused(phrase("{number} is no whole number.", number=float(value)))
    return int(value)
