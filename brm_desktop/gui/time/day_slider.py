"""A slider over the days of an account: dots where something was stated, ticks at months."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider

from brm_desktop.domain.days import months_before
from brm_desktop.gui.look import Look, font
from brm_desktop.language import day as said_day
from brm_desktop.language import tr
from brm_desktop.rendering import theme as tokens

_MARGIN: Final = 12
_TRACK: Final = 15.0
_HANDLE: Final = 7.0
_SNAP: Final = 4
"""So many pixels from a dot the pointer means the dot."""
_CLOSEST_TICKS: Final = 4.0
_FOR_A_YEAR: Final = 34.0


class DaySlider(QSlider):
    """Its value is a day as an ordinal; arrows and wheel go from statement to statement."""

    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self._stated: list[int] = []
        self.setFixedHeight(40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.valueChanged.connect(lambda _value: self._said())
        look.changed.connect(self.update)

    def show_days(self, stated: Sequence[date], today: date, shown: date) -> None:
        """Run from the first statement to today, and stand at a day."""
        self._stated = [one.toordinal() for one in stated]
        first = min([*self._stated[:1], today.toordinal()])
        self.blockSignals(True)
        self.setRange(first, today.toordinal())
        self.setValue(shown.toordinal())
        self.blockSignals(False)
        self._said()
        self.update()

    @property
    def day(self) -> date:
        """The day it stands at."""
        return date.fromordinal(self.value())

    def sizeHint(self) -> QSize:
        """Wide enough for the months of a few years."""
        return QSize(240, 40)

    def minimumSizeHint(self) -> QSize:
        """As narrow as a year's months."""
        return QSize(90, 40)

    def step(self, ways: int) -> None:
        """Go to the next statement, or back to the one before; after the last comes today."""
        days = sorted({self.minimum(), *self._stated, self.maximum()})
        if ways > 0:
            place = bisect_right(days, self.value())
        else:
            place = bisect_left(days, self.value()) - 1
        if 0 <= place < len(days):
            self.setValue(days[place])

    def step_month(self, ways: int) -> None:
        """Go a month on, or back."""
        self.setValue(months_before(self.day, -ways).toordinal())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows: by statement; Page Up and Down: by month; Home and End: first day and today."""
        key, keys = event.key(), Qt.Key
        if key in (keys.Key_Left, keys.Key_Down):
            self.step(-1)
        elif key in (keys.Key_Right, keys.Key_Up):
            self.step(1)
        elif key == keys.Key_PageUp:
            self.step_month(-1)
        elif key == keys.Key_PageDown:
            self.step_month(1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turning up goes back in time."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if turned:
            self.step(-1 if turned > 0 else 1)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where the pointer is."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer while its button is down."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing more happens when the button is let go."""
        event.accept()

    def x_of(self, ordinal: int) -> float:
        """Where a day is drawn."""
        days = max(1, self.maximum() - self.minimum())
        return _MARGIN + (ordinal - self.minimum()) / days * (self.width() - 2 * _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Track, ticks, dots and handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._look.colour
        self._paint_ticks(painter)
        here = self.x_of(self.value())
        painter.setPen(_stroke(colour("track")))
        painter.drawLine(QPointF(_MARGIN, _TRACK), QPointF(self.width() - _MARGIN, _TRACK))
        painter.setPen(_stroke(colour("accent")))
        painter.drawLine(QPointF(_MARGIN, _TRACK), QPointF(here, _TRACK))
        painter.setPen(Qt.PenStyle.NoPen)
        for ordinal in self._stated:
            known = ordinal <= self.value()
            painter.setBrush(colour("panel" if known else "quiet"))
            painter.drawEllipse(QPointF(self.x_of(ordinal), _TRACK), 1.5, 1.5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawEllipse(QPointF(here, _TRACK), _HANDLE + 4, _HANDLE + 4)
        painter.setPen(QPen(colour("accent"), 2))
        painter.setBrush(colour("panel"))
        painter.drawEllipse(QPointF(here, _TRACK), _HANDLE, _HANDLE)

    def _paint_ticks(self, painter: QPainter) -> None:
        colour = self._look.colour
        wide = (self.width() - 2 * _MARGIN) / max(1, self.maximum() - self.minimum())
        painter.setFont(font(tokens.SIZE_SMALL))
        month = date.fromordinal(self.minimum()).replace(day=1)
        last_word = -_FOR_A_YEAR
        while (month := months_before(month, -1)).toordinal() <= self.maximum():
            x, new_year = self.x_of(month.toordinal()), month.month == 1
            if not new_year and wide * 30 < _CLOSEST_TICKS:
                continue
            painter.setPen(QPen(colour("card_edge"), 1))
            painter.drawLine(QPointF(x, _TRACK + 6), QPointF(x, _TRACK + (10 if new_year else 8)))
            fits = x - last_word >= _FOR_A_YEAR and x + _FOR_A_YEAR / 2 <= self.width()
            if new_year and fits:
                last_word = x
                painter.setPen(colour("quiet"))
                box = QRectF(x - _FOR_A_YEAR / 2, _TRACK + 10, _FOR_A_YEAR, 15)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(month.year))

    def _go_to(self, x: float) -> None:
        room = max(1, self.width() - 2 * _MARGIN)
        share = min(1.0, max(0.0, (x - _MARGIN) / room))
        wanted = self.minimum() + round(share * (self.maximum() - self.minimum()))
        near = [one for one in self._stated if abs(self.x_of(one) - x) <= _SNAP]
        self.setValue(min(near, key=lambda one: abs(one - wanted), default=wanted))

    def _said(self) -> None:
        self.setAccessibleDescription(said_day(self.day))
        undated = tr("Lines, ties and amounts have no date: they are today's on every day.")
        self.setToolTip(f"{said_day(self.day)}\n{undated}")


def _stroke(colour: QColor) -> QPen:
    return QPen(colour, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
