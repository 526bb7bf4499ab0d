"""Departments, organisations, types and products found by name, or made when there are none."""

from __future__ import annotations

from brm_desktop.domain.act import Act
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept
from brm_desktop.domain.edits.fields import made, tidy
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Department,
    DepartmentId,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Product,
    ProjectType,
    ProjectTypeId,
    Records,
)


def department_named(
    records: Records, organisation: OrganisationId, name: str
) -> Department | None:
    """The department of a name in an organisation."""
    found = records.where(Department, name=tidy(name))
    return next((one for one in found if one.organisation == organisation), None)


def organisation_named(records: Records, name: str, kind: OrganisationKind) -> Organisation | None:
    """The organisation of a name and kind."""
    found = records.where(Organisation, name=tidy(name))
    return next((one for one in found if one.kind is kind), None)


def product_named(records: Records, name: str) -> Product | None:
    """The product of a name."""
    return next(iter(records.where(Product, name=tidy(name))), None)


def organisation_of(
    records: Records, account: AccountId | None, organisation: OrganisationId | None
) -> OrganisationId:
    """The organisation meant by an account or by itself; one of them must be there."""
    if account is not None:
        found = records.get(Account, account)
        if found is None:
            raise Refused(phrase("This account is no longer there."))
        return found.organisation
    if organisation is None:
        raise TypeError("an account or an organisation is needed")
    return organisation


def department_in(
    draft: Draft, act: Act, organisation: OrganisationId | None, name_or_id: str
) -> DepartmentId | None:
    """The department meant by an id or by a name, made in the draft when there is none."""
    if not tidy(name_or_id) or organisation is None:
        return None
    found = draft.get(Department, name_or_id) or department_named(draft, organisation, name_or_id)
    if found is None:
        fields = {"organisation": organisation, "name": name_or_id}
        found = made(Department, fields, act.new_id())
        draft.apply(accept(draft, found))
    return found.id


def organisation_in(draft: Draft, act: Act, name: str, kind: OrganisationKind) -> OrganisationId:
    """The organisation of a name and kind, made in the draft when there is none."""
    found = organisation_named(draft, name, kind)
    if found is None:
        found = made(Organisation, {"name": name, "kind": kind}, act.new_id())
        draft.apply(accept(draft, found))
    return found.id


def project_type_in(draft: Draft, act: Act, name_or_id: str) -> ProjectTypeId | None:
    """The project type meant by an id or by a name, made in the draft when there is none."""
    name = tidy(name_or_id)
    if not name:
        return None
    named = next(iter(draft.where(ProjectType, name=name)), None)
    found = draft.get(ProjectType, name_or_id) or named
    if found is None:
        found = made(ProjectType, {"name": name}, act.new_id())
        draft.apply(accept(draft, found))
    return found.id
