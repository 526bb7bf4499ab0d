"""The shadow of a sheet that floats over the window.

It is a widget of its own beneath the sheet. Qt's effect would paint the same; but each time it does
it sends all hidden widgets of the window their sizes first, which can hold the window up for 40 ms.
"""

from __future__ import annotations

from math import erfc
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from brm_desktop.gui.look import Look

_REACH: Final = 20
"""How far the shadow is seen around the sheet."""
_SOFTNESS: Final = 8.0
_BELOW: Final = 6
_CORNER: Final = 10
_LIGHT, _DARK = 50, 150
"""How much of the ground the shadow covers where it is deepest, of 255, by theme."""
_FOLLOWED: Final = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.ShowToParent,
        QEvent.Type.HideToParent,
        QEvent.Type.ZOrderChange,
    }
)


def lifted(widget: QWidget, look: Look) -> None:
    """Let a widget float over what is beneath it, in the parent it has."""
    _Shadow(widget, look)


class _Shadow(QWidget):
    """Keeps beneath its sheet; nothing can be done with it."""

    def __init__(self, sheet: QWidget, look: Look) -> None:
        super().__init__(sheet.parentWidget())
        self._sheet = sheet
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        sheet.installEventFilter(self)
        sheet.destroyed.connect(self.deleteLater)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        """Go where the sheet goes; one that is being destroyed goes nowhere any more."""
        sheet = vars(self).get("_sheet")
        if event.type() in _FOLLOWED and sheet is not None and isValid(sheet) and isValid(self):
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint one line around the other, each as dark as a soft light would leave it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        deepest = _DARK if self._look.theme.dark else _LIGHT
        sheet = QRectF(self.rect()).adjusted(_REACH, _REACH, -_REACH, -_REACH)
        for away in range(-_REACH // 2, _REACH):
            shade = deepest * erfc(away / _SOFTNESS / 2**0.5) / 2
            painter.setPen(QPen(QColor(0, 0, 0, round(shade)), 1))
            box = sheet.adjusted(-away, -away, away, away)
            corner = max(0, _CORNER + away)
            painter.drawRoundedRect(box, corner, corner)

    def _follow(self) -> None:
        sheet = self._sheet
        place = sheet.geometry().translated(0, _BELOW)
        self.setGeometry(place.adjusted(-_REACH, -_REACH, _REACH, _REACH))
        self.setVisible(not sheet.isHidden())
        self.stackUnder(sheet)
