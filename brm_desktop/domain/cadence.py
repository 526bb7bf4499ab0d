"""When the reviews of an account are due (domain rule §9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from brm_desktop.domain.phrase import Phrase, phrase
from brm_desktop.domain.records import Account, Review, ReviewKind, ScreeningVerdict, Tier
from brm_desktop.domain.rules import Rules

REVIEWED: Final = frozenset({Tier.STRATEGIC, Tier.KEY})
"""Accounts of these tiers are reviewed in turn; others whenever somebody likes."""

_LAST_DAY: Final = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class ReviewState:
    """When a review was held last, and when the next is due.

    ``due_on`` is ``None`` where no review is due in turn; a review that was never held is due
    today. ``overdue_days`` is 0 up to the day itself.
    """

    kind: ReviewKind
    last: date | None
    due_on: date | None
    overdue_days: int
    due: bool

    @property
    def said(self) -> Phrase:
        """How it stands with this review."""
        if self.due_on is None:
            return phrase("not due in turn")
        if self.last is None:
            return phrase("never held")
        if self.overdue_days:
            return phrase("{n} days overdue", n=self.overdue_days)
        return phrase("due today") if self.due else phrase("due on {day}", day=self.due_on)


def every_days(rules: Rules) -> Mapping[ReviewKind, int]:
    """After how many days each kind of review is due again; the weekly one is of no account."""
    return {
        ReviewKind.IMPORTANCE: rules.importance_review_days,
        ReviewKind.NEEDS: rules.needs_review_days,
        ReviewKind.CLOSENESS: rules.closeness_review_days,
        ReviewKind.WHCSE: rules.whcse_review_days,
    }


def is_reviewed(account: Account) -> bool:
    """Whether reviews are due: of strategic and key accounts that screening did not exclude."""
    return account.tier in REVIEWED and account.screening is not ScreeningVerdict.EXCLUDED


def review_states(
    account: Account, reviews: Iterable[Review], today: date, rules: Rules
) -> tuple[ReviewState, ...]:
    """How it stands with each review of an account; one dated after today was not held yet."""
    last: dict[ReviewKind, date] = {}
    for review in reviews:
        if review.held_on <= today:
            last[review.kind] = max(review.held_on, last.get(review.kind, date.min))
    return tuple(
        _state(account, kind, last.get(kind), days, today)
        for kind, days in every_days(rules).items()
    )


def due_reviews(states: Iterable[ReviewState]) -> tuple[ReviewState, ...]:
    """Those that are due, the longest overdue first; never held ones before all."""
    due = [one for one in states if one.due]
    return tuple(sorted(due, key=lambda one: (one.last is not None, -one.overdue_days)))


def _state(
    account: Account, kind: ReviewKind, last: date | None, days: int, today: date
) -> ReviewState:
    if not is_reviewed(account):
        return ReviewState(kind, last, None, 0, due=False)
    if last is None:
        return ReviewState(kind, None, today, 0, due=True)
    due_on = date.fromordinal(min(last.toordinal() + days, _LAST_DAY))
    late = max(0, (today - due_on) // timedelta(1))
    return ReviewState(kind, last, due_on, late, due=due_on <= today)
