"""Where competitors are closer to a customer's people than we are (domain rules §5, §8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from brm_desktop.domain.analysis import AccountAnalysis
from brm_desktop.domain.records import (
    AccountId,
    Dimension,
    OrganisationId,
    Outcome,
    Person,
    PersonId,
    ProjectId,
)


@dataclass(frozen=True, slots=True)
class OnChain:
    """An open chain a person is on: its odds, and whether the lead is a cap on them."""

    project: ProjectId
    name: str
    odds: Fraction | None
    caps: bool


@dataclass(frozen=True, slots=True)
class Ahead:
    """One competitor is closer to one person than we are.

    ``ours`` is ``None`` when unscored; the ``lead``, 1–100, then takes ours as 0, as caps do.
    """

    account: AccountId
    person: PersonId
    organisation: OrganisationId
    weight: int
    ours: int | None
    theirs: int
    lead: int
    crucial: bool
    chains: tuple[OnChain, ...]

    @property
    def urgency(self) -> int:
        """What the list is sorted by: importance × lead."""
        return self.weight * self.lead


def ahead_in(analysis: AccountAnalysis) -> tuple[Ahead, ...]:
    """Where competitors are ahead of us in an account, by importance × lead, then by name."""
    found = [one for person in analysis.people for one in _at(analysis, person)]
    return by_urgency(found)


def by_urgency(found: Iterable[Ahead]) -> tuple[Ahead, ...]:
    """The most urgent first; equals by the larger lead, then as they come."""
    return tuple(sorted(found, key=lambda one: (-one.urgency, -one.lead)))


def _at(analysis: AccountAnalysis, person: Person) -> list[Ahead]:
    ours = analysis.standing(person.id, Dimension.CLOSENESS)
    importance = analysis.importance[person.id]
    found = []
    for rival in analysis.competitors_at(person.id):
        lead = rival.standing.value - (ours.value if ours else 0)
        if lead > 0:
            found.append(
                Ahead(
                    account=analysis.account,
                    person=person.id,
                    organisation=rival.organisation.id,
                    weight=importance.weight,
                    ours=ours.value if ours else None,
                    theirs=rival.standing.value,
                    lead=lead,
                    crucial=importance.crucial,
                    chains=_chains(analysis, person.id, lead),
                )
            )
    return found


def _chains(analysis: AccountAnalysis, person: PersonId, lead: int) -> tuple[OnChain, ...]:
    found = []
    for project in analysis.projects:
        if project.outcome is not Outcome.OPEN:
            continue
        reading = analysis.chain(project.id)
        member = next((one for one in reading.members if one.person == person), None)
        if member is None:
            continue
        caps = member.crucial and not member.left and lead >= analysis.rules.competitor_ahead_by
        found.append(OnChain(project.id, project.name, reading.odds, caps))
    return tuple(found)
