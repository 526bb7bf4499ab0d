"""Edits of the lines between people: reporting, influence, conflict and ties."""

from __future__ import annotations

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.records import (
    Basis,
    InfluenceKind,
    LineKind,
    PersonId,
    Records,
)


def set_manager(
    records: Records,
    act: Act,
    person: PersonId,
    manager: PersonId | None,
    *,
    kind: LineKind = LineKind.SOLID,
    replace: bool = True,
    label: str | None = None,
) -> Change:
    """Hang a person under a manager; ``None`` takes his lines of that kind away.

    A person has one solid manager: another replaces him, or is refused with ``replace=False``.
    """
    raise NotImplementedError


def add_influence(
    records: Records,
    act: Act,
    source: PersonId,
    target: PersonId,
    *,
    strength: int = 60,
    kind: InfluenceKind = InfluenceKind.PROFESSIONAL,
    basis: Basis | None = None,
    evidence: str | None = None,
    label: str | None = None,
) -> Change:
    """Say that ``source`` sways ``target``; a source outside the customer makes a tie instead.

    An influence of that kind that is there already gets the strength and what else is given.
    """
    raise NotImplementedError


def add_conflict(
    records: Records,
    act: Act,
    source: PersonId,
    target: PersonId,
    *,
    basis: Basis | None = None,
    evidence: str | None = None,
    label: str | None = None,
) -> Change:
    """Say that two people of customers are at odds; one conflict serves both directions."""
    raise NotImplementedError


def set_tie(
    records: Records,
    act: Act,
    employee: PersonId,
    person: PersonId,
    closeness: int,
    *,
    wanted: int | None = None,
    contact_owner: bool | None = None,
    basis: Basis | None = None,
    evidence: str | None = None,
) -> Change:
    """Say how well our, a competitor's or a partner's employee knows a customer's person.

    A tie that is there keeps what is not given.
    """
    raise NotImplementedError


def revise_relation(records: Records, act: Act, record: str, **fields: object) -> Change:
    """Change fields of a line between people: its strength, kind, label, ends."""
    raise NotImplementedError
