"""A sheet that opens beside a number and shows the sum it is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.gui.look import Look
from brm_desktop.gui.widgets.frames import ElidedLabel, hairline, label
from brm_desktop.gui.widgets.toast import lifted
from brm_desktop.language import tr

_WIDE = 340
_HIGH = 380


@dataclass(frozen=True, slots=True)
class Sum:
    """What a number is made of, said already: a title, rows of name, part and note, a total."""

    title: str = ""
    rows: tuple[tuple[str, str, str], ...] = ()
    total: str = ""


NO_SUM = Sum()


class SumButton(QPushButton):
    """A number that opens the sum it is made of."""

    def __init__(self, look: Look, kind: str = "score") -> None:
        super().__init__()
        self._look = look
        self._sum = NO_SUM
        self.setProperty("kind", kind)
        self.setAutoDefault(True)
        self.clicked.connect(self._open)

    def show_sum(self, shown: str, name: str, made_of: Sum) -> None:
        """Show a number, what it is called, and have its sum ready; without rows it is inert."""
        self._sum = made_of
        self.setText(shown)
        why = tr("Why {value}?", value=shown) if made_of.rows else ""
        self.setToolTip(why)
        self.setAccessibleName(f"{name} {shown}. {why}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if why else Qt.FocusPolicy.NoFocus)
        hand = Qt.CursorShape.PointingHandCursor if why else Qt.CursorShape.ArrowCursor
        self.setCursor(hand)

    def _open(self) -> None:
        if not self._sum.rows:
            return
        made_of = self._sum
        popover = Popover(self.window(), made_of.title, made_of.rows, made_of.total)
        lifted(popover, self._look)
        popover.open_at(self)


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
        """Open beneath a widget, or above it where there is no room, as far out as it is."""
        parent = self.parentWidget()
        assert parent is not None  # it is made with one
        self.adjustSize()
        place = QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
        outer = place.center().x() > parent.width() / 2
        corner = QPoint(place.right() + 1 - self.width() if outer else place.left(), 0)
        corner.setY(place.bottom() + 5)
        if corner.y() + self.height() > parent.height() - 8:
            corner.setY(max(8, place.top() - 4 - self.height()))
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
