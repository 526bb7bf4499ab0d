"""The field on the canvas in which a name is typed, with who may be meant beneath it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from brm_desktop.gui.canvas.port import Suggestion
from brm_desktop.language import tr
from brm_desktop.rendering.theme import RADIUS_CARD, RADIUS_SMALL, Theme

Suggest = Callable[[str], Sequence[Suggestion]]

_WIDTH: Final = 212
_MOST_SUGGESTIONS: Final = 6


class Next(Enum):
    """What the user wants after a name is finished."""

    NOTHING = auto()
    REPORT = auto()
    MANAGER = auto()


class NameField(QFrame):
    """A line of text where the card will be.

    Enter finishes, Tab and Shift+Tab finish and go on with a report or a manager, Escape leaves.
    While text is composed with an input method no key means anything else.
    """

    finished = Signal(str, object, object)
    """The name, the :class:`Suggestion` that was chosen or ``None``, and what is :class:`Next`."""
    left = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._suggest: Suggest | None = None
        self.known_first = False
        self._open = False
        self.line = QLineEdit(self)
        self.choices = QListWidget(self)
        self.choices.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.choices.itemClicked.connect(self._clicked)
        self._centre = QPoint()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._box.addWidget(self.line)
        self._box.addWidget(self.choices)
        self.line.textChanged.connect(self._retell)
        self.line.installEventFilter(self)
        self.setFixedWidth(_WIDTH)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Wear the theme's colours."""
        self.setStyleSheet(
            f"QLineEdit {{ background: {theme.panel}; color: {theme.ink};"
            f" border: 2px solid {theme.accent}; border-radius: {RADIUS_CARD:.0f}px;"
            f" padding: 6px 10px; font-weight: bold; }}"
            f"QListWidget {{ background: {theme.panel}; color: {theme.ink};"
            f" border: 1px solid {theme.card_edge}; border-radius: {RADIUS_SMALL:.0f}px;"
            f" outline: none; }}"
            f"QListWidget::item {{ padding: 4px 8px; }}"
            f"QListWidget::item:selected {{ background: {theme.tinted(theme.accent)};"
            f" color: {theme.ink}; }}"
        )

    def open(self, text: str, centre: QPoint, name: str, suggest: Suggest | None) -> None:
        """Show the field around a pixel, with a text to go on from."""
        self._suggest = suggest
        self._open = True
        self._centre = centre
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(name)
        self.line.setText(text)
        self._retell()
        self.show()
        self.raise_()
        self.put(centre)

    def put(self, centre: QPoint) -> None:
        """Stand around another pixel, within the widget it is in.

        Names are offered below the line, or above it where there is no room below.
        """
        self._centre = centre
        self.adjustSize()
        line, whole = self.line.sizeHint().height(), self.height()
        parent = self.parentWidget()
        room = parent.size() if parent is not None else self.size()
        x = max(4, min(centre.x() - _WIDTH // 2, room.width() - _WIDTH - 4))
        y = max(4, min(centre.y() - line // 2, room.height() - line - 4))
        above = y + whole > room.height() and y + line > whole
        ways = QBoxLayout.Direction
        self._box.setDirection(ways.BottomToTop if above else ways.TopToBottom)
        self.move(x, y + line - whole if above else y)

    def take_focus(self) -> None:
        """Let keys go into the field, the cursor at its end."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.deselect()
        self.line.end(False)

    @property
    def is_open(self) -> bool:
        """Whether a name is being typed."""
        return self._open

    def close_field(self) -> None:
        """Hide without finishing."""
        self._open = False
        self.hide()

    def finish(self, then: Next = Next.NOTHING) -> None:
        """End the edit with what is typed or chosen; with nothing typed it is left."""
        if not self._open:
            return
        text = " ".join(self.line.text().split())
        chosen = self._chosen()
        self.close_field()
        if text:
            self.finished.emit(text, chosen, then)
        else:
            self.left.emit()

    def leave(self) -> None:
        """End the edit without a trace."""
        if self._open:
            self.close_field()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear the keys that end the edit or walk through the suggestions."""
        if watched is not self.line or not self._open:
            return False
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in _OWN_KEYS:
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        elif event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._focus_lost(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        elif key == Qt.Key.Key_Tab:
            self.finish(Next.REPORT)
        elif key == Qt.Key.Key_Backtab:
            self.finish(Next.MANAGER)
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self.choices.isHidden():
            step = 1 if key == Qt.Key.Key_Down else -1
            self.choices.setCurrentRow((self.choices.currentRow() + step) % self.choices.count())
        else:
            return False
        return True

    def _focus_lost(self, event: QFocusEvent) -> None:
        """A click elsewhere finishes; switching windows or opening a menu does not."""
        away = {
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        }
        if event.reason() not in away:
            self.finish()

    def _retell(self) -> None:
        """List who may be meant, the exact namesake chosen beforehand.

        Else that is the new person, or, where somebody known is likelier, that one.
        """
        text = " ".join(self.line.text().split())
        found = self._suggest(text)[:_MOST_SUGGESTIONS] if self._suggest and text else ()
        self.choices.clear()
        self.choices.setHidden(not found)
        for suggestion in found:
            hint = f" · {suggestion.hint}" if suggestion.hint else ""
            item = QListWidgetItem(suggestion.name + hint, self.choices)
            item.setData(Qt.ItemDataRole.UserRole, suggestion)
        if found:
            QListWidgetItem(tr("New person “{name}”", name=text), self.choices)
            self.choices.setCurrentRow(self._meant(text, found))
            rows = sum(self.choices.sizeHintForRow(row) for row in range(self.choices.count()))
            self.choices.setFixedHeight(rows + 4)
        self.put(self._centre)

    def _meant(self, text: str, found: Sequence[Suggestion]) -> int:
        """The row chosen beforehand; the last is the new person."""
        for row, suggestion in enumerate(found):
            if suggestion.name.casefold() == text.casefold():
                return row
        likely = 0 if self.known_first else len(found)
        return next((row for row, suggestion in enumerate(found) if suggestion.likely), likely)

    def _chosen(self) -> Suggestion | None:
        item = None if self.choices.isHidden() else self.choices.currentItem()
        data = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return data if isinstance(data, Suggestion) else None

    def _clicked(self, item: QListWidgetItem) -> None:
        self.choices.setCurrentItem(item)
        self.finish()


_OWN_KEYS: Final = frozenset(
    {
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_F2,
    }
)
