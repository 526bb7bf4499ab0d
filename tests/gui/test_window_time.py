"""Days in the past in the window: stepped to, shown with their numbers, and only looked at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from past_days import BIGGEST, PLANT, band_of, pane_of, port_of, some_person, stated
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from windowing import CTRL, Key, Windows, press, rest, type_text

from brm_desktop.domain import edits
from brm_desktop.domain.days import months_before
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Dimension
from brm_desktop.domain.scores import half_up
from brm_desktop.gui.desk import Page, Place, Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.widgets.odds_panel import OddsPanel
from brm_desktop.rendering.figure import Point


@pytest.fixture
def at_map(windows: Windows, sample: MainWindow) -> MainWindow:
    """The map of the sample's biggest account."""
    windows.show_account(sample, BIGGEST)
    return sample


def numbers_are_those_of(window: MainWindow, day: date) -> None:
    """What cards and inspector say is what the domain finds for a day."""
    desk = window.desk
    assert desk.place.account is not None
    then = desk.session.analysis(desk.place.account).on(day)
    for card in pane_of(window).figure().cards.values():
        if card.person in then.importance:
            found = then.standing(card.person, Dimension.CLOSENESS)
            assert card.closeness.value == (None if found is None else found.value)
    value = then.scores[Dimension.CLOSENESS].value
    assert value is not None
    wanted, tries = str(half_up(value)), 100
    while wanted not in account_text(window) and tries:  # it waits until the slider rests
        rest(50)
        tries -= 1
    assert wanted in account_text(window)


def account_text(window: MainWindow) -> str:
    """Everything the inspector says of the account."""
    from PySide6.QtWidgets import QAbstractButton, QLabel

    view = window.inspector.account
    labels = [one.text() for one in view.findChildren(QLabel)]
    return " ".join([*labels, *(one.text() for one in view.findChildren(QAbstractButton))])


def test_arrows_step_from_statement_to_statement_and_end_is_today(at_map: MainWindow) -> None:
    slider = band_of(at_map).slider
    assert slider.hasFocus()
    days = stated(at_map)
    before = [day for day in days if day < at_map.desk.session.today()]

    press(at_map, Key.Key_Left)
    assert at_map.desk.today == before[-1]
    press(at_map, Key.Key_Left)
    assert at_map.desk.today == before[-2]
    numbers_are_those_of(at_map, before[-2])
    press(at_map, Key.Key_Right)
    assert at_map.desk.today == before[-1]
    press(at_map, Key.Key_Home)
    assert at_map.desk.today == days[0]
    press(at_map, Key.Key_Left)
    assert at_map.desk.today == days[0]
    press(at_map, Key.Key_End)
    assert at_map.desk.day is None


def test_page_up_goes_a_month_back(at_map: MainWindow) -> None:
    band_of(at_map)
    today = at_map.desk.session.today()
    press(at_map, Key.Key_PageUp)
    assert at_map.desk.today == months_before(today, 1)
    press(at_map, Key.Key_PageUp)
    press(at_map, Key.Key_PageDown)
    assert at_map.desk.today == months_before(months_before(months_before(today, 1), 1), -1)


def test_a_press_on_the_slider_takes_its_day_and_a_drag_follows(at_map: MainWindow) -> None:
    slider = band_of(at_map).slider
    wanted = stated(at_map)[3]
    at = QPoint(round(slider.x_of(wanted.toordinal())), 15)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=at)
    assert at_map.desk.day == wanted
    numbers_are_those_of(at_map, wanted)
    last = QPoint(slider.width() - 2, 15)
    QTest.mouseMove(slider, last)
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=last)
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, pos=last)
    assert at_map.desk.day is None


