"""What an empty canvas says to who looks at it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from brm_desktop.rendering.screen import qcolor
from brm_desktop.rendering.theme import LIGHT, Theme

_MARGIN: Final = 10.0
_ROUND: Final = 8.0
_ABOVE_FOOT: Final = 12


class Hint(QLabel):
    """A sentence over the canvas, on a plate that hides the ground behind it."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._theme = LIGHT
        self._low = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def stand(self, needed: bool, *, low: bool) -> None:
        """Be there or not, in the middle or at the foot, where lanes leave some room."""
        self._low = low
        self.setHidden(not needed)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the plate, then the sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(self._theme.ground))
        upright = Qt.AlignmentFlag.AlignBottom if self._low else Qt.AlignmentFlag.AlignVCenter
        flags = int(upright | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        room = self.rect().adjusted(0, 0, 0, -_ABOVE_FOOT if self._low else 0)
        words = QRectF(self.fontMetrics().boundingRect(room, flags, self.text()))
        plate = words.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        painter.drawRoundedRect(plate, _ROUND, _ROUND)
        painter.setPen(qcolor(self._theme.quiet))
        painter.drawText(room, flags, self.text())
