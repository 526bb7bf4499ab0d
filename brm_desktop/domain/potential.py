"""What an account could be worth, and the calculators for thinking about it (domain rule §6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Dimension, Money
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import AccountScores

_WEIGHTS_MAY_MISS_BY = Fraction(1, 10**9)


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

    Of a spend of 0 it is 0, whatever is unscored: no lower bound (domain rule §6).

    Raises
    ------
    Refused
        When the weights of the three dimensions are negative or do not add to 1.
    """
    values = {dimension: scores[dimension].value for dimension in Dimension}
    missing = [d for d, value in values.items() if value is None and rules.potential_weights[d]]
    share = _share({d: value or Fraction(0) for d, value in values.items()}, rules)
    reasons = tuple(
        phrase("Unscored, so it adds nothing: {dimension}", dimension=dimension)
        for dimension in missing
    )
    if spend is None:
        return Potential(None, bool(missing), (phrase("No expected annual spend"), *reasons))
    if not spend.minor:
        return Potential(spend, lower_bound=False)
    return Potential(Money(half_up(spend.minor * share), spend.currency), bool(missing), reasons)


def sum_of_potentials(potentials: Iterable[Potential]) -> PotentialSum:
    """The rounded potentials of several accounts added up, currencies apart."""
    sums: dict[str, int] = {}
    lower_bound = False
    unknown = 0
    for potential in potentials:
        lower_bound = lower_bound or potential.lower_bound
        if potential.amount is None:
            unknown += 1
            continue
        currency = potential.amount.currency
        sums[currency] = sums.get(currency, 0) + potential.amount.minor
    amounts = tuple(Money(minor, currency) for currency, minor in sorted(sums.items()))
    return PotentialSum(amounts, lower_bound or unknown > 0, unknown)


def understanding(
    departments: int = 4,
    people: int = 5,
    days: Fraction | None = None,
    hours_a_day: Fraction = Fraction(8),
) -> Understanding:
    """The work of understanding departments × people key persons, by default a day each."""
    key_persons = departments * people
    working_days = Fraction(key_persons) if days is None else days
    hours = working_days * hours_a_day
    return Understanding(
        key_persons=key_persons,
        days=working_days,
        hours=hours,
        times_faster_in_an_hour=hours,
        times_faster_in_a_day=working_days,
    )


def potential_sum(
    spend: Fraction,
    closeness: Fraction,
    solution: Fraction,
    price: Fraction,
    accounts: int = 1,
    rules: Rules | None = None,
) -> Fraction:
    """The potential of ``accounts`` accounts that all have this spend and these scores.

    Raises
    ------
    Refused
        As `potential_of` does.
    """
    values = {
        Dimension.CLOSENESS: closeness,
        Dimension.SOLUTION: solution,
        Dimension.PRICE: price,
    }
    return spend * _share(values, rules or Rules()) * accounts


def opportunities(amount: Fraction, accounts: int, each: Fraction) -> Fraction:
    """What ``each`` opportunities of ``amount`` in every one of ``accounts`` accounts come to."""
    return amount * accounts * each


def _share(values: Mapping[Dimension, Fraction], rules: Rules) -> Fraction:
    weights = {dimension: Fraction(rules.potential_weights[dimension]) for dimension in Dimension}
    if any(weight < 0 for weight in weights.values()):
        raise Refused(phrase("The weights of the three scores must not be negative."))
    total = sum(weights.values(), Fraction(0))
    if abs(total - 1) > _WEIGHTS_MAY_MISS_BY:
        raise Refused(
            phrase(
                "The weights of the three scores must add to 1; they add to {sum}.",
                sum=float(total),
            )
        )
    return sum((values[d] * weight for d, weight in weights.items()), Fraction(0)) / 100
