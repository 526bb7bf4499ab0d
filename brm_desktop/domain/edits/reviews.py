"""Edits of reviews, and of the verdict that screening an account ends in."""

from __future__ import annotations

from datetime import date

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.fields import made
from brm_desktop.domain.edits.revising import revised
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Records,
    Review,
    ReviewKind,
    ScreeningVerdict,
)


def add_review(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    kind: ReviewKind,
    *,
    held_on: date | None = None,
    **fields: object,
) -> Change:
    """Note that an account was reviewed on a day (today), by whoever says so.

    Raises
    ------
    Refused
        When the day is yet to come.
    """
    day = held_on or act.today
    if day > act.today:
        raise Refused(phrase("{on} is yet to come.", on=day))
    given = {"author": act.author, **fields, "account": account, "kind": kind, "held_on": day}
    return accept(records, made(Review, given, act.new_id()))


def revise_review(records: Records, act: Act, /, review: str, **fields: object) -> Change:
    """Change fields of a review: its remarks, checks, day."""
    return revised(records, act, present(records, Review, review), fields)


def screen_account(
    records: Records,
    act: Act,
    /,
    account: AccountId,
    verdict: ScreeningVerdict,
    reason: str = "",
) -> Change:
    """Decide whether an account is a target, today and for a reason; or leave it undecided."""
    decided = verdict is not ScreeningVerdict.UNDECIDED
    fields = {
        "screening": verdict,
        "screening_reason": reason.strip(),
        "screened_on": act.today if decided else None,
    }
    return revised(records, act, present(records, Account, account), fields)
