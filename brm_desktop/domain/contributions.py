"""A starting point for the shares a team agrees on; what counts is what it enters itself."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import floor

from brm_desktop.domain.records import AccountId, Contribution, PersonId, Records

WHOLE = 100
"""What the shares of an account add up to, in percent."""


def shares_of(records: Records, account: AccountId) -> dict[PersonId, int]:
    """The shares agreed for an account, in percent."""
    return {one.employee: one.share for one in records.where(Contribution, account=account)}


def suggested_shares(scores: Mapping[PersonId, Fraction]) -> dict[PersonId, int]:
    """Whole percentages in proportion to resource scores, adding to 100.

    What rounding down leaves goes to the largest remainders, equals in the order given. Empty
    when nobody has a score.
    """
    known = {employee: score for employee, score in scores.items() if score > 0}
    total = sum(known.values(), Fraction(0))
    if not known:
        return {}
    exact = {employee: score * WHOLE / total for employee, score in known.items()}
    shares = {employee: floor(share) for employee, share in exact.items()}
    left = WHOLE - sum(shares.values())
    by_rest = sorted(exact, key=lambda employee: shares[employee] - exact[employee])
    for employee in by_rest[:left]:
        shares[employee] += 1
    return {employee: share for employee, share in shares.items() if share}
