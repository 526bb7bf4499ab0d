"""Editors for single facts: each says what it holds and tells once when the user changed it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStylePainter,
    QWidget,
)

from brm_desktop.domain.phrase import Word
from brm_desktop.gui.widgets.tips import plain_tip
from brm_desktop.language import tr

_ARROWS = {Qt.Key.Key_Up, Qt.Key.Key_Down}
_TEXT_BESIDE = 2
"""Between the edge of a line of text and its letters, as Qt has it."""


class TextField(QLineEdit):
    """One line of text; ``edited`` tells the new text on Enter and on leaving the field."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = self._told = ""
        self.editingFinished.connect(self.commit)

    def show_text(self, text: str) -> None:
        """Show what is known; what the user is typing right now is left alone."""
        if self.hasFocus() and self.isModified() and text == self._shown:
            return
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Without the keys a text that does not fit ends in "…"."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        style = self.style()
        room = style.subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        room.adjust(_TEXT_BESIDE, 0, -_TEXT_BESIDE, 0)
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        cut = shown != self.text() and not self.hasFocus()
        self._told = _told_whole(self, self.text(), self._told, cut=cut)
        if not cut:
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
            self.setText(self._shown)
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window once nothing typed here can be undone."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            redo = event.matches(QKeySequence.StandardKey.Redo) and not self.isRedoAvailable()
            if undo or redo:
                event.ignore()
                return False
        return super().event(event)

    def commit(self) -> None:
        """Say what was typed, if it is new."""
        text = self.text().strip()
        if text != self._shown:
            self._shown = text
            self.setText(text)
            self.edited.emit(text)


class NotesField(QPlainTextEdit):
    """Several lines of text; ``edited`` tells the new text when the user leaves the field."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setTabChangesFocus(True)
        self.setFixedHeight(72)

    def show_text(self, text: str) -> None:
        """Show what is known."""
        if text == self._shown and self.hasFocus():
            return
        self._shown = text
        self.setPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field says what was written."""
        super().focusOutEvent(event)
        self.commit()

    def commit(self) -> None:
        """Say what was written, if it is new."""
        text = self.toPlainText().strip()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)


class Choose(QComboBox):
    """One of several; ``picked`` tells the value taken. The wheel turns the page, not this."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self._told = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(4)
        self.list_wide = 0
        """How wide the list is at least when it opens."""
        self.activated.connect(lambda place: self.picked.emit(self._values[place]))

    @property
    def chosen(self) -> object:
        """The value on show; kept here, for Qt would make plain words of ours."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def offer(self, choices: Iterable[tuple[str, object]], chosen: object) -> None:
        """Offer choices, said with their texts, and show the one that holds."""
        offered = list(choices)
        with QSignalBlocker(self):
            self.clear()
            self._values = [value for _, value in offered]
            self.addItems([text for text, _ in offered])
        self.show_choice(chosen)

    def show_choice(self, chosen: object) -> None:
        """Show another of the choices offered."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self._values.index(chosen) if chosen in self._values else -1)

    def showPopup(self) -> None:
        """Open the list."""
        if self.list_wide:
            self.view().setMinimumWidth(self.list_wide)
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While nothing is chosen the arrows open the list: to walk past a choice takes none."""
        if self.currentIndex() < 0 and event.key() in _ARROWS and not self.isEditable():
            self.showPopup()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Room for some letters and a sign, whatever is offered.

        Qt has a policy that says so, but then each makes its list before anybody opens it.
        """
        metrics, sign = self.fontMetrics(), self.iconSize()
        wide = self.minimumContentsLength() * metrics.horizontalAdvance("X") + sign.width() + 4
        high = max(metrics.height(), sign.height()) + 2
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        kind = QStyle.ContentsType.CT_ComboBox
        return self.style().sizeFromContents(kind, option, QSize(wide, high), self)

    def minimumSizeHint(self) -> QSize:
        """No less than that."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A choice for which room is short ends in "…"."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style = self.style()
        room = style.subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        whole = option.currentText
        option.currentText = self.fontMetrics().elidedText(
            whole, Qt.TextElideMode.ElideRight, room.width()
        )
        cut = option.currentText != whole and not self.isEditable()
        self._told = _told_whole(self, whole, self._told, cut=cut)
        if not cut:
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class ChooseName(Choose):
    """One of many by name: typing finds it anywhere in the name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.completer()
        assert completer is not None  # an editable box has one
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        line = self.lineEdit()
        assert line is not None
        line.editingFinished.connect(self._put_back)

    def _put_back(self) -> None:
        """What was typed and is nobody's name gives way to the name that is chosen."""
        if self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString) < 0:
            self.setEditText(self.itemText(self.currentIndex()))


def words(kind: type[Word]) -> list[tuple[str, object]]:
    """Every word of a closed set with its text in the language in use."""
    return [(tr(word), word) for word in kind]


def yes_no_unknown() -> list[tuple[str, object]]:
    """The three answers to a question of yes or no."""
    return [(tr("unknown"), None), (tr("yes"), True), (tr("no"), False)]


def yes_no_auto() -> list[tuple[str, object]]:
    """Yes, no, or as the rules find."""
    return [(tr("automatic"), None), (tr("yes"), True), (tr("no"), False)]


def _told_whole(field: QWidget, whole: str, told: str, *, cut: bool) -> str:
    """Say the whole of a text that is cut as tool tip, unless that says what is wrong.

    ``told`` is what was said like that before; what is said now is given.
    """
    if field.toolTip() != told or (not told and not cut):
        return ""
    wanted = plain_tip(whole) if cut else ""
    if field.toolTip() != wanted:
        field.setToolTip(wanted)
    return wanted
