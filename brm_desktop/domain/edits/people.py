"""Edits of people: the customer's, ours, competitors' and partners'."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.fields import made
from brm_desktop.domain.edits.named import department_in, organisation_in, organisation_of
from brm_desktop.domain.edits.relations import set_manager
from brm_desktop.domain.edits.revising import revised
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    AccountId,
    LineKind,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Person,
    PersonId,
    Records,
    ReportingLine,
)


def add_person(
    records: Records,
    act: Act,
    /,
    *,
    name: str = "",
    account: AccountId | None = None,
    organisation: OrganisationId | None = None,
    department: str = "",
    **fields: object,
) -> Change:
    """Make a person of an account or an organisation.

    ``department`` is a name, found or made, or an id. Only a placeholder may go without a name. The
    new person is ``change.added(Person)[0]``.
    """
    home = organisation_of(records, account, organisation)
    return _added(Draft(records), act, home, department, {**fields, "name": name})


def add_own_staff(
    records: Records,
    act: Act,
    /,
    *,
    name: str,
    company: str = "Our company",
    department: str = "",
    **fields: object,
) -> Change:
    """Make a colleague of ours; our organisation is made, named ``company``, when there is none."""
    draft = Draft(records)
    ours = records.where(Organisation, kind=OrganisationKind.OWN)
    known = {organisation.name: organisation.id for organisation in ours}
    if known:
        organisation = known.get(company, ours[0].id)
    else:
        organisation = organisation_in(draft, act, company, OrganisationKind.OWN)
    return _added(draft, act, organisation, department, {**fields, "name": name})


def add_competitor(
    records: Records,
    act: Act,
    /,
    *,
    organisation: str,
    name: str = "",
    kind: OrganisationKind = OrganisationKind.COMPETITOR,
    department: str = "",
    **fields: object,
) -> Change:
    """Make a competitor's (or, with ``kind``, a partner's) employee.

    The organisation, by its name, is found or made; without a person's ``name`` that is all.
    """
    draft = Draft(records)
    home = organisation_in(draft, act, organisation, kind)
    if name or fields or department:
        return _added(draft, act, home, department, {**fields, "name": name})
    return draft.change()


def revise_person(records: Records, act: Act, /, person: PersonId, **fields: object) -> Change:
    """Change fields of a person; ``department`` may be an id or a name, found or made.

    Somebody who goes to another organisation leaves his department; he is refused there while he
    has lines that such a person cannot have.
    """
    return revised(records, act, present(records, Person, person), fields)


def leave(
    records: Records,
    act: Act,
    /,
    person: PersonId,
    *,
    on: date | None = None,
    successor: PersonId | None = None,
    hand_over: bool = False,
) -> Change:
    """Say that somebody left, on a day (today), perhaps with a successor.

    His lines stay: those who look at the map see who was where. ``hand_over`` hangs his reports
    under the successor, and the successor, unless he stands elsewhere, under his manager.
    """
    leaver = present(records, Person, person)
    draft = Draft(records)
    fields = {"left_on": on or act.today, "successor": successor or leaver.successor}
    draft.apply(revised(draft, act, leaver, fields))
    if hand_over:
        if successor is None:
            raise Refused(phrase("Handing over needs a successor of {name}.", name=leaver.name))
        _hand_over(draft, act, person, successor)
    return draft.change()


def _added(
    draft: Draft, act: Act, home: OrganisationId, department: str, fields: Mapping[str, object]
) -> Change:
    """What was done to the draft, and the new person."""
    in_department = department_in(draft, act, home, department)
    given = {**fields, "organisation": home, "department": in_department}
    return draft.change().then(accept(draft, made(Person, given, act.new_id())))


def _hand_over(draft: Draft, act: Act, person: PersonId, successor: PersonId) -> None:
    chiefs = _chiefs(draft, person)
    manager = chiefs[0] if chiefs and chiefs[0] != successor else None
    above_successor = _chiefs(draft, successor)
    if person in above_successor or not (above_successor or successor in chiefs):
        draft.do(set_manager, act, successor, manager)
    for line in draft.where(ReportingLine, manager=person):
        if line.kind is LineKind.SOLID:
            draft.do(set_manager, act, line.person, successor)


def _chiefs(records: Records, person: PersonId) -> list[PersonId]:
    """The solid managers above a person, nearest first."""
    chiefs: list[PersonId] = []
    while True:
        lines = records.where(ReportingLine, person=chiefs[-1] if chiefs else person)
        solid = [line.manager for line in lines if line.kind is LineKind.SOLID]
        if not solid or solid[0] in chiefs:
            return chiefs
        chiefs.append(solid[0])
