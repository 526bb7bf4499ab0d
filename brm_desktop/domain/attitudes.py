"""What is known of someone's stance and contact level in a project on a day (domain rule §2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.records import (
    Attitude,
    Basis,
    ContactLevel,
    PersonId,
    ProjectId,
    Records,
    Stance,
)


@dataclass(frozen=True, slots=True)
class AttitudeNow:
    """Stance and contact level on a day, each with the claim that says it, or ``None``."""

    stance: Stance = Stance.UNKNOWN
    contact: ContactLevel = ContactLevel.UNKNOWN
    of_stance: Attitude | None = None
    of_contact: Attitude | None = None

    @property
    def told(self) -> Attitude | None:
        """The claim that says the stance, or else the contact level."""
        return self.of_stance or self.of_contact

    @property
    def basis(self) -> Basis | None:
        """On what the stance rests; the contact level where no stance was ever said."""
        return self.told.basis if self.told else None

    @property
    def stated_on(self) -> date | None:
        """The day of the same claim."""
        return self.told.stated_on if self.told else None


def attitudes_of(records: Records, project: ProjectId, person: PersonId) -> tuple[Attitude, ...]:
    """Every claim about a person in a project, newest first; of one date the greater stamp."""
    found = [one for one in records.where(Attitude, person=person) if one.project == project]
    return tuple(sorted(found, key=_age_order, reverse=True))


def attitude_on(records: Records, project: ProjectId, person: PersonId, today: date) -> AttitudeNow:
    """What is valid on a day: per field the newest claim up to then that says it."""
    return _valid(one for one in attitudes_of(records, project, person) if one.stated_on <= today)


def _valid(newest_first: Iterable[Attitude]) -> AttitudeNow:
    stance: Attitude | None = None
    contact: Attitude | None = None
    for claim in newest_first:
        stance = stance or (claim if claim.stance is not None else None)
        contact = contact or (claim if claim.contact is not None else None)
    return AttitudeNow(
        (stance.stance if stance else None) or Stance.UNKNOWN,
        (contact.contact if contact else None) or ContactLevel.UNKNOWN,
        stance,
        contact,
    )


def _age_order(claim: Attitude) -> tuple[date, str, str]:
    return (claim.stated_on, claim.stamp, claim.id)
