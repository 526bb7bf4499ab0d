"""Who counts in an account: power, influence, and what follows from them (domain rule §4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.records import AccountId, PersonId, Records
from brm_desktop.domain.rules import Rules
from brm_desktop.domain.sides import customer_people

__all__ = ["Importance", "customer_people", "importance_of"]


@dataclass(frozen=True, slots=True)
class Importance:
    """How much one person counts.

    ``power`` and ``influence`` are 0–100 or unknown; ``weight`` is the larger known one, 0 when
    neither is known, and is what scores are weighted by.
    """

    power: int | None
    influence: int | None
    weight: int
    crucial: bool
    key: bool
    power_centre: bool
    influence_centre: bool


def importance_of(
    records: Records, account_id: AccountId, rules: Rules, today: date | None = None
) -> dict[PersonId, Importance]:
    """The importance of everyone in an account who has not left, in name order."""
    raise NotImplementedError
