"""The window where it guides: its map, its centres, a form that is filled in by clicks."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from windowing import rest

from brm_desktop.domain.records import (
    Action,
    ActionState,
    Person,
    PersonId,
)
from brm_desktop.gui.desk import Tab
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.centres_panel import CentresPanel
from brm_desktop.gui.pages.map_tab import MapTab
from brm_desktop.gui.pages.plan_form import PlanForm

BIGGEST = "Huachen Equipment Group"


def click(widget: QWidget) -> None:
    """A click with the mouse in the middle of something on show."""
    assert widget.isVisible()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    rest()


def map_tab(window: MainWindow) -> MapTab:
    """The tab of the map."""
    found = window.navigation.account.tab(Tab.MAP)
    assert isinstance(found, MapTab)
    return found


def panel(window: MainWindow) -> CentresPanel:
    """The centres beside the map, on show."""
    tab = map_tab(window)
    if not tab.centres.isVisible():
        click(tab.centres_button)
    return tab.centres


def form_of(centres: CentresPanel) -> PlanForm:
    """The form that is open."""
    assert centres.form is not None
    return centres.form


def actions_for(window: MainWindow, person: PersonId) -> list[Action]:
    """What is open for somebody."""
    found = window.desk.records.all(Action).values()
    return [one for one in found if one.person == person and one.state is ActionState.OPEN]


def person_named(window: MainWindow, name: str) -> Person:
    """Somebody of the open account."""
    return next(one for one in window.desk.analysis().people if one.name == name)
