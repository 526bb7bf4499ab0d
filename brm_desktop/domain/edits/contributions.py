"""The edit that enters what the team agreed each of them contributed to an account."""

from __future__ import annotations

from collections.abc import Mapping

from brm_desktop.domain.act import Act
from brm_desktop.domain.change import Change
from brm_desktop.domain.contributions import WHOLE
from brm_desktop.domain.draft import Draft
from brm_desktop.domain.edits.accepting import accept, present
from brm_desktop.domain.edits.fields import stated
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, Contribution, PersonId, Records


def agree_contribution(
    records: Records, act: Act, /, account: AccountId, shares: Mapping[PersonId, int]
) -> Change:
    """Enter the agreed shares of an account in place of all earlier ones; 0 is no share.

    Raises
    ------
    Refused
        When they do not add to 100, or a rule of a share is broken.
    """
    present(records, Account, account)
    total = sum(shares.values())
    if total != WHOLE:
        raise Refused(phrase("The shares add to {sum}%; they must add to 100% exactly.", sum=total))
    draft = Draft(records)
    for earlier in records.where(Contribution, account=account):
        if not shares.get(earlier.employee):
            draft.drop(earlier)
    for employee, share in shares.items():
        if share:
            parts = {"account": account, "employee": employee}
            draft.apply(accept(draft, stated(draft, Contribution, parts, {"share": share})))
    return draft.change()
