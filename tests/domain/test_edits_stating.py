from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from desk import TODAY, Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.attitudes import AttitudeNow, attitude_on, attitudes_of
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    Attitude,
    Basis,
    ChainMember,
    ContactLevel,
    PersonId,
    ProjectId,
    Stance,
)

LATER = TODAY + timedelta(days=1)
EARLIER = TODAY - timedelta(days=30)


@pytest.fixture
def chain(desk: Desk) -> tuple[ProjectId, PersonId]:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    project = desk.project(account)
    desk.do(edits.add_member, project, li)
    return project, li


def _now(desk: Desk, chain: tuple[ProjectId, PersonId], on: date = TODAY) -> AttitudeNow:
    return attitude_on(desk.records, *chain, on)


def test_a_stance_is_claimed_today_by_who_says_it(
    desk: Desk, chain: tuple[ProjectId, PersonId]
) -> None:
    desk.do(edits.revise_member, *chain, stance="neutral", basis="confirmed", evidence="at lunch")
    claim = desk.only(Attitude)
    assert (claim.stance, claim.contact, claim.stated_on) == (Stance.NEUTRAL, None, TODAY)
    assert (claim.author, claim.evidence) == (desk.act.author, "at lunch")
    now = _now(desk, chain)
    assert (now.stance, now.contact) == (Stance.NEUTRAL, ContactLevel.UNKNOWN)
    assert (now.basis, now.stated_on, now.told) == (Basis.CONFIRMED, TODAY, claim)


def test_a_second_claim_of_a_day_takes_the_place_of_the_first(
    desk: Desk, chain: tuple[ProjectId, PersonId]
) -> None:
    desk.do(edits.revise_member, *chain, stance="neutral", evidence="at lunch")
    desk.do(edits.revise_member, *chain, contact="brief")
    desk.do(edits.revise_member, *chain, stance="mentor", evidence="in the lift", basis="confirmed")
    claim = desk.only(Attitude)
    assert (claim.stance, claim.contact) == (Stance.MENTOR, ContactLevel.BRIEF)
    assert (claim.evidence, claim.basis) == ("at lunch\nin the lift", Basis.CONFIRMED)


def test_a_claim_of_what_is_valid_is_none_unless_it_rests_on_more(
    desk: Desk, chain: tuple[ProjectId, PersonId]
) -> None:
    assert not desk.do(edits.state_attitude, *chain, stance=Stance.UNKNOWN)
    desk.do(edits.state_attitude, *chain, stance=Stance.NEUTRAL, on=EARLIER)
    assert not desk.do(edits.state_attitude, *chain, stance=Stance.NEUTRAL)
    assert not desk.do(edits.state_attitude, *chain, contact=ContactLevel.UNKNOWN)
    assert not desk.do(edits.state_attitude, *chain, evidence="nothing is said")
    assert desk.do(edits.state_attitude, *chain, stance=Stance.NEUTRAL, basis=Basis.CONFIRMED)
    assert desk.do(edits.state_attitude, *chain, stance=Stance.NEUTRAL, evidence="at lunch")
    assert not desk.do(edits.state_attitude, *chain, stance=Stance.NEUTRAL, evidence="at lunch")
    assert len(desk.several(Attitude)) == 2


def test_what_is_said_of_an_earlier_day_does_not_change_today(
    desk: Desk, chain: tuple[ProjectId, PersonId]
) -> None:
    desk.do(edits.revise_member, *chain, stance="supporter")
    desk.do(edits.revise_member, *chain, stance="enemy", contact="none", on=EARLIER)
    desk.do(edits.revise_member, *chain, contact="in_depth", on=LATER)
    days = (EARLIER - timedelta(days=1), EARLIER, TODAY, LATER)
    assert [(_now(desk, chain, on).stance, _now(desk, chain, on).contact) for on in days] == [
        (Stance.UNKNOWN, ContactLevel.UNKNOWN),
        (Stance.ENEMY, ContactLevel.NONE),
        (Stance.SUPPORTER, ContactLevel.NONE),
        (Stance.SUPPORTER, ContactLevel.IN_DEPTH),
    ]
    assert (_now(desk, chain, days[0]).basis, _now(desk, chain, days[0]).stated_on) == (None, None)


def test_a_stance_can_be_unsaid(desk: Desk, chain: tuple[ProjectId, PersonId]) -> None:
    desk.do(edits.revise_member, *chain, stance="supporter", on=EARLIER)
    desk.do(edits.revise_member, *chain, stance="unknown")
    assert _now(desk, chain).stance is Stance.UNKNOWN
    assert _now(desk, chain, EARLIER).stance is Stance.SUPPORTER


def test_authors_do_not_overwrite_each_other_and_the_later_stamp_wins(
    desk: Desk, chain: tuple[ProjectId, PersonId]
) -> None:
    desk.do(edits.revise_member, *chain, stance="supporter")
    desk.act = replace(desk.act, author="other")
    desk.do(edits.revise_member, *chain, stance="enemy")
    assert [one.stance for one in attitudes_of(desk.records, *chain)] == [
        Stance.ENEMY,
        Stance.SUPPORTER,
    ]
    assert _now(desk, chain).stance is Stance.ENEMY


def test_only_of_a_member_something_is_claimed(
    desk: Desk, chain: tuple[ProjectId, PersonId]
) -> None:
    with told(Refused, "no longer there"):
        desk.do(edits.state_attitude, chain[0], PersonId("nobody"), stance=Stance.ENEMY)


def test_any_way_of_revising_a_member_makes_a_claim(
    desk: Desk, chain: tuple[ProjectId, PersonId]
) -> None:
    desk.do(edits.revise, desk.only(ChainMember).id, stance="mentor", note="Chess player")
    assert (desk.only(Attitude).stance, desk.only(ChainMember).note) == (
        Stance.MENTOR,
        "Chess player",
    )
    desk.do(edits.revise, desk.only(Attitude).id, stance="enemy")
    assert _now(desk, chain).stance is Stance.ENEMY
    with told(Refused, "says neither stance nor contact"):
        desk.do(edits.revise, desk.only(Attitude).id, stance=None)


def test_claims_go_with_the_member_the_person_and_the_project(
    desk: Desk, chain: tuple[ProjectId, PersonId]
) -> None:
    project, li = chain
    other = desk.project(desk.account("Other"), "Other")
    desk.do(edits.add_member, other, li, stance=Stance.ENEMY, on=EARLIER)
    for _ in range(2):
        desk.do(edits.add_member, project, li, stance=Stance.NEUTRAL)
        desk.do(edits.revise_member, project, li, stance="mentor", on=EARLIER)
        desk.do(edits.remove_member, project, li)
        assert [one.project for one in desk.several(Attitude)] == [other]
    desk.do(edits.add_member, project, li, stance=Stance.NEUTRAL)
    desk.do(edits.remove_records, [project])
    assert [one.project for one in desk.several(Attitude)] == [other]
    desk.do(edits.remove_people, [li])
    assert desk.several(Attitude) == []
