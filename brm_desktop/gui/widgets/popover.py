"""A sheet that opens beside a number and shows the sum it is made of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from brm_desktop.gui.widgets.frames import ElidedLabel, hairline, label

_WIDE = 340
_HIGH = 380


class Popover(QFrame):
    """Rows of a name and what it adds, and a last line; it goes when the keys go elsewhere."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        rows: Sequence[tuple[str, str, str]],
        total: str,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("frame", "floating")
        self.setAccessibleName(title)
        self.setFixedWidth(_WIDE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(ElidedLabel("strong", title))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 6, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        for place, (name, part, note) in enumerate(rows):
            grid.addWidget(ElidedLabel("plain", name), place, 0)
            grid.addWidget(label("quiet", part), place, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label("small", note), place, 2, Qt.AlignmentFlag.AlignRight)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAccessibleName(title)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(holder)
        scroll.setFixedHeight(min(_HIGH, max(24, holder.sizeHint().height() + 4)))
        layout.addWidget(scroll)
        layout.addWidget(hairline())
        layout.addWidget(label("strong", total, wrap=True))

    def open_at(self, widget: QWidget) -> None:
        """Open beneath a widget, its right edge at the widget's."""
        parent = self.parentWidget()
        assert parent is not None  # it is made with one
        self.adjustSize()
        corner = widget.mapTo(parent, QPoint(widget.width() - self.width(), widget.height() + 4))
        corner.setY(min(corner.y(), parent.height() - self.height() - 8))
        corner.setX(max(corner.x(), 8))
        self.move(corner)
        self.show()
        self.raise_()
        self.setFocus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Go when the keys go elsewhere."""
        super().focusOutEvent(event)
        self.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press inside is nobody else's."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
