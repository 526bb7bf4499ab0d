"""Every number of the rules that can be set: what it is called, its range, how it is read and set.

What is unusual is only how a few of them are kept: shares are shown as percentages, and the weights
of potential output, like those of the composite score, always add to 1.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TypeVar

from brm_desktop.domain.phrase import Phrase, Word, phrase
from brm_desktop.domain.records import Criterion, Dimension, Role, Stance
from brm_desktop.domain.rules import Rules

K = TypeVar("K")
V = TypeVar("V")
_WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class RuleField:
    """One number: read from the rules and set in them, from ``least`` to ``most``."""

    title: Phrase
    read: Callable[[Rules], Fraction]
    write: Callable[[Rules, Fraction], Rules] | None = None
    """How it is set, unless it is a share."""
    least: int = 0
    most: int = 100
    digits: int = 0
    step: Fraction = _WHOLE
    unit: str = ""
    share_of: str = ""
    """Of which weights it is one, that always add to 1."""
    key: Word | None = None
    """Which of them."""

    def put(self, rules: Rules, value: Fraction, kept: Collection[object] = ()) -> Rules:
        """The rules with this number; shares that are ``kept`` stay as they are, if they can."""
        if self.write is not None:
            return self.write(rules, value)
        weights = shared(getattr(rules, self.share_of), self.key, value / 100, kept)
        return replace(rules, **{self.share_of: weights})  # type: ignore[arg-type]  # those weights


def _number(name: str, title: Phrase, least: int = 0, most: int = 100) -> RuleField:
    return RuleField(
        title,
        lambda rules: Fraction(getattr(rules, name)),
        lambda rules, value: replace(rules, **{name: int(value)}),  # type: ignore[arg-type]  # whole
        least,
        most,
    )


def _role(role: Role) -> RuleField:
    def write(rules: Rules, value: Fraction) -> Rules:
        return replace(rules, role_weights=_with(rules.role_weights, role, int(value)))

    title = phrase("Weight of the {role}", role=role)
    return RuleField(title, lambda rules: Fraction(rules.role_weights[role]), write)


def _stance(stance: Stance) -> RuleField:
    def write(rules: Rules, value: Fraction) -> Rules:
        return replace(rules, stance_values=_with(rules.stance_values, stance, value))

    return RuleField(
        phrase("What “{stance}” is worth", stance=stance),
        lambda rules: Fraction(rules.stance_values[stance]),
        write,
        most=1,
        digits=2,
        step=Fraction(1, 20),
    )


def _weight(weights: str, key: Word, title: Phrase) -> RuleField:
    def read(rules: Rules) -> Fraction:
        found: Mapping[Word, Fraction] = getattr(rules, weights)
        return 100 * found[key]

    return RuleField(title, read, digits=2, unit=" %", share_of=weights, key=key)


def _share(name: str, title: Phrase, least: int = 0) -> RuleField:
    def write(rules: Rules, value: Fraction) -> Rules:
        return replace(rules, **{name: value / 100})  # type: ignore[arg-type]  # a share

    return RuleField(
        title, lambda rules: 100 * Fraction(getattr(rules, name)), write, least, unit=" %"
    )


def shared(
    weights: Mapping[K, Fraction], key: K, value: Fraction, kept: Collection[object] = ()
) -> Mapping[K, Fraction]:
    """Weights with one of them set: the others share the rest as they did before.

    Those that are ``kept`` stay as they are, unless then the weights could not add to 1.
    """
    others = [one for one in weights if one != key]
    given = [one for one in others if one not in kept]
    rest = _WHOLE - value - sum((weights[one] for one in others if one in kept), Fraction(0))
    if rest < 0 or (rest and not given):
        given, rest = others, _WHOLE - value
    before = sum((Fraction(weights[one]) for one in given), Fraction(0))
    found = {one: rest * weights[one] / before if before else rest / len(given) for one in given}
    return MappingProxyType({**weights, **found, key: value})


def _with(values: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    return MappingProxyType({**values, key: value})


GROUPS: tuple[tuple[Phrase, tuple[RuleField, ...]], ...] = (
    (
        phrase("Scores"),
        (
            _number("strong_from", phrase("Strong from"), 1),
            _number("medium_from", phrase("Medium from"), 1),
            _number("fresh_days", phrase("Fresh for days"), 1, 3650),
            _number("ageing_days", phrase("Stale after days"), 1, 3650),
        ),
    ),
    (
        phrase("Who counts"),
        (
            _number("key_person_from", phrase("Key person from importance")),
            _number("power_centre_from", phrase("Power centre from"), 1),
            _number("veto_power", phrase("Power of a veto or sole approval, at least")),
            _number("crucial_influence_from", phrase("Crucial from influence"), 1),
            _number("influence_centre_from", phrase("Influence centre from"), 1),
            _share("influence_centre_share", phrase("Influence centres among the first"), 1),
            _number("influence_reach_from", phrase("Reach counts people of power from")),
            _number("influence_reach_edges", phrase("Steps that influence reaches"), 1, 6),
        ),
    ),
    (
        phrase("Potential output"),
        tuple(
            _weight("potential_weights", one, phrase("Share of {dimension}", dimension=one))
            for one in Dimension
        ),
    ),
    (
        phrase("Relationship odds"),
        (
            *(_role(one) for one in Role),
            *(_stance(one) for one in Stance if one in Rules().stance_values),
            _number("veto_against_cap", phrase("At most, with a veto holder against us")),
            _number("veto_undecided_cap", phrase("At most, with a veto holder undecided")),
            _number("empty_role_cap", phrase("At most, without approver or decision maker")),
            _number("competitor_ahead_cap", phrase("At most, with a competitor ahead")),
            _number("competitor_ahead_by", phrase("A competitor is ahead from points")),
            _number("sole_approver_floor", phrase("At least, with a sole approver for us")),
            _number("silent_days", phrase("Silent after days"), 1, 3650),
        ),
    ),
    (
        phrase("Routes"),
        (
            _number("routes_shown", phrase("Routes shown"), 1, 10),
            _number("route_edges", phrase("Steps of a route at most"), 1, 6),
            _number("opening_tie_strength", phrase("Strength of a new tie")),
        ),
    ),
    (
        phrase("Key accounts"),
        (
            *(
                _weight("composite_weights", one, phrase("Weight of {criterion}", criterion=one))
                for one in Criterion
            ),
            _share("key_share", phrase("Key accounts: the first"), 1),
            _share("strategic_share", phrase("Strategic accounts: the first")),
        ),
    ),
    (
        phrase("Screening and reviews"),
        (
            _number("screening_mean", phrase("Kept from a key person's mean score of")),
            _number("screening_years", phrase("Years in which wanted projects count"), 1, 50),
            _number("confirm_years", phrase("Years with a wanted type that confirm"), 1, 50),
            _number("confirm_of_years", phrase("Out of the last years"), 1, 50),
            _number(
                "importance_review_days", phrase("Days between reviews of importance"), 1, 3650
            ),
            _number("needs_review_days", phrase("Days between reviews of needs"), 1, 3650),
            _number("closeness_review_days", phrase("Days between reviews of closeness"), 1, 3650),
            _number("whcse_review_days", phrase("Days between WHCSE reviews"), 1, 3650),
        ),
    ),
    (
        phrase("Projects that come back"),
        (
            _share("regular_share", phrase("Regular if intervals deviate by at most")),
            _number("window_days", phrase("Days before and after, at least"), 0, 3650),
            _number("prepare_days", phrase("Days to prepare before the window"), 0, 3650),
            _number("history_years", phrase("Years for which facts are asked"), 1, 50),
        ),
    ),
)
"""All of them in the order people read them."""
