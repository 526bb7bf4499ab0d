"""What a customer will need, when, and whether we can meet it."""

from __future__ import annotations

from dataclasses import dataclass

from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records.base import AccountId, Record


class Horizon(Word):
    """When a need comes up."""

    NEAR = "near", "within 3 months"
    MIDDLE = "middle", "in 3 to 12 months"
    FAR = "far", "in 1 to 3 years"


class NeedKind(Word):
    """What would meet a need."""

    PRODUCT = "product", "product"
    SOLUTION = "solution", "solution"
    SERVICE = "service", "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need(Record):
    """One need of an account.

    ``capability`` is how well we can meet it, 0–100, ``None`` when nobody has said; ``gap`` is what
    we lack for it and ``action`` what we do about that.
    """

    account: AccountId
    horizon: Horizon
    kind: NeedKind
    statement: str
    capability: int | None = None
    gap: str = ""
    action: str = ""
