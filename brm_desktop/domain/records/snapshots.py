"""What the numbers of an account or a company were when a month ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from brm_desktop.domain.records.base import Money, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot(Record):
    """The numbers of one account, or of our or a competitor's company, at the end of a month.

    Id of (subject, month); ``subject`` is the id of the account or the organisation and ``month``
    the month's first day. Scores are whole hundredths of a point (6234 is 62.34), ``None`` when
    unscored; coverages whole hundredths of a percent. ``strong`` to ``unscored`` count key persons
    by the band of their closeness; those ending in ``_accounts``, for a company, accounts by the
    band of theirs. With ``lower_bound`` the potential leaves out what was unscored.
    """

    subject: str
    month: date
    closeness: int | None = None
    solution: int | None = None
    price: int | None = None
    closeness_coverage: int = 0
    solution_coverage: int = 0
    price_coverage: int = 0
    strong: int = 0
    medium: int = 0
    weak: int = 0
    unscored: int = 0
    strong_accounts: int = 0
    medium_accounts: int = 0
    weak_accounts: int = 0
    unscored_accounts: int = 0
    spend: Money | None = None
    potential: Money | None = None
    lower_bound: bool = False
    people: int = 0
    key_people: int = 0
