"""The map over a real session: what is drawn on it is in the store, and gone after undo."""

from __future__ import annotations

from canvas_people import managers, person
from pointing import CONTROL, NONE, Hand, key, type_text
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from brm_desktop import language
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    AccountId,
    Influence,
    InfluenceKind,
    Person,
    ReportingLine,
    Tie,
)
from brm_desktop.gui.canvas.above import ROW
from brm_desktop.gui.canvas.port import Hook, Relation, Removal
from brm_desktop.gui.canvas.ports import ChainPort, KeyPersonPort, MapPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.figure import Point
from brm_desktop.rendering.figures import Layer, MapView
from brm_desktop.session.session import Session

K = Qt.Key


def test_a_person_drawn_on_the_map_is_in_the_store_and_gone_after_undo(
    session: Session, map_port: MapPort, show: object
) -> None:
    view: CanvasView = show(map_port)  # type: ignore[operator]  # the fixture of the folder
    before = session.records
    view.select(Selection.of(person(session, "Ann")))
    key(view, K.Key_Return)
    type_text(view, "Peer")
    key(view, K.Key_Return)
    assert managers(session, "Peer") == ["Boss"]
    assert view.selection.people == (person(session, "Peer"),)
    assert session.can_undo() == phrase("Add {name}", name="Peer")
    view.undo()
    assert session.records == before
    view.redo()
    assert managers(session, "Peer") == ["Boss"]


def test_adding_a_person_moves_no_other(session: Session, map_port: MapPort, show: object) -> None:
    view: CanvasView = show(map_port)  # type: ignore[operator]  # the fixture of the folder
    before = {one: card.centre for one, card in view.content.cards.items()}
    for after in ("Ann", "Boss", "New 0"):
        view.select(Selection.of(person(session, after)))
        key(view, K.Key_Tab)
        type_text(view, f"New {len(view.content.cards) - len(before)}")
        key(view, K.Key_Return)
    assert {one: view.content.cards[one].centre for one in before} == before
    assert len(view.content.cards) == len(before) + 3


def test_a_card_dragged_on_the_map_stays_there_and_so_do_the_others(
    session: Session, account: AccountId, map_port: MapPort, show: object
) -> None:
    view: CanvasView = show(map_port)  # type: ignore[operator]  # the fixture of the folder
    hand = Hand(view)
    before = {one: card.centre for one, card in view.content.cards.items()}
    bob = person(session, "Bob")
    hand.drag(hand.at(bob), hand.at(bob, 55, 70))
    assert session.can_undo() == phrase("Move a card")
    again = MapPort(session, account).figure()
    assert again.cards[bob].centre == Point(before[bob].x + 55, before[bob].y + 70)
    others = {one: card.centre for one, card in again.cards.items() if one != bob}
    assert others == {one: at for one, at in before.items() if one != bob}
    view.undo()
    assert view.content.cards[bob].centre == before[bob]


def test_lines_drawn_on_the_map_are_records(session: Session, map_port: MapPort) -> None:
    ann, bob, boss, me = (person(session, name) for name in ("Ann", "Bob", "Boss", "Me"))
    map_port.link(ann, bob, Relation.REPORT)
    assert managers(session, "Bob") == ["Ann"]
    map_port.link(bob, boss, Relation.MANAGER)
    assert managers(session, "Bob") == ["Boss"]
    map_port.link(ann, bob, Relation.SWAYED)
    map_port.link(ann, bob, Relation.SWAYS)
    map_port.link(ann, bob, Relation.CONFLICT)
    found = session.records.all(Influence).values()
    swayed = {(i.source, i.target) for i in found if i.kind is not InfluenceKind.CONFLICT}
    assert swayed == {(ann, bob), (bob, ann)}
    assert len(found) == 3
    map_port.link(boss, me, Relation.SWAYED)
    assert (me, boss) in {(t.employee, t.person) for t in session.records.all(Tie).values()}


