"""How close competitors are to a person (domain rules §5, §8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.contacts import Contacts
from brm_desktop.domain.records import (
    Assessment,
    Dimension,
    Organisation,
    OrganisationKind,
    Person,
    PersonId,
    Records,
    Tie,
)
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.scores import Standing, standing
from brm_desktop.domain.spelling import by_rank, name_order


@dataclass(frozen=True, slots=True)
class CompetitorStanding:
    """How close one competitor is to a person."""

    organisation: Organisation
    standing: Standing


def competitors_at(
    records: Records,
    person_id: PersonId,
    today: date,
    rules: Rules,
    contacts: Contacts | None = None,
) -> tuple[CompetitorStanding, ...]:
    """Every competitor known to have some closeness to a person, the closest first, then by name.

    A competitor's closeness is its newest assessment, else the largest tie of its employees.
    """
    contacts = contacts or Contacts(records, today)
    found = []
    for organisation in _near(records, person_id):
        stand = standing(
            records, person_id, Dimension.CLOSENESS, today, rules, organisation.id, contacts
        )
        if stand is not None:
            found.append(CompetitorStanding(organisation, stand))
    return tuple(
        by_rank(
            found,
            lambda one: -one.standing.value,
            lambda one: (one.organisation.name, one.organisation.id),
        )
    )


def competitors_near(records: Records, people: Iterable[Person]) -> tuple[Organisation, ...]:
    """The competitors with a tie to, or a statement about, any of some people; in name order."""
    found = {one.id: one for person in people for one in _near(records, person.id)}
    return tuple(sorted(found.values(), key=lambda one: (name_order(one.name), one.id)))


def _near(records: Records, person_id: PersonId) -> Iterator[Organisation]:
    near = {assessment.organisation for assessment in records.where(Assessment, person=person_id)}
    for tie in records.where(Tie, person=person_id):
        employee = records.get(Person, tie.employee)
        near.add(employee.organisation if employee else None)
    for organisation_id in near:
        organisation = records.get(Organisation, organisation_id)
        if organisation is not None and organisation.kind is OrganisationKind.COMPETITOR:
            yield organisation
