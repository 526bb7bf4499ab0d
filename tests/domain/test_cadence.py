"""When reviews are due (rule §9)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from brm_desktop.domain.cadence import ReviewState, due_reviews, every_days, review_states
from brm_desktop.domain.records import (
    Account,
    AccountId,
    OrganisationId,
    Review,
    ReviewKind,
    ScreeningVerdict,
    Tier,
)
from brm_desktop.domain.rules import Rules

TODAY = date(2026, 3, 31)
KEY = Account(id=AccountId("a"), organisation=OrganisationId("o"), tier=Tier.KEY)
CLOSENESS = ReviewKind.CLOSENESS


def held(days_ago: int, kind: ReviewKind = CLOSENESS) -> Review:
    day = TODAY - timedelta(days_ago)
    return Review(id=f"{kind} {days_ago}", account=KEY.id, kind=kind, held_on=day)


def state(*reviews: Review, account: Account = KEY, kind: ReviewKind = CLOSENESS) -> ReviewState:
    found = {one.kind: one for one in review_states(account, reviews, TODAY, Rules())}
    return found[kind]


def test_every_kind_but_the_weekly_one_has_its_cadence() -> None:
    assert dict(every_days(Rules())) == {
        ReviewKind.IMPORTANCE: 182,
        ReviewKind.NEEDS: 61,
        ReviewKind.CLOSENESS: 31,
        ReviewKind.WHCSE: 182,
    }


@pytest.mark.parametrize(
    ("days_ago", "due", "overdue", "said"),
    [
        (0, False, 0, "due on 2026-05-01"),
        (30, False, 0, "due on 2026-04-01"),
        (31, True, 0, "due today"),
        (41, True, 10, "10 days overdue"),
    ],
)
def test_a_review_is_due_when_its_days_are_over(
    days_ago: int, due: bool, overdue: int, said: str
) -> None:
    found = state(held(days_ago), held(500))
    assert (found.due, found.overdue_days) == (due, overdue)
    assert str(found.said) == said
    assert found.last == TODAY - timedelta(days_ago)


def test_a_review_that_was_never_held_is_due_at_once() -> None:
    found = state(held(1, ReviewKind.NEEDS))
    assert (found.due, found.due_on, found.last) == (True, TODAY, None)
    assert str(found.said) == "never held"


def test_a_review_dated_in_the_future_was_not_held_yet() -> None:
    assert state(held(-1)).last is None


@pytest.mark.parametrize(
    "account",
    [
        Account(id=KEY.id, organisation=KEY.organisation, tier=Tier.ORDINARY),
        Account(
            id=KEY.id,
            organisation=KEY.organisation,
            tier=Tier.STRATEGIC,
            screening=ScreeningVerdict.EXCLUDED,
        ),
    ],
)
def test_other_accounts_and_excluded_ones_have_none_due(account: Account) -> None:
    found = state(held(400), account=account)
    assert (found.due, found.due_on) == (False, None)
    assert found.last == TODAY - timedelta(400)
    assert str(found.said) == "not due in turn"


def test_the_longest_overdue_come_first_and_never_held_ones_before_all() -> None:
    reviews = [held(100, ReviewKind.NEEDS), held(40), held(1, ReviewKind.WHCSE)]
    due = due_reviews(review_states(KEY, reviews, TODAY, Rules()))
    assert [one.kind for one in due] == [
        ReviewKind.IMPORTANCE,
        ReviewKind.NEEDS,
        ReviewKind.CLOSENESS,
    ]


def test_the_end_of_the_calendar_is_no_defect() -> None:
    last = Review(id="r", account=KEY.id, kind=CLOSENESS, held_on=date.max)
    (found, *_) = [
        one for one in review_states(KEY, [last], date.max, Rules()) if one.kind is CLOSENESS
    ]
    assert (found.due_on, found.overdue_days) == (date.max, 0)
