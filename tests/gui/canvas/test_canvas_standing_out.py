"""Who is selected has his lines stand out: all others step back, calmly."""

from __future__ import annotations

from paper_canvas import PaperPort, card, figure_of, line
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.rendering.figure import LineStyle

FIRST, SECOND, THIRD, FOURTH = (PersonId(name) for name in ("one", "two", "three", "four"))


def _ink(view: CanvasView, source: PersonId, target: PersonId) -> int:
    """How far the darkest pixel between two cards side by side is from the ground."""
    image: QImage = view.viewport().grab().toImage()
    camera, cards = view.camera, view.content.cards
    start, end = (camera.to_screen(cards[one].centre) for one in (source, target))
    x, y = round((start.x() + end.x()) / 2), round(start.y())
    ratio = image.devicePixelRatio()
    column = [
        QColor(image.pixel(round(x * ratio), round(at * ratio))).lightness()
        for at in range(y - 30, y + 30)
    ]
    return max(column) - min(column)


def _settled(view: CanvasView, qtbot: QtBot) -> None:
    qtbot.wait(120)
    view.layer.settle()
    view.viewport().repaint()


def test_the_lines_of_who_is_selected_stand_out_and_come_back(
    view: CanvasView, port: PaperPort, qtbot: QtBot
) -> None:
    port.put(
        figure_of(
            [card("one", 0, 0), card("two", 400, 0), card("three", 0, 300), card("four", 400, 300)],
            line("one", "two", LineStyle.INFLUENCE),
            line("three", "four", LineStyle.INFLUENCE),
        )
    )
    view.fit()
    _settled(view, qtbot)
    before = _ink(view, THIRD, FOURTH)

    view.select(Selection((FIRST,)))
    _settled(view, qtbot)
    assert _ink(view, THIRD, FOURTH) < before / 2
    assert _ink(view, FIRST, SECOND) >= before * 0.9

    view.select(Selection())
    _settled(view, qtbot)
    assert _ink(view, THIRD, FOURTH) == before


def test_when_nobody_is_selected_any_more_everything_looks_as_before(
    view: CanvasView, port: PaperPort, qtbot: QtBot
) -> None:
    cards = [card("one", 0, 0), card("two", 400, 0), card("three", 0, 300)]
    port.put(figure_of(cards, line("one", "three", LineStyle.REPORTING)))
    view.fit()
    _settled(view, qtbot)
    before = view.viewport().grab().toImage()
    view.select(Selection((SECOND,)))
    _settled(view, qtbot)
    view.select(Selection())
    _settled(view, qtbot)
    assert view.viewport().grab().toImage() == before
