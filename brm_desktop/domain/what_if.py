"""What if: whom to work on first, and the numbers before against after (domain rule §8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from brm_desktop.domain import edits
from brm_desktop.domain.act import Act
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.caps import Cap, caps_of
from brm_desktop.domain.chain_members import SUPPORTING, MemberReading, person_value, present
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.naming import called
from brm_desktop.domain.odds import ChainReading
from brm_desktop.domain.potential import Potential
from brm_desktop.domain.records import (
    ChainMember,
    Dimension,
    Money,
    Person,
    PersonId,
    Placement,
    Project,
    ProjectId,
    Records,
    Role,
    Stance,
    id_of,
)
from brm_desktop.domain.rounding import half_up
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Standing

T = TypeVar("T")
Standings = Mapping[Dimension, Standing]

SCORE_STEP: Final = 20
"""By how much the weakest known score is taken to rise."""

_WHOLE: Final = 100
_NEXT: Final[Mapping[Stance, Stance]] = MappingProxyType(
    {
        Stance.ENEMY: Stance.NON_SUPPORTER,
        Stance.NON_SUPPORTER: Stance.NEUTRAL,
        Stance.NEUTRAL: Stance.SUPPORTER,
        Stance.UNKNOWN: Stance.SUPPORTER,
        Stance.SUPPORTER: Stance.MENTOR,
    }
)
"""One step of stance; unknown counts as neutral, as it does in the odds."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What working on one person would bring.

    One step of stance (``stance_to``; ``None`` for a mentor, and where no project is asked about)
    and 20 points on the weakest known ``dimension``, to ``score_to``, at most 100; nothing known is
    never guessed, so whoever is unscored gets no score. ``odds`` are exact points of the project's
    odds under caps and floor, ``cap`` the one that still holds them down; ``money`` is what the
    account's potential output would gain, ``None`` where it is unknown.
    """

    person: PersonId
    name: str
    stance_to: Stance | None
    dimension: Dimension | None
    score_to: int | None
    odds: Fraction | None
    money: Money | None
    cap: Cap | None = None


@dataclass(frozen=True, slots=True)
class Moved(Generic[T]):
    """One number before and after; ``None`` where it is unknown."""

    before: T | None
    after: T | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """An account before and after: exact scores 0–100 and potential output.

    ``odds`` are a project's, ``route`` is the value, 0–1, of the best route to ``target``; ``None``
    where no project or nobody was asked about.
    """

    scores: Mapping[Dimension, Moved[Fraction]]
    potential: Moved[Potential]
    odds: Moved[Fraction] | None
    target: PersonId | None
    route: Moved[Fraction] | None


def work_first(analysis: AccountAnalysis, project: ProjectId | None = None) -> tuple[Gain, ...]:
    """Whom to work on first: a chain's members, or without a project the account's key persons.

    Who has left is left out, and so is whoever has nothing to gain a step in. Most points of odds
    first, then most money, then by name. Linear in the number of people (domain rules §6, §8).
    """
    worth = _Worth(analysis)
    if project is None:
        gains = [_gain_of_key_person(analysis, person, worth) for person in analysis.key_people]
    else:
        reading = analysis.chain(project)
        chain = _Chain(reading, analysis.rules)
        members = present(reading.members)
        gains = [_gain_of_member(member, chain, worth) for member in members]
    found = [gain for gain in gains if gain.stance_to or gain.dimension]
    return tuple(sorted(found, key=_order))


def money_when_won(analysis: AccountAnalysis, person: PersonId) -> Money | None:
    """What the account's potential output would gain if the person's known scores were all 100."""
    standings = _standings(analysis, person)
    return _Worth(analysis).gain(person, standings, dict.fromkeys(standings, _WHOLE))


def take_step(
    records: Records, act: Act, /, gain: Gain, project: ProjectId | None = None
) -> Change:
    """The change that makes a gain's step: its score as a statement, its stance as a claim."""
    draft = Draft(records)
    if gain.dimension is not None and gain.score_to is not None:
        draft.do(assess_all, act, (gain.person,), gain.dimension, gain.score_to)
    if gain.stance_to is not None and project is not None:
        draft.do(edits.revise_member, act, project, gain.person, stance=gain.stance_to)
    return draft.change()


