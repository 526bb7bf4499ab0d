"""``CanvasView``: the canvas of relationship map, decision chain and key-person view."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip

from brm_desktop.gui.canvas.commands import CommandBoard
from brm_desktop.gui.canvas.keys import typed_text
from brm_desktop.gui.canvas.marks import Dot, dot_at
from brm_desktop.gui.canvas.selection import Selection
from brm_desktop.gui.canvas.tools.gestures import Panning
from brm_desktop.gui.canvas.tools.pressing import DOT_WITHIN, dotted_card, pressed
from brm_desktop.gui.canvas.tools.stage import Gesture, Mode, Pointer
from brm_desktop.rendering.cards import PLATES_BELOW
from brm_desktop.rendering.figure import CARD_HEIGHT, CARD_WIDTH, Point

_WHEEL_STEP: Final = 120.0
_SCROLL: Final = 80.0
"""Pixels that one step of the wheel scrolls."""


class CanvasView(CommandBoard):
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

    activated = Signal(object)
    """Somebody whose card was double-clicked: the :class:`PersonId`."""
    menu_requested = Signal(object, object)
    """The right button was pressed: the global :class:`QPoint` and the :class:`Selection`."""

    _gesture: Gesture | None = None
    _space = False
    _composing = False
    _fast = False
    _handing = False

    # The pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin the gesture that the place and the mode call for."""
        self._cancel_gesture()
        self.field.finish()
        self.flush()
        at = self._pointer(event)
        if event.button() == Qt.MouseButton.MiddleButton or (
            self._space and event.button() == Qt.MouseButton.LeftButton
        ):
            self._gesture = Panning(self, at)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._clicked = at.scene
            self._gesture = pressed(self, at, self.mode)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or show what lies under the pointer."""
        at = self._pointer(event)
        if self._gesture is not None:
            self._gesture = self._gesture.moved(at)
        else:
            self._hover(at)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture with its edit, if it has one."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.released(self._pointer(event))
            self._hover(self._pointer(event))
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename a card, or add a person where there is none."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._cancel_gesture()
        at = self._pointer(event)
        card = self.content.card_at(at.scene)
        if card is not None:
            self.activated.emit(card.person)
            self.rename_person(card.person)
        else:
            self.name_person(at.scene, None)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer with Ctrl; otherwise scroll."""
        turned = event.angleDelta()
        held = event.modifiers()
        if held & Qt.KeyboardModifier.ControlModifier:
            factor = 1.2 ** (turned.y() / _WHEEL_STEP)
            self.camera.zoom_by(factor, event.position())
        elif not event.pixelDelta().isNull():
            self.pan_by(event.pixelDelta().x(), event.pixelDelta().y())
        else:
            dx, dy = turned.x() * _SCROLL / _WHEEL_STEP, turned.y() * _SCROLL / _WHEEL_STEP
            across = bool(held & Qt.KeyboardModifier.ShiftModifier) and not dx
            self.pan_by(dy if across else dx, 0.0 if across else dy)
        self._place_field()
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Select what the menu is about and ask the window for it."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            at = self.camera.to_scene(QPointF(event.pos()))
            card = self.content.card_at(at)
            line = None if card else self.content.line_at(at, DOT_WITHIN / self.zoom)
            self._clicked = at
            if card is not None and card.person not in self.selection.people:
                self.select(Selection.of(card.person))
            elif line is not None:
                self.select(Selection(lines=(line.record,)))
            elif card is None:
                self.select(Selection())
        self.menu_requested.emit(event.globalPos(), self.selection)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Hear pinches, leaving pointers and tool tips."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.camera.zoom_by(1.0 + event.value(), event.position())
                return True
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._tool_tip(event)
        elif event.type() == QEvent.Type.Leave and self._gesture is None:
            self.mark(replace(self.marks, hovered=None, dot=None))
        return super().viewportEvent(event)

    def _pointer(self, event: QMouseEvent) -> Pointer:
        held, at = event.modifiers(), event.position()
        return Pointer(
            self.camera.to_scene(at),
            Point(at.x(), at.y()),
            shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
            control=bool(held & Qt.KeyboardModifier.ControlModifier),
            alt=bool(held & Qt.KeyboardModifier.AltModifier),
        )

    def _hover(self, at: Pointer) -> None:
        """Show the edge dots of the card under the pointer, and what a press would do."""
        grabbed = dotted_card(self, at.scene)
        card = grabbed or self.content.card_at(at.scene)
        dot = None
        if grabbed is not None and self.mode is Mode.SELECT:
            edge = dot_at(grabbed, at.scene, DOT_WITHIN / self.zoom)
            dot = Dot(grabbed.person, edge) if edge is not None else None
        hovered = card.person if card is not None else None
        self.mark(replace(self.marks, hovered=hovered, dot=dot))
        self.viewport().setCursor(self._cursor(dotted=dot is not None, over=card is not None))

    def _cursor(self, *, dotted: bool, over: bool) -> QCursor:
        shapes = Qt.CursorShape
        if self._space:
            return QCursor(shapes.OpenHandCursor)
        if dotted or self.mode is not Mode.SELECT:
            return QCursor(shapes.CrossCursor)
        return QCursor(shapes.PointingHandCursor if over else shapes.ArrowCursor)

    def _tool_tip(self, event: QHelpEvent) -> bool:
        """Say who a card is where it is too small to read."""
        card = self.content.card_at(self.camera.to_scene(QPointF(event.pos())))
        if card is None or self.zoom >= PLATES_BELOW:
            QToolTip.hideText()
        else:
            text = "\n".join(filter(None, (card.name, card.subtitle)))
            QToolTip.showText(event.globalPos(), text)
        return True

    def _abandon(self) -> None:
        self._cancel_gesture()

    def _cancel_gesture(self) -> None:
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancelled()

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
                super(CommandBoard, self).keyPressEvent(event)
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
        """Welcome input methods, which a graphics view does only for items that take text."""
        super().focusInEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        QGuiApplication.inputMethod().update(Qt.InputMethodQuery.ImQueryAll)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget held keys, and save what was nudged."""
        self._space = False
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

    def _place_field(self) -> None:
        if self.field.is_open:
            at = self.camera.to_screen(self._naming_at)
            self.field.put(at.toPoint())


_POSITIONAL: Final = ("add_", "edit_name", "leave", "go_", "nudge_")
_REPEATING: Final = ("go_", "nudge_", "zoom_")
