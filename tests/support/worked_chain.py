"""The worked example of domain rule §8: five members of a decision chain, no scores."""

from __future__ import annotations

from fractions import Fraction

from building import TODAY, Portfolio

from brm_desktop.domain.odds import ChainReading, ReasonKind, chain_reading
from brm_desktop.domain.records import AccountId, PersonId, ProjectId, Role, Stance
from brm_desktop.domain.rules import Rules

GM, B1, CIO, ARCHITECT, SUPERVISOR = (
    PersonId(name) for name in ("总经理", "B1总监", "CIO", "架构师", "主管")
)


def worked_chain(portfolio: Portfolio, account: AccountId) -> ProjectId:
    """A project decided by the five people of the example."""
    project = portfolio.project(account)
    for name, role, stance in (
        (GM, Role.APPROVER, Stance.NEUTRAL),
        (B1, Role.EVALUATOR, Stance.NEUTRAL),
        (CIO, Role.DECISION_MAKER, Stance.SUPPORTER),
        (ARCHITECT, Role.EVALUATOR, Stance.MENTOR),
        (SUPERVISOR, Role.USER, Stance.SUPPORTER),
    ):
        portfolio.member(project, portfolio.person(name, account), role, stance=stance)
    return project


def read(portfolio: Portfolio, project: ProjectId) -> ChainReading:
    """A chain as it stands today, by the usual rules."""
    return chain_reading(portfolio.records(), project, TODAY, Rules())


def rounded(value: Fraction | None) -> float | None:
    """An exact number as the specification writes it."""
    return None if value is None else round(float(value), 2)


def points(reading: ChainReading) -> dict[str | None, float | None]:
    """What each person adds to the odds."""
    return {reason.person: rounded(reason.points) for reason in reading.reasons}


def corrections(reading: ChainReading) -> list[tuple[ReasonKind, float | None]]:
    """What the cap or the floor adds to the odds."""
    return [
        (reason.kind, rounded(reason.points))
        for reason in reading.reasons
        if reason.kind is not ReasonKind.MEMBER
    ]
