"""The palette of Ctrl+K: people, accounts, projects and commands by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import nsmallest

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from brm_desktop.domain.spelling import fits
from brm_desktop.gui.look import Look, font
from brm_desktop.gui.widgets.frames import label
from brm_desktop.gui.widgets.shadow import lifted
from brm_desktop.language import tr
from brm_desktop.rendering import theme as tokens

_Index = QModelIndex | QPersistentModelIndex

_SHOWN = 40
_HINT_ROLE = Qt.ItemDataRole.UserRole + 1
_ICON_ROLE = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to go to or to do; ``hint`` is said quietly at the right, ``order`` breaks ties."""

    name: str
    hint: str
    icon: str
    run: Callable[[], object]
    order: int = 0


def found(wanted: str, entries: Iterable[Entry]) -> list[Entry]:
    """The entries that fit, the best first."""
    ranked = (
        (rank, entry.order, len(entry.name), place, entry)
        for place, entry in enumerate(entries)
        if (rank := fits(wanted, entry.name)) is not None
    )
    return [item[4] for item in nsmallest(_SHOWN, ranked, key=lambda item: item[:4])]


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        return QSize(200, 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, box = self._look, QRect(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.shade(look.theme.tinted(look.theme.accent, 0.13)))
            painter.drawRoundedRect(box.adjusted(2, 1, -2, -1), 6, 6)
        icon = look.icon(str(index.data(_ICON_ROLE)), "accent" if chosen else "quiet")
        icon.paint(painter, QRect(box.left() + 12, box.center().y() - 8, 18, 18))
        hint = str(index.data(_HINT_ROLE))
        painter.setFont(font(tokens.SIZE_SMALL))
        wide = painter.fontMetrics().horizontalAdvance(hint)
        painter.setPen(look.text_colour("quiet"))
        middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        painter.drawText(
            box.adjusted(0, 0, -14, 0), middle | int(Qt.AlignmentFlag.AlignRight), hint
        )
        painter.setFont(font(tokens.SIZE_TEXT))
        painter.setPen(look.colour("ink"))
        room = box.adjusted(42, 0, -(wide + 28), 0)
        name = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, middle, name)
        painter.restore()


class Palette(QFrame):
    """A sheet over the window: type, walk with the arrows, Enter goes, Esc leaves."""

    left = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._entries: Sequence[Entry] = ()
        self._shown: list[Entry] = []
        self._had_keys: QWidget | None = None
        self.setProperty("frame", "floating")
        lifted(self, look)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        self.field = QLineEdit()
        self.field.setFont(font(tokens.SIZE_NAME))
        self.field.setMinimumHeight(32)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setItemDelegate(_EntryDelegate(look, self))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._clicked)
        self._nothing = label("quiet", wrap=True)
        self._nothing.setContentsMargins(12, 8, 12, 12)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._nothing)
        parent.installEventFilter(self)
        self.hide()

    def ask(self, entries: Sequence[Entry]) -> None:
        """Open over the window with these entries."""
        self._entries = entries
        if not self.isVisible():
            self._had_keys = self.window().focusWidget()
        self.field.setPlaceholderText(tr("Search people, accounts, projects, commands…"))
        self.field.setAccessibleName(tr("Search"))
        self.list.setAccessibleName(tr("What was found"))
        self._nothing.setText(tr("Nothing fits. Try fewer letters, or pinyin initials."))
        self.field.clear()
        self._search("")
        self._settle()
        self.show()
        self.raise_()
        self.field.setFocus()

    def renew(self, entries: Sequence[Entry]) -> None:
        """Search among other entries for what is typed."""
        self._entries = entries
        self._search(self.field.text())

    def leave(self) -> None:
        """Close without doing anything; who had the keys before has them again."""
        if not self.isVisible():
            return
        before, self._had_keys = self._had_keys, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk and choose from the field; close when the focus goes elsewhere."""
        if watched is self.field:
            if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
                return self._key(event)
            if event.type() == QEvent.Type.FocusOut:
                self.hide()
        elif event.type() == QEvent.Type.Resize:
            self._settle()
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: 8,
            Qt.Key.Key_PageUp: -8,
        }
        if key in steps:
            self._walk(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentRow())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def _walk(self, step: int) -> None:
        if self._shown:
            place = min(len(self._shown) - 1, max(0, self.list.currentRow() + step))
            self.list.setCurrentRow(place)

    def _search(self, text: str) -> None:
        self._shown = found(text, self._entries)
        self.list.clear()
        for entry in self._shown:
            item = QListWidgetItem(entry.name)
            item.setData(_HINT_ROLE, entry.hint)
            item.setData(_ICON_ROLE, entry.icon)
            self.list.addItem(item)
        self.list.setVisible(bool(self._shown))
        self._nothing.setVisible(not self._shown)
        self.list.setCurrentRow(0)
        self._settle()

    def _clicked(self, item: QListWidgetItem) -> None:
        self._take(self.list.row(item))

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._shown):
            entry = self._shown[place]
            self.leave()
            entry.run()

    def _settle(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        width = min(620, parent.width() - 80)
        rows = min(10, max(1, len(self._shown)))
        height = min(parent.height() - 100, 64 + rows * 36)
        self.setGeometry((parent.width() - width) // 2, 8, width, height)
