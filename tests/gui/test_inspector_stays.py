"""The inspector does not move under the hand that works in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from windowing import Windows, rest

from brm_desktop.domain import edits
from brm_desktop.domain.phrase import phrase
from brm_desktop.domain.records import Tie
from brm_desktop.gui.desk import Selected
from brm_desktop.gui.inspector.routes_part import RouteCard
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.planning import PlannedLink
from brm_desktop.gui.widgets.frames import FewLines


def test_the_inspector_stays_where_it_is_when_a_route_is_made_an_action(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, "Huachen")
    chief = next(one for one in sample.desk.analysis().people if one.name == "Chen Guodong")
    sample.desk.show_person(chief.id)
    windows.settle(sample)
    scroll = sample.inspector._scroll.verticalScrollBar()
    assert scroll.maximum() > 0
    first = sample.inspector.person.routes.findChildren(RouteCard)[0]
    scroll.setValue(60)
    QTest.mouseClick(first.button, Qt.MouseButton.LeftButton)
    windows.settle(sample)
    rest(40)
    cards = sample.inspector.person.routes.findChildren(RouteCard)
    card = next(one for one in cards if one.isVisible())
    assert isinstance(card.button, PlannedLink)
    assert (scroll.value(), card.button.hasFocus()) == (60, True)


def test_a_short_view_does_not_scroll_after_a_long_one(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, "Huachen")
    sample.desk.show_person(sample.desk.analysis().by_importance[0].id)
    windows.settle(sample)
    sample.desk.select(Selected(links=(next(iter(sample.desk.records.all(Tie))),)))
    windows.settle(sample)
    assert sample.inspector.link.isVisible()
    assert sample.inspector._scroll.verticalScrollBar().maximum() == 0


def test_what_to_ask_first_on_a_route_is_seen_whole_however_many_lines_it_takes(
    windows: Windows, sample: MainWindow
) -> None:
    windows.show_account(sample, "Huachen")
    chief = next(one for one in sample.desk.analysis().people if one.name == "Chen Guodong")
    name = phrase("Say the whole name")
    sample.desk.edit(name, edits.revise_person, chief.id, name="Chen Guodong of the Board")
    sample.desk.show_person(chief.id)
    windows.settle(sample)
    rest(40)
    cards = [one for one in sample.inspector.findChildren(RouteCard) if one.isVisible()]
    told = [one for card in cards for one in card.findChildren(FewLines)]
    assert any(one.heightForWidth(one.width()) > one.fontMetrics().lineSpacing() for one in told)
    for one in told:
        assert one.height() >= one.heightForWidth(one.width()), one.text()
