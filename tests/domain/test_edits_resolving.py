"""Settling what colleagues wrote at the same time."""

from __future__ import annotations

import json
from functools import partial

import pytest
from desk import TODAY, Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.disputes import disputes, hidden_line
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.kinds import name_of_kind
from brm_desktop.domain.records import (
    AccountId,
    Assessment,
    Conflict,
    Department,
    LineKind,
    Person,
    PersonId,
    Records,
    ReportingLine,
    id_of,
)


@pytest.fixture
def account(desk: Desk) -> AccountId:
    return desk.account()


@pytest.fixture
def li(desk: Desk, account: AccountId) -> PersonId:
    (li,) = desk.people(account, "Li")
    desk.do(edits.revise_person, li, title="CIO")
    return li


def conflict(desk: Desk, row: str, field: str, value: object, stamp: str = "f" * 32) -> str:
    """What another wrote into a field at the same time, as a merge brings it."""
    record = desk.records.find(row)
    assert record is not None
    kind = name_of_kind(type(record))
    key = id_of(Conflict, kind, row, field, stamp)
    one = Conflict(id=key, kind=kind, row=row, field=field, value=json.dumps(value), stamp=stamp)
    desk.records = desk.records.with_changes((), [one])
    return key


def test_what_another_said_can_hold(desk: Desk, li: PersonId) -> None:
    theirs = conflict(desk, li, "title", "CTO")
    conflict(desk, li, "title", "CDO", "e" * 32)
    other = conflict(desk, li, "power", 70)
    desk.do(edits.take_side, theirs)
    assert desk.one(Person, li).title == "CTO"
    assert desk.records.all(Conflict).keys() == {other}


def test_what_is_shown_can_hold(desk: Desk, li: PersonId) -> None:
    conflict(desk, li, "title", "CTO")
    desk.do(edits.keep_shown, li, "title")
    assert desk.one(Person, li).title == "CIO"
    assert not desk.several(Conflict)


def test_something_else_can_hold(desk: Desk, li: PersonId) -> None:
    conflict(desk, li, "title", "CTO")
    desk.do(edits.settle, li, "title", "Chief")
    assert desk.one(Person, li).title == "Chief"
    assert not desk.several(Conflict)


def test_several_are_settled_as_one_edit_and_what_goes_meanwhile_is_passed_over(
    desk: Desk, account: AccountId, li: PersonId
) -> None:
    (wang,) = desk.people(account, "Wang")
    theirs = conflict(desk, li, "title", "CTO")
    conflict(desk, li, "power", 70)
    conflict(desk, wang, "deleted", [])
    gone = conflict(desk, wang, "title", "CFO")
    desk.do(
        edits.settle_together,
        [
            (li, partial(edits.take_side, conflict=theirs)),
            (li, partial(edits.keep_shown, row=li, field="power")),
            (wang, partial(edits.delete_after_all, row=wang)),
            (wang, partial(edits.take_side, conflict=gone)),
        ],
    )
    assert desk.one(Person, li).title == "CTO"
    assert not desk.several(Conflict)
    assert desk.records.get(Person, wang) is None


def test_settling_asks_the_rules(desk: Desk, li: PersonId) -> None:
    theirs = conflict(desk, li, "power", 170)
    with told(Refused, "it must be a whole number from 0 to 100"):
        desk.do(edits.take_side, theirs)
    desk.do(edits.settle, li, "power", 70)
    assert desk.one(Person, li).power == 70


def test_a_department_that_is_gone_cannot_hold(
    desk: Desk, account: AccountId, li: PersonId
) -> None:
    desk.do(edits.revise_person, li, department="IT")
    department = desk.only(Department).id
    theirs = conflict(desk, li, "department", "gone")
    with told(Refused, "is no longer there"):
        desk.do(edits.take_side, theirs)
    desk.do(edits.keep_shown, li, "department")
    assert desk.one(Person, li).department == department


def test_a_claim_is_settled_with_the_mark_of_its_moment(desk: Desk, li: PersonId) -> None:
    desk.do(edits.assess, li, closeness=50)
    said = desk.only(Assessment).id
    theirs = conflict(desk, said, "closeness", 70)
    conflict(desk, said, "stamp", "0" * 32)
    (dispute,) = disputes(desk.records)
    assert dispute.field == "closeness"
    desk.do(edits.take_side, theirs)
    now = desk.one(Assessment, said)
    assert (now.closeness, now.stamp) == (70, desk.act.stamp)
    assert not desk.several(Conflict)


