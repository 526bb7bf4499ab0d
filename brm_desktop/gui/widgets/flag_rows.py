"""Red flags side by side, each read whole and pressed; what does not fit goes on below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QWidget

from brm_desktop.gui.look import Look
from brm_desktop.gui.widgets.tips import plain_tip

_GAP = 4
_LINE = 26
_LINES = 2


class Flow(QWidget):
    """Things side by side, on as many lines as they need."""

    def __init__(self) -> None:
        super().__init__()
        self.things: list[QWidget] = []

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need other lines."""
        super().resizeEvent(event)
        self.place()

    def place(self) -> None:
        """Put everything where it belongs."""
        for thing, box in zip(self.things, self._boxes(self.width()), strict=True):
            thing.setGeometry(box)

    def height_for(self, width: int) -> int:
        """How high all lines are together at a width."""
        boxes = self._boxes(width)
        return boxes[-1].bottom() + 1 if boxes else 0

    def _boxes(self, width: int) -> list[QRect]:
        x = y = 0
        found: list[QRect] = []
        for thing in self.things:
            wide = min(thing.sizeHint().width(), width)
            if x and x + wide > width:
                x, y = 0, y + _LINE + _GAP
            found.append(QRect(x, y, wide, _LINE))
            x += wide + _GAP
        return found


class FlagRow(QPushButton):
    """A flag and its sentence."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "flag")
        self.setAutoDefault(True)
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self.setIcon(look.icon("flag", "crucial", 14))
        self.setIconSize(QSize(14, 14))
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class FlagStrip(QScrollArea):
    """All flags of a chain; what is over two lines scrolls. ``pressed`` tells a place."""

    pressed = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.flags: list[FlagRow] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._flow = Flow()
        self.setWidget(self._flow)

    def show_flags(self, texts: Sequence[str]) -> None:
        """Show flags by their sentences."""
        for gone in self.flags:
            gone.hide()
            gone.deleteLater()
        self.flags = [self._flag(place, text) for place, text in enumerate(texts)]
        self._flow.things = list(self.flags)
        self._flow.place()
        self.setVisible(bool(texts))
        self.fit()

    def fit(self) -> None:
        """Be as high as the flags need, up to two lines."""
        need = self._flow.height_for(max(80, self.viewport().width()))
        self._flow.setMinimumHeight(need)
        self.setFixedHeight(min(need, _LINES * _LINE + _GAP))

    def _flag(self, place: int, text: str) -> FlagRow:
        button = FlagRow(self._look, text)
        button.clicked.connect(lambda: self.pressed.emit(place))
        button.setParent(self._flow)
        button.show()
        return button
