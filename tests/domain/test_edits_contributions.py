"""Domain §3, Contribution: shares agreed by the team, adding to a hundred."""

from __future__ import annotations

from fractions import Fraction

import pytest
from desk import Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.contributions import shares_of, suggested_shares
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import Contribution, PersonId


def shares(desk: Desk) -> dict[PersonId, int]:
    return {one.employee: one.share for one in desk.several(Contribution)}


def test_agreed_shares_take_the_place_of_earlier_ones() -> None:
    desk = Desk()
    account = desk.account()
    ann, bob, cat = (desk.colleague(name) for name in ("Ann", "Bob", "Cat"))
    desk.do(edits.agree_contribution, account, {ann: 60, bob: 40})
    desk.do(edits.agree_contribution, account, {ann: 70, bob: 0, cat: 30})
    assert shares(desk) == {ann: 70, cat: 30}


def test_the_same_shares_again_are_no_change() -> None:
    desk = Desk()
    account, ann = desk.account(), desk.colleague("Ann")
    desk.do(edits.agree_contribution, account, {ann: 100})
    assert not desk.do(edits.agree_contribution, account, {ann: 100})


@pytest.mark.parametrize("share", [0, 60, 101])
def test_shares_that_do_not_add_to_100_are_refused_in_one_sentence(share: int) -> None:
    desk = Desk()
    account, ann = desk.account(), desk.colleague("Ann")
    with told(Refused, f"^The shares add to {share}%; they must add to 100% exactly.$"):
        desk.do(edits.agree_contribution, account, {ann: share})
    assert shares(desk) == {}


def test_a_negative_share_and_a_competitors_are_refused() -> None:
    desk = Desk()
    account = desk.account()
    ann, bob, rival = desk.colleague("Ann"), desk.colleague("Bob"), desk.competitor()
    for given in ({ann: 120, bob: -20}, {rival: 100}):
        with pytest.raises(Refused):
            desk.do(edits.agree_contribution, account, given)
    assert shares(desk) == {}


def test_a_suggestion_is_in_proportion_to_scores_and_adds_to_100() -> None:
    ann, bob, cat, dan = (PersonId(name) for name in ("Ann", "Bob", "Cat", "Dan"))
    scores = {ann: Fraction(1), bob: Fraction(1), cat: Fraction(1), dan: Fraction(0)}
    assert suggested_shares(scores) == {ann: 34, bob: 33, cat: 33}
    assert suggested_shares({ann: Fraction(1000), bob: Fraction(1)}) == {ann: 100}
    assert suggested_shares({dan: Fraction(0)}) == {}


def test_the_shares_agreed_are_read_by_employee() -> None:
    desk = Desk()
    account, ann = desk.account(), desk.colleague("Ann")
    desk.do(edits.agree_contribution, account, {ann: 100})
    assert shares_of(desk.records, account) == {ann: 100}


def test_no_share_changes_alone() -> None:
    desk = Desk()
    account = desk.account()
    ann, bob = desk.colleague("Ann"), desk.colleague("Bob")
    desk.do(edits.agree_contribution, account, {ann: 60, bob: 40})
    (one,) = (one for one in desk.several(Contribution) if one.employee == ann)
    with told(Refused, "Shares change together"):
        desk.do(edits.revise, one.id, share=70)
    assert shares(desk) == {ann: 60, bob: 40}
