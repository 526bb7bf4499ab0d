"""Red flags side by side, each read whole and pressed; what does not fit goes on below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLayout, QLayoutItem, QPushButton, QScrollArea, QWidget

from brm_desktop.gui.look import Look

_GAP = 4
_LINE = 26
_LINES = 2


class Flow(QLayout):
    """Things side by side, on as many lines as they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Put one more at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        """Take one away."""
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """A narrow place needs more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high they are together."""
        return self._placed(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, box: QRect) -> None:
        """Place them."""
        super().setGeometry(box)
        self._placed(box, move=True)

    def sizeHint(self) -> QSize:
        """As small as may be."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """One line of the narrowest."""
        return QSize(80, _LINE)

    def _placed(self, box: QRect, *, move: bool) -> int:
        x, y = box.x(), box.y()
        for item in self._items:
            size = item.sizeHint()
            wide = min(size.width(), box.width())
            if x > box.x() and x + wide > box.right() + 1:
                x, y = box.x(), y + _LINE + _GAP
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(wide, _LINE)))
            x += wide + _GAP
        return y + _LINE - box.y() if self._items else 0


class FlagRow(QPushButton):
    """A flag and its sentence."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self.setProperty("kind", "flag")
        self.setAutoDefault(True)
        self.setAccessibleName(text)
        self.setToolTip(text)
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
        self._inner = QWidget()
        self._flow = Flow(self._inner)
        self.setWidget(self._inner)

    def show_flags(self, texts: Sequence[str]) -> None:
        """Show flags by their sentences."""
        while (item := self._flow.takeAt(0)) is not None:
            gone = item.widget()
            assert gone is not None  # only buttons are put in
            gone.hide()
            gone.deleteLater()
        self.flags = []
        for place, text in enumerate(texts):
            button = FlagRow(self._look, text)
            button.clicked.connect(lambda _=False, at=place: self.pressed.emit(at))
            self.flags.append(button)
            self._flow.addWidget(button)
        self.setVisible(bool(texts))
        self.fit()

    def fit(self) -> None:
        """Be as high as the flags need, up to two lines."""
        need = self._flow.heightForWidth(max(80, self.viewport().width()))
        self.setFixedHeight(min(need, _LINES * _LINE + _GAP))
