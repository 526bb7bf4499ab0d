"""The tables beside a canvas edit all that the canvas edits, and both ways lead to the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from canvas_and_twin import Both, everything, lines_of, said
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from twin_at_work import CHAIN, MAP, VIEW, AtTwin, begin, port_of, who
from windowing import rest

from brm_desktop.domain.records import (
    ChainMember,
    Influence,
    InfluenceKind,
    LineKind,
    OrganisationKind,
    Person,
    Project,
    ReportingLine,
    Tie,
    id_of,
)
from brm_desktop.gui.canvas.port import Relation, Removal
from brm_desktop.gui.desk import Selected
from brm_desktop.session.session import Session

K = Qt.Key
USUAL = InfluenceKind.PROFESSIONAL
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def pair(qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Both]:
    """The same account twice: one worked on through its canvas, one through the tables."""
    kind = getattr(request, "param", MAP)
    drawn, typed = begin(tmp_path / "drawn.brm"), begin(tmp_path / "typed.brm")
    twin = AtTwin(qtbot, typed, port_of(typed, kind), tmp_path)
    yield Both(drawn, port_of(drawn, kind), twin)
    twin.close()
    drawn.close()


@pytest.mark.parametrize("pair", [MAP, CHAIN, VIEW], indirect=True)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_random_edits_on_the_canvas_and_in_its_tables_lead_to_equal_records(
    pair: Both, seed: int
) -> None:
    chance = Random(seed)
    assert everything(pair.drawn) == everything(pair.twin.session)
    different = [everything(pair.drawn)]
    for number in range(40):
        pair.step(chance)
        different.append(everything(pair.drawn))
        assert different[-1] == everything(pair.twin.session), number
    assert sum(one != other for one, other in pairwise(different)) > 20
    assert pair.refused == len(pair.twin.told)
    assert pair.refused < 15
    twin = pair.twin.twin
    names = {row.person.name for row in twin._people.rows}
    cards = pair.canvas.figure().cards
    assert names == {pair.drawn.records.one(Person, one).name for one in cards}
    rows = {said(pair.twin.session, row.link) for row in twin._links.rows}
    assert rows == set(lines_of(pair.drawn, pair.canvas).values())


def type_in(line: QLineEdit, text: str, *keys: Qt.Key) -> None:
    """Type into a line and press keys, as a hand does."""
    line.setFocus()
    QTest.keyClicks(line, text)
    for one in keys:
        completer = line.completer()
        assert completer is not None
        popup = completer.popup()
        QTest.keyClick(line if popup is None or not popup.isVisible() else popup, one)
    rest(5)


def managers(session: Session, name: str) -> list[str]:
    """Whom somebody reports to."""
    lines = session.records.where(ReportingLine, person=who(session, name))
    return [session.records.one(Person, line.manager).name for line in lines]


def test_a_name_and_enter_above_the_table_add_somebody_in_one_step(pair: Both) -> None:
    twin, session = pair.twin.twin, pair.twin.session
    before = session.records
    type_in(twin.add_person.name, "Newcomer", K.Key_Return)
    new = who(session, "Newcomer")
    assert twin.add_person.name.text() == ""
    assert pair.twin.desk.selection == Selected(people=(new,))
    cards = pair.twin.port.figure().cards.values()
    assert all(one is two or not one.box.meets(two.box) for one in cards for two in cards)
    session.undo()
    assert session.records == before
    type_in(twin.add_person.name, "   ", K.Key_Return)
    assert session.records == before


def test_somebody_known_is_shown_and_a_namesake_only_made_when_asked_for(pair: Both) -> None:
    twin, session = pair.twin.twin, pair.twin.session
    before = session.records
    type_in(twin.add_person.name, "ann", K.Key_Return)
    assert session.records == before
    assert pair.twin.desk.selection.people == (who(session, "Ann"),)
    type_in(twin.add_person.name, "Ann", K.Key_Down, K.Key_Down, K.Key_Return)
    assert len(session.records.where(Person, name="Ann")) == 2


@pytest.mark.parametrize("pair", [CHAIN], indirect=True)
def test_a_known_name_above_the_table_of_a_chain_joins_the_chain(pair: Both) -> None:
    twin, session = pair.twin.twin, pair.twin.session
    type_in(twin.add_person.name, "an", K.Key_Down, K.Key_Return)
    assert pair.project is not None
    member = id_of(ChainMember, next(iter(session.records.all(Project))), who(session, "Ann"))
    assert member in session.records
    assert len(session.records.where(Person, name="Ann")) == 1


def test_a_link_is_added_by_typing_whom_it_joins(pair: Both) -> None:
    twin, session = pair.twin.twin, pair.twin.session
    line = twin.add_link
    type_in(line.source, "dora", K.Key_Return)
    assert line.kind.hasFocus()
    type_in(line.target, "cy", K.Key_Return)
    assert managers(session, "Dora") == ["Cy"]
    assert line.source.text() == line.target.text() == ""
    line.kind.show_choice(LineKind.DOTTED)
    type_in(line.source, "Bob")
    type_in(line.target, "Dora")
    line.add.click()
    assert managers(session, "Bob") == ["Boss", "Dora"]
    line.kind.show_choice(OrganisationKind.OWN)
    type_in(line.source, "Colleague")
    type_in(line.target, "Dora", K.Key_Return)
    assert id_of(Tie, who(session, "Colleague"), who(session, "Dora")) in session.records
    line.kind.show_choice(Relation.SWAYED)
    type_in(line.source, "Dora")
    type_in(line.target, "Ghost", K.Key_Return)
    assert id_of(Influence, who(session, "Dora"), who(session, "Ghost"), USUAL) in session.records


@pytest.mark.parametrize(
    ("source", "kind", "target", "told"),
    [
        ("Nobody", Relation.SWAYED, "Ann", "Nobody here is called Nobody."),
        ("", Relation.SWAYED, "Ann", "Say from whom the link begins."),
        ("Ann", Relation.SWAYED, "Ann", "Ann cannot have a line to themselves."),
        ("Boss", Relation.MANAGER, "Ann", "make a circle: Boss → Ann → Boss"),
        ("Cy", OrganisationKind.OWN, "Ann", "A tie begins at one of us"),
        ("Cy", OrganisationKind.OWN, "Ghost", "A tie begins at one of us"),
        ("Cy", LineKind.DOTTED, "Ghost", "Nobody here is called Ghost."),
    ],
)
def test_a_link_that_cannot_be_is_refused_with_one_sentence_and_nothing_is_lost(
    pair: Both, source: str, kind: object, target: str, told: str
) -> None:
    twin, session = pair.twin.twin, pair.twin.session
    before = session.records
    twin.add_link.kind.show_choice(kind)
    type_in(twin.add_link.source, source)
    type_in(twin.add_link.target, target, K.Key_Return)
    assert session.records == before
    assert len(pair.twin.told) == 1
    assert told in pair.twin.told[0]
    assert twin.add_link.target.text() == target


def test_removing_in_the_table_asks_as_the_canvas_does(pair: Both) -> None:
    twin, session = pair.twin.twin, pair.twin.session
    asked: list[int] = []

    def think_better(_people: object, lines: int) -> None:
        asked.append(lines)

    twin.ask = think_better
    before = session.records
    twin.people.choose([who(session, "Boss")])
    QTest.keyClick(twin.people, K.Key_Delete)
    assert asked == [pair.canvas.relations_at_stake([who(pair.drawn, "Boss")])]
    assert session.records == before
    twin.ask = lambda _people, _lines: Removal.KEEP
    QTest.keyClick(twin.people, K.Key_Delete)
    assert not session.records.where(Person, name="Boss")
    session.undo()
    assert session.records == before


def test_removing_one_with_nobody_under_him_in_the_table_asks_nothing(pair: Both) -> None:
    twin, session = pair.twin.twin, pair.twin.session
    asked: list[int] = []
    twin.ask = lambda _people, lines: asked.append(lines)
    twin.people.choose([who(session, "Ann")])
    QTest.keyClick(twin.people, K.Key_Delete)
    assert asked == []
    assert not session.records.where(Person, name="Ann")


def test_a_date_that_is_none_is_refused_and_one_that_is_one_is_kept(pair: Both) -> None:
    pair.twin.person("Cy", "Left on", "soon")
    assert pair.twin.told == ["A date is written year-month-day, such as 2026-10-14."]
    pair.twin.person("Cy", "Left on", "2026-03-30")
    pair.twin.desk.undo()
    assert pair.twin.session.records.one(Person, who(pair.twin.session, "Cy")).left_on is None


def test_nothing_is_edited_in_the_tables_while_a_day_in_the_past_is_shown(pair: Both) -> None:
    desk, session = pair.twin.desk, pair.twin.session
    before = session.records
    desk.show_day(date(2026, 1, 1))
    pair.twin.port.set_day(date(2026, 1, 1))
    pair.twin.twin.add_person.asked.emit("Late", None)
    pair.twin.person("Cy", "Title", "Head")
    assert session.records == before
    assert len(pair.twin.told) == 2
