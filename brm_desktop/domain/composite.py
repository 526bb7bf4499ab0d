"""What makes an account a key account: its composite score, rank and suggested tier (rule §9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import Final, Generic, TypeVar

from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Criterion,
    Money,
    Organisation,
    Tier,
    YearRevenue,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.thresholds import Thresholds, looked_up

K = TypeVar("K")

_WEIGHTS_MAY_MISS_BY: Final = Fraction(1, 10**9)

ENTERED: Final[Mapping[Criterion, str]] = {
    Criterion.REVENUE: "revenue_score",
    Criterion.POTENTIAL: "potential_score",
    Criterion.DEMONSTRATION: "demonstration_score",
    Criterion.WINNABLE: "winnable_score",
}
"""The field of an account that holds the user's own value of a criterion."""


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """One criterion of an account: 0–100 or unknown, its weight, and where it is from.

    ``amount`` is what was looked up, and ``None`` for a value that was entered.
    """

    criterion: Criterion
    points: int | None
    weight: Fraction
    reason: Phrase
    amount: Money | None = None

    @property
    def entered(self) -> bool:
        """Whether the user said it himself."""
        return self.points is not None and self.amount is None


@dataclass(frozen=True, slots=True)
class Composite:
    """An account's composite score: Σ weight · points over the criteria that are known.

    ``value`` is exact, 0–100, and ``None`` when no criterion of any weight is known. What is
    unknown adds nothing; then ``lower_bound`` is set and ``reasons`` say what is missing.
    """

    value: Fraction | None
    lower_bound: bool
    reasons: tuple[Phrase, ...]
    parts: tuple[CriterionScore, ...]


def weights_problem(weights: Mapping[Criterion, Fraction]) -> Phrase | None:
    """What is wrong with the weights of the four criteria; ``None`` when they can be used."""
    if any(weights[one] < 0 for one in Criterion):
        return phrase("A weight cannot be less than 0.")
    total = sum((Fraction(weights[one]) for one in Criterion), Fraction(0))
    if abs(total - 1) > _WEIGHTS_MAY_MISS_BY:
        return phrase("The weights of the composite score add up to {total}, not 1.", total=total)
    if weights[Criterion.REVENUE] >= 1 - _WEIGHTS_MAY_MISS_BY:
        return phrase(
            "Key accounts are never chosen by sales alone: what an account could buy, whom it"
            " impresses and what can be won there must weigh something, too."
        )
    return None


def composite_of(parts: Sequence[CriterionScore]) -> Composite:
    """The composite score from its criteria, each with its weight.

    Raises
    ------
    Refused
        When the weights do not add to 1, one is negative, or revenue has all the weight.
    """
    wrong = weights_problem({part.criterion: part.weight for part in parts})
    if wrong is not None:
        raise Refused(wrong)
    known = [part for part in parts if part.points is not None and part.weight]
    missing = [part for part in parts if part.points is None and part.weight]
    value = sum((part.weight * (part.points or 0) for part in known), Fraction(0))
    return Composite(
        value=value if known else None,
        lower_bound=bool(missing),
        reasons=tuple(part.reason for part in missing),
        parts=tuple(parts),
    )


def criteria_of(
    account: Account,
    organisation: Organisation,
    revenues: Iterable[YearRevenue],
    thresholds: Thresholds,
    today: date,
    rules: Rules,
) -> tuple[CriterionScore, ...]:
    """The four criteria of an account: what was entered, else what a threshold table says.

    Revenue is looked up by the newest year that is over, without one by this year so far; years to
    come do not count. Potential is looked up by the expected annual spend.
    """
    revenue = last_revenue(revenues, today)
    measured = {
        Criterion.REVENUE: None if revenue is None else revenue.revenue,
        Criterion.POTENTIAL: account.expected_annual_spend,
    }
    return tuple(
        _criterion(account, organisation, one, measured.get(one), thresholds, rules)
        for one in Criterion
    )


def last_revenue(revenues: Iterable[YearRevenue], today: date) -> YearRevenue | None:
    """The revenue of the newest year that is over; without one that of this year so far."""
    by_year = {one.year: one for one in revenues if one.year <= today.year}
    over = [year for year in by_year if year < today.year]
    newest = max(over or by_year, default=None)
    return None if newest is None else by_year[newest]


def _criterion(
    account: Account,
    organisation: Organisation,
    criterion: Criterion,
    amount: Money | None,
    thresholds: Thresholds,
    rules: Rules,
) -> CriterionScore:
    weight = Fraction(rules.composite_weights[criterion])
    entered: int | None = getattr(account, ENTERED[criterion])
    if entered is not None:
        return CriterionScore(criterion, entered, weight, phrase("entered"))
    if amount is None:
        reason = phrase("{criterion} is not known, so it adds nothing", criterion=criterion)
        return CriterionScore(criterion, None, weight, reason)
    industry, kind = organisation.industry, account.customer_type
    found = looked_up(thresholds, criterion, amount, industry, kind)
    return CriterionScore(criterion, found.points, weight, found.reason, amount)


@dataclass(frozen=True, slots=True)
class Ranking(Generic[K]):
    """Some accounts by composite score: their places, and who is among the first.

    ``ranks`` begin with 1, equal scores share one; who has no score has none. ``key`` are the top
    share of all, ``strategic`` the top of those; ``wanted`` says how many the shares ask for, and
    there are more where scores at the edge are equal.
    """

    ranks: Mapping[K, int]
    key: frozenset[K]
    strategic: frozenset[K]
    key_wanted: int
    strategic_wanted: int


def ranking(scores: Mapping[K, Fraction | None], rules: Rules) -> Ranking[K]:
    """Accounts ranked by score, whatever their order; ties at the edge of a share are all in."""
    best_first = sorted((one for one in scores.values() if one is not None), reverse=True)
    places: dict[Fraction, int] = {}
    for place, value in enumerate(best_first, start=1):
        places.setdefault(value, place)
    ranks = {key: places[value] for key, value in scores.items() if value is not None}
    wanted = [ceil(len(scores) * share) for share in (rules.key_share, rules.strategic_share)]
    key, strategic = (
        frozenset(one for one, place in ranks.items() if place <= count) for count in wanted
    )
    return Ranking(ranks, key, strategic, *wanted)


def suggested_tier(
    account: Account, ranked: Ranking[AccountId], composite: Composite
) -> Tier | None:
    """The tier that the composite score suggests; ``None`` while there is no score.

    A strategic intent with its reason overrides the score. Who is not among the first is ordinary,
    or stays small.
    """
    if account.strategic_reason.strip() or account.id in ranked.strategic:
        return Tier.STRATEGIC
    if account.id in ranked.key:
        return Tier.KEY
    if composite.value is None:
        return None
    return Tier.SMALL if account.tier is Tier.SMALL else Tier.ORDINARY
