"""How numbers are rounded when they are shown: halves upwards (domain rule §2)."""

from __future__ import annotations

import math
from fractions import Fraction


def half_up(value: Fraction | float) -> int:
    """A number rounded to the nearest integer, halves upwards."""
    below = math.floor(value)
    return below + 1 if 2 * (value - below) >= 1 else below
