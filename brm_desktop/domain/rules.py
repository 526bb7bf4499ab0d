"""The numbers of the rules, each a default that the user can change in Settings (domain.md).

What is *fixed* in the specification is not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from brm_desktop.domain.records import Criterion, Dimension, Role, Stance

_THIRD = Fraction(1, 3)


def _role_weights() -> Mapping[Role, int]:
    return MappingProxyType(
        {
            Role.APPROVER: 30,
            Role.DECISION_MAKER: 30,
            Role.EVALUATOR: 20,
            Role.USER: 10,
            Role.INFLUENCER: 10,
        }
    )


def _stance_values() -> Mapping[Stance, Fraction]:
    return MappingProxyType(
        {
            Stance.ENEMY: Fraction(0),
            Stance.NON_SUPPORTER: Fraction(1, 4),
            Stance.NEUTRAL: Fraction(1, 2),
            Stance.SUPPORTER: Fraction(3, 4),
            Stance.MENTOR: Fraction(1),
        }
    )


def _dimension_weights() -> Mapping[Dimension, Fraction]:
    return MappingProxyType(dict.fromkeys(Dimension, _THIRD))


def _composite_weights() -> Mapping[Criterion, Fraction]:
    return MappingProxyType(
        {
            Criterion.REVENUE: Fraction(3, 10),
            Criterion.POTENTIAL: Fraction(3, 10),
            Criterion.DEMONSTRATION: Fraction(1, 5),
            Criterion.WINNABLE: Fraction(1, 5),
        }
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds and weights: scores 0–100, days, steps; shares and what stances are worth 0–1.

    ``influence_reach_from`` is the power from which swaying someone adds to influence; influence
    centres are among the ``influence_centre_share`` of an account's people who sway most. The first
    ``key_share`` of accounts by composite score are key accounts, the first ``strategic_share``
    strategic (§9). Intervals between projects are regular up to a deviation of ``regular_share`` of
    their median; ``window_days`` is the least half of a window, which ``prepare_days`` come before
    (§10). Screening confirms an account in which a wanted type occurred in ``confirm_years`` of the
    last ``confirm_of_years``. Facts of projects are asked for over ``history_years`` (§12).
    """

    strong_from: int = 70
    medium_from: int = 40
    fresh_days: int = 31
    ageing_days: int = 92
    veto_power: int = 80
    power_centre_from: int = 70
    influence_centre_from: int = 40
    influence_centre_share: Fraction = Fraction(1, 5)
    crucial_influence_from: int = 70
    key_person_from: int = 30
    influence_reach_edges: int = 3
    influence_reach_from: int = 70
    potential_weights: Mapping[Dimension, Fraction] = field(default_factory=_dimension_weights)
    route_edges: int = 4
    routes_shown: int = 3
    opening_tie_strength: int = 50
    role_weights: Mapping[Role, int] = field(default_factory=_role_weights)
    stance_values: Mapping[Stance, Fraction] = field(default_factory=_stance_values)
    veto_against_cap: int = 20
    veto_undecided_cap: int = 60
    empty_role_cap: int = 60
    competitor_ahead_cap: int = 70
    competitor_ahead_by: int = 20
    sole_approver_floor: int = 60
    silent_days: int = 30
    composite_weights: Mapping[Criterion, Fraction] = field(default_factory=_composite_weights)
    key_share: Fraction = Fraction(1, 5)
    strategic_share: Fraction = Fraction(1, 20)
    screening_mean: int = 60
    screening_years: int = 5
    confirm_years: int = 2
    confirm_of_years: int = 3
    importance_review_days: int = 182
    needs_review_days: int = 61
    closeness_review_days: int = 31
    whcse_review_days: int = 182
    regular_share: Fraction = Fraction(1, 4)
    window_days: int = 30
    prepare_days: int = 90
    history_years: int = 3
