"""A canvas on screen, and a hand on the mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from paper_canvas import PaperPort, card, figure_of, line
from pointing import Hand
from pytestqt.qtbot import QtBot

from brm_desktop.domain.phrase import phrase
from brm_desktop.gui.canvas.port import CanvasPort
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.figure import LineStyle
from brm_desktop.rendering.theme import LIGHT

ShowCanvas = Callable[[CanvasPort], CanvasView]


@pytest.fixture
def show(qtbot: QtBot) -> ShowCanvas:
    """Puts a canvas on screen, cards arriving at once."""

    def shown(port: CanvasPort) -> CanvasView:
        view = CanvasView(port, LIGHT, phrase("Relationship map"))
        view.glide.duration = 0
        qtbot.addWidget(view)
        view.resize(1000, 700)
        with qtbot.waitExposed(view):
            view.show()
        view.setFocus()
        view.camera.zoom_to(1.0)
        return view

    return shown


@pytest.fixture
def port() -> PaperPort:
    """A boss with two reports, the left of whom sways a loner."""
    return PaperPort(
        figure_of(
            [
                card("boss", 0, 0),
                card("left", -200, 160),
                card("right", 200, 160),
                card("loner", -200, 320),
            ],
            line("boss", "left"),
            line("boss", "right"),
            line("left", "loner", LineStyle.INFLUENCE),
        )
    )


@pytest.fixture
def view(show: ShowCanvas, port: PaperPort) -> CanvasView:
    """The canvas of those four people."""
    return show(port)


@pytest.fixture
def hand(view: CanvasView) -> Hand:
    """A hand on the mouse over that canvas."""
    return Hand(view)
