from __future__ import annotations

from datetime import date, timedelta

import pytest
from desk import TODAY, Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    Account,
    AccountId,
    Horizon,
    Need,
    NeedKind,
    Review,
    ReviewKind,
    ScreeningVerdict,
)


@pytest.fixture
def account(desk: Desk) -> AccountId:
    return desk.account()


def test_a_need_says_what_when_and_how_well_we_can_meet_it(desk: Desk, account: AccountId) -> None:
    fields = {"capability": 40, "gap": "No one on site", "action": "Hire"}
    desk.do(edits.add_need, account, Horizon.FAR, NeedKind.SERVICE, " A plant ", **fields)
    need = desk.only(Need)
    assert (need.statement, need.horizon, need.capability) == ("A plant", Horizon.FAR, 40)
    desk.do(edits.revise_need, need.id, horizon=Horizon.MIDDLE, capability=None)
    assert desk.only(Need).horizon is Horizon.MIDDLE
    with told(Refused, "Acme: our capability is 101, but"):
        desk.do(edits.revise_need, need.id, capability=101)
    with told(Refused, "A need says what is needed"):
        desk.do(edits.add_need, account, Horizon.NEAR, NeedKind.PRODUCT, " ")
    with told(Refused, "no longer there"):
        desk.do(edits.add_need, AccountId("nothing"), Horizon.NEAR, NeedKind.PRODUCT, "X")
    with pytest.raises(TypeError, match="cannot be changed"):
        desk.do(edits.revise_need, need.id, account=account)


def test_a_review_is_held_today_or_on_a_day_before_by_whoever_says_so(account: AccountId) -> None:
    desk = Desk(author="me")
    account = desk.account()
    desk.do(edits.add_review, account, ReviewKind.CLOSENESS, remarks="All well")
    review = desk.only(Review)
    assert (review.held_on, review.author, review.remarks) == (TODAY, "me", "All well")
    desk.do(edits.revise_review, review.id, seller_qualified=True, held_on=date(2026, 3, 2))
    assert desk.only(Review).held_on == date(2026, 3, 2)
    desk.do(edits.add_review, account, ReviewKind.WEEKLY, held_on=date(2026, 3, 1), author="he")
    assert {one.author for one in desk.several(Review)} == {"me", "he"}
    with told(Refused, "is yet to come"):
        desk.do(edits.add_review, account, ReviewKind.NEEDS, held_on=TODAY + timedelta(1))
    with pytest.raises(TypeError, match="cannot be changed"):
        desk.do(edits.revise_review, review.id, account=account)


def test_needs_and_reviews_go_with_their_account(desk: Desk, account: AccountId) -> None:
    desk.do(edits.add_need, account, Horizon.NEAR, NeedKind.SOLUTION, "Dashboards")
    desk.do(edits.add_review, account, ReviewKind.NEEDS)
    desk.do(edits.remove_accounts, [account])
    assert (desk.several(Need), desk.several(Review)) == ([], [])


def test_screening_ends_in_a_verdict_of_today_that_can_be_taken_back(
    desk: Desk, account: AccountId
) -> None:
    desk.do(edits.screen_account, account, ScreeningVerdict.EXCLUDED, " Nobody to talk to ")
    now = desk.one(Account, account)
    assert (now.screening, now.screening_reason, now.screened_on) == (
        ScreeningVerdict.EXCLUDED,
        "Nobody to talk to",
        TODAY,
    )
    desk.do(edits.screen_account, account, ScreeningVerdict.UNDECIDED)
    assert (
        desk.one(Account, account).screening_reason,
        desk.one(Account, account).screened_on,
    ) == (
        "",
        None,
    )
    with told(Refused, "no longer there"):
        desk.do(edits.screen_account, AccountId("nothing"), ScreeningVerdict.TARGET)
