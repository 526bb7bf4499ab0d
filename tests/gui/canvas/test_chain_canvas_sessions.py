"""Chains and key-person views over a real session: roles, lanes, who joins and who leaves."""

from __future__ import annotations

from canvas_people import managers, person
from pointing import Hand, key, type_text
from PySide6.QtCore import Qt

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    AccountId,
    ChainLink,
    ChainMember,
    Influence,
    Person,
    Placement,
    ProjectId,
    Role,
)
from brm_desktop.gui.canvas.port import Relation
from brm_desktop.gui.canvas.ports import ChainPort, KeyPersonPort, MapPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.figure import Lens, Point
from brm_desktop.session.session import Session

K = Qt.Key


def test_on_a_chain_somebody_known_is_meant_rather_than_somebody_new(
    chain_port: ChainPort, map_port: MapPort
) -> None:
    assert [(who.name, who.likely) for who in chain_port.suggestions("an")] == [("Ann", True)]
    assert [who.likely for who in map_port.suggestions("an")] == [False]


def test_a_person_typed_on_a_chain_joins_it_in_the_role_of_the_lane(
    session: Session, chain_port: ChainPort, project: ProjectId, show: object
) -> None:
    view: CanvasView = show(chain_port)  # type: ignore[operator]  # the fixture of the folder
    lanes = [lane.box.centre for lane in view.content.figure.lanes if not lane.column]
    hand = Hand(view)
    hand.double_click(Point(lanes[0].x, lanes[0].y))
    type_text(view, "Chief")
    key(view, K.Key_Return)
    key(view, K.Key_Tab)
    type_text(view, "Decider")
    key(view, K.Key_Return)
    key(view, K.Key_Return)
    type_text(view, "Second")
    key(view, K.Key_Return)
    members = {
        session.records.one(Person, m.person).name: m.roles
        for m in session.records.where(ChainMember, project=project)
    }
    assert members == {
        "Chief": (Role.APPROVER,),
        "Decider": (Role.DECISION_MAKER,),
        "Second": (Role.DECISION_MAKER,),
    }
    links = {(link.source, link.target) for link in session.records.all(ChainLink).values()}
    chief = person(session, "Chief")
    assert links == {(chief, person(session, "Decider")), (chief, person(session, "Second"))}


def test_known_people_are_brought_onto_the_chain_and_leave_it_unharmed(
    session: Session, chain_port: ChainPort, project: ProjectId, show: object
) -> None:
    view: CanvasView = show(chain_port)  # type: ignore[operator]  # the fixture of the folder
    type_text(view, "Ann")
    key(view, K.Key_Return)
    ann = person(session, "Ann")
    assert view.selection.people == (ann,)
    assert len(session.records.where(Person, name="Ann")) == 1
    key(view, K.Key_Delete)
    assert not session.records.where(ChainMember, project=project)
    assert session.records.get(Person, ann) is not None


def test_a_card_dragged_into_another_lane_gets_its_role(
    session: Session, chain_port: ChainPort, project: ProjectId, show: object
) -> None:
    ann, bob = person(session, "Ann"), person(session, "Bob")
    session.edit(phrase("a"), edits.add_member, project, ann, roles=(Role.APPROVER,))
    session.edit(phrase("b"), edits.add_member, project, bob, roles=(Role.USER, Role.EVALUATOR))
    view: CanvasView = show(chain_port)  # type: ignore[operator]  # the fixture of the folder
    hand = Hand(view)
    here = view.content.cards[ann].centre
    hand.drag(here, Point(here.x + 250, view.content.cards[bob].centre.y))
    (member,) = (m for m in session.records.all(ChainMember).values() if m.person == ann)
    assert member.roles == (Role.EVALUATOR,)
    view.undo()
    (member,) = (m for m in session.records.all(ChainMember).values() if m.person == ann)
    assert member.roles == (Role.APPROVER,)
    hand.drag(here, Point(here.x + 30, here.y))
    assert session.can_undo() == phrase("Move a card")


def test_on_a_chain_top_and_bottom_mean_deciding_and_sides_mean_sway(
    session: Session, chain_port: ChainPort, project: ProjectId
) -> None:
    ann, bob, boss = (person(session, name) for name in ("Ann", "Bob", "Boss"))
    for one in (ann, bob, boss):
        chain_port.bring(one, Point(0, 0), None)
    chain_port.link(boss, ann, Relation.REPORT)
    chain_port.link(bob, boss, Relation.MANAGER)
    chain_port.link(ann, bob, Relation.SWAYED)
    links = {(link.source, link.target) for link in session.records.all(ChainLink).values()}
    assert links == {(boss, ann), (boss, bob)}
    assert len(session.records.all(Influence)) == 1
    assert chain_port.relations_at_stake([boss]) == 0


def test_people_copied_from_the_map_are_pasted_onto_the_chain(
    session: Session, map_port: MapPort, chain_port: ChainPort
) -> None:
    ann = person(session, "Ann")
    pasted = chain_port.paste(map_port.copied([ann]), Point(0, 0))
    assert pasted == (ann,)
    assert ann in chain_port.figure().cards


def test_who_is_added_around_a_key_person_sways_him(
    session: Session, account: AccountId, show: object
) -> None:
    boss = person(session, "Boss")
    port = KeyPersonPort(session, account, boss)
    view: CanvasView = show(port)  # type: ignore[operator]  # the fixture of the folder
    before = {one: card.centre for one, card in view.content.cards.items()}
    view.select(Selection())
    type_text(view, "Adviser")
    key(view, K.Key_Return)
    adviser = person(session, "Adviser")
    found = {(i.source, i.target) for i in session.records.all(Influence).values()}
    assert found == {(adviser, boss)}
    assert {one: view.content.cards[one].centre for one in before} == before
    port.set_lens(Lens.PRICE)
    assert all(card.lens is Lens.PRICE for card in view.content.cards.values())


def test_places_are_kept_for_each_canvas_apart(
    session: Session, map_port: MapPort, chain_port: ChainPort
) -> None:
    ann = person(session, "Ann")
    chain_port.bring(ann, Point(10, 20), None)
    map_port.move({ann: Point(700, 800)})
    places = {(p.canvas, p.x) for p in session.records.where(Placement, person=ann)}
    assert places == {(map_port.canvas, 700), (chain_port.canvas, 10)}


def test_known_people_are_linked_by_typing_their_names(
    session: Session, map_port: MapPort, show: object
) -> None:
    view: CanvasView = show(map_port)  # type: ignore[operator]  # the fixture of the folder
    map_port.add("Loner", Point(900, 900), None)
    view.select(Selection.of(person(session, "Ann")))
    key(view, K.Key_Return)
    type_text(view, "loner")
    key(view, K.Key_Return)
    assert managers(session, "Loner") == ["Boss"]
    assert view.selection.people == (person(session, "Loner"),)
    key(view, K.Key_Tab)
    type_text(view, "bob")
    key(view, K.Key_Return)
    assert managers(session, "Bob") == ["Loner"]
    assert len(session.records.where(Person, name="Bob")) == 1
