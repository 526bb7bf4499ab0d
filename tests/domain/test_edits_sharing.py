"""Choices of sharing as edits: policies, records, fields."""

from __future__ import annotations

import pytest
from desk import Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.categories import Category
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import (
    AccountId,
    Assessment,
    Choice,
    Influence,
    InfluenceKind,
    PersonId,
    SharingChoice,
    id_of,
)


@pytest.fixture
def account(desk: Desk) -> AccountId:
    return desk.account()


@pytest.fixture
def li(desk: Desk, account: AccountId) -> PersonId:
    (li,) = desk.people(account, "Li")
    return li


def chosen(desk: Desk) -> dict[tuple[str, str], Choice]:
    return {(one.subject, one.part): one.choice for one in desk.several(SharingChoice)}


def test_an_account_has_one_policy_a_category(desk: Desk, account: AccountId) -> None:
    desk.do(edits.set_policy, account, Category.NOTES, Choice.ASK)
    desk.do(edits.set_policy, account, Category.NOTES, Choice.TEAM)
    assert chosen(desk) == {(account, "notes"): Choice.TEAM}
    (one,) = desk.several(SharingChoice)
    assert one.id == id_of(SharingChoice, account, "notes")
    desk.do(edits.set_policy, account, Category.NOTES, None)
    desk.do(edits.set_policy, account, Category.NOTES, None)
    assert chosen(desk) == {}


def test_the_default_is_of_no_account(desk: Desk) -> None:
    desk.do(edits.set_policy, "", Category.STRUCTURE, Choice.TEAM)
    assert chosen(desk) == {("", "structure"): Choice.TEAM}
    with told(Refused, "There is no such account"):
        desk.do(edits.set_policy, "nobody", Category.STRUCTURE, Choice.TEAM)


def test_a_record_and_a_field_have_choices_of_their_own(desk: Desk, li: PersonId) -> None:
    desk.do(edits.choose, li, Choice.TEAM)
    desk.do(edits.choose, li, Choice.NEVER, "wechat")
    desk.do(edits.choose, li, Choice.COMPANY, "phones")
    assert chosen(desk) == {
        (li, ""): Choice.TEAM,
        (li, "wechat"): Choice.NEVER,
        (li, "phones"): Choice.COMPANY,
    }
    desk.do(edits.choose, li, None, "phones")
    assert (li, "phones") not in chosen(desk)


def test_a_choice_goes_with_what_it_is_about(desk: Desk, li: PersonId) -> None:
    desk.do(edits.choose, li, Choice.TEAM)
    desk.do(edits.remove_people, [li])
    assert chosen(desk) == {}


def test_what_is_asked_for_is_ticked_at_once(desk: Desk, account: AccountId, li: PersonId) -> None:
    desk.do(edits.set_policy, account, Category.OPINIONS, Choice.ASK)
    desk.do(edits.assess, li, closeness=50)
    said = desk.only(Assessment).id
    desk.do(edits.let_leave, [(said, ""), (li, ""), (li, "power")])
    assert chosen(desk) | {(said, ""): Choice.TEAM, (li, "power"): Choice.TEAM} == chosen(desk)


def test_a_choice_without_effect_is_refused(desk: Desk, account: AccountId, li: PersonId) -> None:
    with told(Refused, "What is chosen for notes in this account keeps it here"):
        desk.do(edits.choose, li, Choice.TEAM, "notes")
    desk.do(edits.choose, li, Choice.NEVER, "notes")
    desk.do(edits.set_policy, account, Category.NOTES, Choice.ASK)
    desk.do(edits.choose, li, Choice.TEAM, "notes")
    desk.do(edits.set_policy, account, Category.STRUCTURE, Choice.NEVER)
    with told(Refused, "What is chosen for people and lines in this account keeps it here"):
        desk.do(edits.choose, li, Choice.COMPANY)
    desk.do(edits.choose, li, Choice.PRIVATE)


@pytest.mark.parametrize(
    ("field", "choice"), [("name", Choice.NEVER), ("organisation", None), ("title", Choice.ASK)]
)
def test_what_goes_with_all_the_rest_has_no_choice_of_its_own(
    desk: Desk, li: PersonId, field: str, choice: Choice | None
) -> None:
    if choice is None:
        desk.do(edits.choose, li, choice, field)
        return
    with told(Refused, "This goes with all the rest: choose for the whole of it"):
        desk.do(edits.choose, li, choice, field)


def test_there_is_nothing_to_choose_about_what_never_leaves(desk: Desk, li: PersonId) -> None:
    desk.do(edits.choose, li, Choice.TEAM)
    choice = desk.only(SharingChoice)
    for record, field in ((choice.id, ""), (li, "audience"), (li, "unheard_of")):
        with told(Refused, "This never leaves the store; there is nothing to choose"):
            desk.do(edits.choose, record, Choice.TEAM, field)
    with told(Refused, "This is no longer there"):
        desk.do(edits.choose, "nobody", Choice.TEAM)


def test_a_choice_stays_with_a_record_that_gets_another_id(desk: Desk, account: AccountId) -> None:
    li, wu = desk.people(account, "Li", "Wu")
    desk.do(edits.add_influence, li, wu)
    before = desk.only(Influence).id
    desk.do(edits.choose, before, Choice.NEVER)
    desk.do(edits.revise, before, kind=InfluenceKind.FAMILY)
    after = desk.only(Influence).id
    assert after != before
    assert chosen(desk) == {(after, ""): Choice.NEVER}
