"""Grounds of departments, people who left and the legend on a canvas over a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pointing import Hand
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from stores import a_session
from windowing import Windows

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Account, AccountId, Person, PersonId
from brm_desktop.gui.canvas.content import Damage
from brm_desktop.gui.canvas.legend import LegendCorner
from brm_desktop.gui.canvas.ports import MapPort
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.map_tab import MapTab
from brm_desktop.rendering.figure import LineStyle
from brm_desktop.rendering.figures import MapView
from brm_desktop.rendering.grounds import head_box
from brm_desktop.session.session import Session

Show = Callable[[MapPort], CanvasView]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A boss of the board with three people of IT below him."""
    with a_session(tmp_path / "store.brm") as opened:
        opened.edit(phrase("1"), edits.create_account, name="Acme")
        for name, department in (("Boss", "Board"), ("Ann", "IT"), ("Bob", "IT"), ("Cy", "IT")):
            opened.edit(
                phrase("2"),
                edits.add_person,
                account=_account(opened),
                name=name,
                department=department,
            )
        for name in ("Ann", "Bob", "Cy"):
            opened.edit(phrase("3"), edits.set_manager, who(opened, name), who(opened, "Boss"))
        yield opened


@pytest.fixture
def port(session: Session) -> MapPort:
    """The map of that account."""
    return MapPort(session, _account(session))


def _account(session: Session) -> AccountId:
    (found,) = session.records.all(Account)
    return AccountId(found)


def who(session: Session, name: str) -> PersonId:
    """The person of a name."""
    (found,) = session.records.where(Person, name=name)
    return found.id


def names(port: MapPort) -> set[str]:
    """Whose cards the map shows."""
    return {card.name for card in port.figure().cards.values()}


def test_a_click_on_the_head_of_a_ground_folds_the_department_away_and_back(
    port: MapPort, show: Show
) -> None:
    view = show(port)
    for expected in ({"Boss", "Ann"}, {"Boss", "Ann", "Bob", "Cy"}):
        (group,) = view.content.figure.groups
        box = head_box(group, view.content.cards)
        assert box is not None
        view.camera.show_whole(box.grown(40.0))
        Hand(view).click(box.centre)
        assert names(port) == expected


def test_what_is_folded_stays_folded_when_the_map_is_looked_at_otherwise(port: MapPort) -> None:
    (group,) = port.figure().groups
    port.fold_department(group.department)
    port.set_view(MapView(former=True))
    assert names(port) == {"Boss", "Ann"}
    port.fold_departments(folded=False)
    assert len(names(port)) == 4
    port.fold_departments(folded=True)
    assert len(names(port)) == 2


def test_grounds_follow_a_card_that_is_dragged(session: Session, port: MapPort, show: Show) -> None:
    view = show(port)
    ann = who(session, "Ann")
    at = view.content.cards[ann].centre
    hand = Hand(view)
    hand.drag(at, type(at)(at.x, at.y + 60.0))
    (group,) = port.figure().groups
    assert ann in {one for part in group.parts for one in part}


def at_rest(view: CanvasView) -> QImage:
    """The picture once nothing is left coarse, for where time is short it is sharpened later."""
    image = view.grab().toImage()
    while True:
        QTest.qWait(60)
        before, image = image, view.grab().toImage()
        if image == before:
            return image


@pytest.mark.parametrize("zoom", [0.3, 1.0])
def test_nothing_of_before_is_left_where_a_head_says_another_closeness(
    session: Session, port: MapPort, show: Show, zoom: float
) -> None:
    view = show(port)
    view.camera.zoom_to(zoom)
    before = at_rest(view)
    session.edit(phrase("4"), edits.assess, who(session, "Ann"), closeness=80)
    painted = at_rest(view)
    view.layer.damage(Damage(everything=True))
    assert painted != before
    assert painted == at_rest(view)


def test_the_line_to_a_successor_is_shown_but_cannot_be_taken_away(
    session: Session, port: MapPort, show: Show
) -> None:
    left = {"left_on": date(2020, 1, 1), "successor": who(session, "Cy")}
    session.edit(phrase("4"), edits.revise_person, who(session, "Bob"), **left)
    port.set_view(MapView(former=True))
    view = show(port)
    (line,) = [one for one in port.figure().lines if one.style is LineStyle.SUCCESSION]
    before = session.records
    view.select(Selection(lines=(line.record,)))
    view.delete_selection()
    assert session.records.where(Person, name="Bob")
    assert session.records.all(Person) == before.all(Person)


def test_the_legend_opens_by_its_key_and_stays_open(windows: Windows, sample: MainWindow) -> None:
    windows.show_account(sample, "Huachen")
    tab = next(one for one in sample.findChildren(MapTab) if one.isVisible())
    view = tab.map.canvas
    assert view is not None
    (corner,) = view.findChildren(LegendCorner)
    assert not corner.panel.isVisible()
    QTest.keyClick(view, Qt.Key.Key_F8)
    assert corner.panel.isVisible()
    assert corner.panel.width() > 200
    assert view.rect().contains(corner.geometry())
    QTest.keyClick(view, Qt.Key.Key_F8)
    assert not corner.panel.isVisible()


def test_the_menu_of_the_map_folds_every_department_and_shows_who_left(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, "Huachen")
    tab = next(one for one in sample.findChildren(MapTab) if one.isVisible())
    everyone = len(tab.map.figure().cards)
    entries = {action.text(): action for action in tab.tools.lines.menu().actions()}
    entries["Collapse all departments"].trigger()
    assert len(tab.map.figure().cards) < everyone
    entries["Expand all departments"].trigger()
    assert len(tab.map.figure().cards) == everyone
    entries["Groups by department"].trigger()
    assert tab.map.figure().groups == ()
    entries["Former people"].trigger()
    assert tab.tools.view.former
