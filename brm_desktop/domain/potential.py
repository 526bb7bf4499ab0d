"""What an account could be worth, and the calculators for thinking about it (domain rule §6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from brm_desktop.domain.phrase import Phrase
from brm_desktop.domain.records import Money
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import AccountScores


@dataclass(frozen=True, slots=True)
class Potential:
    """Potential output of an account; ``amount`` is ``None`` while its spend is unknown.

    ``lower_bound`` says that something unscored added nothing; ``reasons`` say what.
    """

    amount: Money | None
    lower_bound: bool
    reasons: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class PotentialSum:
    """Potentials added up, each currency apart, in the order of currency codes.

    ``unknown`` counts the accounts whose potential is not known.
    """

    amounts: tuple[Money, ...]
    lower_bound: bool
    unknown: int


@dataclass(frozen=True, slots=True)
class Understanding:
    """How long it takes to understand an account by visits, and how much faster a glance is."""

    key_persons: int
    days: Fraction
    hours: Fraction
    times_faster_in_an_hour: Fraction
    times_faster_in_a_day: Fraction


def potential_of(spend: Money | None, scores: AccountScores, rules: Rules) -> Potential:
    """The potential output of an account from its expected annual spend and its scores.

    Raises
    ------
    Refused
        When the weights of the three dimensions are negative or do not add to 1.
    """
    raise NotImplementedError


def sum_of_potentials(potentials: Iterable[Potential]) -> PotentialSum:
    """The rounded potentials of several accounts added up, currencies apart."""
    raise NotImplementedError


def understanding(
    departments: int = 4,
    people: int = 5,
    days: Fraction | None = None,
    hours_a_day: Fraction = Fraction(8),
) -> Understanding:
    """The work of understanding departments × people key persons, by default a day each."""
    raise NotImplementedError


def potential_sum(
    spend: Fraction,
    closeness: Fraction,
    solution: Fraction,
    price: Fraction,
    accounts: int = 1,
    rules: Rules | None = None,
) -> Fraction:
    """The potential of ``accounts`` accounts that all have this spend and these scores."""
    raise NotImplementedError


def opportunities(amount: Fraction, accounts: int, each: Fraction) -> Fraction:
    """What ``each`` opportunities of ``amount`` in every one of ``accounts`` accounts come to."""
    raise NotImplementedError
