"""The edit that changes fields of any record, and what some fields bring with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as fields_of
from typing import Any, cast

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept_revision
from brm_desktop.domain.edits.named import (
    department_in,
    department_named,
    product_named,
    project_type_in,
)
from brm_desktop.domain.edits.stating import CLAIMED, state_attitude
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    ChainMember,
    Contribution,
    Department,
    Influence,
    InfluenceKind,
    Opportunity,
    Organisation,
    OrganisationId,
    Outcome,
    Person,
    Product,
    Project,
    Record,
    Records,
)

OF_ORGANISATION = frozenset(field.name for field in fields_of(Organisation)) - {"id", "audience"}
"""What is said of an account but kept with its organisation."""

USUAL_STRENGTH = 60
"""The strength of an influence of which nothing more is said."""


def revise(records: Records, act: Act, /, record: str, **fields: object) -> Change:
    """Change fields of the record of an id, whatever its kind, under the rules of its kind.

    A person's ``department`` and a project's ``type`` may be named by id or by name, found or made;
    an account takes the fields of its organisation, too, and a member of a chain what is kept as
    claims about him: ``stance`` and ``contact`` with ``basis``, ``evidence`` and the day they were
    so, ``on``.
    """
    found = records.find(record)
    if found is None:
        raise Refused(phrase("This is no longer there."))
    return revised(records, act, found, fields)


def revised(records: Records, act: Act, /, record: Record, fields: Mapping[str, object]) -> Change:
    """The change that gives a record other fields, with what they bring with them."""
    match record:
        case Person():
            return _person(records, act, record, fields)
        case Project():
            return _project(records, act, record, fields)
        case ChainMember():
            return _member(records, act, record, fields)
        case Contribution():
            raise Refused(phrase("Shares change together: agree on all of them anew."))
        case _:
            return _by_its_kind(records, record, fields)


def _by_its_kind(records: Records, record: Record, fields: Mapping[str, object]) -> Change:
    match record:
        case Account():
            return _account(records, record, fields)
        case Organisation():
            return _organisation(records, record, fields)
        case Department():
            return _department(records, record, fields)
        case Product():
            return _product(records, record, fields)
        case Influence() if "kind" in fields and "strength" not in fields:
            return accept_revision(records, record, _with_strength(record, fields))
        case Opportunity():
            return accept_revision(records, record, _with_day(record, fields))
        case _:
            return accept_revision(records, record, fields)


def _person(records: Records, act: Act, /, person: Person, fields: Mapping[str, object]) -> Change:
    draft = Draft(records)
    wanted = dict(fields)
    organisation = wanted.get("organisation", person.organisation)
    if organisation != person.organisation:
        wanted.setdefault("department", None)
    department = wanted.get("department")
    if isinstance(department, str):
        home = cast("OrganisationId | None", organisation)
        wanted["department"] = department_in(draft, act, home, department)
    return draft.change().then(accept_revision(draft, person, wanted))


def _project(
    records: Records, act: Act, /, project: Project, fields: Mapping[str, object]
) -> Change:
    draft = Draft(records)
    wanted = dict(fields)
    if isinstance(wanted.get("type"), str):
        wanted["type"] = project_type_in(draft, act, str(wanted["type"]))
    return draft.change().then(accept_revision(draft, project, wanted))


def _account(records: Records, account: Account, fields: Mapping[str, object]) -> Change:
    draft = Draft(records)
    of_organisation = {name: fields[name] for name in fields if name in OF_ORGANISATION}
    if of_organisation:
        organisation = records.one(Organisation, account.organisation)
        draft.apply(_organisation(draft, organisation, of_organisation))
    rest = {name: fields[name] for name in fields if name not in OF_ORGANISATION}
    return draft.change().then(accept_revision(draft, account, rest))


def _member(
    records: Records, act: Act, /, member: ChainMember, fields: Mapping[str, object]
) -> Change:
    claimed: dict[str, Any] = {name: fields[name] for name in fields if name in CLAIMED}
    rest = {name: fields[name] for name in fields if name not in CLAIMED}
    draft = Draft(records)
    draft.apply(accept_revision(draft, member, rest))
    draft.do(state_attitude, act, member.project, member.person, **claimed)
    return draft.change()


def _organisation(
    records: Records, organisation: Organisation, fields: Mapping[str, object]
) -> Change:
    change = accept_revision(records, organisation, fields)
    for renewed in change.after.values():
        assert isinstance(renewed, Organisation)
        people = records.where(Person, organisation=organisation.id)
        accounts = records.where(Account, organisation=organisation.id)
        if renewed.kind is not organisation.kind and (people or accounts):
            raise Refused(
                phrase("{name} has people or an account and stays what it is.", name=renewed.name)
            )
        if renewed.kind is not organisation.kind and _looks_after(records, organisation):
            raise Refused(
                phrase("{name} looks after opportunities and stays what it is.", name=renewed.name)
            )
    return change


def _looks_after(records: Records, organisation: Organisation) -> bool:
    """Whether a department of an organisation has opportunities to look after."""
    departments = records.where(Department, organisation=organisation.id)
    return any(records.where(Opportunity, owner_department=one.id) for one in departments)


def _department(records: Records, department: Department, fields: Mapping[str, object]) -> Change:
    change = accept_revision(records, department, fields)
    for renewed in change.after.values():
        assert isinstance(renewed, Department)
        other = department_named(records, department.organisation, renewed.name)
        if other is not None and other.id != department.id:
            raise Refused(phrase("There is already a department {name}.", name=other.name))
    return change


def _product(records: Records, product: Product, fields: Mapping[str, object]) -> Change:
    change = accept_revision(records, product, fields)
    for renewed in change.after.values():
        assert isinstance(renewed, Product)
        other = product_named(records, renewed.name)
        if other is not None and other.id != product.id:
            raise Refused(phrase("There is already a product {name}.", name=other.name))
    return change


def _with_day(opportunity: Opportunity, fields: Mapping[str, object]) -> Mapping[str, object]:
    """Only what has ended has a day on which it did."""
    if fields.get("outcome", opportunity.outcome) != Outcome.OPEN:
        return fields
    if fields.get("closed_on") is not None:
        raise Refused(phrase("Say how {name} ended.", name=opportunity.name))
    return {**fields, "closed_on": None}


def _with_strength(influence: Influence, fields: Mapping[str, object]) -> Mapping[str, object]:
    if fields["kind"] == InfluenceKind.CONFLICT:
        return {**fields, "strength": None}
    return {**fields, "strength": influence.strength or USUAL_STRENGTH}
