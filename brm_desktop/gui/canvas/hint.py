"""What an empty canvas says to who looks at it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from brm_desktop.rendering.screen import qcolor
from brm_desktop.rendering.theme import LIGHT, Theme

_MARGIN: Final = 16.0
_ROUND: Final = 8.0
_NARROW: Final = 150
"""Pixels; so wide are the words where they stand between lanes that nobody has filled yet."""


class Hint(QLabel):
    """A sentence in the middle of the canvas, on a plate that hides the ground behind it."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._theme = LIGHT
        self._narrow = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.update()

    def stand(self, needed: bool, *, narrow: bool) -> None:
        """Be there or not, on one line or on a few short ones."""
        self._narrow = narrow
        self.setHidden(not needed)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the plate, then the sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(qcolor(self._theme.ground))
        flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        room = QRect(self.rect())
        if self._narrow:
            room.setWidth(min(_NARROW, room.width()))
            room.moveCenter(self.rect().center())
        words = QRectF(self.fontMetrics().boundingRect(room, flags, self.text()))
        plate = words.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        painter.drawRoundedRect(plate, _ROUND, _ROUND)
        painter.setPen(qcolor(self._theme.quiet))
        painter.drawText(room, flags, self.text())