def test_the_wheel_steps_too(at_map: MainWindow) -> None:
    slider = band_of(at_map).slider
    middle = QPointF(slider.rect().center())
    turn = QWheelEvent(
        middle,
        QPointF(slider.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(slider, turn)
    assert at_map.desk.day == [d for d in stated(at_map) if d < at_map.desk.session.today()][-1]


def test_nothing_can_be_changed_on_a_day_in_the_past(at_map: MainWindow) -> None:
    desk, pane = at_map.desk, pane_of(at_map)
    band_of(at_map)
    chief = desk.analysis().by_importance[0].id
    desk.show_person(chief)
    desk.show_day(stated(at_map)[0])
    before = desk.session.records
    canvas = pane.canvas
    assert canvas is not None
    canvas.setFocus()
    press(at_map, Key.Key_F2)
    type_text(at_map, "Somebody else")
    press(at_map, Key.Key_Return)
    assert "go back to today" in at_map.toast.sentence
    press(at_map, Key.Key_Escape)
    canvas.setFocus()
    press(at_map, Key.Key_Z, CTRL)
    assert "go back to today" in at_map.toast.sentence
    edited = desk.edit(phrase("Change"), edits.revise_person, chief, title="Nobody")
    assert edited is None
    assert desk.session.records is before
    assert not pane.modes.buttons["PERSON"].isEnabled()


def test_every_edit_of_a_canvas_is_refused_on_a_day_in_the_past(at_map: MainWindow) -> None:
    from brm_desktop.domain.errors import Refused
    from brm_desktop.gui.canvas.port import Relation, Removal

    port = port_of(at_map)
    first, other = (one.id for one in at_map.desk.analysis().by_importance[:2])
    copied = port.copied([first])
    at_map.desk.show_day(stated(at_map)[0])
    assert port.relations_at_stake([first]) == 0  # what is refused need not be asked
    for gesture in (
        lambda: port.add("New", Point(0, 0), None),
        lambda: port.link(first, other, Relation.SWAYED),
        lambda: port.rename(first, "New"),
        lambda: port.move({first: Point(1, 1)}),
        lambda: port.lay_out({first: Point(1, 1)}, phrase("Lay out")),
        lambda: port.pin([first], pinned=True),
        lambda: port.remove([first], [], Removal.TAKE),
        lambda: port.paste(copied, Point(0, 0)),
        lambda: port.paste_names(["New"], Point(0, 0)),
        lambda: port.duplicate([first]),
        port.undo,
        port.redo,
    ):
        with pytest.raises(Refused, match="go back to today"):
            gesture()


def test_today_brings_everything_back(at_map: MainWindow) -> None:
    desk = at_map.desk
    band = band_of(at_map)
    figure = pane_of(at_map).figure()
    desk.show_day(stated(at_map)[5])
    assert pane_of(at_map).figure() != figure
    band.today.click()
    assert desk.day is None
    assert pane_of(at_map).figure() == figure
    numbers_are_those_of(at_map, desk.session.today())
    assert pane_of(at_map).modes.buttons["PERSON"].isEnabled()
    assert desk.edit(phrase("Change"), edits.revise_person, some_person(at_map), notes="!")


def test_who_left_later_is_back_where_he_would_stand_and_nobody_moves(at_map: MainWindow) -> None:
    desk = at_map.desk
    gone = desk.analysis().people[0].id
    today = desk.session.today()
    desk.edit(phrase("Leave"), edits.leave, gone, on=today - timedelta(days=3))
    now = pane_of(at_map).figure()
    desk.show_day(today - timedelta(days=30))
    then = pane_of(at_map).figure()
    assert not then.cards[gone].left
    for person in then.cards.keys() & now.cards.keys():
        assert then.cards[person].centre == now.cards[person].centre


def test_the_odds_are_those_of_the_day(windows: Windows, at_map: MainWindow) -> None:
    desk = at_map.desk
    project = next(one.id for one in desk.analysis().projects if one.name == PLANT)
    windows.go(at_map, Place(Page.ACCOUNT, desk.place.account, Tab.CHAINS, project))
    day = desk.session.today() - timedelta(days=120)
    desk.show_day(day)
    odds = desk.session.analysis(desk.analysis().account).on(day).chain(project).odds
    assert odds is not None
    (panel,) = at_map.findChildren(OddsPanel)
    assert panel.number.text() == str(half_up(odds))
    assert desk.analysis().today == day


def test_the_day_goes_along_to_another_canvas_and_ends_on_another_tab(
    windows: Windows, at_map: MainWindow
) -> None:
    desk = at_map.desk
    band_of(at_map)
    account, chief = desk.place.account, desk.analysis().by_importance[0].id
    day = stated(at_map)[-5]
    desk.show_day(day)
    windows.go(at_map, Place(Page.ACCOUNT, account, Tab.MAP, person=chief))
    assert pane_of(at_map).time.is_open
    assert port_of(at_map).analysis.today == day
    windows.go(at_map, Place(Page.ACCOUNT, account, Tab.PEOPLE))
    assert desk.day is None
    windows.go(at_map, Place(Page.ACCOUNT, account, Tab.MAP))
    assert port_of(at_map).analysis.today == desk.session.today()


def test_the_language_may_change_while_another_page_is_on_show(
    at_map: MainWindow, windows: Windows
) -> None:
    band = band_of(at_map)
    windows.go(at_map, Place(Page.ACCOUNTS))
    at_map.commands.run("switch_language")
    windows.settle(at_map)
    windows.show_account(at_map, BIGGEST)
    assert band.today.text() == "今天"


def test_the_inspector_of_a_past_day_can_only_be_read(windows: Windows, at_map: MainWindow) -> None:
    from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

    desk, inspector = at_map.desk, at_map.inspector
    person = next(iter(pane_of(at_map).figure().cards))
    desk.show_person(person)
    windows.settle(at_map)
    view = inspector.person
    assert not inspector.past.isVisible()
    assert view.scores.sliders[Dimension.CLOSENESS].slider.isEnabled()

    desk.show_day(stated(at_map)[0])
    rest(300)
    assert inspector.past.isVisible()
    assert stated(at_map)[0].isoformat() in inspector.past.said.text()
    for part in (view.details, view.sharing):
        part.head.setChecked(True)  # what is inside is made now, on that day
    typed = [one for one in view.findChildren(QLineEdit) if not isinstance(one.parent(), QComboBox)]
    assert typed
    assert all(one.isReadOnly() for one in typed)
    assert not any(one.isEnabled() for one in view.findChildren(QComboBox))
    assert not any(row.slider.isEnabled() for row in view.scores.sliders.values())
    assert not view.ties.add.isEnabled()
    assert not view.contact.met.isEnabled()
    assert not any(one.isEnabled() for one in view.chain.stance.buttons)
    name, said = view.head.name, view.head.name.text()
    name.setFocus()
    type_text(at_map, "Somebody")
    assert name.text() == said

    back = inspector.past.findChild(QPushButton)
    assert isinstance(back, QPushButton)
    back.setFocus()
    press(at_map, Key.Key_Space)
    rest(300)
    assert desk.day is None
    assert not inspector.past.isVisible()
    assert not any(one.isReadOnly() for one in (name, view.details.title, view.evidence.more))
    assert view.ties.add.isEnabled()
    assert view.scores.sliders[Dimension.CLOSENESS].slider.isEnabled()


def test_the_tables_of_a_past_day_take_no_edit(windows: Windows, at_map: MainWindow) -> None:
    twin = pane_of(at_map).twin
    pane_of(at_map).toggle_twin()
    windows.settle(at_map)
    cell = twin.people.model().index(0, 0)
    assert cell.flags() & Qt.ItemFlag.ItemIsEditable

    at_map.desk.show_day(stated(at_map)[-2])
    windows.settle(at_map)
    cells = [twin.people.model().index(0, n) for n in range(twin.people.model().columnCount())]
    assert not any(one.flags() & Qt.ItemFlag.ItemIsEditable for one in cells)
    assert twin.add_person.name.isReadOnly()
    assert not twin.add_link.add.isEnabled()

    at_map.desk.show_day(None)
    windows.settle(at_map)
    assert twin.people.model().index(0, 0).flags() & Qt.ItemFlag.ItemIsEditable
    assert not twin.add_person.name.isReadOnly()
