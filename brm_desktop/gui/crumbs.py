"""The way to where one is, step by step, in the bar at the top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from brm_desktop.gui.widgets.frames import ElidedLabel
from brm_desktop.gui.widgets.tips import plain_tip


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way to where one is, and how to go back to it."""

    text: str
    go: Callable[[], object] | None = None


_MIDDLE = Qt.TextElideMode.ElideMiddle
_FIRST_LEAST = 124
_LAST_LEAST = 176
"""So wide at least are the first step and the last: both are recognised."""


class CrumbButton(QPushButton):
    """A step one can go back to; the first is cut where room is short."""

    def __init__(self, text: str, *, first: bool) -> None:
        super().__init__(text)
        self._first = first
        self.setProperty("kind", "crumb")
        self.setProperty("first", first)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """The first step gives way, the others stay whole."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), _FIRST_LEAST), hint.height()) if self._first else hint

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint what fits."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        option.text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        self.setToolTip(plain_tip(self.text()) if option.text != self.text() else "")
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


class LastCrumb(ElidedLabel):
    """Where one is, cut in the middle where room is short."""

    def __init__(self, text: str, *, first: bool) -> None:
        super().__init__("name" if first else "strong", text, _MIDDLE)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """So wide that it is recognised."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), _LAST_LEAST), hint.height())


def _call(go: Callable[[], object], _checked: bool = False) -> None:
    go()


def shown_crumb(crumb: Crumb, *, first: bool, last: bool) -> QWidget:
    """A step of the way as the bar shows it."""
    if crumb.go is None or last:
        return LastCrumb(crumb.text, first=first)
    button = CrumbButton(crumb.text, first=first)
    button.clicked.connect(partial(_call, crumb.go))
    return button
