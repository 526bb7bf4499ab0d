"""A sheet that opens beside a number and shows the sum it is made of."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from brm_desktop.domain.records import PersonId
from brm_desktop.domain.sums.explanation import Explanation
from brm_desktop.gui.look import Look
from brm_desktop.gui.widgets.frames import hairline, label
from brm_desktop.gui.widgets.shadow import lifted
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.gui.widgets.wrapping import PersonLink, wrapped
from brm_desktop.language import tr
from brm_desktop.rendering.sums import ToldLine, ToldSum, told

Why = Callable[[], Explanation | None]
"""What makes an explanation when it is asked for; ``None`` where it cannot be made just then."""
Go = Callable[[PersonId], object]
"""What goes to a person."""

_WIDE = 420
_HIGH = 560
_LONGEST_PART = 18
_MARGIN = 8
_MOST_LINES = 200
_COPIED_FOR_MS = 1_500


class SumButton(QPushButton):
    """A number that opens the sum it is made of; ``go`` leads to the people in it."""

    def __init__(self, look: Look, kind: str = "score", go: Go | None = None) -> None:
        super().__init__()
        self._look = look
        self._go = go
        self._why: Why | None = None
        self.setProperty("kind", kind)
        self.setAutoDefault(True)
        self.clicked.connect(self.open_sum)

    def show_sum(self, shown: str, name: str, why: Why | None) -> None:
        """Show a number, what it is called, and have its sum ready; without one it is inert."""
        self._why = why
        self.setText(shown)
        asks = "" if why is None else tr("Why {value}?", value=shown)
        self.setAccessibleName(f"{name} {shown}. {asks}".strip())
        invite(self, asks)

    def open_sum(self) -> None:
        """Open the sum beneath the number."""
        found = None if self._why is None else self._why()
        if found is not None:
            open_sum(found, self._look, self, go=self._go)


class SumLabel(QLabel):
    """A sentence with a number in it, over several lines where it must; it opens its sum."""

    def __init__(self, look: Look, role: str = "small", go: Go | None = None) -> None:
        super().__init__()
        self._look = look
        self._go = go
        self._why: Why | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_sum(self, text: str, why: Why | None) -> None:
        """Say something and have its sum ready; without one it is a plain label."""
        self._why = why
        self.setText(text)
        asks = tr("Why this number?") if why is not None else ""
        self.setAccessibleName(f"{text} {asks}".strip())
        invite(self, asks)

    def open_sum(self) -> None:
        """Open the sum beneath the sentence."""
        found = None if self._why is None else self._why()
        if found is not None:
            open_sum(found, self._look, self, go=self._go)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press opens it."""
        if opens(event):
            self.open_sum()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space opens it."""
        if opens(event):
            self.open_sum()
        else:
            super().keyPressEvent(event)


def invite(widget: QWidget, asks: str) -> None:
    """Have a widget invite one to ask for its sum, by mouse and keys; inert without a question."""
    widget.setToolTip(plain_tip(asks))
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus if asks else Qt.FocusPolicy.NoFocus)
    hand = Qt.CursorShape.PointingHandCursor if asks else Qt.CursorShape.ArrowCursor
    widget.setCursor(hand)


def opens(event: QMouseEvent | QKeyEvent) -> bool:
    """Whether a press opens the sum beneath it: the left button, Enter or Space."""
    if isinstance(event, QKeyEvent):
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
    return event.button() == Qt.MouseButton.LeftButton


def open_sum(
    explanation: Explanation,
    look: Look,
    opener: QWidget,
    place: QRect | None = None,
    go: Go | None = None,
) -> Popover:
    """Show an explanation beside a widget, or beside a place in it such as a cell or a card."""
    popover = Popover(opener.window(), told(explanation), go)
    lifted(popover, look)
    popover.open_at(opener, place)
    return popover


class Popover(QFrame):
    """A number's lines, what they come to, and the rule; it goes when the keys go elsewhere."""

    def __init__(self, parent: QWidget, shown: ToldSum, go: Go | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self._go = go
        self._opener: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("frame", "floating")
        self.setAccessibleName(shown.head)
        self.setAccessibleDescription(shown.text)
        self.setFixedWidth(min(_WIDE, parent.width() - 2 * _MARGIN))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 12, 12)
        layout.setSpacing(8)
        layout.addLayout(self._head())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(shown.title)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._holder = QWidget()
        self._lines()
        self._scroll.setWidget(self._holder)
        layout.addWidget(self._scroll)
        layout.addWidget(hairline())
        layout.addWidget(wrapped("strong", shown.total))
        layout.addWidget(wrapped("small", shown.rule))
        QApplication.instance().focusChanged.connect(self._keys_went)  # type: ignore[union-attr]

    def open_at(self, opener: QWidget, place: QRect | None = None) -> None:
        """Open beneath a widget or a place in it, above where there is no room; always in sight."""
        parent = self.parentWidget()
        assert parent is not None  # it is made with one
        self._opener = opener
        inner = QRect(QPoint(0, 0), opener.size()) if place is None else place
        beside = QRect(opener.mapTo(parent, inner.topLeft()), inner.size())
        self._fit(min(_HIGH, parent.height() - 2 * _MARGIN))
        self.move(self._corner(beside, parent.size()))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press inside is nobody else's."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it, arrows walk its people, pages scroll, Ctrl+C copies it."""
        key = event.key()
        bar = self._scroll.verticalScrollBar()
        copies = event.modifiers() & Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_C
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif copies:
            self.copy()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = bar.pageStep() if key == Qt.Key.Key_PageDown else -bar.pageStep()
            bar.setValue(bar.value() + step)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """The keys go around among the popover's own buttons."""
        stops = [*self._people, self._copy, self._close]
        now = self.focusWidget()
        place = stops.index(now) if now in stops else -1 if onward else len(stops)
        wanted = stops[(place + (1 if onward else -1)) % len(stops)]
        wanted.setFocus(Qt.FocusReason.TabFocusReason)
        if wanted in self._people:
            self._scroll.ensureWidgetVisible(wanted, 0, 24)
        return True

    def copy(self) -> None:
        """Put the whole sum on the clipboard as text."""
        QGuiApplication.clipboard().setText(self.shown.text)
        self._copy.setText(tr("Copied"))
        QTimer.singleShot(_COPIED_FOR_MS, self, lambda: self._copy.setText(tr("Copy")))

    def _corner(self, beside: QRect, room: QSize) -> QPoint:
        """Where it goes: below, above, or, where neither has room, at the side that has more."""
        outer = beside.center().x() > room.width() / 2
        x = beside.right() + 1 - self.width() if outer else beside.left()
        y = beside.bottom() + 5
        lowest = room.height() - self.height() - _MARGIN
        if y > lowest:
            y = beside.top() - 4 - self.height()
        if y < _MARGIN:
            x = beside.left() - 8 - self.width() if outer else beside.right() + 9
            y = min(beside.top(), lowest)
        most = room.width() - self.width() - _MARGIN
        return QPoint(max(_MARGIN, min(x, most)), max(_MARGIN, y))

    def _head(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(wrapped("strong", self.shown.head), 0, 0)
        self._copy = QPushButton(tr("Copy"))
        self._copy.setProperty("kind", "link")
        self._copy.setAutoDefault(True)
        self._copy.setAccessibleName(tr("Copy the sum as text"))
        self._copy.setToolTip(tr("Copy the sum as text"))
        self._copy.clicked.connect(self.copy)
        self._close = QPushButton("✕")
        self._close.setProperty("kind", "sign")
        self._close.setAutoDefault(True)
        self._close.setFixedSize(24, 24)
        self._close.setAccessibleName(tr("Close"))
        self._close.setToolTip(tr("Close"))
        self._close.clicked.connect(self._leave)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._copy, 0, 1, top)
        grid.addWidget(self._close, 0, 2, top)
        return grid

    def _lines(self) -> None:
        self._people: list[QPushButton] = []
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for place, line in enumerate(self.shown.lines[:_MOST_LINES]):
            self._line(grid, 2 * place, line)
        more = len(self.shown.lines) - _MOST_LINES
        if more > 0:
            rest = tr("{n} more lines; what is copied has them all.", n=more)
            grid.addWidget(wrapped("small", rest), 2 * _MOST_LINES, 0, 1, 3)

    def _line(self, grid: QGridLayout, place: int, line: ToldLine) -> None:
        top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        part, notes = line.part, [line.note]
        if len(part) > _LONGEST_PART:
            part, notes = "", [line.part, line.note]
        grid.addWidget(self._whom(line), place, 0, 1, 1 if part or line.adds else 3)
        if part:
            grid.addWidget(label("quiet", part), place, 1, 1, 1 if line.adds else 2, top)
        if line.adds:
            grid.addWidget(label("plain", line.adds), place, 2, top)
        said = " · ".join(one for one in notes if one)
        grid.addWidget(wrapped("small", said) if said else _gap(), place + 1, 0, 1, 3)

    def _whom(self, line: ToldLine) -> QWidget:
        if line.person is None or self._go is None:
            return wrapped("plain", line.label)
        person, go = line.person, self._go
        link = PersonLink(line.label)
        link.clicked.connect(lambda: self._went(go, person))
        self._people.append(link)
        return link

    def _went(self, go: Go, person: PersonId) -> None:
        self.close()
        go(person)

    def _leave(self) -> None:
        opener = self._opener
        self.close()
        if opener is not None and isValid(opener):
            opener.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self, most: int) -> None:
        """As high as its lines, as far as the window is; the lines scroll where it is not."""
        inner = self.width() - 28
        grid = self._holder.layout()
        assert grid is not None  # the lines are in it
        wanted = (
            grid.heightForWidth(inner) if grid.hasHeightForWidth() else grid.sizeHint().height()
        )
        layout = self.layout()
        assert layout is not None  # made with the popover
        self._scroll.setFixedHeight(1)
        rest = layout.heightForWidth(self.width()) - 1
        self._scroll.setFixedHeight(max(24, min(wanted + 2, most - rest)))
        self.setFixedHeight(min(most, rest + self._scroll.height()))

    def _keys_went(self, _from: QWidget | None, to: QWidget | None) -> None:
        if to is not None and to is not self and not self.isAncestorOf(to) and self.isVisible():
            self.close()


def _gap() -> QWidget:
    made = QWidget()
    made.setFixedHeight(4)
    return made