def assess_all(
    records: Records, act: Act, /, people: Iterable[PersonId], dimension: Dimension, score: int
) -> Change:
    """The change that gives several people the same score in a dimension."""
    draft = Draft(records)
    for person in people:
        said: dict[str, Any] = {dimension.value: score}
        draft.do(edits.assess, act, person, **said)
    return draft.change()


def take_stance(
    records: Records, act: Act, /, project: ProjectId, people: Iterable[PersonId], stance: Stance
) -> Change:
    """The change that gives those of some people who are on a chain the same stance in it."""
    draft = Draft(records)
    for person in people:
        if id_of(ChainMember, project, person) in records:
            draft.do(edits.revise_member, act, project, person, stance=stance)
    return draft.change()


def people_of(change: Change) -> frozenset[PersonId]:
    """Whom a change says something about; where cards lie says nothing."""
    found: set[PersonId] = set()
    for record in (*change.before.values(), *change.after.values()):
        if isinstance(record, Person):
            found.add(record.id)
        elif not isinstance(record, Placement):
            named = (getattr(record, field, None) for field in ("person", "source", "target"))
            found.update(person for person in named if person is not None)
    return frozenset(found)


def approver_of(analysis: AccountAnalysis, project: ProjectId) -> PersonId | None:
    """The known person who approves a project, the first by name."""
    there = present(analysis.chain(project).members)
    known = (one for one in there if Role.APPROVER in one.roles and not one.placeholder)
    return next((member.person for member in known), None)


def compared(
    before: AccountAnalysis | None,
    after: AccountAnalysis,
    project: ProjectId | None = None,
    target: PersonId | None = None,
) -> Comparison:
    """An account before against after; ``before`` is ``None`` when there was no such account."""
    scores = {
        dimension: Moved(
            None if before is None else before.scores[dimension].value,
            after.scores[dimension].value,
        )
        for dimension in Dimension
    }
    return Comparison(
        scores=MappingProxyType(scores),
        potential=Moved(None if before is None else before.potential, after.potential),
        odds=None if project is None else Moved(_odds(before, project), _odds(after, project)),
        target=target,
        route=None if target is None else Moved(_route(before, target), _route(after, target)),
    )


class _Chain:
    """A chain's odds with one member otherwise, found without reading the others again."""

    def __init__(self, reading: ChainReading, rules: Rules) -> None:
        members = present(reading.members)
        self._rules = rules
        self._now = reading.odds
        self._weight = sum(member.weight for member in members)
        self._sum = sum((member.weight * member.q for member in members), Fraction(0))
        self._caps = reading.caps
        self._vetoes = sum(_holds_back(member) for member in members)
        self._lifts = sum(_lifts(member) for member in members)

    def gain(
        self, member: MemberReading, stance: Stance, to: Mapping[Dimension, int]
    ) -> tuple[Fraction | None, Cap | None]:
        """The points that another stance and scores bring, and the cap that then holds."""
        if self._now is None:
            return None, None
        better = _better(member, stance, to, self._rules)
        total = self._sum + member.weight * (better.q - member.q)
        uncapped = 100 * total / self._weight
        odds = uncapped
        cap = self._lowest_cap(better)
        stays = cap if cap is not None and uncapped > cap.limit else None
        if stays is not None:
            odds = Fraction(stays.limit)
        vetoes = self._vetoes - _holds_back(member) + _holds_back(better)
        if not vetoes and self._lifts - _lifts(member) + _lifts(better):
            odds = max(odds, Fraction(self._rules.sole_approver_floor))
        return odds - self._now, stays

    def _lowest_cap(self, better: MemberReading) -> Cap | None:
        others = next((cap for cap in self._caps if cap.person != better.person), None)
        own = [cap for cap in caps_of((better,), self._rules) if cap.person is not None]
        both = [cap for cap in (others, *own) if cap is not None]
        return min(both, key=lambda cap: cap.limit, default=None)