def test_a_circle_of_reporting_is_refused_with_its_sentence(
    session: Session, map_port: MapPort, show: object, qtbot: object
) -> None:
    view: CanvasView = show(map_port)  # type: ignore[operator]  # the fixture of the folder
    told: list[object] = []
    view.problem.connect(told.append)
    hand = Hand(view)
    boss, ann = person(session, "Boss"), person(session, "Ann")
    hand.move(hand.at(ann))
    hand.drag(hand.at(ann, 0, 42), hand.at(boss), NONE)
    assert len(told) == 1
    assert managers(session, "Boss") == []


def test_the_rings_stay_after_layout_and_go_when_a_card_is_moved(
    session: Session, account: AccountId
) -> None:
    ann = person(session, "Ann")
    port = KeyPersonPort(session, account, ann)
    rings = port.figure().rings
    assert rings
    port.lay_out(port.arranged(), phrase("Lay out"))
    assert port.figure().rings == rings
    port.move({person(session, "Boss"): Point(900, 900)})
    assert port.figure().rings == ()


def test_a_new_manager_comes_in_between(session: Session, map_port: MapPort) -> None:
    ann = person(session, "Ann")
    map_port.add("Deputy", Point(0, 0), Hook(ann, Relation.MANAGER))
    assert managers(session, "Ann") == ["Deputy"]
    assert managers(session, "Deputy") == ["Boss"]


def test_people_are_removed_with_their_lines_or_their_reports_pass_up(
    session: Session, map_port: MapPort
) -> None:
    ann = person(session, "Ann")
    map_port.add("Low", Point(0, 900), Hook(ann, Relation.REPORT))
    assert map_port.relations_at_stake([ann]) == 3
    map_port.remove([ann], [], Removal.KEEP)
    assert managers(session, "Low") == ["Boss"]
    session.undo()
    map_port.remove([ann], [], Removal.TAKE)
    assert managers(session, "Low") == []


def test_nothing_is_asked_about_who_has_nobody_under_him(
    session: Session, map_port: MapPort
) -> None:
    ann = person(session, "Ann")
    assert map_port.relations_at_stake([ann]) == 0
    map_port.add("Low", Point(0, 900), Hook(ann, Relation.REPORT))
    low = person(session, "Low")
    assert map_port.relations_at_stake([low]) == 0
    assert map_port.relations_at_stake([ann, low]) == 0  # nobody is left whom it could concern
    assert map_port.relations_at_stake([ann]) > 0


def test_removing_a_colleague_from_a_map_only_takes_his_ties(
    session: Session, map_port: MapPort
) -> None:
    me = person(session, "Me")
    assert me in map_port.figure().cards
    assert map_port.relations_at_stake([me]) == 0
    map_port.remove([me], [], Removal.TAKE)
    assert me not in map_port.figure().cards
    assert session.records.get(Person, me) is not None
    assert not session.records.all(Tie)


def test_a_removed_line_leaves_its_ends(session: Session, map_port: MapPort) -> None:
    (tie,) = session.records.all(Tie)
    map_port.remove([], [tie], Removal.TAKE)
    assert not session.records.all(Tie)
    assert len(map_port.figure().cards) == 3


def test_a_layout_moves_everything_but_pinned_cards_in_one_step(
    session: Session, map_port: MapPort, show: object
) -> None:
    view: CanvasView = show(map_port)  # type: ignore[operator]  # the fixture of the folder
    tidy = {one: card.centre for one, card in view.content.cards.items()}
    ann, bob = person(session, "Ann"), person(session, "Bob")
    map_port.move({ann: Point(2_000, 900), bob: Point(-900, 1_300)})
    view.select(Selection.of(ann))
    view.pin()
    view.tidy()
    view.flush()
    assert view.content.cards[ann].centre == Point(2_000, 900)
    assert view.content.cards[bob].centre == tidy[bob]
    view.undo()
    assert view.content.cards[bob].centre == Point(-900, 1_300)


