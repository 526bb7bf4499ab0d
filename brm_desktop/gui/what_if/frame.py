"""The frame around a canvas on which things are only supposed, and dots on what differs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from brm_desktop.domain.records import PersonId
from brm_desktop.gui.canvas.view import CanvasView
from brm_desktop.gui.look import Look
from brm_desktop.language import tr
from brm_desktop.rendering import theme as tokens
from brm_desktop.rendering.screen import qcolor

_EDGE: Final = 3.0
_DOT: Final = 6.0


class SupposedFrame(QWidget):
    """Lies over the canvas and lets everything through; the band above has the words."""

    def __init__(self, look: Look, around: QWidget) -> None:
        super().__init__(around)
        self._look = look
        self._around = around
        self._canvas: CanvasView | None = None
        self.marked: frozenset[PersonId] = frozenset()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        around.installEventFilter(self)
        look.changed.connect(self.update)

    def lie_over(self, canvas: CanvasView | None, marked: frozenset[PersonId]) -> None:
        """Be there, over a canvas or over the tables, with a dot on the cards of some people."""
        self._canvas = canvas
        self.marked = marked
        self.setAccessibleName(tr("What if: nothing is saved"))
        self.setGeometry(self._around.rect())
        self.show()
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Stay as large as what it is around."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LanguageChange):
            self.setGeometry(self._around.rect())
            self.update()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the dots and the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_dots(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(qcolor(self._look.theme.medium), _EDGE))
        box = QRectF(self.rect()).adjusted(_EDGE / 2, _EDGE / 2, -_EDGE / 2, -_EDGE / 2)
        painter.drawRoundedRect(box, tokens.RADIUS_PANEL, tokens.RADIUS_PANEL)

    def _paint_dots(self, painter: QPainter) -> None:
        canvas = self._canvas
        if canvas is None or not canvas.isVisible():
            return
        theme = self._look.theme
        painter.setPen(QPen(qcolor(theme.ground), 2.0))
        painter.setBrush(qcolor(theme.medium))
        origin = canvas.viewport().mapTo(self._around, canvas.viewport().rect().topLeft())
        for person in self.marked:
            card = canvas.content.cards.get(person)
            if card is not None:
                corner = canvas.camera.box_on_screen(card.box).topLeft()
                painter.drawEllipse(corner + QPointF(origin), _DOT, _DOT)
