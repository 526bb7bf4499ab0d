"""A map of very many people: collapsed at first, and nobody is out of reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pointing import CONTROL, SHIFT, Hand, key
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from stores import a_session

from brm_desktop.domain import edits
from brm_desktop.domain.change import Change
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import (
    Account,
    AccountId,
    LineKind,
    Person,
    PersonId,
    Records,
    ReportingLine,
    id_of,
)
from brm_desktop.gui.canvas.marks import badge_box
from brm_desktop.gui.canvas.port import CanvasPort, Hook, Relation
from brm_desktop.gui.canvas.ports import MapPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.gui.name_search import NameSearch
from brm_desktop.rendering.figure import Point
from brm_desktop.rendering.figures.crowd import BATCH, CROWD_FROM
from brm_desktop.session.session import Session

K = Qt.Key
BOSS, WIDE, LONE = (PersonId(f"person {name}") for name in ("Boss", "Wide", "Lone"))
MANY = CROWD_FROM + 50


def clerk(number: int) -> PersonId:
    return PersonId(f"person Clerk {number:05}")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A boss with two reports, one of whom has very many."""
    with a_session(tmp_path / "store.brm") as opened:
        opened.edit(phrase("1"), edits.create_account, name="Acme")
        (account,) = opened.records.all(Account).values()
        managers = {WIDE: BOSS, LONE: BOSS} | {clerk(n): WIDE for n in range(MANY)}
        people = [
            Person(id=one, name=one.removeprefix("person "), organisation=account.organisation)
            for one in (BOSS, *managers)
        ]
        lines = [
            ReportingLine(
                id=id_of(ReportingLine, one, manager, LineKind.SOLID), person=one, manager=manager
            )
            for one, manager in managers.items()
        ]
        opened.apply(phrase("2"), Change.of((), [*people, *lines]))
        yield opened


@pytest.fixture
def port(session: Session) -> MapPort:
    (account,) = session.records.all(Account)
    return MapPort(session, AccountId(account))


@pytest.fixture
def view(show: Callable[[CanvasPort], CanvasView], port: MapPort) -> CanvasView:
    return show(port)


def badge(view: CanvasView, head: PersonId) -> Point:
    """The middle of a head's "+n"."""
    count = view.content.folded.counts[head]
    return badge_box(view.content.cards[head], f"+{count}").centre


def test_it_opens_collapsed_and_heads_say_how_many_are_behind_them(view: CanvasView) -> None:
    assert set(view.content.cards) == {BOSS, WIDE, LONE}
    assert view.content.folded.counts == {WIDE: MANY}


def test_a_click_on_the_count_shows_a_batch_and_the_next_click_another(view: CanvasView) -> None:
    hand = Hand(view)
    for batches in (1, 2):
        view.camera.reveal(view.content.cards[WIDE].box)
        hand.click(badge(view, WIDE))
        assert len(view.content.cards) == 3 + batches * BATCH
        assert view.content.folded.counts == {WIDE: MANY - batches * BATCH}


def test_the_key_that_collapses_expands_and_another_shows_more(view: CanvasView) -> None:
    view.select(Selection.of(WIDE))
    key(view, K.Key_Period, CONTROL)
    assert len(view.content.cards) == 3 + BATCH
    key(view, K.Key_Period, CONTROL)
    assert set(view.content.cards) == {BOSS, WIDE, LONE}
    assert view.content.folded.counts == {WIDE: MANY}
    key(view, K.Key_Period, CONTROL)
    assert len(view.content.cards) == 3 + BATCH
    key(view, K.Key_Period, CONTROL | SHIFT)
    assert len(view.content.cards) == 3 + 2 * BATCH


def test_who_collapses_everybody_counts_those_too_who_had_no_card(view: CanvasView) -> None:
    view.select(Selection.of(BOSS))
    key(view, K.Key_Period, CONTROL)
    assert view.content.folded.counts == {BOSS: MANY + 2}


def test_finding_somebody_shows_the_way_to_him(view: CanvasView, qtbot: QtBot) -> None:
    view.find_card()
    QTest.keyClicks(view.find_bar.line, "clerk 01234")
    qtbot.waitUntil(lambda: view.find_bar.count.text() == "1 of 1")
    assert view.selection.people == (clerk(1234),)
    assert set(view.content.cards) == {BOSS, WIDE, LONE, clerk(1234)}
    assert view.content.folded.counts == {WIDE: MANY - 1}
    view.show_person(PersonId("nobody of this account"))
    assert clerk(1234) in view.content.cards


def test_finding_goes_on_from_one_who_fits_to_the_next(view: CanvasView, qtbot: QtBot) -> None:
    view.find_card()
    QTest.keyClicks(view.find_bar.line, "clerk 0012")
    qtbot.waitUntil(lambda: view.find_bar.count.text() == "1 of 10")
    view.find_bar.step(1)
    assert view.selection.people == (clerk(121),)
    view.find_bar.line.setText("nobody of this name")
    assert view.find_bar.count.text() == "nobody"


def test_whoever_is_added_below_a_collapsed_head_shows(view: CanvasView, port: MapPort) -> None:
    new = port.add("Newcomer", Point(400.0, 400.0), Hook(WIDE, Relation.REPORT))
    assert new in view.content.cards
    assert view.content.folded.counts == {WIDE: MANY}


def test_undo_works_while_a_crowd_is_collapsed(view: CanvasView, session: Session) -> None:
    places = {person: card.centre for person, card in view.content.cards.items()}
    view.port.move({WIDE: Point(900.0, 900.0)})
    view.toggle_fold(WIDE)
    assert view.content.cards[WIDE].centre == Point(900.0, 900.0)
    view.undo()
    assert view.content.cards[WIDE].centre != Point(900.0, 900.0)
    assert len(view.content.cards) == 3 + BATCH
    assert session.can_redo() is not None
    assert places.keys() <= view.content.cards.keys()


def test_people_below_nobody_come_with_the_key_too(
    view: CanvasView, session: Session, port: MapPort
) -> None:
    lines = session.records.where(ReportingLine, manager=WIDE)
    session.apply(phrase("3"), Change.of(lines))
    assert port.figure().beside == MANY + 1 - BATCH
    before = len(view.content.cards)
    view.select(Selection())
    view.show_more()
    assert len(view.content.cards) == before + BATCH


def test_a_part_of_a_name_a_title_or_initials_find_people() -> None:
    people = [
        Person(id=PersonId("1"), name="Ann Bell", title="Chief of staff"),
        Person(id=PersonId("2"), name="周海", title="CIO"),
    ]
    search = NameSearch(people, Records())
    while not search.prepare(0.001):
        pass
    assert search.find("ab") == ["1"]
    assert search.find("bell") == ["1"]
    assert search.find("CHIEF") == ["1"]
    assert search.find("zhouh") == ["2"]
    assert search.find("c") == ["1", "2"]
    assert search.find(" ") == []