class _Worth:
    """The potential output of an account with one person's scores otherwise."""

    def __init__(self, analysis: AccountAnalysis) -> None:
        self._analysis = analysis
        scores = analysis.scores.by_dimension
        self._weights = {d: sum(term.weight for term in scores[d].terms) for d in Dimension}
        self._counts = {d: Fraction(analysis.rules.potential_weights[d]) for d in Dimension}
        self._share = sum(
            ((scores[d].value or 0) * self._counts[d] for d in Dimension), Fraction(0)
        )

    def gain(
        self, person: PersonId, standings: Standings, to: Mapping[Dimension, int]
    ) -> Money | None:
        """What the account's potential gains when known scores of a person become others."""
        analysis = self._analysis
        now, spend = analysis.potential.amount, analysis.record.expected_annual_spend
        if now is None or spend is None:
            return None
        importance = analysis.importance.get(person)
        weight = importance.weight if importance is not None and importance.key else 0
        if not weight:
            return Money(0, now.currency)
        share = self._share
        for dimension, score in to.items():
            rise = Fraction(weight * (score - standings[dimension].value), self._weights[dimension])
            share += rise * self._counts[dimension]
        return Money(half_up(spend.minor * share / 100) - now.minor, now.currency)


def _gain_of_key_person(analysis: AccountAnalysis, person: Person, worth: _Worth) -> Gain:
    standings = _standings(analysis, person.id)
    dimension, score = _step_of_score(standings)
    money = worth.gain(person.id, standings, _to(dimension, score))
    name = called(analysis.records, person.id)
    return Gain(person.id, name, None, dimension, score, None, money)


def _gain_of_member(member: MemberReading, chain: _Chain, worth: _Worth) -> Gain:
    stance = _NEXT.get(member.stance)
    dimension, score = _step_of_score(member.standings)
    points, cap = chain.gain(member, stance or member.stance, _to(dimension, score))
    money = worth.gain(member.person, member.standings, _to(dimension, score))
    return Gain(member.person, member.name, stance, dimension, score, points, money, cap)


def _better(
    member: MemberReading, stance: Stance, to: Mapping[Dimension, int], rules: Rules
) -> MemberReading:
    standings = dict(member.standings)
    for dimension, score in to.items():
        standings[dimension] = replace(standings[dimension], value=score)
    q = person_value(stance, [known.value for known in standings.values()], rules)
    value = member.q if q is None else q
    return replace(member, stance=stance, standings=standings, q=value, guessed=q is None)


def _step_of_score(standings: Standings) -> tuple[Dimension | None, int | None]:
    """The weakest known dimension and what it would be; nothing where there is no room."""
    weakest = min(standings, key=lambda dimension: standings[dimension].value, default=None)
    if weakest is None or standings[weakest].value >= _WHOLE:
        return None, None
    return weakest, min(_WHOLE, standings[weakest].value + SCORE_STEP)


def _to(dimension: Dimension | None, score: int | None) -> dict[Dimension, int]:
    return {} if dimension is None or score is None else {dimension: score}


def _standings(analysis: AccountAnalysis, person: PersonId) -> dict[Dimension, Standing]:
    found = {dimension: analysis.standing(person, dimension) for dimension in Dimension}
    return {dimension: known for dimension, known in found.items() if known is not None}


def _holds_back(member: MemberReading) -> bool:
    """Whether someone's veto keeps the floor from lifting the odds."""
    return bool(member.veto) and member.stance not in SUPPORTING


def _lifts(member: MemberReading) -> bool:
    return bool(member.sole_approver) and member.stance in SUPPORTING


def _order(gain: Gain) -> tuple[Fraction, int, str, str]:
    money = gain.money.minor if gain.money else 0
    return (-(gain.odds or Fraction(0)), -money, gain.name, gain.person)


def _odds(analysis: AccountAnalysis | None, project: ProjectId) -> Fraction | None:
    if analysis is None or analysis.records.get(Project, project) is None:
        return None
    return analysis.chain(project).odds


def _route(analysis: AccountAnalysis | None, target: PersonId) -> Fraction | None:
    routes = () if analysis is None else analysis.routes_to(target).routes
    return routes[0].value if routes else None
