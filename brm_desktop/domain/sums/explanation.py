"""One number explained: its lines, what they come to, and the rule in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction
from types import MappingProxyType

from brm_desktop.domain.numerals import FullAmount, Numeral
from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import PersonId

Shown = Numeral | FullAmount | Phrase


class Joined(Enum):
    """What the numbers at the right of the lines make together."""

    SUM = auto()
    PRODUCT = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of an explanation.

    ``label`` says whom or what it is about (a name is never translated), ``part`` how its number
    comes about, ``adds`` the number it brings, as shown; ``note`` when, by whom, how sure.
    """

    label: Phrase | str
    part: Phrase | None = None
    adds: Numeral | FullAmount | None = None
    note: Phrase | None = None
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A number and all that makes it.

    ``number`` names it for other programs; ``shown`` is the number as people read it. The ``adds``
    of the lines, ``joined``, come to ``made`` exactly as they are shown, and ``total`` says how
    that becomes the number.
    """

    number: str
    title: Phrase
    shown: Shown
    lines: tuple[SumLine, ...]
    total: Phrase
    rule: Phrase
    joined: Joined = Joined.NOT
    made: Fraction | None = None

    @property
    def brought(self) -> tuple[Fraction, ...]:
        """The numbers at the right of the lines, as shown; amounts in minor units."""
        return tuple(_value(line.adds) for line in self.lines if line.adds is not None)


def formula(text: str, **values: object) -> Phrase:
    """Signs and numbers that are the same in every language, so that nothing is translated."""
    return Phrase(text, MappingProxyType(values))


def listed_note(*parts: object) -> Phrase | None:
    """What is known of a line, one thing after another; ``None`` when nothing is."""
    known = [part for part in parts if part]
    if not known:
        return None
    names = [f"p{place}" for place in range(len(known))]
    text = " · ".join(f"{{{name}}}" for name in names)
    return formula(text, **dict(zip(names, known, strict=True)))


def _value(adds: Numeral | FullAmount) -> Fraction:
    return adds.value if isinstance(adds, Numeral) else Fraction(adds.money.minor)
