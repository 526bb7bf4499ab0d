"""Reviews of an account: what was looked at, when, by whom, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.phrase import Word
from brm_desktop.domain.records.base import AccountId, Record


class ReviewKind(Word):
    """What a review looks at; each kind but the weekly one has its own cadence."""

    IMPORTANCE = "importance", "review of importance"
    NEEDS = "needs", "review of needs"
    CLOSENESS = "closeness", "review of closeness"
    WHCSE = "whcse", "WHCSE review"
    WEEKLY = "weekly", "weekly review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(Record):
    """One review of one account, held on one day.

    The four texts after ``remarks`` are those of the WHCSE page, and so are the three checks: yes,
    no, or not answered (``None``). The minutes of a weekly review are all reviews of that kind held
    on its day.
    """

    account: AccountId
    kind: ReviewKind
    held_on: date
    author: str = ""
    remarks: str = ""
    how_managed: str = ""
    coverage: str = ""
    strategy: str = ""
    evaluation: str = ""
    account_qualified: bool | None = None
    seller_qualified: bool | None = None
    management_qualified: bool | None = None
