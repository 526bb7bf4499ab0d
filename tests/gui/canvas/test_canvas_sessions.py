"""The canvases over a real session and store: every gesture one undoable edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pointing import CONTROL, NONE, Hand, key, type_text
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from stores import a_session

from brm_desktop import language
from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    ChainLink,
    ChainMember,
    Influence,
    InfluenceKind,
    Person,
    PersonId,
    Placement,
    Project,
    ProjectId,
    ReportingLine,
    Role,
    Tie,
)
from brm_desktop.gui.canvas.above import ROW
from brm_desktop.gui.canvas.port import Hook, Relation, Removal
from brm_desktop.gui.canvas.ports import ChainPort, KeyPersonPort, MapPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.figure import Lens, Point
from brm_desktop.rendering.figures import Layer, MapView
from brm_desktop.session.session import Session

K = Qt.Key


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A store with one account of four people: a boss, two reports, and a colleague of ours."""
    with a_session(tmp_path / "store.brm") as opened:
        opened.edit(phrase("1"), edits.create_account, name="Acme")
        (account,) = opened.records.all(Account)
        for name, department in (("Boss", "Board"), ("Ann", "IT"), ("Bob", "IT")):
            opened.edit(
                phrase("2"),
                edits.add_person,
                account=AccountId(account),
                name=name,
                title="Head",
                department=department,
            )
        boss = person(opened, "Boss")
        for name in ("Ann", "Bob"):
            opened.edit(phrase("3"), edits.set_manager, person(opened, name), boss)
        opened.edit(phrase("4"), edits.add_own_staff, name="Me")
        opened.edit(phrase("5"), edits.set_tie, person(opened, "Me"), person(opened, "Ann"), 40)
        opened.edit(phrase("6"), edits.create_project, AccountId(account), "Deal")
        yield opened


@pytest.fixture
def account(session: Session) -> AccountId:
    """That account."""
    (found,) = session.records.all(Account)
    return AccountId(found)


@pytest.fixture
def map_port(session: Session, account: AccountId) -> MapPort:
    """Its relationship map."""
    return MapPort(session, account)


@pytest.fixture
def project(session: Session) -> ProjectId:
    """Its project."""
    (found,) = session.records.all(Project)
    return ProjectId(found)


@pytest.fixture
def chain_port(session: Session, account: AccountId, project: ProjectId) -> ChainPort:
    """The project's decision chain."""
    return ChainPort(session, account, project)


def person(session: Session, name: str) -> PersonId:
    """The person of a name."""
    (found,) = session.records.where(Person, name=name)
    return found.id


def managers(session: Session, name: str) -> list[str]:
    """Whom somebody reports to."""
    lines = session.records.where(ReportingLine, person=person(session, name))
    return [session.records.one(Person, line.manager).name for line in lines]


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


def test_on_a_chain_somebody_known_is_meant_rather_than_somebody_new(
    chain_port: ChainPort, map_port: MapPort
) -> None:
    assert [(who.name, who.likely) for who in chain_port.suggestions("an")] == [("Ann", True)]
    assert [who.likely for who in map_port.suggestions("an")] == [False]


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


def test_a_closed_canvas_hears_nothing_more(
    session: Session, map_port: MapPort, show: object
) -> None:
    view: CanvasView = show(map_port)  # type: ignore[operator]  # the fixture of the folder
    view.close_port()
    map_port.rename(person(session, "Ann"), "Anna")
    assert view.content.cards[person(session, "Anna")].name.endswith(" Ann")


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
