"""A person's closeness as the ring with its number that a card shows, as a widget of its own."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QPen

from brm_desktop.gui.look import Look, font
from brm_desktop.gui.widgets.bars import Painted
from brm_desktop.gui.widgets.popover import Go, Why, invite, open_sum, opens
from brm_desktop.language import NOTHING, tr
from brm_desktop.rendering import theme as tokens

_SIZE = 36
_STROKE = 3.4


class ScoreRing(Painted):
    """A ring of 0–100 in the colour of its band; a dash inside when there is no score."""

    def __init__(self, look: Look, value: int | None, tint: str) -> None:
        super().__init__(look)
        self._value = value
        self._tint = tint
        self.setFixedSize(_SIZE, _SIZE)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Always the same."""
        return QSize(_SIZE, _SIZE)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the ring and the number."""
        painter = self.painter()
        box = QRectF(self.rect()).adjusted(_STROKE, _STROKE, -_STROKE, -_STROKE)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.look.colour("track"), _STROKE))
        painter.drawEllipse(box)
        if self._value:
            pen = QPen(self.look.colour(self._tint), _STROKE)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(box, 90 * 16, -round(360 * 16 * self._value / 100))
        painter.setPen(self.look.colour("ink"))
        painter.setFont(font(tokens.SIZE_SMALL, bold=True))
        shown = NOTHING if self._value is None else str(self._value)
        painter.drawText(QRectF(self.rect()), int(Qt.AlignmentFlag.AlignCenter), shown)


class SumRing(ScoreRing):
    """A ring that opens the sum of its number, by a press or by keys."""

    def __init__(self, look: Look, value: int | None, tint: str, go: Go) -> None:
        super().__init__(look, value, tint)
        self._go = go
        self._why: Why | None = None

    def explain(self, name: str, why: Why) -> None:
        """Have the sum ready; ``name`` is what the ring is called."""
        self._why = why
        asks = tr("Why this number?")
        self.setAccessibleName(name)
        self.setAccessibleDescription(asks)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        invite(self, asks)

    def open_sum(self) -> None:
        """Open the sum beneath the ring."""
        found = None if self._why is None else self._why()
        if found is not None:
            open_sum(found, self.look, self, go=self._go)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press opens it."""
        if opens(event):
            self.open_sum()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space opens it."""
        if opens(event):
            self.open_sum()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring, framed when it has the keys."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = self.painter()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.look.colour("accent"), 1))
            painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
