"""What was claimed of somebody over time: each score, stance and contact level with who said it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.attitudes import attitudes_of
from brm_desktop.domain.records import (
    Basis,
    ContactLevel,
    Dimension,
    PersonId,
    ProjectId,
    Records,
    Stance,
)
from brm_desktop.domain.scores import statements_of


@dataclass(frozen=True, slots=True)
class Claim:
    """One value somebody stated on a day: a score 0–100, a stance or a contact level.

    ``author`` is an employee's id or "", ``record`` the id of the statement.
    """

    value: int | Stance | ContactLevel
    stated_on: date
    author: str
    basis: Basis
    evidence: str
    record: str


def scores_claimed(records: Records, person: PersonId, dimension: Dimension) -> tuple[Claim, ...]:
    """Every score toward us that was stated of a person in a dimension, the newest first."""
    return tuple(
        Claim(value, one.assessed_on, one.author, one.basis, one.evidence, one.id)
        for one, value in statements_of(records, person, dimension)
    )


def stances_claimed(records: Records, project: ProjectId, person: PersonId) -> tuple[Claim, ...]:
    """Every stance that was claimed of a person in a project, the newest first."""
    return tuple(
        Claim(one.stance, one.stated_on, one.author, one.basis, one.evidence, one.id)
        for one in attitudes_of(records, project, person)
        if one.stance is not None
    )


def contacts_claimed(records: Records, project: ProjectId, person: PersonId) -> tuple[Claim, ...]:
    """Every contact level that was claimed of a person in a project, the newest first."""
    return tuple(
        Claim(one.contact, one.stated_on, one.author, one.basis, one.evidence, one.id)
        for one in attitudes_of(records, project, person)
        if one.contact is not None
    )
