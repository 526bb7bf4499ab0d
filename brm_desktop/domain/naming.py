"""What a record is called in a sentence."""

from __future__ import annotations

from brm_desktop.domain.records import (
    Account,
    AccountId,
    Organisation,
    OrganisationId,
    Person,
    PersonId,
    Project,
    ProjectId,
    Records,
)

NAMELESS = "?"
"""What something is called that is not there, or has no name."""


def called(records: Records, person: PersonId | str | None) -> str:
    """A person's name; a nameless placeholder is called by its title."""
    found = records.get(Person, person)
    return (found.name or found.title or NAMELESS) if found else NAMELESS


def organisation_called(records: Records, organisation: OrganisationId | None) -> str:
    """An organisation's name."""
    found = records.get(Organisation, organisation)
    return found.name if found else NAMELESS


def account_called(records: Records, account: AccountId | None) -> str:
    """An account's name: that of its organisation."""
    found = records.get(Account, account)
    return organisation_called(records, found.organisation) if found else NAMELESS


def project_called(records: Records, project: ProjectId | None) -> str:
    """A project's name."""
    found = records.get(Project, project)
    return found.name if found else NAMELESS
