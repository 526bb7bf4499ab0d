"""Edits of organisations, accounts and departments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.fields import made
from brm_desktop.domain.edits.named import (
    department_named,
    organisation_in,
    organisation_named,
    organisation_of,
)
from brm_desktop.domain.edits.revising import OF_ORGANISATION, revised
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Department,
    DepartmentId,
    Money,
    Organisation,
    OrganisationId,
    OrganisationKind,
    Records,
    Tier,
    YearRevenue,
    id_of,
)


def create_account(records: Records, act: Act, /, *, name: str, **fields: object) -> Change:
    """Make a customer organisation and its account; ``fields`` are those of either.

    A customer of that name without an account gets one; with one, the edit is refused.
    """
    customer = OrganisationKind.CUSTOMER
    found = organisation_named(records, name, customer)
    if found is not None and records.where(Account, organisation=found.id):
        raise Refused(phrase("There is already an account {name}.", name=found.name))
    of_organisation = {key: fields[key] for key in fields if key in OF_ORGANISATION}
    draft = Draft(records)
    organisation = organisation_in(draft, act, name, customer)
    draft.apply(revised(draft, act, draft.one(Organisation, organisation), of_organisation))
    of_account = {key: fields[key] for key in fields if key not in OF_ORGANISATION}
    of_account["organisation"] = organisation
    draft.apply(accept(draft, made(Account, of_account, act.new_id())))
    return draft.change()


def revise_account(records: Records, act: Act, /, account: AccountId, **fields: object) -> Change:
    """Change fields of an account, or of its organisation (``name``, ``industry``, …)."""
    return revised(records, act, present(records, Account, account), fields)


def set_tiers(records: Records, act: Act, /, tiers: Mapping[AccountId, Tier]) -> Change:
    """Give several accounts their tiers at once."""
    there = [(present(records, Account, key), tier) for key, tier in tiers.items()]
    return Change.of((one for one, _ in there), (replace(one, tier=tier) for one, tier in there))


def set_revenue(
    records: Records, act: Act, /, account: AccountId, year: int, revenue: Money | None
) -> Change:
    """Say what an account bought in a year; ``None`` takes the statement away."""
    if revenue is None:
        present_one = records.get(YearRevenue, id_of(YearRevenue, account, year))
        return Change.of([present_one] if present_one else [])
    fields = {"account": account, "year": year, "revenue": revenue}
    return accept(records, made(YearRevenue, fields))


def add_organisation(
    records: Records,
    act: Act,
    /,
    *,
    name: str,
    kind: OrganisationKind = OrganisationKind.CUSTOMER,
    **fields: object,
) -> Change:
    """Make an organisation; one of that name and kind gets the fields instead."""
    draft = Draft(records)
    organisation = organisation_in(draft, act, name, kind)
    draft.apply(revised(draft, act, draft.one(Organisation, organisation), fields))
    return draft.change()


def revise_organisation(
    records: Records, act: Act, /, organisation: OrganisationId, **fields: object
) -> Change:
    """Change fields of an organisation; one with people or an account keeps its kind."""
    return revised(records, act, present(records, Organisation, organisation), fields)


def add_department(
    records: Records,
    act: Act,
    /,
    *,
    name: str,
    account: AccountId | None = None,
    organisation: OrganisationId | None = None,
    **fields: object,
) -> Change:
    """Make a department; one of that name in the organisation gets the fields instead."""
    home = organisation_of(records, account, organisation)
    found = department_named(records, home, name)
    if found is not None:
        return revised(records, act, found, fields)
    return accept(
        records, made(Department, {**fields, "organisation": home, "name": name}, act.new_id())
    )


def revise_department(
    records: Records, act: Act, /, department: DepartmentId, **fields: object
) -> Change:
    """Change fields of a department; no two of an organisation have one name."""
    return revised(records, act, present(records, Department, department), fields)
