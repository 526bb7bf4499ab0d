"""The odds as a sum that adds up on the page, and the caps that outlast a gain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from brm_desktop.domain.caps import Cap
from brm_desktop.domain.odds import ChainReading, Reason, ReasonKind, Target
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.rounding import half_up

EVEN = 50
START = phrase("Even odds, where the sum starts")
TOTAL = phrase("Relationship odds")


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of the sum: its words and its points, rounded so that the lines add up."""

    text: Phrase
    points: Fraction
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class OddsSum:
    """Where the odds start, what each reason adds, and what that makes."""

    start: SumLine
    lines: tuple[SumLine, ...]
    total: SumLine


def odds_sum(reading: ChainReading, digits: int = 1) -> OddsSum | None:
    """The odds as a sum of numbers with ``digits`` decimals; ``None`` when there are no odds.

    Each number is the exact one rounded up or down, whichever makes the sum come out; the numbers
    that were rounded furthest are the ones that give way.
    """
    if reading.odds is None or reading.uncapped is None:
        return None
    before, after = (_rounded(value, digits) for value in (reading.uncapped, reading.odds))
    members = [one for one in reading.reasons if one.kind is ReasonKind.MEMBER]
    shown = adding_up([one.points for one in members], before - EVEN, digits)
    shown += [after - before for one in reading.reasons if one.kind is not ReasonKind.MEMBER]
    return OddsSum(
        SumLine(START, Fraction(EVEN)),
        tuple(
            SumLine(reason.text, points, reason)
            for reason, points in zip(reading.reasons, shown, strict=True)
        ),
        SumLine(TOTAL, after),
    )


def adding_up(values: Sequence[Fraction], total: Fraction, digits: int) -> list[Fraction]:
    """The values with ``digits`` decimals, each rounded up or down, so that their sum is ``total``.

    ``total`` has no more decimals and is the sum of the exact values, rounded.
    """
    step = Fraction(1, 10**digits)
    down = [value // step * step for value in values]
    missing = int((total - sum(down, Fraction(0))) / step)
    by_rest = sorted(range(len(values)), key=lambda place: (down[place] - values[place], place))
    raised = set(by_rest[: max(0, missing)])
    return [value + step if place in raised else value for place, value in enumerate(down)]


def cap_that_stays(reading: ChainReading, target: Target) -> Cap | None:
    """The cap that would still hold the odds down once the target is won, if any.

    A cap is lifted by winning whom it is about, and one for a role by finding its placeholder.
    """
    if reading.uncapped is None:
        return None
    unknown = {member.person for member in reading.members if member.placeholder}
    for cap in reading.caps:
        lifted = target.person in unknown if cap.person is None else cap.person == target.person
        if not lifted and reading.uncapped + target.gain > cap.limit:
            return cap
    return None


def _rounded(value: Fraction, digits: int) -> Fraction:
    return Fraction(half_up(value * 10**digits), 10**digits)
