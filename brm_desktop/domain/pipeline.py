"""Open opportunities by stage and by origin, with what they come to (domain rules §3, §6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from brm_desktop.domain.amounts import summed
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Money, Opportunity, Origin, Outcome, SalesStage
from brm_desktop.domain.rounding import half_up

_STAGES: Final = {stage.value: stage for stage in SalesStage}


@dataclass(frozen=True, slots=True)
class Stock:
    """Some open opportunities and what they come to, each currency apart.

    ``amounts`` adds up all that have an amount; ``weighted`` the amounts times the seller's
    probability, rounded half up to the minor unit, once for each opportunity.
    """

    opportunities: tuple[Opportunity, ...]

    @property
    def amounts(self) -> tuple[Money, ...]:
        """What they come to if all are won."""
        return summed(one.amount for one in self.opportunities)

    @property
    def weighted(self) -> tuple[Money, ...]:
        """What they come to by the sellers' probabilities; without one nothing is added."""
        return summed(weighted(one) for one in self.opportunities)

    @property
    def without_amount(self) -> int:
        """How many have no amount."""
        return sum(1 for one in self.opportunities if one.amount is None)

    @property
    def without_probability(self) -> int:
        """How many have an amount and no probability, so that it weighs nothing."""
        return sum(
            1 for one in self.opportunities if one.amount is not None and one.probability is None
        )


@dataclass(frozen=True, slots=True)
class Column:
    """One stage of the board; ``stage`` is a word of ours, or the text that was written."""

    stage: SalesStage | str
    stock: Stock


def open_ones(opportunities: Iterable[Opportunity]) -> tuple[Opportunity, ...]:
    """The opportunities that are not decided, the next to close first, then by name."""
    found = (one for one in opportunities if one.outcome is Outcome.OPEN)
    return tuple(sorted(found, key=_next_first))


def odd_days(one: Opportunity) -> Phrase | None:
    """What can hardly be of the days of an opportunity: that it closes before it was opened."""
    opened, expected = one.opened_on, one.expected_close
    if opened is None or expected is None or expected >= opened:
        return None
    return phrase("It is expected to close before it was opened, on {day}.", day=opened)


def board(opportunities: Iterable[Opportunity]) -> tuple[Column, ...]:
    """The open opportunities in columns: our stages in their order, then others by their text.

    Each of our stages has a column, empty or not; one without any stage is a lead.
    """
    columns: dict[SalesStage | str, list[Opportunity]] = {stage: [] for stage in SalesStage}
    for one in open_ones(opportunities):
        columns.setdefault(stage_of(one), []).append(one)
    own = [stage for stage in columns if not isinstance(stage, SalesStage)]
    ordered: tuple[SalesStage | str, ...] = (*SalesStage, *sorted(own, key=str.casefold))
    return tuple(Column(stage, Stock(tuple(columns[stage]))) for stage in ordered)


def by_origin(opportunities: Iterable[Opportunity]) -> tuple[tuple[Origin, Stock], ...]:
    """The open opportunities by where they came from; every origin is there, empty or not."""
    known = open_ones(opportunities)
    return tuple(
        (origin, Stock(tuple(one for one in known if one.origin is origin))) for origin in Origin
    )


def stage_of(opportunity: Opportunity) -> SalesStage | str:
    """The stage of the board an opportunity is in; one without any is a lead."""
    return stage_written(opportunity.stage) or SalesStage.LEAD


def stage_known(opportunity: Opportunity) -> SalesStage | str:
    """The stage an opportunity is in, or was in when it was decided; "" where nobody said that."""
    is_open = opportunity.outcome is Outcome.OPEN
    return stage_of(opportunity) if is_open else stage_written(opportunity.stage)


def stage_written(text: str) -> SalesStage | str:
    """The stage that a text names; one that is none of ours stays the text that was written."""
    plain = text.strip()
    return _STAGES.get(plain.casefold(), plain)


def weighted(opportunity: Opportunity) -> Money | None:
    """The amount times the seller's probability, to the minor unit; ``None`` without either."""
    amount, probability = opportunity.amount, opportunity.probability
    if amount is None or probability is None:
        return None
    return Money(half_up(Fraction(amount.minor * probability, 100)), amount.currency)


def _next_first(one: Opportunity) -> tuple[date, str, str]:
    return (one.expected_close or date.max, one.name, one.id)
