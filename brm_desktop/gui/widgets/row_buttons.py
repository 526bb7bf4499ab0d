"""Rows and texts that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy

from brm_desktop.gui.widgets.frames import ElidedLabel, FewLines, label, row
from brm_desktop.language import listed

_LONGEST = 120
_LINES = 2


class RowButton(QPushButton):
    """A row that can be pressed: a text on two lines at most, and at its right what it brings."""

    def __init__(self, text: str, end: str) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.setAutoDefault(True)
        self.setAccessibleName(listed((text, end)) if end else text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        layout = row(gap=8)
        layout.setContentsMargins(10, 4, 10, 4)
        self.setLayout(layout)
        self.inner = FewLines("plain", _LINES)
        self.inner.setText(text)
        layout.addWidget(self.inner, 1)
        ends = [label("gain", end)] if end else []
        for one in ends:
            one.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        for part in (self.inner, *ends):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(part)

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the lines of its text."""
        layout = self.layout()
        assert layout is not None  # set when it is made
        return layout.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """As its layout needs."""
        return _hint(self)


class LinkLabel(QPushButton):
    """A text that can be pressed, wrapped, or on one line and cut where room is short."""

    pressed_once = Signal()

    def __init__(self, text: str, role: str = "plain", *, wrap: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "plain")
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        layout = row()
        layout.setContentsMargins(0, 2, 0, 2)
        self.setLayout(layout)
        self.inner = label(role, shortened(text), wrap=True) if wrap else ElidedLabel(role, text)
        self.inner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout.addWidget(self.inner)
        self.clicked.connect(self.pressed_once)

    def sizeHint(self) -> QSize:
        """As its layout needs."""
        return _hint(self)


def shortened(text: str) -> str:
    """A text of at most a few lines; the whole is in the tool tip."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _hint(button: QPushButton) -> QSize:
    layout = button.layout()
    assert layout is not None  # set when it is made
    return layout.sizeHint()
