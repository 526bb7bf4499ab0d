"""What a WHCSE review of an account looks at: who, how, coverage, strategy, evaluation (rule §9).

Everything here is known already; what people think of it is written in the review.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.chain_members import FORMAL, MemberReading
from brm_desktop.domain.naming import called
from brm_desktop.domain.plan import plan_of
from brm_desktop.domain.records import (
    Dimension,
    Money,
    Outcome,
    Person,
    PersonId,
    ProjectId,
    Review,
    ReviewKind,
    Role,
    TeamFunction,
    TeamMember,
)
from brm_desktop.domain.spelling import in_name_order

CHECKS: Final = ("account_qualified", "seller_qualified", "management_qualified")
"""The fields of a review that hold its three checks."""


@dataclass(frozen=True, slots=True)
class KeyPersonThere:
    """A key person: how much he counts, 0–100, and how close we are, if that is known."""

    person: PersonId
    name: str
    title: str
    importance: int
    crucial: bool
    closeness: int | None


@dataclass(frozen=True, slots=True)
class RoleCoverage:
    """Which buying roles of a live project somebody has, and which are open.

    A role that only a placeholder has, or somebody who left, is open.
    """

    project: ProjectId
    name: str
    filled: tuple[Role, ...]
    open: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved since the last WHCSE review: closeness, exact, 0–100, and potential output."""

    since: date
    closeness_then: Fraction | None
    closeness_now: Fraction | None
    potential_then: Money | None
    potential_now: Money | None


@dataclass(frozen=True, slots=True)
class Whcse:
    """What is known for each letter.

    ``who`` are the key persons, most important first; ``owner``, ``sponsor`` and ``team`` how the
    account is managed; ``coverage`` the roles of its live projects; ``goal`` and ``proposition``
    are this year's plan; ``moved`` compares with ``last``, the newest review of this kind that was
    held before today.
    """

    who: tuple[KeyPersonThere, ...]
    owner: str
    sponsor: str
    team: tuple[tuple[str, TeamFunction], ...]
    coverage: tuple[RoleCoverage, ...]
    goal: str
    proposition: str
    last: Review | None
    moved: Moved | None

    @property
    def open_roles(self) -> int:
        """How many roles of live projects are open."""
        return sum(len(one.open) for one in self.coverage)


def whcse_of(analysis: AccountAnalysis) -> Whcse:
    """What a WHCSE review of an account looks at on the day of the analysis."""
    records, account = analysis.records, analysis.record
    plan = plan_of(records, account.id, analysis.today.year)
    last = _last_before(analysis)
    return Whcse(
        who=tuple(_key_person(analysis, person) for person in analysis.key_people),
        owner=_named(analysis, account.owner),
        sponsor=_named(analysis, account.sponsor),
        team=_team(analysis),
        coverage=_coverage(analysis),
        goal=plan.goal if plan else "",
        proposition=plan.value_proposition if plan else "",
        last=last,
        moved=None if last is None else _moved(analysis, last.held_on),
    )


def reviews_of(analysis: AccountAnalysis) -> tuple[Review, ...]:
    """The reviews of an account that were held by the day of the analysis, the newest first."""
    found = analysis.records.where(Review, account=analysis.account)
    held = (one for one in found if one.held_on <= analysis.today)
    return tuple(sorted(held, key=lambda one: (one.held_on, one.id), reverse=True))


def _last_before(analysis: AccountAnalysis) -> Review | None:
    """The newest WHCSE review before today: that of today is still being written."""
    held = (one for one in reviews_of(analysis) if one.held_on < analysis.today)
    return next((one for one in held if one.kind is ReviewKind.WHCSE), None)


def _key_person(analysis: AccountAnalysis, person: Person) -> KeyPersonThere:
    importance = analysis.importance[person.id]
    closeness = analysis.standing(person.id, Dimension.CLOSENESS)
    return KeyPersonThere(
        person.id,
        called(analysis.records, person.id),
        person.title,
        importance.weight,
        importance.crucial,
        None if closeness is None else closeness.value,
    )


def _named(analysis: AccountAnalysis, person: PersonId | None) -> str:
    return "" if person is None else called(analysis.records, person)


def _team(analysis: AccountAnalysis) -> tuple[tuple[str, TeamFunction], ...]:
    """Who is on the team on the day, by name."""
    members = analysis.records.where(TeamMember, account=analysis.account)
    there = (
        one
        for one in members
        if (one.from_on is None or one.from_on <= analysis.today)
        and (one.to_on is None or one.to_on > analysis.today)
    )
    return tuple(in_name_order((_named(analysis, one.employee), one.function) for one in there))


def _coverage(analysis: AccountAnalysis) -> tuple[RoleCoverage, ...]:
    live = (one for one in analysis.projects if one.outcome is Outcome.OPEN)
    return tuple(
        RoleCoverage(one.id, one.name, *_roles(analysis.chain(one.id).members)) for one in live
    )


def _roles(members: Iterable[MemberReading]) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    known = [one for one in members if not one.left and not one.placeholder]
    had = {role for one in known for role in one.roles}
    return (
        tuple(role for role in FORMAL if role in had),
        tuple(role for role in FORMAL if role not in had),
    )


def _moved(analysis: AccountAnalysis, since: date) -> Moved:
    then = analysis.on(since)
    return Moved(
        since,
        then.scores[Dimension.CLOSENESS].value,
        analysis.scores[Dimension.CLOSENESS].value,
        then.potential.amount,
        analysis.potential.amount,
    )
