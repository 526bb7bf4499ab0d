"""Bars that say a number: odds with its cap, and the points of a reason."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from brm_desktop.gui.look import Look


class Painted(QWidget):
    """A widget that paints itself in the theme's colours, again when the theme changes."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        look.changed.connect(self.update)

    def painter(self) -> QPainter:
        """A painter with smooth edges."""
        made = QPainter(self)
        made.setRenderHint(QPainter.RenderHint.Antialiasing)
        made.setPen(Qt.PenStyle.NoPen)
        return made


class CappedBar(Painted):
    """A number of 0–100 as a bar, with an upright mark where a cap holds it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._value: float | None = None
        self._cap: float | None = None
        self._tint = "unscored"
        self.setFixedHeight(18)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_value(self, value: float | None, cap: float | None, tint: str) -> None:
        """Show a number, its cap if there is one, and the colour by its tint."""
        self._value, self._cap, self._tint = value, cap, tint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the track, the bar and the mark."""
        painter = self.painter()
        middle = self.height() / 2
        track = QRectF(0, middle - 3, self.width(), 6)
        painter.setBrush(self.look.colour("track"))
        painter.drawRoundedRect(track, 3, 3)
        if self._value is not None and self._value > 0:
            filled = QRectF(track)
            filled.setWidth(max(6.0, track.width() * self._value / 100))
            painter.setBrush(self.look.colour(self._tint))
            painter.drawRoundedRect(filled, 3, 3)
        if self._cap is not None:
            place = min(track.width() - 2, track.width() * self._cap / 100)
            painter.setBrush(self.look.colour("crucial"))
            painter.drawRect(QRectF(place - 1, middle - 8, 2, 16))


class PointsBar(Painted):
    """Points for or against as a bar to the right or the left of a middle line."""

    def __init__(self, look: Look, points: float, widest: float, tint: str) -> None:
        super().__init__(look)
        self._points = points
        self._widest = max(widest, 0.01)
        self._tint = tint
        self.setFixedSize(58, 23)

    def sizeHint(self) -> QSize:
        """Always the same, so that the middle lines of several meet."""
        return QSize(58, 23)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the middle line and the bar."""
        painter = self.painter()
        middle = self.width() * 0.36
        line = QColor(self.look.colour("card_edge"))
        painter.fillRect(QRectF(middle - 0.5, 0, 1, self.height()), line)
        room = middle if self._points < 0 else self.width() - middle
        length = room * min(1.0, abs(self._points) / self._widest)
        if length < 1:
            return
        left = middle - length if self._points < 0 else middle
        painter.setBrush(self.look.colour(self._tint))
        painter.drawRoundedRect(QRectF(left, self.height() / 2 - 5, length, 10), 2, 2)
