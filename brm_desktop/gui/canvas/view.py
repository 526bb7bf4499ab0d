"""``CanvasView``: the canvas of relationship map, decision chain and key-person view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from brm_desktop.gui.canvas.keys import typed_text
from brm_desktop.gui.canvas.pointed import PointedBoard
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.tools.stage import Mode
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH


class CanvasView(PointedBoard):
    """A canvas that people draw on with the mouse, the keyboard and an input method.

    Parameters
    ----------
    port
        The door to the records; see :class:`~brm_desktop.gui.canvas.port.CanvasPort`.
    theme
        The colours to wear; :meth:`set_theme` changes them live.
    name
        What a screen reader calls the canvas.
    keys
        The keys in force; those of the table when not given.
    clip
        The clipboard shared with the window's other canvases.
    ask
        Asks what becomes of the relations of people who are removed.
    """

    legend_asked = Signal()
    """The key for the legend was pressed; whoever holds the canvas shows it."""

    _composing = False
    _fast = False
    _handing = False

    # Keys

    def event(self, event: QEvent) -> bool:
        """Claim the keys that mean something here before the window or Tab order takes them."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._claims(event):
                event.accept()
                return True
            tab = event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
            if event.type() == QEvent.Type.KeyPress and tab and self._act(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key means, or begin a name with what it types."""
        if self.field.is_open:
            self._hand_to_field(event)
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._space = True
            self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        elif not self._act(event):
            text = typed_text(event)
            if not text:
                super().keyPressEvent(event)
                return
            self.name_person(self._free_place(), None, text)
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of the hand when Space is released."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self.viewport().unsetCursor()
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus, and welcome input methods as graphics views do for text items only."""
        super().focusInEvent(event)
        self.ring.setVisible(event.reason() in _BY_KEYBOARD)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImQueryAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget held keys, and save what was nudged."""
        self._space = False
        self.ring.hide()
        if not self.field.is_open:
            self.flush()
        super().focusOutEvent(event)

    def leave(self) -> None:
        """Escape: end the gesture, else the mode, else the selection."""
        if self._gesture is not None:
            self._cancel_gesture()
        elif self.field.is_open:
            self.field.leave()
        elif self.find_bar.isVisible():
            self.find_bar.shut()
        elif self.mode is not Mode.SELECT:
            self.set_mode(Mode.SELECT)
        else:
            self.flush()
            self.select(Selection())

    def toggle_legend(self) -> None:
        """Ask for the legend, or for its end."""
        self.legend_asked.emit()

    def _claims(self, event: QKeyEvent) -> bool:
        """Whether a key is the canvas's and no shortcut of the window's."""
        if self.field.is_open or event.key() == Qt.Key.Key_Space or typed_text(event):
            return True
        card = self.selection.main is not None
        action = self._key_table.action(event, card_selected=card)
        return action is not None and action.startswith(_POSITIONAL)

    def _act(self, event: QKeyEvent) -> bool:
        """Run the action a key means; those that repeat badly do not repeat."""
        if self.field.is_open:
            return False
        card = self.selection.main is not None
        action = self._key_table.action(event, card_selected=card)
        if action is None:
            return False
        if event.isAutoRepeat() and not action.startswith(_REPEATING):
            return True
        self._fast = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.run(action)
        self._fast = False
        return True

    def _nudge_step(self) -> float:
        return 10.0 if self._fast else 1.0

    def _hand_to_field(self, event: QKeyEvent) -> None:
        """A key that came here while a name is being composed belongs to the field.

        One that the field has no use for comes back here, and that is the end of it.
        """
        if self._handing:
            return
        self._composing = False
        self._handing = True
        self.field.take_focus()
        QApplication.sendEvent(self.field.line, event)
        self._handing = False

    # Input methods

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Begin a name with what an input method composes or commits.

        The field does not get the focus before something is committed: changing the focus in the
        middle would end the composition.
        """
        if not self.field.is_open:
            if not event.commitString() and not event.preeditString():
                event.ignore()
                return
            self._composing = True
            self.name_person(self._free_place(), None)
        QApplication.sendEvent(self.field.line, event)
        if event.commitString() and not event.preeditString():
            self._composing = False
            self.field.take_focus()
        event.accept()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Tell an input method where the name will stand and that text is welcome."""
        if query == Qt.InputMethodQuery.ImEnabled:
            return True
        if self.field.is_open:
            answer: object = self.field.line.inputMethodQuery(query)
            if isinstance(answer, QRect | QRectF):
                origin = self.field.line.mapTo(self, self.field.line.rect().topLeft())
                return QRectF(answer).translated(QPointF(origin))
            return answer
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            at = self.camera.to_screen(self._free_place())
            return QRectF(at.x() - CARD_WIDTH / 2, at.y(), 1.0, CARD_HEIGHT / 4)
        return super().inputMethodQuery(query)

    def _focus_field(self) -> None:
        if not self._composing:
            super()._focus_field()


_BY_KEYBOARD: Final = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)
_POSITIONAL: Final = ("add_", "edit_name", "leave", "go_", "nudge_")
_REPEATING: Final = ("go_", "nudge_", "zoom_")
