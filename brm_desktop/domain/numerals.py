"""Numbers inside sentences: how exactly they are shown; the language writes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from brm_desktop.domain.records.base import Money


class Form(Enum):
    """How a number is written."""

    PLAIN = auto()
    PERCENT = auto()
    SIGNED = auto()


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number shown with at most ``digits`` decimals; a percentage is given as a share of 1."""

    value: Fraction
    digits: int = 0
    form: Form = Form.PLAIN

    def __str__(self) -> str:
        return f"{float(self.value):g}"


@dataclass(frozen=True, slots=True)
class FullAmount:
    """An amount of money shown to the minor unit, so that amounts add up as they are shown."""

    money: Money

    def __str__(self) -> str:
        return f"{self.money.minor} {self.money.currency}"


def plain(value: Fraction | float, digits: int = 0) -> Numeral:
    """A number as it is."""
    return Numeral(Fraction(value), digits)


def share(value: Fraction | float, digits: int = 0) -> Numeral:
    """A share of 1 as a percentage."""
    return Numeral(Fraction(value), digits, Form.PERCENT)


def points(value: Fraction | float, digits: int = 1) -> Numeral:
    """Points with their sign."""
    return Numeral(Fraction(value), digits, Form.SIGNED)
