"""People and panels of the sample portfolio, as tests of the window look for them."""

from __future__ import annotations

from windowing import rest

from brm_desktop.domain.attitudes import attitude_on
from brm_desktop.domain.records import (
    Outcome,
    Person,
    Project,
    Stance,
)
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.widgets.odds_panel import OddsPanel
from brm_desktop.gui.widgets.table import Table

BIGGEST = "Huachen Equipment Group"


def person_named(window: MainWindow, name: str) -> Person:
    """Somebody of the open account."""
    return next(one for one in window.desk.analysis().people if one.name == name)


def odds_panel(window: MainWindow) -> OddsPanel:
    """What is below the chain on show."""
    (found,) = window.findChildren(OddsPanel)
    assert isinstance(found, OddsPanel)
    return found


def show_person(window: MainWindow, name: str) -> Person:
    """Select somebody."""
    person = person_named(window, name)
    window.desk.show_person(person.id)
    rest()
    return person


def live_project(window: MainWindow) -> Project:
    """The project of the sample's picture."""
    found = (one for one in window.desk.analysis().projects if one.outcome is Outcome.OPEN)
    return next(one for one in found if "Line" in one.name)


def stance_of(window: MainWindow, project: Project, person: Person) -> Stance:
    """What somebody thinks of us in a project."""
    desk = window.desk
    return attitude_on(desk.records, project.id, person.id, desk.today).stance


def canvas_pane(window: MainWindow) -> CanvasPane:
    """The canvas on show."""
    pane = window.navigation.account.pane
    assert pane is not None
    return pane


def rows(table: Table) -> list:  # type: ignore[type-arg]  # rows of any kind
    """What a table shows."""
    return list(table.source.rows)
