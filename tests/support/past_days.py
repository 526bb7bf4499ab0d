"""Days in the past as tests look at them in the window."""

from __future__ import annotations

from datetime import date

from windowing import CTRL, SHIFT, Key, press

from brm_desktop.domain.days import days_of_claims
from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.ports import SessionPort
from brm_desktop.gui.main_window import MainWindow
from brm_desktop.gui.pages.canvas_pane import CanvasPane
from brm_desktop.gui.time.time_band import TimeBand

BIGGEST = "Huachen Equipment Group"
PLANT = "2027 Line Digitalisation, Phase One"


def pane_of(window: MainWindow) -> CanvasPane:
    """The canvas on show with its tools."""
    pane = window.navigation.account.pane
    assert isinstance(pane, CanvasPane)
    return pane


def port_of(window: MainWindow) -> SessionPort:
    """What the canvas on show draws from."""
    port = pane_of(window).port
    assert port is not None
    return port


def band_of(window: MainWindow) -> TimeBand:
    """The band over the canvas, opened with its key."""
    pane = pane_of(window)
    if not pane.time.is_open:
        press(window, Key.Key_T, CTRL | SHIFT)
    band = pane.time.band
    assert band is not None
    return band


def stated(window: MainWindow) -> tuple[date, ...]:
    """The days at which something was stated."""
    desk = window.desk
    assert desk.place.account is not None
    return days_of_claims(desk.session.analysis(desk.place.account))


def some_person(window: MainWindow) -> PersonId:
    """Somebody of the account."""
    return window.desk.analysis().people[0].id
