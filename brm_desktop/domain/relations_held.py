"""What relations we, and each competitor, hold in one account on a day (domain rules §5, §7).

These are small values without records, so that those of thousands of accounts can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from brm_desktop.domain.account_sides import Side, side_of
from brm_desktop.domain.ahead import Ahead, ahead_in
from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.competitors import competitors_near
from brm_desktop.domain.naming import called
from brm_desktop.domain.records import (
    AccountId,
    Influence,
    InfluenceKind,
    Money,
    OrganisationId,
    PersonId,
    Tie,
)
from brm_desktop.domain.resources import ResourceScore, TeamMatch
from brm_desktop.domain.scores import account_scores
from brm_desktop.domain.snapshots import account_months, last_ended_month


@dataclass(frozen=True, slots=True)
class Direct:
    """A key person someone has a tie with."""

    person: PersonId
    closeness: int
    wanted: int | None


@dataclass(frozen=True, slots=True)
class Indirect:
    """A key person someone reaches by one insider, and through whom, by name."""

    person: PersonId
    through: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class EmployeeThere:
    """What one employee brings to an account: score, rank there, and whom he reaches."""

    employee: PersonId
    score: Fraction
    rank: int
    direct: tuple[Direct, ...]
    one_insider: tuple[Indirect, ...]


@dataclass(frozen=True, slots=True)
class AccountRelations:
    """What relations the sides hold in an account.

    ``before`` has each side's closeness, ours under ``None``, when the last month ended;
    ``employees`` has those who bring anything there, ours under ``None``, best first; ``weights``
    the key persons' importance, most important first, and ``names`` everyone named here.
    """

    account: AccountId
    name: str
    spend: Money | None
    people: int
    ours: Side
    theirs: Mapping[OrganisationId, Side]
    before: Mapping[OrganisationId | None, Fraction | None]
    employees: Mapping[OrganisationId | None, tuple[EmployeeThere, ...]]
    weights: Mapping[PersonId, int]
    names: Mapping[PersonId, str]
    team: TeamMatch
    ahead: tuple[Ahead, ...]

    def side(self, organisation: OrganisationId | None) -> Side | None:
        """Our side, or a competitor's; ``None`` when nothing is known of that one here."""
        return self.ours if organisation is None else self.theirs.get(organisation)


def relations_held(analysis: AccountAnalysis) -> AccountRelations:
    """Everything about an account that the pages of relations sum up."""
    rivals = tuple(one.id for one in competitors_near(analysis.records, analysis.people))
    employees: dict[OrganisationId | None, tuple[EmployeeThere, ...]] = {}
    for organisation in (None, *rivals):
        there = (_there(analysis, one) for one in analysis.resources(organisation))
        employees[organisation] = tuple(one for one in there if one.direct or one.one_insider)
    ahead = ahead_in(analysis)
    weights = {p.id: analysis.importance[p.id].weight for p in analysis.key_people}
    named = {*weights, *(one.person for one in ahead), *_insiders(employees.values())}
    return AccountRelations(
        account=analysis.account,
        name=analysis.name,
        spend=analysis.record.expected_annual_spend,
        people=len(analysis.people),
        ours=side_of(analysis.scores, analysis.rules),
        theirs=MappingProxyType({rival: _rival_side(analysis, rival) for rival in rivals}),
        before=MappingProxyType(_before(analysis)),
        employees=MappingProxyType(employees),
        weights=MappingProxyType(weights),
        names=MappingProxyType({one: called(analysis.records, one) for one in named}),
        team=analysis.team_match,
        ahead=ahead,
    )


def _rival_side(analysis: AccountAnalysis, organisation: OrganisationId) -> Side:
    """How a competitor stands in an account, by the same rules as ours."""
    scores = account_scores(
        analysis.records,
        analysis.account,
        analysis.today,
        analysis.rules,
        analysis.importance,
        partial(analysis.standing, organisation=organisation),
    )
    return side_of(scores, analysis.rules)


def _before(analysis: AccountAnalysis) -> dict[OrganisationId | None, Fraction | None]:
    month = last_ended_month(analysis.today)
    (then,) = account_months(analysis.records, analysis.account, (month,), analysis.rules)
    return {organisation: side.closeness.value for organisation, side in then.sides.items()}


def _there(analysis: AccountAnalysis, found: ResourceScore) -> EmployeeThere:
    records = analysis.records
    ties = {tie.person: tie for tie in records.where(Tie, employee=found.employee)}
    known = [person for person in ties if person in analysis.importance]
    return EmployeeThere(
        found.employee,
        found.score,
        found.rank,
        tuple(Direct(p, ties[p].closeness, ties[p].wanted) for p in found.direct),
        tuple(Indirect(p, _through(analysis, known, p)) for p in found.one_insider),
    )


def _through(
    analysis: AccountAnalysis, known: Iterable[PersonId], target: PersonId
) -> tuple[PersonId, ...]:
    """Whom of those he knows sway somebody, by name."""
    swaying = {
        line.source
        for line in analysis.records.where(Influence, target=target)
        if line.kind is not InfluenceKind.CONFLICT and line.strength is not None
    }
    found = [person for person in known if person in swaying]
    return tuple(sorted(found, key=lambda one: (called(analysis.records, one), one)))


def _insiders(sides: Iterable[tuple[EmployeeThere, ...]]) -> set[PersonId]:
    return {
        insider
        for side in sides
        for employee in side
        for reached in employee.one_insider
        for insider in reached.through
    }
