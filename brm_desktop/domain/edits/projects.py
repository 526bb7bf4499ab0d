"""Edits of projects, the people who decide them, and opportunities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    AccountId,
    ChainLinkKind,
    ContactLevel,
    OrganisationId,
    Outcome,
    PersonId,
    ProjectId,
    Records,
    Role,
    Stance,
)


def add_project_type(
    records: Records, act: Act, *, name: str, wanted: bool | None = None
) -> Change:
    """Make a project type, or mark the one of that name wanted or not."""
    raise NotImplementedError


def create_project(
    records: Records,
    act: Act,
    account: AccountId,
    name: str,
    *,
    type: str = "",
    wanted: bool | None = None,
    **fields: object,
) -> Change:
    """Make a project of an account; ``type`` is a project type's name, found or made."""
    raise NotImplementedError


def revise_project(records: Records, act: Act, project: ProjectId, **fields: object) -> Change:
    """Change fields of a project; ``type`` may be an id or a name, found or made."""
    raise NotImplementedError


def close_project(
    records: Records,
    act: Act,
    project: ProjectId,
    outcome: Outcome,
    *,
    on: date | None = None,
    lost_to: OrganisationId | None = None,
    learnt: str = "",
) -> Change:
    """End a project on a day (today), with what was learnt about the customer's needs to come."""
    raise NotImplementedError


def add_member(
    records: Records,
    act: Act,
    project: ProjectId,
    person: PersonId,
    *,
    roles: Iterable[Role] = (),
    stance: Stance | None = None,
    contact: ContactLevel | None = None,
    veto: bool | None = None,
    sole_approver: bool | None = None,
    note: str = "",
) -> Change:
    """Put a person on a project's decision chain; one already there gets the roles in addition."""
    raise NotImplementedError


def revise_member(
    records: Records, act: Act, project: ProjectId, person: PersonId, **fields: object
) -> Change:
    """Change roles, stance and marks of a person on a chain."""
    raise NotImplementedError


def remove_member(
    records: Records, act: Act, project: ProjectId, person: PersonId
) -> Change:
    """Take a person off a chain, with his links and his place on its canvas."""
    raise NotImplementedError


def add_chain_link(
    records: Records,
    act: Act,
    project: ProjectId,
    source: PersonId,
    target: PersonId,
    kind: ChainLinkKind = ChainLinkKind.DECIDES_FOR,
    *,
    label: str | None = None,
) -> Change:
    """Link two people on a chain; who is not on it yet joins it, without a role."""
    raise NotImplementedError


def add_opportunity(
    records: Records, act: Act, account: AccountId, name: str, **fields: object
) -> Change:
    """Make an opportunity of an account, perhaps of one of its projects."""
    raise NotImplementedError


def revise_opportunity(
    records: Records, act: Act, opportunity: str, **fields: object
) -> Change:
    """Change fields of an opportunity."""
    raise NotImplementedError
