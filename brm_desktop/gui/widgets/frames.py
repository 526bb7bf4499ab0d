"""Panels, lines and labels: the still parts of a page."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.gui.widgets.tips import plain_tip

_REMEMBERED: Final = 64
"""For so many widths a label remembers its lines: its page asks for them thousands of times."""


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


def tab_chain(*widgets: QWidget) -> None:
    """Let Tab go through widgets in this order, whenever they were made."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


class FewLines(QLabel):
    """A text on at most so many lines, cut with "…" where it would need more."""

    def __init__(self, role: str, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self._found: dict[tuple[str, str, int], list[str]] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its lines at a width."""
        return max(1, len(self._laid_out(width))) * self.fontMetrics().lineSpacing()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        used = len(self._laid_out(self.width()))
        return QSize(120, max(1, used) * self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may need another number of lines."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the lines there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        metrics = self.fontMetrics()
        for place, line in enumerate(self._laid_out(self.width())):
            painter.drawText(0, place * metrics.lineSpacing() + metrics.ascent(), line)

    def _laid_out(self, width: int) -> list[str]:
        width = max(40, width)
        asked = (self.text(), self.font().key(), width)
        if asked not in self._found:
            if len(self._found) == _REMEMBERED:
                self._found.clear()
            self._found[asked] = self._lay_out(width)
        return self._found[asked]

    def _lay_out(self, width: int) -> list[str]:
        return few_lines(self.text(), self.font(), width, self._lines)


def few_lines(text: str, font: QFont, width: int, lines: int) -> list[str]:
    """A text broken into at most so many lines of a width, the last cut with "…" if it must be."""
    from PySide6.QtGui import QFontMetrics, QTextLayout

    layout = QTextLayout(text, font)
    metrics = QFontMetrics(font)
    layout.beginLayout()
    found: list[str] = []
    while len(found) < lines:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        last = len(found) == lines - 1
        rest = text[start:] if last else text[start : start + line.textLength()]
        cut = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width) if last else rest
        found.append(cut)
    layout.endLayout()
    return found


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
        self.setToolTip(plain_tip(self.text()) if shown != self.text() else "")
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(box, int(self.alignment() | Qt.TextFlag.TextSingleLine), shown)
