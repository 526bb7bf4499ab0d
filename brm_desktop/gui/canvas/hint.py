"""What an empty canvas says to who looks at it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from brm_desktop.rendering.screen import qcolor
from brm_desktop.rendering.theme import LIGHT, Theme

_MARGIN: Final = 16.0
_ROUND: Final = 8.0


class Hint(QLabel):
    """A sentence in the middle of the canvas, on a plate that hides the ground behind it."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._theme = LIGHT
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.setStyleSheet(f"color: {theme.quiet}; background: transparent;")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate, then the sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(self._theme.ground))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        words = QRectF(self.fontMetrics().boundingRect(self.rect(), int(flags), self.text()))
        plate = words.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        painter.drawRoundedRect(plate, _ROUND, _ROUND)
        painter.end()
        super().paintEvent(event)
