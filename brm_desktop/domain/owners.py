"""Whose an opportunity is, and who is in whose team (domain rules §3, §6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from brm_desktop.domain.records import (
    AccountId,
    LineKind,
    Opportunity,
    PersonId,
    Records,
    ReportingLine,
)

Owners = Mapping[AccountId, PersonId | None]
"""Who owns each account, ``None`` for one that nobody owns."""


def owner_of(opportunity: Opportunity, owners: Owners) -> PersonId | None:
    """The seller whose opportunity it is: its own owner, else the account's."""
    return opportunity.owner or owners.get(opportunity.account)


def team_of(records: Records, manager: PersonId) -> frozenset[PersonId]:
    """A manager and all who report to him by solid lines, directly or through others."""
    found = {manager}
    asked = [manager]
    while asked:
        lines = records.where(ReportingLine, manager=asked.pop())
        for line in lines:
            if line.kind is LineKind.SOLID and line.person not in found:
                found.add(line.person)
                asked.append(line.person)
    return frozenset(found)


def accounts_of(owners: Owners, sellers: Collection[PersonId] | None) -> frozenset[AccountId]:
    """The accounts that some sellers own today; without sellers, all of them."""
    return frozenset(
        account for account, owner in owners.items() if sellers is None or owner in sellers
    )


def opportunities_of(
    opportunities: Iterable[Opportunity], owners: Owners, sellers: Collection[PersonId] | None
) -> tuple[Opportunity, ...]:
    """The opportunities that are some sellers'; without sellers, all of them."""
    return tuple(
        one for one in opportunities if sellers is None or owner_of(one, owners) in sellers
    )
