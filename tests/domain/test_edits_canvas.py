from __future__ import annotations

from desk import Desk
from told import told

from brm_desktop.domain import edits
from brm_desktop.domain.errors import Refused
from brm_desktop.domain.records import PersonId, Placement


def places(desk: Desk, canvas: str) -> dict[PersonId, tuple[int, int, bool]]:
    found = desk.records.where(Placement, canvas=canvas)
    return {place.person: (place.x, place.y, place.pinned) for place in found}


def test_a_drag_of_several_cards_is_one_change(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    change = desk.do(edits.move, account, {li: (10.4, -3.6), wu: (5, 5)})
    assert len(change.added(Placement)) == 2
    assert places(desk, account) == {li: (10, -4, False), wu: (5, 5, False)}
    assert not desk.do(edits.move, account, {li: (10, -4)})


def test_a_pinned_card_is_moved_by_hand_and_stays_pinned(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    desk.do(edits.move, account, {li: (1, 1)})
    desk.do(edits.pin, account, [li])
    desk.do(edits.move, account, {li: (2, 2)})
    assert places(desk, account) == {li: (2, 2, True)}
    desk.do(edits.pin, account, [li], pinned=False)
    assert places(desk, account) == {li: (2, 2, False)}


def test_a_layout_never_moves_pinned_cards_and_is_one_change(desk: Desk) -> None:
    account = desk.account()
    li, wu, qin = desk.people(account, "Li", "Wu", "Qin")
    desk.do(edits.move, account, {li: (1, 1), wu: (2, 2)})
    desk.do(edits.pin, account, [li])
    layout = {li: (100.0, 0.0), wu: (200.0, 0.0), qin: (300.0, 0.0)}
    desk.do(edits.lay_out, account, layout)
    assert places(desk, account) == {
        li: (1, 1, True),
        wu: (200, 0, False),
        qin: (300, 0, False),
    }
    assert not desk.do(edits.lay_out, account, layout)


def test_a_card_is_pinned_where_it_stands_by_itself(desk: Desk) -> None:
    account = desk.account()
    li, wu = desk.people(account, "Li", "Wu")
    desk.do(edits.pin, account, [li], positions={li: (7, 8)})
    assert places(desk, account) == {li: (7, 8, True)}
    with told(Refused, "Wu has no place on this canvas yet"):
        desk.do(edits.pin, account, [wu])
    with told(Refused, "Wu has no place on this canvas yet"):
        desk.do(edits.pin, account, [wu], positions={li: (7, 8)})


def test_every_canvas_has_its_own_places(desk: Desk) -> None:
    account = desk.account()
    (li,) = desk.people(account, "Li")
    project = desk.project(account)
    for canvas in (account, project, li):
        desk.do(edits.move, canvas, {li: (1, 1)})
    assert len(desk.several(Placement)) == 3


def test_a_card_stands_on_a_canvas_that_is_there(desk: Desk) -> None:
    (li,) = desk.people(desk.account(), "Li")
    with told(Refused, "no longer there"):
        desk.do(edits.move, "nothing", {li: (1, 1)})
