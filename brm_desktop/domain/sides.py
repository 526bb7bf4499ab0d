"""Whose people are whose: ours, a customer's, a competitor's or a partner's, and who has left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from brm_desktop.domain.records import (
    Account,
    AccountId,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Records,
)


def has_left(person: Person, today: date | None = None) -> bool:
    """Whether someone has left by a day; without a day, whether a leaving date is known at all."""
    return person.left_on is not None and (today is None or person.left_on <= today)


def by_name(people: Iterable[Person]) -> tuple[Person, ...]:
    """People by their names, equal names by id: one fixed order, which also decides between equals.

    By the numbers of the signs and not in the order of ``spelling``, which is dear for the hundred
    thousands that an account may have: a list to be read is put in order where it is made.
    """
    return tuple(sorted(people, key=lambda person: (person.name, person.id)))


def side_of(records: Records, person_id: PersonId | None) -> OrganisationKind | None:
    """What a person's organisation is to us; ``None`` for someone with no organisation."""
    person = records.get(Person, person_id)
    organisation = records.get(Organisation, person.organisation) if person else None
    return organisation.kind if organisation else None


def staff(
    records: Records, kind: OrganisationKind, today: date | None = None
) -> tuple[Person, ...]:
    """Everyone who works for the organisations of a kind and has not left, in name order."""
    return by_name(
        person
        for organisation in records.where(Organisation, kind=kind)
        for person in records.where(Person, organisation=organisation.id)
        if not has_left(person, today)
    )


def own_employees(records: Records, today: date | None = None) -> tuple[Person, ...]:
    """Our people, sales or not, who have not left, in name order."""
    return staff(records, OrganisationKind.OWN, today)


def people_of(
    records: Records, organisation: OrganisationId, today: date | None = None
) -> tuple[Person, ...]:
    """Everyone who works for one organisation and has not left, in name order."""
    found = records.where(Person, organisation=organisation)
    return by_name(person for person in found if not has_left(person, today))


def customer_people(
    records: Records, account_id: AccountId, today: date | None = None
) -> tuple[Person, ...]:
    """The people of an account's organisation who have not left, in name order.

    With ``today`` someone counts until the day he leaves; without it, anyone with a leaving date is
    out.
    """
    return people_of(records, records.one(Account, account_id).organisation, today)


def is_ours(records: Records, organisation: OrganisationId | None) -> bool:
    """Whether a statement toward an organisation is toward us: none named, or one of our own."""
    if organisation is None:
        return True
    found = records.get(Organisation, organisation)
    return found is not None and found.kind is OrganisationKind.OWN
