"""Opportunities for tests, said in a few words."""

from __future__ import annotations

from datetime import date
from itertools import count

from brm_desktop.domain.records import (
    AccountId,
    Money,
    Opportunity,
    Origin,
    Outcome,
    PersonId,
)

_numbers = count(1)


def deal(
    outcome: Outcome = Outcome.OPEN,
    amount: int | Money | None = None,
    on: date | None = None,
    *,
    origin: Origin = Origin.CAPTURED,
    account: str = "A",
    owner: str | None = None,
    probability: int | None = None,
    stage: str = "",
    name: str = "",
    closes: date | None = None,
) -> Opportunity:
    """An opportunity; a bare amount is in minor units of CNY."""
    number = next(_numbers)
    return Opportunity(
        id=f"deal {number}",
        account=AccountId(account),
        name=name or f"deal {number}",
        origin=origin,
        stage=stage,
        amount=Money(amount, "CNY") if isinstance(amount, int) else amount,
        probability=probability,
        expected_close=closes,
        outcome=outcome,
        closed_on=on,
        owner=None if owner is None else PersonId(owner),
    )


def won(amount: int | Money | None, on: date | None, **fields: object) -> Opportunity:
    """One that was won."""
    return deal(Outcome.WON, amount, on, **fields)  # type: ignore[arg-type]  # fields of any kind


def lost(amount: int | Money | None, on: date | None, **fields: object) -> Opportunity:
    """One that was lost."""
    return deal(Outcome.LOST, amount, on, **fields)  # type: ignore[arg-type]  # fields of any kind