def test_copies_become_new_people_with_their_lines(
    session: Session, map_port: MapPort, show: object
) -> None:
    view: CanvasView = show(map_port)  # type: ignore[operator]  # the fixture of the folder
    boss, ann = person(session, "Boss"), person(session, "Ann")
    view.select(Selection((boss, ann)))
    key(view, K.Key_C, CONTROL)
    key(view, K.Key_V, CONTROL)
    seconds = view.selection.people
    assert len(seconds) == 2
    lines = session.records.all(ReportingLine).values()
    assert any(line.person in seconds and line.manager in seconds for line in lines)
    key(view, K.Key_D, CONTROL)
    assert len(session.records.where(Person, name="Ann")) == 3


def test_rows_of_text_become_people_with_title_and_department(
    session: Session, map_port: MapPort
) -> None:
    new = map_port.paste_names(["Li Na\tBuyer\tPurchasing", "Wu"], Point(500, 500))
    assert [session.records.one(Person, one).title for one in new] == ["Buyer", ""]
    assert map_port.figure().cards[new[1]].centre.y > 500
    assert map_port.copied_text(new) == "Li Na\tBuyer\tPurchasing\nWu\t\t"


def test_suggestions_and_matches_know_people_by_name_and_title(
    session: Session, map_port: MapPort
) -> None:
    map_port.rename(person(session, "Bob"), "王芳")
    assert [who.name for who in map_port.suggestions("wf")] == ["王芳"]
    assert [who.hint for who in map_port.suggestions("ann")] == ["Head · IT"]
    assert map_port.matches("wangfang") == [person(session, "王芳")]
    assert len(map_port.matches("head") or ()) == 3


def test_another_layer_is_shown_without_an_edit(
    session: Session, map_port: MapPort, show: object
) -> None:
    view: CanvasView = show(map_port)  # type: ignore[operator]  # the fixture of the folder
    undo = session.can_undo()
    assert view.content.lines
    map_port.set_view(MapView(layer=Layer.INFLUENCE, outsiders=False))
    assert not view.content.lines
    assert session.can_undo() == undo


def test_a_department_is_known_by_its_people(session: Session, map_port: MapPort) -> None:
    ann, bob, boss = (person(session, name) for name in ("Ann", "Bob", "Boss"))
    assert map_port.department_of(ann) == map_port.department_of(bob)
    assert map_port.department_of(ann) != map_port.department_of(boss)


def test_a_closed_canvas_hears_nothing_more(
    session: Session, map_port: MapPort, show: object
) -> None:
    view: CanvasView = show(map_port)  # type: ignore[operator]  # the fixture of the folder
    view.close_port()
    map_port.rename(person(session, "Ann"), "Anna")
    assert view.content.cards[person(session, "Anna")].name.endswith(" Ann")


def test_the_canvas_and_what_it_says_follow_the_language(
    session: Session, chain_port: ChainPort, show: object
) -> None:
    view: CanvasView = show(chain_port)  # type: ignore[operator]  # the fixture of the folder
    english = [lane.title for lane in view.content.figure.lanes]
    language.use("zh_CN")
    QApplication.sendEvent(view, QEvent(QEvent.Type.LanguageChange))
    assert [lane.title for lane in view.content.figure.lanes] != english


def test_a_hidden_canvas_waits_until_it_is_shown(
    session: Session, map_port: MapPort, show: object
) -> None:
    view: CanvasView = show(map_port)  # type: ignore[operator]  # the fixture of the folder
    view.hide()
    new = map_port.add("Late", Point(0, 900), None)
    assert new not in view.content.cards
    view.show()
    assert new in view.content.cards


def test_a_manager_who_takes_somebodys_place_moves_him_a_row_down_in_one_step(
    session: Session, map_port: MapPort
) -> None:
    ann = person(session, "Ann")
    before = {one: card.centre for one, card in map_port.figure().cards.items()}
    map_port.add("Deputy", before[ann], Hook(ann, Relation.MANAGER))
    after = map_port.figure().cards
    deputy = person(session, "Deputy")
    assert after[deputy].centre == before[ann]
    assert after[ann].centre == Point(before[ann].x, before[ann].y + ROW)
    assert managers(session, "Ann") == ["Deputy"]
    session.undo()
    assert {one: card.centre for one, card in map_port.figure().cards.items()} == before
