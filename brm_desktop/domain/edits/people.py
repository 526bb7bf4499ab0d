"""Edits of people: the customer's, ours, competitors' and partners'."""

from __future__ import annotations

from datetime import date

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    AccountId,
    OrganisationId,
    OrganisationKind,
    PersonId,
    Records,
)


def add_person(
    records: Records,
    act: Act,
    *,
    name: str = "",
    account: AccountId | None = None,
    organisation: OrganisationId | None = None,
    department: str = "",
    **fields: object,
) -> Change:
    """Make a person of an account or an organisation; ``department`` is a name, found or made.

    The new person is ``change.added(Person)[0]``.
    """
    raise NotImplementedError


def add_own_staff(
    records: Records,
    act: Act,
    *,
    name: str,
    company: str = "Our company",
    department: str = "",
    **fields: object,
) -> Change:
    """Make a colleague of ours; our organisation is made, named ``company``, when there is none."""
    raise NotImplementedError


def add_competitor(
    records: Records,
    act: Act,
    *,
    organisation: str,
    name: str = "",
    kind: OrganisationKind = OrganisationKind.COMPETITOR,
    department: str = "",
    **fields: object,
) -> Change:
    """Make a competitor's (or, with ``kind``, a partner's) employee; the organisation, by its name,
    is found or made; with no person's ``name`` only the organisation is.
    """
    raise NotImplementedError


def revise_person(records: Records, act: Act, person: PersonId, **fields: object) -> Change:
    """Change fields of a person; ``department`` may be an id or a name, found or made."""
    raise NotImplementedError


def leave(
    records: Records,
    act: Act,
    person: PersonId,
    *,
    on: date | None = None,
    successor: PersonId | None = None,
    hand_over: bool = False,
) -> Change:
    """Say that somebody left, on a day (today), perhaps with a successor.

    ``hand_over`` hangs his reports under the successor, and the successor under his manager.
    """
    raise NotImplementedError
