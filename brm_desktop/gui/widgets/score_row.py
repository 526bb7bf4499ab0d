"""One score of a person: what it says, how old it is, a slider and the number to type."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget

from brm_desktop.gui.look import Look, font
from brm_desktop.gui.widgets.frames import label, set_property
from brm_desktop.gui.widgets.popover import Go, SumButton, Why
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.widgets.value_fields import NumberField
from brm_desktop.rendering import theme as tokens

_KNOB = 7.0
_SETTLES_AFTER_MS = 500


@dataclass(frozen=True, slots=True)
class ScoreView:
    """A score as shown: 0–100 or ``None``, its band's colour, and the note on date and basis."""

    value: int | None
    tint: str = "unscored"
    note: str = ""
    stale: bool = False
    why: str = ""


class ScoreSlider(QSlider):
    """A slider of 0–100 in the colour of its band; without a score it has no knob."""

    settled = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self._scored = False
        self._tint = "unscored"
        self.setRange(0, 100)
        self.setSingleStep(1)
        self.setPageStep(10)
        self.setFixedHeight(20)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLES_AFTER_MS)
        self._settling.timeout.connect(self._settle)
        self.valueChanged.connect(self._moved)
        look.changed.connect(self.update)

    def show_score(self, value: int | None, tint: str) -> None:
        """Show a score without taking it for the user's."""
        self._settling.stop()
        self._scored = value is not None
        self._tint = tint
        self.blockSignals(True)
        self.setValue(50 if value is None else value)
        self.blockSignals(False)
        self.update()

    @property
    def is_moving(self) -> bool:
        """Whether it was moved and has not told where to yet."""
        return self.isSliderDown() or self._settling.isActive()

    def settle(self) -> None:
        """Tell at once where it was moved to, if it has not yet."""
        if self._settling.isActive():
            self._settle()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(160, 20)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the track, the bar and the knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle = self.height() / 2
        painter.setBrush(self._look.colour("track"))
        painter.drawRoundedRect(QRectF(0, middle - 3, self.width(), 6), 3, 3)
        if not self._scored:
            self._paint_focus(painter, QPointF(_KNOB, middle))
            return
        colour = QColor(self._look.colour(self._tint))
        knob = QPointF(self._place(self.value()), middle)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(0, middle - 3, knob.x(), 6), 3, 3)
        if not self.isEnabled():
            return
        self._paint_focus(painter, knob)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(self._look.colour("panel"))
        painter.drawEllipse(knob, _KNOB - 1, _KNOB - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump to where the pointer is."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """A drag is one score, said on release."""
        if self.isSliderDown():
            self.setSliderDown(False)
            self._settle()

    def _paint_focus(self, painter: QPainter, knob: QPointF) -> None:
        if not self.hasFocus():
            return
        ring = QColor(self._look.colour("accent"))
        ring.setAlphaF(0.35)
        painter.setBrush(ring)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(knob, _KNOB + 2.5, _KNOB + 2.5)

    def _place(self, value: int) -> float:
        return _KNOB + (self.width() - 2 * _KNOB) * value / 100

    def _follow(self, event: QMouseEvent) -> None:
        share = (event.position().x() - _KNOB) / max(1.0, self.width() - 2 * _KNOB)
        value = round(100 * min(1.0, max(0.0, share)))
        self._scored = True
        if value == self.value():
            self._moved(value)
        self.setValue(value)

    def _moved(self, value: int) -> None:  # noqa: ARG002
        self._scored = True
        self.update()
        if not self.isSliderDown():
            self._settling.start()

    def _settle(self) -> None:
        self._settling.stop()
        self.settled.emit(self.value())


class ScoreRow(QWidget):
    """A named score with its slider; ``scored`` carries a number the user chose."""

    scored = Signal(int)

    def __init__(self, look: Look, go: Go | None = None) -> None:
        super().__init__()
        self._view = ScoreView(None)
        self._title = label("plain")
        self.note = SumButton(look, "figure", go)
        self.slider = ScoreSlider(look)
        self.slider.settled.connect(self._said)
        self.slider.valueChanged.connect(self._follow)
        self.number = NumberField(0, 100)
        self.number.setProperty("kind", "number")
        self.number.setFixedWidth(40)
        self.number.setFont(font(tokens.SIZE_NAME))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setPlaceholderText("–")
        self.number.counted.connect(self._typed)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.addWidget(self._title, 0, 0)
        grid.addWidget(self.note, 0, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.slider, 1, 0, 1, 2)
        grid.addWidget(self.number, 1, 2)
        grid.setColumnStretch(1, 1)

    def add_beside(self, widget: QWidget) -> None:
        """Put something small beside the number."""
        self._grid.addWidget(widget, 1, 3)
        self._grid.addWidget(self.note, 0, 1, 1, 3, Qt.AlignmentFlag.AlignRight)

    def set_title(self, title: str) -> None:
        """Name the dimension."""
        self._title.setText(title)
        self.slider.setAccessibleName(title)
        self.number.setAccessibleName(title)

    def show_score(self, view: ScoreView, why: Why | None = None) -> None:
        """Show a score as it stands; its note opens what it is made of.

        A score that is being chosen stays: who shows that of another settles this one before.
        """
        self._view = view
        if not self.slider.is_moving:
            self.slider.show_score(view.value, view.tint)
            self.number.show_known("" if view.value is None else str(view.value))
        self.note.show_sum(view.note, self._title.text(), why)
        set_property(self.note, "stale", view.stale)
        self.slider.setToolTip(plain_tip(view.why))

    def _follow(self, value: int) -> None:
        self.number.show_known(str(value))

    def _typed(self, value: int | None) -> None:
        if value is None:  # a score is not taken back by emptying its field
            self.number.show_known("" if self._view.value is None else str(self._view.value))
        else:
            self._said(value)

    def _said(self, value: int) -> None:
        if value != self._view.value:
            self.scored.emit(value)
