"""Edits of organisations, accounts and departments."""

from __future__ import annotations

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    AccountId,
    DepartmentId,
    Money,
    OrganisationId,
    OrganisationKind,
    Records,
)


def create_account(
    records: Records, act: Act, *, name: str, audience: str | None = None, **fields: object
) -> Change:
    """Make a customer organisation and its account; ``fields`` are those of either."""
    raise NotImplementedError


def revise_account(records: Records, act: Act, account: AccountId, **fields: object) -> Change:
    """Change fields of an account, or of its organisation (``name``, ``industry``, …)."""
    raise NotImplementedError


def set_revenue(
    records: Records, act: Act, account: AccountId, year: int, revenue: Money | None
) -> Change:
    """Say what an account bought in a year; ``None`` takes the statement away."""
    raise NotImplementedError


def add_organisation(
    records: Records,
    act: Act,
    *,
    name: str,
    kind: OrganisationKind = OrganisationKind.CUSTOMER,
    **fields: object,
) -> Change:
    """Make an organisation; nothing when there is one of that name and kind."""
    raise NotImplementedError


def revise_organisation(
    records: Records, act: Act, organisation: OrganisationId, **fields: object
) -> Change:
    """Change fields of an organisation."""
    raise NotImplementedError


def add_department(
    records: Records,
    act: Act,
    *,
    name: str,
    account: AccountId | None = None,
    organisation: OrganisationId | None = None,
    parent: DepartmentId | None = None,
    key: bool = False,
) -> Change:
    """Make a department; nothing when the organisation has one of that name."""
    raise NotImplementedError


def revise_department(
    records: Records, act: Act, department: DepartmentId, **fields: object
) -> Change:
    """Change fields of a department."""
    raise NotImplementedError