def test_what_one_deleted_and_another_edited_can_stay(desk: Desk, li: PersonId) -> None:
    conflict(desk, li, "deleted", ["0" * 32])
    (dispute,) = disputes(desk.records)
    assert dispute.is_deletion
    assert (dispute.told, dispute.sides[0].told) == ("", "")
    desk.do(edits.keep_shown, li, "deleted")
    assert desk.one(Person, li).title == "CIO"
    assert not desk.several(Conflict)


def test_what_one_deleted_and_another_edited_can_go(desk: Desk, li: PersonId) -> None:
    theirs = conflict(desk, li, "deleted", ["0" * 32])
    desk.do(edits.assess, li, closeness=50)
    desk.do(edits.take_side, theirs)
    assert not desk.records.all(Person).keys() & {li}
    assert not desk.several(Conflict)
    assert not desk.several(Assessment)


def test_what_is_settled_is_not_settled_again(desk: Desk, li: PersonId) -> None:
    for edit, where in (
        (edits.take_side, ("gone",)),
        (edits.keep_shown, (li, "title")),
        (edits.keep_shown, (li, "deleted")),
        (edits.delete_after_all, (li,)),
    ):
        with told(Refused, "This is settled already"):
            desk.do(edit, *where)
    with told(Refused, "This is settled already"):
        desk.do(edits.settle, li, "title", "CTO")
    conflict(desk, li, "deleted", [])
    with told(Refused, "This is settled already"):
        desk.do(edits.settle, li, "deleted", "x")
    with told(Refused, "This is no longer there"):
        desk.do(edits.keep_shown, "nobody", "title")


def test_disputes_tell_who_said_what_the_newest_first(desk: Desk, li: PersonId) -> None:
    (wu,) = desk.people(desk.account("Beta"), "Wu")
    conflict(desk, wu, "birthday", "1970-02-28")
    conflict(desk, li, "title", "CDO", "0" * 31 + "1")
    conflict(desk, li, "title", "CTO")
    lost = Conflict(
        id="lost", kind="person", row="nobody", field="title", value='"x"', stamp="1" * 32
    )
    records = desk.records.with_changes((), [lost])
    first, second = disputes(records)
    assert (first.title, first.field, first.told) == ("Li", "title", "CIO")
    assert [side.told for side in first.sides] == ["CTO", "CDO"]
    assert (second.row, second.sides[0].value) == (wu, TODAY.replace(1970, 2, 28))
    assert disputes(records, li) == [first]
    assert not disputes(Records())


def line(person: str, manager: str) -> ReportingLine:
    return ReportingLine(
        id=id_of(ReportingLine, person, manager, LineKind.SOLID),
        person=PersonId(person),
        manager=PersonId(manager),
    )


def test_a_second_manager_can_hold_or_go(desk: Desk, account: AccountId) -> None:
    li, wu, he = desk.people(account, "Li", "Wu", "He")
    desk.do(edits.set_manager, li, wu)
    (shown,) = desk.several(ReportingLine)
    other = line(li, he)
    found = hidden_line(desk.records, other)
    assert (found.closes_circle, found.against, found.title) == (False, (shown,), "Li → He")
    assert edits.let_line_hold(desk.records, desk.act, other).removed(ReportingLine) == (shown,)
    assert edits.let_line_go(desk.records, desk.act, other).removed(ReportingLine) == (other,)
    for edit in (edits.let_line_go, edits.let_line_hold):
        with told(Refused, "This is settled already"):
            edit(desk.records, desk.act, shown)
    with told(Refused, "This is settled already"):
        edits.let_line_hold(desk.records, desk.act, line(he, wu))


def test_a_line_that_closes_a_circle_stands_against_the_one_that_would_open_it(
    desk: Desk, account: AccountId
) -> None:
    li, wu, he = desk.people(account, "Li", "Wu", "He")
    desk.do(edits.set_manager, li, wu)
    desk.do(edits.set_manager, wu, he)
    top = line(he, li)
    found = hidden_line(desk.records, top)
    assert found.closes_circle
    assert [(one.person, one.manager) for one in found.against] == [(wu, he)]
