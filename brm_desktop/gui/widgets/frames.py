"""Panels, lines and labels: the still parts of a page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)


def panel(parent: QWidget | None = None) -> QFrame:
    """A rounded sheet on the ground."""
    frame = QFrame(parent)
    frame.setProperty("frame", "panel")
    return frame


def hairline(*, vertical: bool = False) -> QFrame:
    """A thin line between two parts."""
    line = QFrame()
    line.setProperty("frame", "line")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def label(role: str, text: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the roles of the style sheet; text is shown as it is, never as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Give a widget another property of the style sheet and dress it anew."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def column(*, margin: int = 0, gap: int = 8) -> QVBoxLayout:
    """A vertical layout with an even margin."""
    layout = QVBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    return layout


def row(*, margin: int = 0, gap: int = 8) -> QHBoxLayout:
    """A horizontal layout with an even margin."""
    layout = QHBoxLayout()
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    return layout


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while True:
        item = layout.takeAt(0)
        if item is None:
            return
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)


class ElidedLabel(QLabel):
    """A line of text that is cut with "…" where room is short; the whole is its tool tip."""

    def __init__(
        self,
        role: str,
        text: str = "",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(text)
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """As narrow as a few letters, or as the text when that is shorter."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), 24), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint what fits."""
        painter = QPainter(self)
        box = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), self._mode, box.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(box, int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)
